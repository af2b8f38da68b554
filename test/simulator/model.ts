/**
 * What an array is, said as plainly as can be: maps in memory. The random test runs the simulator and
 * this side by side. Answers the kind of error that a call must end with, undefined when it succeeds.
 */
import type { EndpointId, HostId, VvolId } from '../../src/model/ids.ts';

interface ModelVolume {
  readonly sizeMB: bigint;
  readonly thin: boolean;
  /** By key in lower case. */
  readonly metadata: Map<string, readonly [key: string, value: string]>;
}

interface ModelBinding {
  readonly vvolId: VvolId;
  readonly hostId: HostId;
  readonly endpointId: EndpointId;
  readonly secondaryId: string;
  state: 'bound' | 'moving';
}

const CAPACITY_MB = 100n;
const PROMISE_MB = 200n;
export const BINDINGS_PER_HOST = 4;

export class Model {
  readonly volumes = new Map<VvolId, ModelVolume>();
  bindings: ModelBinding[] = [];
  /** Kind and volume of every change there ever was. */
  readonly feed: string[] = [];

  create(vvolId: VvolId, sizeMB: bigint, thin: boolean): string | undefined {
    if (this.volumes.has(vvolId)) return 'alreadyExists';
    const held = thin ? 0n : sizeMB;
    if (this.heldMB() + held > CAPACITY_MB || this.promisedMB() + sizeMB > PROMISE_MB)
      return 'noSpace';
    this.volumes.set(vvolId, { sizeMB, thin, metadata: new Map([['tag', ['Tag', 'new']]]) });
    this.feed.push(`new ${vvolId}`);
    return undefined;
  }

  delete(vvolId: VvolId): string | undefined {
    if (!this.volumes.has(vvolId)) return 'notFound';
    if (this.bindings.some((one) => one.vvolId === vvolId)) return 'inUse';
    this.volumes.delete(vvolId);
    this.feed.push(`delete ${vvolId}`);
    return undefined;
  }

  set(vvolId: VvolId, key: string, value: string): string | undefined {
    const volume = this.volumes.get(vvolId);
    if (volume === undefined) return 'notFound';
    const before = volume.metadata.get(key.toLowerCase());
    volume.metadata.set(key.toLowerCase(), [key, value]);
    if (before?.[0] !== key || before[1] !== value) this.feed.push(`update ${vvolId}`);
    return undefined;
  }

  remove(vvolId: VvolId, key: string): string | undefined {
    const volume = this.volumes.get(vvolId);
    if (volume === undefined) return 'notFound';
    if (volume.metadata.delete(key.toLowerCase())) this.feed.push(`update ${vvolId}`);
    return undefined;
  }

  /** The binding that bind must answer; 'new' when it must be one on an endpoint that is not yet held. */
  bind(
    vvolId: VvolId,
    hostId: HostId,
    rebind: boolean,
  ): ModelBinding | 'new' | 'notFound' | 'noSpace' {
    if (!this.volumes.has(vvolId)) return 'notFound';
    const held = this.bindingsOf(vvolId, hostId);
    const present = held.find(({ state }) => state === 'bound');
    if (present !== undefined && (!rebind || held.length > 1)) return present;
    if (this.bindings.filter((one) => one.hostId === hostId).length >= BINDINGS_PER_HOST) {
      return 'noSpace';
    }
    if (present !== undefined) present.state = 'moving';
    return 'new';
  }

  /** Ends the host's bindings of the volume in this state, or all of them. */
  unbind(
    vvolId: VvolId,
    hostId: HostId,
    state: ModelBinding['state'] | undefined,
  ): string | undefined {
    if (!this.volumes.has(vvolId)) return 'notFound';
    const held = this.bindingsOf(vvolId, hostId);
    const ended = held.filter((one) => state === undefined || one.state === state);
    this.bindings = this.bindings.filter((one) => !ended.includes(one));
    const left = this.bindingsOf(vvolId, hostId).at(-1);
    if (left !== undefined) left.state = 'bound';
    return undefined;
  }

  unbindFromAllHosts(vvolId: VvolId): string | undefined {
    if (!this.volumes.has(vvolId)) return 'notFound';
    this.bindings = this.bindings.filter((one) => one.vvolId !== vvolId);
    return undefined;
  }

  unbindAllFromHost(hostId: HostId): void {
    this.bindings = this.bindings.filter((one) => one.hostId !== hostId);
  }

  promisedMB(): bigint {
    return [...this.volumes.values()].reduce((sum, { sizeMB }) => sum + sizeMB, 0n);
  }

  heldMB(): bigint {
    const thick = [...this.volumes.values()].filter(({ thin }) => !thin);
    return thick.reduce((sum, { sizeMB }) => sum + sizeMB, 0n);
  }

  bindingsOf(vvolId: VvolId, hostId: HostId): ModelBinding[] {
    return this.bindings.filter((one) => one.vvolId === vvolId && one.hostId === hostId);
  }
}
