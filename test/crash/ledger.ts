/**
 * What the clients of the crash test know: for each volume and binding, what the provider has acknowledged
 * and what was under way when it died. What was acknowledged must be there after a restart; what was under
 * way may be either, and is settled by asking.
 */

/** What is known of one thing: acknowledged, acknowledged as ended, or under way when the provider died. */
export type Certainty = 'yes' | 'no' | 'open';

export interface Handle {
  /** The answer's handle, children as they came, to be sent back. */
  readonly xml: string;
  readonly secondaryId: string;
  /** Where the secondary id must be unique. */
  readonly endpoint: string;
}

export interface VolumeRecord {
  /** Unique in the test, and in the volume's metadata. */
  readonly name: string;
  readonly type: string;
  readonly container: string;
  /** A value that needs escaping, to be found again unchanged. */
  readonly note: string;
  id: string | undefined;
  exists: Certainty;
  /** By host id. */
  readonly bindings: Map<string, { state: Certainty; handle: Handle | undefined }>;
}

export class Ledger {
  readonly volumes: VolumeRecord[] = [];
  acknowledged = 0;
  #next = 0;

  /** A volume that is about to be asked for. */
  open(type: string, container: string): VolumeRecord {
    this.#next += 1;
    const name = `crash-${this.#next}`;
    const note = `<${name}> & "ünïcode"`;
    const record: VolumeRecord = {
      ...{ name, type, container, note },
      id: undefined,
      exists: 'open',
      bindings: new Map(),
    };
    this.volumes.push(record);
    return record;
  }

  with(exists: Certainty): VolumeRecord[] {
    return this.volumes.filter((each) => each.exists === exists);
  }
}

/** The volume's binding for the host; not bound when nothing was ever asked. */
export function bindingOf(volume: VolumeRecord, host: string) {
  const known = volume.bindings.get(host);
  if (known !== undefined) return known;
  const fresh: { state: Certainty; handle: Handle | undefined } = {
    state: 'no',
    handle: undefined,
  };
  volume.bindings.set(host, fresh);
  return fresh;
}
