/**
 * What there is, in the model: volumes, bindings, tasks, events, as plain records in plain lists. Knows
 * nothing of how the array keeps any of it.
 */

import type { JobKind, Pace } from '../../simulator/pacing.ts';
import type { EndpointProtocol } from '../../src/model/array.ts';
import type { FaultName } from '../../src/model/faults.ts';
import type { VolumeType } from '../../src/model/volume-type.ts';
import type { Content } from './content.ts';

/** A VASA fault that the model expects. */
export class Refused extends Error {
  readonly fault: FaultName;
  constructor(fault: FaultName) {
    super(fault);
    this.fault = fault;
  }
}

/** Containers that share it have the same one. */
export interface ModelPool {
  readonly capacity: number;
  /** What LUNs and file systems hold of it. */
  readonly classic: number;
}

export interface ModelContainer {
  readonly id: string;
  readonly name: string;
  readonly arrayId: string;
  readonly protocol: EndpointProtocol;
  readonly maxVolumeMB: number;
  readonly pool: ModelPool;
  /** 0: no limit. */
  readonly logicalLimit: number;
  /** What a volume made without a profile is given. */
  readonly defaults: ReadonlyMap<VolumeType, ModelProfile>;
}

export interface ModelEndpoint {
  readonly id: string;
  readonly arrayId: string;
  readonly protocol: EndpointProtocol;
  online: boolean;
}

export interface ModelVolume {
  /** Undefined until somebody was told it. */
  id: string | undefined;
  state: 'live' | 'making' | 'prepared';
  readonly container: ModelContainer;
  readonly type: VolumeType;
  size: number;
  thin: boolean;
  readonly readOnly: boolean;
  readonly kind: 'created' | 'snapshot' | 'fastClone' | 'clone';
  /** What it was made of, gone or not. */
  readonly parent: ModelVolume | undefined;
  /** Those that can be compared have the same one. */
  readonly family: object;
  content: Content;
  /** Bytes that are kept free for it as far as it does not hold them yet. */
  guaranteed: number;
  /** By key in lower case. */
  readonly metadata: Map<string, readonly [key: string, value: string]>;
  profile: ModelProfile | undefined;
  preparedAt: number;
}

/** What is asked of a volume; `wrong`: no provider could promise it. */
export interface ModelProfile {
  readonly id: string;
  readonly generation: bigint;
  readonly thin: 'thin' | 'thick' | 'either' | 'nothing' | 'wrong';
}

export interface ModelBinding {
  readonly volume: ModelVolume;
  readonly host: string;
  /** Empty until the array's choice is seen. */
  endpointId: string;
  secondaryId: string;
  state: 'bound' | 'moving';
}

export interface ModelTask {
  /** Undefined until the call that started it is known to have come through. */
  taskId: string | undefined;
  readonly operation: string;
  readonly kind: JobKind;
  readonly arrayId: string;
  readonly startedAt: number;
  state: 'Queued' | 'Running' | 'Success' | 'Error';
  polls: number;
  worked: boolean;
  endedAt: number | undefined;
  cancelled: boolean;
  error: FaultName | undefined;
  /** What it works on: until it ends that cannot be deleted. */
  readonly subject: ModelVolume | undefined;
  readonly made: ModelVolume | undefined;
  /** Contents that it holds until it ends. */
  holds: readonly Hold[];
  /** What it tells of the volume that a snapshot was prepared of. */
  parentFacts: ParentFacts | undefined;
  /** Throws Refused before it changes anything, or does its work. */
  readonly work: (task: ModelTask) => void;
  readonly finish: (task: ModelTask) => void;
  /** Puts back what the beginning has changed beside what is made and held. */
  readonly undo: () => void;
}

export interface Hold {
  readonly content: Content;
  readonly place: ModelContainer;
}

export interface ParentFacts {
  readonly volume: ModelVolume;
  readonly metadata: ReadonlyMap<string, string>;
  readonly logical: number;
  readonly committed: number;
  readonly unshared: number;
}

export interface ModelEvent {
  readonly kind: 'new' | 'update' | 'delete' | 'endpoint' | 'rebind';
  readonly volumes: readonly ModelVolume[];
  readonly endpointId?: string;
  /** For `rebind`: who is told. */
  readonly host?: string;
}

/** The array's next answer to a method: an error, before the work is done or after (a lost reply). */
export interface ArmedFault {
  readonly method: string;
  readonly kind: 'failed' | 'busy' | 'noSpace' | 'inUse';
  readonly when: 'before' | 'after';
}

export type { JobKind, Pace };
