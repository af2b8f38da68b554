/**
 * Which volumes do not get what their policy asks for. A million volumes cannot be judged again and again:
 * a volume is judged when an event tells of it, when the health of its pool has changed, and for as long as
 * its alarm is active. How far the events have been followed is kept in the store, so that a restart forgets
 * none; where events were lost, every volume with a profile is judged once.
 * Source: VASA `ComplianceAlarm`; the judgement itself is `policies/compliance.ts`.
 */
import type { StorageArrayPort } from '../../array/port.ts';
import type { Alarm } from '../../model/alarms.ts';
import type { Volume } from '../../model/array.ts';
import { type ContainerId, parseVvolId, type VvolId } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import type { EventRecord, ProviderStore } from '../../store/port.ts';
import type { ComplianceAlarm } from '../../wire/generated/vasa-2.0/types.ts';
import { raised } from '../catalog/alarm-messages.ts';
import { type Compliance, compliances } from '../policies/compliance.ts';
import { fromTaggedJson, toTaggedJson } from '../tagged-json.ts';

/** What a ComplianceAlarm has beyond other alarms. */
export type ComplianceFacts = Pick<
  ComplianceAlarm,
  'complianceStatus' | 'operationalStatus' | 'profileId' | 'violatedPolicy'
>;

/** The facts that an alarm keeps. */
export function complianceFacts(alarm: Alarm): ComplianceFacts | undefined {
  // The text was written below, by this file alone.
  return alarm.compliance === undefined
    ? undefined
    : (fromTaggedJson(alarm.compliance) as ComplianceFacts);
}

/** Do both alarms say the same? How far a move has come is no change that is told. */
export function saysTheSame(one: Alarm, other: Alarm): boolean {
  const told = (alarm: Alarm) =>
    toTaggedJson({ ...complianceFacts(alarm), operationalStatus: undefined });
  return (
    one.status === other.status && one.messageId === other.messageId && told(one) === told(other)
  );
}

/**
 * Told the outcome for some volumes: the alarm of each that needs one, of all that were judged. False: no
 * more alarms can be raised, so that there is no use in looking for more.
 */
type Outcome = (judged: readonly VvolId[], alarms: readonly Alarm[]) => Promise<boolean>;

export class ComplianceWatch {
  readonly #array: StorageArrayPort;
  readonly #store: ProviderStore;
  readonly #outcome: Outcome;
  /** Containers whose volumes are all to be judged. */
  readonly #containers = new Set<ContainerId>();
  #begun = false;

  constructor(array: StorageArrayPort, store: ProviderStore, outcome: Outcome) {
    this.#array = array;
    this.#store = store;
    this.#outcome = outcome;
  }

  /** Has the volumes of these containers judged in the next run. */
  suspect(containerIds: Iterable<ContainerId>): void {
    for (const each of containerIds) this.#containers.add(each);
  }

  /** Judges what there is to judge; `again`: volumes whose alarm is active. Rejects when the array does. */
  async run(again: readonly VvolId[]): Promise<void> {
    const position = await this.#follow();
    for (let from = 0; from < again.length; from += LIMITS.judgedPerStep)
      await this.#judge(again.slice(from, from + LIMITS.judgedPerStep));
    for (const containerId of this.#containers) {
      await this.#judgeContainer(containerId);
      this.#containers.delete(containerId);
    }
    // At the end: who dies before judges the same volumes again, to the same effect.
    if (position !== (await this.#store.judgedUpTo())) await this.#store.saveJudgedUpTo(position);
  }

  /** Judges the volumes that events since the last run tell of. Gives the last of these events. */
  async #follow(): Promise<bigint> {
    const { oldest, newest } = await this.#store.eventRange();
    let position = await this.#store.judgedUpTo();
    const isUnknown = position < oldest - 1n || (!this.#begun && position < oldest);
    this.#begun = true;
    if (isUnknown) {
      const containers = await this.#array.containers();
      this.suspect(containers.map(({ containerId }) => containerId));
      position = newest;
    }
    for (;;) {
      const events = await this.#store.events(position, LIMITS.judgedPerStep);
      const last = events.at(-1);
      if (last === undefined) return position;
      await this.#judge(volumesOf(events));
      position = last.eventId;
    }
  }

  async #judgeContainer(containerId: ContainerId): Promise<void> {
    let after: string | undefined;
    do {
      const limit = LIMITS.judgedPerStep;
      const page = await this.#array.profiledVolumes(containerId, { after, limit });
      after = (await this.#judge(page.items)) ? page.next : undefined;
    } while (after !== undefined);
  }

  async #judge(vvolIds: readonly VvolId[]): Promise<boolean> {
    if (vvolIds.length === 0) return true;
    const volumes = await this.#array.volumes(vvolIds);
    const judged = await compliances(this.#array, volumes);
    const alarms = volumes.flatMap((volume) => {
      const compliance = judged.get(volume.vvolId);
      const alarm = compliance && alarmOf(volume, compliance);
      return alarm === undefined ? [] : [alarm];
    });
    const hasRoom = await this.#outcome(vvolIds, alarms);
    // Some milliseconds' work; then others have their turn.
    await new Promise((resolve) => setImmediate(resolve));
    return hasRoom;
  }
}

function volumesOf(events: readonly EventRecord[]): readonly VvolId[] {
  const ids = events.flatMap(({ body }) =>
    body.kind === 'change' && body.change.entity === 'VirtualVolumeInfo'
      ? [parseVvolId(body.change.entityId)]
      : [],
  );
  return [...new Set(ids.filter((each) => each !== undefined))];
}

/** The alarm about a volume; undefined: it gets what it should. */
function alarmOf(volume: Volume, compliance: Compliance): Alarm | undefined {
  const { complianceStatus, operationalStatus, violatedPolicy } = compliance;
  if (complianceStatus === 'compliant' || volume.profile === undefined) return undefined;
  const { containerId, profile, vvolId: objectId } = volume;
  const { profileId } = profile;
  const isOpen = complianceStatus === 'unknown' || operationalStatus?.transitional === true;
  const facts: ComplianceFacts = { complianceStatus, operationalStatus, profileId, violatedPolicy };
  return {
    ...raised('Compliance', isOpen ? 'Yellow' : 'Red', { objectId, containerId }, { profileId }),
    compliance: toTaggedJson(facts),
  };
}
