/**
 * Storage policies (SPBM) as an array declares them: what it can promise of a volume, what each container
 * promises, and what a volume really gets. One declaration is the source of the capability metadata, the
 * capability profiles, the validation of profiles, placement and compliance.
 * Source: VASA `CapabilitySchema`, `CapabilityMetadata`, `PropertyMetadata`, `StorageProfile`.
 */

import type { ContainerId, ProfileId, VvolId } from './ids.ts';
import type { VolumeType } from './volume-type.ts';

/** By the XSD types that the protocol knows; `timeSpan` is VASA's own. */
export type PropertyType =
  | 'long'
  | 'int'
  | 'double'
  | 'string'
  | 'boolean'
  | 'dateTime'
  | 'duration'
  | 'timeSpan';

export interface TimeSpan {
  readonly unit: 'SECONDS' | 'MINUTES' | 'HOURS' | 'DAYS' | 'WEEKS' | 'MONTHS' | 'YEARS';
  readonly value: number;
}

/** long: bigint; int, double: number; dateTime, duration: their XSD text. */
export type Scalar = bigint | number | string | boolean | TimeSpan;

/** A range may lack one end. */
export type PropertyValue =
  | { readonly kind: 'single'; readonly value: Scalar }
  | { readonly kind: 'range'; readonly min: Scalar | undefined; readonly max: Scalar | undefined }
  | { readonly kind: 'set'; readonly values: readonly Scalar[] };

/** A text of the Policy catalog: what vSphere shows. */
export interface Text {
  readonly label: string;
  readonly summary: string;
  /** The same in other languages, by locale, e.g. `de`; a language that is not here gets the text above. */
  readonly translations?: Readonly<
    Record<string, { readonly label: string; readonly summary: string }>
  >;
}

export interface Property {
  readonly id: string;
  readonly text: Text;
  readonly type: PropertyType;
  /** How an offer of it is given: one value, a range, or a set of values. */
  readonly form: PropertyValue['kind'];
  /** Values there can be; undefined: any of the type. */
  readonly allowed: PropertyValue | undefined;
  readonly defaultValue: PropertyValue | undefined;
  readonly mandatory: boolean;
  /** True: does not influence placement, and still reaches the array. */
  readonly hint: boolean;
}

export interface Capability {
  readonly id: string;
  readonly text: Text;
  readonly properties: readonly Property[];
  readonly mandatory: boolean;
  readonly hint: boolean;
  readonly allowMultipleConstraints: boolean;
  /** The property that names the instance, where a capability is a key with values. */
  readonly keyId: string | undefined;
}

/** What a vendor's arrays can promise; the vendor edits this, as data. */
export interface CapabilitySchema {
  readonly schemaId: string;
  /** Worldwide unique, e.g. `org.keelson.array`. */
  readonly namespace: string;
  readonly namespaceVersion: string;
  readonly vendor: { readonly uuid: string; readonly text: Text };
  readonly categories: readonly {
    readonly id: string;
    readonly capabilities: readonly Capability[];
  }[];
}

/** The value of one property of one capability: offered, asked for, or as it is. */
export interface CapabilityValue {
  readonly namespace: string;
  readonly capabilityId: string;
  readonly propertyId: string;
  readonly value: PropertyValue;
}

/** What containers promise: a volume there can have any of these values. */
export interface CapabilityProfile {
  readonly profileId: ProfileId;
  readonly name: string;
  readonly description: string;
  readonly generationId: bigint;
  /** Containers that promise it. */
  readonly containerIds: readonly ContainerId[];
  /** Alternatives; within one all values hold together. Never empty. */
  readonly offers: readonly {
    readonly name: string;
    readonly values: readonly CapabilityValue[];
  }[];
}

/** What a volume made without a profile is given, by container and volume type. */
export interface DefaultProfile {
  readonly profileId: ProfileId;
  readonly name: string;
  readonly description: string;
  readonly generationId: bigint;
  readonly containerId: ContainerId;
  readonly volumeTypes: readonly VolumeType[];
  /** What is asked of the array; may be empty. */
  readonly values: readonly CapabilityValue[];
}

/** What a volume gets at the moment, and whether the array is still getting there. */
export interface VolumeService {
  readonly vvolId: VvolId;
  /** Each property as it is now; what a degraded pool cannot give is given as it is, or left out. */
  readonly values: readonly CapabilityValue[];
  readonly healthy: boolean;
  /** Data is being moved towards what was asked. */
  readonly moving:
    | { readonly progressPercent: number; readonly estimatedEndAt: number | undefined }
    | undefined;
}
