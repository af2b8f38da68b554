/**
 * Service `vasaService`, version 2.0. Generated, do not edit.
 *
 * Generator: scripts/generate.ts
 * Source: wsdl/vasa-2.0
 * SHA-256 of the source: 48b4dfa36362a4555a4c62891942484d5621a94d5308f5ec5a59652456d6751e
 */

import type { AnyValue } from '../../descriptor.ts';

/** What all faults extend. */
export interface Exception {
  readonly $type?: 'Exception' | undefined;
  readonly Exception?: AnyValue | undefined;
}

/** What to activate a provider for, and the provider to take over from. */
export interface ActivationSpec {
  readonly currentActiveProviderUrl?: string | undefined;
  readonly entityId: string;
}

/** Values of StorageAlarm.status. Green ends an alarm. */
export const AlarmStatusEnum = [
  'Red',
  'Green',
  'Yellow',
] as const;

export type AlarmStatusEnum = (typeof AlarmStatusEnum)[number];

/** Values of StorageAlarm.alarmType. */
export const AlarmTypeEnum = [
  'SpaceCapacity',
  'Capability',
  'StorageObject',
  'Object',
  'Compliance',
  'Manageability',
] as const;

export type AlarmTypeEnum = (typeof AlarmTypeEnum)[number];

/** What lies behind a LUN or file system: pools, deduplication, tiering. */
export interface BackingConfig {
  readonly autoTieringEnabled?: boolean | undefined;
  readonly deduplicationBackingIdentifier?: string | undefined;
  /** From 0 to 100; higher is better. */
  readonly deduplicationEfficiency?: bigint | undefined;
  /** In seconds; 0 means all the time. */
  readonly performanceOptimizationInterval?: bigint | undefined;
  readonly thinProvisionBackingIdentifier?: string | undefined;
}

/**
 * A pool of storage behind thin or deduplicated LUNs and file systems. Sizes in MB of 2^20 bytes.
 */
export interface BackingStoragePool extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'BackingStoragePool' | undefined;
  readonly capacityInMB: bigint;
  readonly type: string;
  readonly usedSpaceInMB: bigint;
}

/** Values of BackingStoragePool.type. */
export const BackingStoragePoolTypeEnum = [
  'ThinProvisioningPool',
  'DeduplicationPool',
  'ThinAndDeduplicationCombinedPool',
] as const;

export type BackingStoragePoolTypeEnum = (typeof BackingStoragePoolTypeEnum)[number];

/** Anything that has a unique identifier; also stands for an id alone. */
export interface BaseStorageEntity {
  readonly $type?: 'BaseStorageEntity' | undefined;
  readonly uniqueIdentifier?: string | undefined;
}

/** BaseStorageEntity, or a type that extends it: then `$type` says which. */
export type AnyBaseStorageEntity =
  | BaseStorageEntity
  | (BackingStoragePool & { readonly $type: 'BackingStoragePool' })
  | (HostInitiatorInfo & { readonly $type: 'HostInitiatorInfo' })
  | (StorageArray & { readonly $type: 'StorageArray' })
  | (StorageCapability & { readonly $type: 'StorageCapability' })
  | (StorageContainer & { readonly $type: 'StorageContainer' })
  | (StorageFileSystem & { readonly $type: 'StorageFileSystem' })
  | (StorageLun & { readonly $type: 'StorageLun' })
  | (StoragePort & { readonly $type: 'StoragePort' })
  | (StorageProcessor & { readonly $type: 'StorageProcessor' })
  | (ProtocolEndpoint & { readonly $type: 'ProtocolEndpoint' })
  | (VirtualVolumeHandle & { readonly $type: 'VirtualVolumeHandle' })
  | (VirtualVolumeInfo & { readonly $type: 'VirtualVolumeInfo' });

/** Values of StorageArray.supportedBlock. */
export const BlockEnum = [
  'FC',
  'ISCSI',
  'FCoE',
  'Other',
] as const;

export type BlockEnum = (typeof BlockEnum)[number];

/** An alarm about an object that does not keep its profile. */
export interface ComplianceAlarm extends Omit<StorageAlarm, '$type'> {
  readonly $type?: 'ComplianceAlarm' | undefined;
  readonly complianceStatus: string;
  readonly operationalStatus?: OperationalStatus | undefined;
  readonly profileId: string;
  readonly violatedPolicy: readonly PolicyStatus[];
}

/** A set of ids. */
export interface EntitySet {
  readonly entityId: readonly string[];
}

/** Types of entities, as used in events, alarms and queries. */
export const EntityTypeEnum = [
  'StorageArray',
  'StorageProcessor',
  'StoragePort',
  'StorageLun',
  'StorageFileSystem',
  'StorageCapability',
  'StorageCapabilitySchema',
  'CapabilitySchema',
  'CapabilityProfile',
  'DefaultProfile',
  'ResourceAssociation',
  'StorageContainer',
  'StorageObject',
  'MessageCatalog',
  'ProtocolEndpoint',
  'VirtualVolumeInfo',
  'BackingStoragePool',
] as const;

export type EntityTypeEnum = (typeof EntityTypeEnum)[number];

/** Values of StorageEvent.eventConfigType. */
export const EventConfigTypeEnum = [
  'New',
  'Update',
  'Delete',
] as const;

export type EventConfigTypeEnum = (typeof EventConfigTypeEnum)[number];

/** What happened, in events of type Policy. */
export const EventPolicyTypeEnum = [
  'New',
  'Update',
  'Delete',
] as const;

export type EventPolicyTypeEnum = (typeof EventPolicyTypeEnum)[number];

/** Values of StorageEvent.eventType. */
export const EventTypeEnum = [
  'System',
  'Config',
  'Policy',
  'ConfigProtocolEndpoint',
  'Rebind',
] as const;

export type EventTypeEnum = (typeof EventTypeEnum)[number];

/** Values of StorageFileSystem.fileSystem. */
export const FileSystemEnum = [
  'NFS',
  'Other',
] as const;

export type FileSystemEnum = (typeof FileSystemEnum)[number];

/** Where a file system is mounted from. */
export interface FileSystemInfo {
  readonly fileServerName?: string | undefined;
  readonly fileSystemPath?: string | undefined;
  readonly ipAddress?: string | undefined;
}

/** Values of StorageFileSystem.fileSystemVersion. */
export const FileSystemVersionEnum = [
  'NFSV3_0',
  'NFSV4_x',
  'Other',
] as const;

export type FileSystemVersionEnum = (typeof FileSystemVersionEnum)[number];

/** An initiator of a host: Fibre Channel names or an iSCSI name. */
export interface HostInitiatorInfo extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'HostInitiatorInfo' | undefined;
  readonly iscsiIdentifier?: string | undefined;
  readonly nodeWwn?: string | undefined;
  readonly portWwn?: string | undefined;
}

/** A file of message texts in one language and where to fetch it. */
export interface MessageCatalog {
  readonly catalogName?: string | undefined;
  readonly catalogUri?: string | undefined;
  readonly catalogVersion?: string | undefined;
  readonly lastModified?: number | undefined;
  readonly locale?: string | undefined;
  readonly moduleName?: string | undefined;
}

/** A file system that a host has mounted. */
export interface MountInfo {
  readonly filePath?: string | undefined;
  readonly serverName?: string | undefined;
}

/** A name and its value: a parameter of a message, or a piece of metadata. */
export interface NameValuePair {
  readonly parameterName?: string | undefined;
  readonly parameterValue?: string | undefined;
}

/** What events of type Policy are about. */
export const PolicyEnum = [
  'Schema',
  'Profile',
  'Resource',
  'Placement',
  'Compliance',
] as const;

export type PolicyEnum = (typeof PolicyEnum)[number];

/** Values of StorageArray.supportedProfile: the parts of the API that an array takes part in. */
export const ProfileEnum = [
  'BlockDeviceProfile',
  'FileSystemProfile',
  'CapabilityProfile',
  'StorageObjectProfile',
  'VirtualVolumeProfile',
  'VirtualMetroStorageClusterProfile',
  'StatisticsProfile',
  'StorageDrsBlockDevice',
  'StorageDrsFileSystem',
] as const;

export type ProfileEnum = (typeof ProfileEnum)[number];

/** Values of VasaProviderInfo.supportedProfile. */
export const ProviderProfileEnum = [
  'ProfileBasedManagementProfile',
] as const;

export type ProviderProfileEnum = (typeof ProviderProfileEnum)[number];

/** Kinds of replication to another site. */
export const RemoteReplicationEnum = [
  'ActiveActive',
  'ActivePassive',
  'None',
] as const;

export type RemoteReplicationEnum = (typeof RemoteReplicationEnum)[number];

/** A change of state of an object. parameterList fills the placeholders of the message. */
export interface StorageAlarm {
  readonly $type?: 'StorageAlarm' | undefined;
  readonly alarmId?: bigint | undefined;
  readonly alarmTimeStamp?: number | undefined;
  readonly alarmType?: string | undefined;
  readonly containerId?: string | undefined;
  readonly messageId?: string | undefined;
  readonly objectId?: string | undefined;
  readonly objectType?: string | undefined;
  readonly parameterList: readonly NameValuePair[];
  readonly status?: string | undefined;
}

/** StorageAlarm, or a type that extends it: then `$type` says which. */
export type AnyStorageAlarm =
  | StorageAlarm
  | (ComplianceAlarm & { readonly $type: 'ComplianceAlarm' });

/** A storage array. */
export interface StorageArray extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'StorageArray' | undefined;
  readonly alternateName: readonly string[];
  readonly arrayName?: string | undefined;
  readonly firmware?: string | undefined;
  readonly modelId?: string | undefined;
  /** From 0 to 255; the provider with the higher one is preferred for this array. */
  readonly priority: number;
  readonly supportedBlock: readonly string[];
  readonly supportedFileSystem: readonly string[];
  readonly supportedProfile: readonly string[];
  readonly vendorId?: string | undefined;
}

/** A label that describes what LUNs or file systems offer. */
export interface StorageCapability extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'StorageCapability' | undefined;
  readonly capabilityDetail?: string | undefined;
  readonly capabilityName?: string | undefined;
}

/** Values of MessageCatalog.catalogName. */
export const StorageCatalogEnum = [
  'Alarm',
  'Event',
  'Fault',
  'Policy',
] as const;

export type StorageCatalogEnum = (typeof StorageCatalogEnum)[number];

/** A pool in which virtual volumes are made. */
export interface StorageContainer extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'StorageContainer' | undefined;
  /** In MB of 2^20 bytes. */
  readonly maxVvolSizeMB: bigint;
  readonly name: string;
  readonly protocolEndPointType?: string | undefined;
}

/** Sets of entities among which moving data does not help performance. */
export interface StorageDrsMigrationCapabilityResult {
  readonly nonRecommendedEntitySet: readonly EntitySet[];
}

/** Something that happened. parameterList fills the placeholders of the message. */
export interface StorageEvent {
  readonly $type?: 'StorageEvent' | undefined;
  readonly arrayId?: string | undefined;
  readonly eventConfigType?: string | undefined;
  readonly eventId?: bigint | undefined;
  readonly eventObjType?: string | undefined;
  readonly eventTimeStamp?: number | undefined;
  readonly eventType?: string | undefined;
  readonly messageId?: string | undefined;
  readonly objectId?: string | undefined;
  readonly parameterList: readonly NameValuePair[];
}

/** StorageEvent, or a type that extends it: then `$type` says which. */
export type AnyStorageEvent =
  | StorageEvent
  | (RebindEvent & { readonly $type: 'RebindEvent' });

/** A file system that an array exports. */
export interface StorageFileSystem extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'StorageFileSystem' | undefined;
  readonly backingConfig?: BackingConfig | undefined;
  readonly fileSystem?: string | undefined;
  readonly fileSystemInfo: readonly FileSystemInfo[];
  readonly fileSystemVersion?: string | undefined;
  readonly nativeSnapshotSupported?: boolean | undefined;
  readonly thinProvisioningStatus?: string | undefined;
}

/** A LUN. Sizes in MB of 2^20 bytes. */
export interface StorageLun extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'StorageLun' | undefined;
  readonly alternateIdentifier: readonly string[];
  readonly backingConfig?: BackingConfig | undefined;
  readonly capacityInMB?: bigint | undefined;
  readonly displayName?: string | undefined;
  readonly drsManagementPermitted?: boolean | undefined;
  readonly esxLunIdentifier?: string | undefined;
  readonly thinProvisioned?: boolean | undefined;
  /** One of AlarmStatusEnum. */
  readonly thinProvisioningStatus?: string | undefined;
  readonly usedSpaceInMB?: bigint | undefined;
}

/** A port of a processor: Fibre Channel names or an iSCSI name. */
export interface StoragePort extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'StoragePort' | undefined;
  readonly alternateName: readonly string[];
  readonly iscsiIdentifier?: string | undefined;
  readonly nodeWwn?: string | undefined;
  readonly portType?: string | undefined;
  readonly portWwn?: string | undefined;
}

/** A controller of an array. */
export interface StorageProcessor extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'StorageProcessor' | undefined;
  readonly spIdentifier: readonly string[];
}

/** Who opens a session: a host (hostGuid) or a vCenter (vcGuid), and what storage it can reach. */
export interface UsageContext {
  readonly chapUsername: readonly string[];
  readonly hostGuid?: string | undefined;
  readonly hostInitiator: readonly HostInitiatorInfo[];
  readonly hostIoIpAddress: readonly string[];
  readonly iscsiInitiatorIpAddress: readonly string[];
  readonly mountPoint: readonly MountInfo[];
  /** How long the session may be idle. */
  readonly sessionTimeoutInSeconds?: bigint | undefined;
  /** Types of events wanted; none means all. */
  readonly subscribeEvent: readonly string[];
  readonly vcGuid?: string | undefined;
}

/** Entities and those that belong to them. */
export interface VasaAssociationObject {
  readonly associatedId: readonly AnyBaseStorageEntity[];
  readonly entityId: readonly AnyBaseStorageEntity[];
}

/** This provider and the session it has opened. */
export interface VasaProviderInfo {
  readonly defaultNamespace?: string | undefined;
  readonly defaultSessionTimeoutInSeconds?: bigint | undefined;
  /** Members that a batch may have; absent or 0 where there is no general limit. */
  readonly maxBatchSize?: bigint | undefined;
  readonly maxConcurrentRequestsPerSession?: bigint | undefined;
  readonly name?: string | undefined;
  readonly needsExplicitActivation?: boolean | undefined;
  readonly retainVasaProviderCertificate?: boolean | undefined;
  /** The session; also sent as a cookie. */
  readonly sessionId?: string | undefined;
  readonly supportedProfile: readonly string[];
  readonly supportedVendorModel: readonly VendorModel[];
  /** Names this provider, for ever. */
  readonly uid: string;
  readonly vasaApiVersion?: string | undefined;
  readonly vasaProviderVersion?: string | undefined;
}

/** A vendor and a model of array that this provider serves. */
export interface VendorModel {
  readonly modelId?: string | undefined;
  readonly vendorId?: string | undefined;
}

/** Whether an object kept its profile at checkTime. */
export interface ComplianceResult {
  readonly checkTime: number;
  readonly complianceStatus: string;
  readonly objectId: string;
  readonly operationalStatus?: OperationalStatus | undefined;
  readonly profileId?: string | undefined;
  readonly profileMismatch: boolean;
  readonly violatedPolicy: readonly PolicyStatus[];
}

/** Values of complianceStatus. */
export const ComplianceStatusEnum = [
  'compliant',
  'nonCompliant',
  'unknown',
] as const;

export type ComplianceStatusEnum = (typeof ComplianceStatusEnum)[number];

/** Objects to judge, and the profile to judge them by when it is not their own. */
export interface ComplianceSubject {
  readonly generationId?: bigint | undefined;
  readonly objectId: readonly string[];
  readonly profileId?: string | undefined;
}

/** Whether an object is healthy, or on its way to another state. */
export interface OperationalStatus {
  readonly healthy?: boolean | undefined;
  readonly operationETA?: number | undefined;
  readonly operationProgress?: bigint | undefined;
  readonly transitional?: boolean | undefined;
}

/** A promise that is not kept: the value expected and the present one. */
export interface PolicyStatus {
  readonly currentValue: CapabilityInstance;
  readonly expectedValue: CapabilityInstance;
}

/** Name of a capability within a namespace. */
export interface CapabilityId {
  readonly id: string;
  readonly namespace: string;
}

/** A capability with the values asked for or offered. Several constraints are alternatives. */
export interface CapabilityInstance {
  readonly capabilityId: CapabilityId;
  readonly constraint: readonly ConstraintInstance[];
}

/** What a capability is called and which properties it has. */
export interface CapabilityMetadata {
  readonly allowMultipleConstraints?: boolean | undefined;
  readonly capabilityId: CapabilityId;
  readonly hint?: boolean | undefined;
  readonly keyId?: string | undefined;
  readonly mandatory?: boolean | undefined;
  readonly propertyMetadata: readonly PropertyMetadata[];
  readonly summary: ExtendedElementDescription;
}

/** Values of a capability's properties; all must hold. */
export interface ConstraintInstance {
  readonly propertyInstance: readonly PropertyInstance[];
}

/** A type made from another one: a range or a set. */
export interface GenericTypeInfo extends Omit<TypeInfo, '$type'> {
  readonly $type?: 'GenericTypeInfo' | undefined;
  readonly genericTypeName: string;
}

/** A value of a property. */
export interface PropertyInstance {
  readonly id: string;
  readonly value: AnyValue;
}

/** Name, type and allowed values of a capability's property. */
export interface PropertyMetadata {
  readonly allowedValue: readonly AnyValue[];
  readonly defaultValue?: AnyValue | undefined;
  readonly hint?: boolean | undefined;
  readonly id: string;
  readonly mandatory: boolean;
  readonly requirementsTypeHint?: string | undefined;
  readonly summary: ExtendedElementDescription;
  readonly type: AnyTypeInfo;
}

/** Type of a property's values; see BuiltinTypesEnum. */
export interface TypeInfo {
  readonly $type?: 'TypeInfo' | undefined;
  readonly typeName: string;
}

/** TypeInfo, or a type that extends it: then `$type` says which. */
export type AnyTypeInfo =
  | TypeInfo
  | (GenericTypeInfo & { readonly $type: 'GenericTypeInfo' });

/** Texts for people, with the key that finds them in the Policy catalog. */
export interface ExtendedElementDescription {
  readonly key: string;
  readonly label: string;
  readonly messageArg: readonly KeyAnyValue[];
  readonly messageCatalogKeyPrefix: string;
  readonly summary: string;
}

/** A key and a value of any type. */
export interface KeyAnyValue {
  readonly key: string;
  readonly value: AnyValue;
}

/** A message for people. */
export interface LocalizableMessage {
  readonly arg: readonly KeyAnyValue[];
  readonly key: string;
  readonly message?: string | undefined;
}

/** A resource and its type. */
export interface Resource {
  readonly resourceId: string;
  readonly resourceType: string;
}

/** A resource and a profile that it offers. */
export interface ResourceAssociation {
  readonly profileId: string;
  readonly resourceId: string;
}

/** The provider could not become the active one. */
export interface ActivateProviderFailed extends Omit<Exception, '$type'> {
  readonly $type?: 'ActivateProviderFailed' | undefined;
}

/** Another provider serves this entity at the moment. */
export interface InactiveProvider extends Omit<Exception, '$type'> {
  readonly $type?: 'InactiveProvider' | undefined;
  readonly entityId?: string | undefined;
  readonly entityType?: string | undefined;
}

/** The volumes are not related as the operation needs. */
export interface IncompatibleVolume extends Omit<Exception, '$type'> {
  readonly $type?: 'IncompatibleVolume' | undefined;
}

/** An argument is missing, malformed or out of range. */
export interface InvalidArgument extends Omit<Exception, '$type'> {
  readonly $type?: 'InvalidArgument' | undefined;
}

/** Certificates or revocation lists are refused; those concerned may be listed. */
export interface InvalidCertificate extends Omit<Exception, '$type'> {
  readonly $type?: 'InvalidCertificate' | undefined;
  readonly certificate: readonly string[];
  readonly crl: readonly string[];
}

/** User name or password is wrong. */
export interface InvalidLogin extends Omit<Exception, '$type'> {
  readonly $type?: 'InvalidLogin' | undefined;
}

/** The profile cannot be met or understood. */
export interface InvalidProfile extends Omit<Exception, '$type'> {
  readonly $type?: 'InvalidProfile' | undefined;
}

/** There is no session, or it has ended: call setContext. */
export interface InvalidSession extends Omit<Exception, '$type'> {
  readonly $type?: 'InvalidSession' | undefined;
}

/** The choice of counters is missing or wrong. */
export interface InvalidStatisticsContext extends Omit<Exception, '$type'> {
  readonly $type?: 'InvalidStatisticsContext' | undefined;
}

/** Alarms after the one named are no longer kept. */
export interface LostAlarm extends Omit<Exception, '$type'> {
  readonly $type?: 'LostAlarm' | undefined;
}

/** Events after the one named are no longer kept. */
export interface LostEvent extends Omit<Exception, '$type'> {
  readonly $type?: 'LostEvent' | undefined;
}

/** The task cannot be stopped. */
export interface NotCancellable extends Omit<Exception, '$type'> {
  readonly $type?: 'NotCancellable' | undefined;
}

/** There is no such entity. */
export interface NotFound extends Omit<Exception, '$type'> {
  readonly $type?: 'NotFound' | undefined;
}

/** The provider does not offer this operation. */
export interface NotImplemented extends Omit<Exception, '$type'> {
  readonly $type?: 'NotImplemented' | undefined;
}

/** The provider does not offer this for this entity. */
export interface NotSupported extends Omit<Exception, '$type'> {
  readonly $type?: 'NotSupported' | undefined;
}

/** There is not enough of some resource. */
export interface OutOfResource extends Omit<Exception, '$type'> {
  readonly $type?: 'OutOfResource' | undefined;
}

/** The caller may not do this. */
export interface PermissionDenied extends Omit<Exception, '$type'> {
  readonly $type?: 'PermissionDenied' | undefined;
}

/** The entity is in use. */
export interface ResourceInUse extends Omit<Exception, '$type'> {
  readonly $type?: 'ResourceInUse' | undefined;
}

/** The volume has as many snapshots as it can have. */
export interface SnapshotTooMany extends Omit<Exception, '$type'> {
  readonly $type?: 'SnapshotTooMany' | undefined;
}

/** Any other failure; names a message of the Fault catalog. */
export interface StorageFault extends Omit<Exception, '$type'> {
  readonly $type?: 'StorageFault' | undefined;
  readonly faultMessageId?: string | undefined;
  readonly parameterList: readonly NameValuePair[];
}

/** The time given was not enough. */
export interface Timeout extends Omit<Exception, '$type'> {
  readonly $type?: 'Timeout' | undefined;
}

/** The batch is larger than maxBatchSize. */
export interface TooMany extends Omit<Exception, '$type'> {
  readonly $type?: 'TooMany' | undefined;
  readonly maxBatchSize?: bigint | undefined;
}

/** The provider has too much to do: try again. */
export interface VasaProviderBusy extends Omit<Exception, '$type'> {
  readonly $type?: 'VasaProviderBusy' | undefined;
}

/** Why a member of a batch failed: one or more faults. */
export interface BatchErrorResult {
  /** A fault type, named by xsi:type. */
  readonly error: readonly AnyValue[];
}

/** What became of one member of a batch; without errorResult it succeeded. */
export interface BatchReturnStatus {
  readonly errorResult?: BatchErrorResult | undefined;
  readonly uniqueId: string;
}

/** Several members of a batch. */
export interface BatchReturnStatusArray {
  readonly batchReturnStatusArray: readonly BatchReturnStatus[];
}

/** A bound volume's handle, or the fault that kept it from being bound. */
export interface BatchVirtualVolumeHandleResult {
  /** A fault type, named by xsi:type. */
  readonly fault?: AnyValue | undefined;
  readonly vvolHandle?: VirtualVolumeHandle | undefined;
  readonly vvolId: string;
  readonly vvolInfo?: VirtualVolumeInfo | undefined;
  readonly vvolLogicalSize?: bigint | undefined;
}

/** Values of bindContext. */
export const BindContextEnum = [
  'Normal',
  'RebindStart',
] as const;

export type BindContextEnum = (typeof BindContextEnum)[number];

/** Space of a container or of a profile in it, in MB of 2^20 bytes. */
export interface ContainerSpaceStats {
  readonly logicalFree: bigint;
  readonly logicalLimit: bigint;
  readonly logicalUsed: bigint;
  readonly objectId: string;
  readonly physicalFree: bigint;
  readonly physicalTotal: bigint;
  readonly physicalUsed: bigint;
}

/** Values of ProtocolEndpoint.inBandBindCapability. */
export const InBandBindCapabilityEnum = [
  'None',
  'LocalBind',
  'GlobalBind',
] as const;

export type InBandBindCapabilityEnum = (typeof InBandBindCapabilityEnum)[number];

/** Result of a task that prepared a snapshot. */
export interface PrepareSnapshotResult {
  readonly parentInfo: VirtualVolumeInfo;
  readonly parentStats: SpaceStats;
  readonly snapshotId: string;
}

/** What a host sends I/O to in order to reach bound virtual volumes. */
export interface ProtocolEndpoint extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'ProtocolEndpoint' | undefined;
  readonly authType?: string | undefined;
  readonly inBandBindCapability: string;
  readonly inBandId: ProtocolEndpointInbandId;
  readonly transportIpAddress: readonly string[];
}

/** Values of ProtocolEndpoint.authType. */
export const ProtocolEndpointAuthEnum = [
  'System',
  'Kerberos5',
] as const;

export type ProtocolEndpointAuthEnum = (typeof ProtocolEndpointAuthEnum)[number];

/** How a host knows a protocol endpoint: a LUN, or a server and its mount. */
export interface ProtocolEndpointInbandId {
  readonly ipAddress?: string | undefined;
  readonly lunId?: string | undefined;
  readonly protocolEndpointType: string;
  readonly serverMajor?: string | undefined;
  readonly serverMinor?: string | undefined;
  readonly serverMount?: string | undefined;
  readonly serverScope?: string | undefined;
}

/** Values of protocolEndpointType. */
export const ProtocolEndpointTypeEnum = [
  'NFS',
  'SCSI',
  'NFS4x',
] as const;

export type ProtocolEndpointTypeEnum = (typeof ProtocolEndpointTypeEnum)[number];

/** A metadata key, and the value it must have; without value the key must be there. */
export interface QueryConstraint {
  readonly key: string;
  readonly value?: string | undefined;
}

/** Asks a host to bind virtual volumes anew. */
export interface RebindEvent extends Omit<StorageEvent, '$type'> {
  readonly $type?: 'RebindEvent' | undefined;
  readonly vvolId: readonly string[];
}

/** Values of snapType. */
export const SnapTypeEnum = [
  'SnapshotReadOnly',
  'SnapshotReadWrite',
] as const;

export type SnapTypeEnum = (typeof SnapTypeEnum)[number];

/** Space of a virtual volume, in MB of 2^20 bytes. unshared counts only where unsharedValid. */
export interface SpaceStats {
  readonly committed: bigint;
  readonly logical: bigint;
  readonly objectId: string;
  readonly unshared: bigint;
  readonly unsharedValid: boolean;
}

/** A task: how far it is, and its result or its error. */
export interface TaskInfo {
  readonly arrayId?: string | undefined;
  readonly cancelable: boolean;
  readonly cancelled: boolean;
  /** A fault type, named by xsi:type. */
  readonly error?: AnyValue | undefined;
  readonly estimatedTimeToComplete?: number | undefined;
  readonly name: string;
  readonly progress: number;
  readonly progressUpdateAvailable: boolean;
  readonly result?: AnyValue | undefined;
  readonly startTime: number;
  readonly taskId: string;
  readonly taskState: string;
}

/** Values of TaskInfo.taskState. */
export const TaskStateEnum = [
  'Error',
  'Queued',
  'Running',
  'Success',
] as const;

export type TaskStateEnum = (typeof TaskStateEnum)[number];

/** Values of unbindContext. */
export const UnbindContextEnum = [
  'Normal',
  'RebindStart',
  'RebindEnd',
] as const;

export type UnbindContextEnum = (typeof UnbindContextEnum)[number];

/** One bit for each chunk of the segment asked for. */
export interface VirtualVolumeBitmapResult {
  readonly chunkBitmap: Uint8Array;
}

/** A binding: the protocol endpoint, and the volume's id behind it. */
export interface VirtualVolumeHandle extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'VirtualVolumeHandle' | undefined;
  readonly peInBandId: ProtocolEndpointInbandId;
  readonly vvolSecondaryId: string;
}

/** A virtual volume and its metadata. */
export interface VirtualVolumeInfo extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'VirtualVolumeInfo' | undefined;
  readonly metadata: readonly NameValuePair[];
  readonly vvolId: string;
}

/** Values of vvolType. */
export const VirtualVolumeTypeEnum = [
  'Config',
  'Data',
  'Swap',
  'Memory',
  'Other',
] as const;

export type VirtualVolumeTypeEnum = (typeof VirtualVolumeTypeEnum)[number];

/** How many chunks were looked at and how many differ. */
export interface VirtualVolumeUnsharedChunksResult {
  readonly chunkSizeBytes: bigint;
  readonly scannedChunks: bigint;
  readonly unsharedChunks: bigint;
}

/** Counters of an array's entities. */
export interface ArrayStatisticsManifest {
  readonly arrayId: string;
  readonly entityStatisticsManifest: readonly EntityStatisticsManifest[];
}

/** Counters of one entity, as one string. */
export interface AssociatedStatistics {
  readonly entityId: string;
  readonly statisticsString: string;
}

/** Whether a counter adds up or stands for itself. */
export const CounterCollectedTypeEnum = [
  'Cumulative',
  'Absolute',
] as const;

export type CounterCollectedTypeEnum = (typeof CounterCollectedTypeEnum)[number];

/** A counter and its properties. */
export interface CounterInfo {
  readonly counterId: number;
  readonly nameValue: readonly NameValuePair[];
}

/** Names of counters, spelt as the protocol spells them. */
export const CounterNameEnum = [
  'TotalIOs',
  'KBytesTransfered',
  'IOTimeCounter',
  'ReadIOs',
  'ReadHitIOs',
  'ReadIOTimeCounter',
  'ReadHitIOTimeCounter',
  'KBytesRead',
  'WriteIOs',
  'WriteHitIOs',
  'WriteIOTimeCounter',
  'WriteHitIOTimeCounter',
  'KBytesWritten',
  'OtherIOs',
  'IdleTimeCounter',
  'StatisticsTime',
] as const;

export type CounterNameEnum = (typeof CounterNameEnum)[number];

/** Types of a counter's values. */
export const CounterTypeEnum = [
  'Uint64',
  'String',
] as const;

export type CounterTypeEnum = (typeof CounterTypeEnum)[number];

/** Units of counters. */
export const CounterUnitEnum = [
  'Number',
  'KiloByte',
  'MilliSecond',
  'Timestamp',
] as const;

export type CounterUnitEnum = (typeof CounterUnitEnum)[number];

/** Counters of one type of entity, how often they change and how many entities a call may name. */
export interface EntityStatisticsManifest {
  readonly counterInfo: readonly CounterInfo[];
  readonly entityTypeName: string;
  readonly maxRetrievalSize: number;
  /** In seconds. */
  readonly pollingInterval: number;
}

/** The capabilities of one category. */
export interface CapabilityMetadataPerCategory {
  readonly capabilityMetadata: readonly CapabilityMetadata[];
  readonly category: string;
}

/** All capabilities that a vendor publishes under a namespace. */
export interface CapabilitySchema {
  readonly capabilityMetadataPerCategory: readonly CapabilityMetadataPerCategory[];
  readonly namespaceInfo: NamespaceInfo;
  readonly schemaId: string;
  readonly vendorInfo: VendorInfo;
}

/** A namespace of capabilities and its version. */
export interface NamespaceInfo {
  readonly namespace: string;
  readonly version: string;
}

/** Who publishes a schema of capabilities. */
export interface VendorInfo {
  readonly info: ExtendedElementDescription;
  readonly vendorUuid: string;
}

/** Sub-profiles that are alternatives of each other. */
export interface CapabilityConstraints {
  readonly subProfiles: readonly AnySubProfile[];
}

/** A profile for objects of these types that are created without one. */
export interface DefaultProfile extends Omit<StorageProfile, '$type'> {
  readonly $type?: 'DefaultProfile' | undefined;
  readonly entityType: readonly string[];
}

/** What an object needs, or what a resource offers. Each edit raises generationId. */
export interface StorageProfile {
  readonly $type?: 'StorageProfile' | undefined;
  readonly constraints?: CapabilityConstraints | undefined;
  readonly createdBy: string;
  readonly creationTime: number;
  readonly description?: string | undefined;
  readonly generationId: bigint;
  readonly lastUpdatedBy?: string | undefined;
  readonly lastUpdatedTime?: number | undefined;
  readonly name: string;
  readonly profileId: string;
}

/** StorageProfile, or a type that extends it: then `$type` says which. */
export type AnyStorageProfile =
  | StorageProfile
  | (DefaultProfile & { readonly $type: 'DefaultProfile' });

/** Capabilities of which all must hold. */
export interface SubProfile {
  readonly $type?: 'SubProfile' | undefined;
  readonly capability: readonly CapabilityInstance[];
  readonly name: string;
}

/** SubProfile, or a type that extends it: then `$type` says which. */
export type AnySubProfile =
  | SubProfile
  | (SubProfileWithCandidates & { readonly $type: 'SubProfileWithCandidates' });

/** A sub-profile and the profiles offered that could meet it. */
export interface SubProfileWithCandidates extends Omit<SubProfile, '$type'> {
  readonly $type?: 'SubProfileWithCandidates' | undefined;
  readonly candidateCapabilityProfiles: readonly string[];
  readonly forceProvision: boolean;
}

/** Values of GenericTypeInfo.genericTypeName. */
export const BuiltinGenericTypesEnum = [
  'VMW_RANGE',
  'VMW_SET',
] as const;

export type BuiltinGenericTypesEnum = (typeof BuiltinGenericTypesEnum)[number];

/** Values of TypeInfo.typeName. */
export const BuiltinTypesEnum = [
  'XSD_LONG',
  'XSD_INT',
  'XSD_STRING',
  'XSD_BOOLEAN',
  'XSD_DOUBLE',
  'XSD_DATETIME',
  'XSD_DURATION',
] as const;

export type BuiltinTypesEnum = (typeof BuiltinTypesEnum)[number];

/** A set of values. */
export interface DiscreteSet {
  readonly values: readonly AnyValue[];
}

/** All values from min to max. */
export interface Range {
  readonly max: AnyValue;
  readonly min: AnyValue;
}

/** A span of time; the unit is one of TimeUnitEnum. */
export interface TimeSpan {
  readonly unit: string;
  readonly value: number;
}

/** Units of TimeSpan. */
export const TimeUnitEnum = [
  'SECONDS',
  'MINUTES',
  'HOURS',
  'DAYS',
  'WEEKS',
  'MONTHS',
  'YEARS',
] as const;

export type TimeUnitEnum = (typeof TimeUnitEnum)[number];

/** A kind of capacity and how much of it remains. */
export interface CapacityMetric {
  readonly capacityCategory: string;
  readonly percentageRemaining: bigint;
}

/** Capacity of a container once a solution is carried out. */
export interface ContainerUsage {
  readonly capacityInfo: CapacityMetric;
  readonly containerId: string;
}

/** Which subject goes to which container. */
export interface PlacementSolution {
  readonly containerUsage: readonly ContainerUsage[];
  readonly subjectAssignment: readonly SubjectAssignment[];
}

/** An object to be placed. */
export interface ProvisioningSubject {
  readonly capacityInMB?: bigint | undefined;
  readonly objectId?: string | undefined;
  readonly profile: AnyStorageProfile;
  readonly subjectId: string;
}

/** A subject and its container. */
export interface SubjectAssignment {
  readonly containerId: string;
  readonly subjectId: string;
}

/** Element `activateProvider`. */
export interface ActivateProvider {
  readonly entityId: string;
}

/** Element `activateProviderEx`. */
export interface ActivateProviderEx {
  readonly activationSpec: ActivationSpec;
}

/** Element `activateProviderExResponse`. */
export interface ActivateProviderExResponse {
  readonly return: TaskInfo;
}

/** Element `allocatedBitmapVirtualVolume`. */
export interface AllocatedBitmapVirtualVolume {
  readonly vvolId: string;
  readonly segmentStartOffsetBytes: bigint;
  readonly segmentLengthBytes: bigint;
  readonly chunkSizeBytes: bigint;
}

/** Element `allocatedBitmapVirtualVolumeResponse`. */
export interface AllocatedBitmapVirtualVolumeResponse {
  readonly return: VirtualVolumeBitmapResult;
}

/** Element `bindVirtualVolume`. */
export interface BindVirtualVolume {
  readonly vvolId: readonly string[];
  /** One of BindContextEnum. */
  readonly bindContext: string;
  readonly containerCookie?: string | undefined;
}

/** Element `bindVirtualVolumeResponse`. */
export interface BindVirtualVolumeResponse {
  readonly return: readonly BatchVirtualVolumeHandleResult[];
}

/** Element `bindingChangeComplete`. */
export interface BindingChangeComplete {
  readonly vvolId: readonly string[];
}

/** Element `bindingChangeCompleteResponse`. */
export interface BindingChangeCompleteResponse {
  readonly return: readonly BatchReturnStatus[];
}

/** Element `cancelBindingChange`. */
export interface CancelBindingChange {
  readonly vvolId: readonly string[];
}

/** Element `cancelBindingChangeResponse`. */
export interface CancelBindingChangeResponse {
  readonly return: readonly BatchReturnStatus[];
}

/** Element `cancelTask`. */
export interface CancelTask {
  readonly taskId: string;
}

/** Element `cloneVirtualVolume`. */
export interface CloneVirtualVolume {
  readonly vvolId: string;
  readonly newContainerId?: string | undefined;
  readonly newProfile?: AnyStorageProfile | undefined;
  readonly metadata: readonly NameValuePair[];
  readonly containerCookie?: string | undefined;
}

/** Element `cloneVirtualVolumeResponse`. */
export interface CloneVirtualVolumeResponse {
  readonly return: TaskInfo;
}

/** Element `copyDiffsToVirtualVolume`. */
export interface CopyDiffsToVirtualVolume {
  readonly srcVVolId: string;
  readonly srcBaseVVolId: string;
  readonly dstVVolId: string;
  readonly containerCookie?: string | undefined;
}

/** Element `copyDiffsToVirtualVolumeResponse`. */
export interface CopyDiffsToVirtualVolumeResponse {
  readonly return: TaskInfo;
}

/** Element `createVirtualVolume`. */
export interface CreateVirtualVolume {
  readonly containerId: string;
  /** One of VirtualVolumeTypeEnum. */
  readonly vvolType: string;
  readonly storageProfile?: AnyStorageProfile | undefined;
  /** In MB of 2^20 bytes. */
  readonly sizeInMB: bigint;
  readonly metadata: readonly NameValuePair[];
  readonly containerCookie?: string | undefined;
}

/** Element `createVirtualVolumeResponse`. */
export interface CreateVirtualVolumeResponse {
  readonly return: TaskInfo;
}

/** Element `deleteVirtualVolume`. */
export interface DeleteVirtualVolume {
  readonly vvolId: string;
  readonly containerCookie?: string | undefined;
}

/** Element `fastCloneVirtualVolume`. */
export interface FastCloneVirtualVolume {
  readonly vvolId: string;
  readonly newProfile?: AnyStorageProfile | undefined;
  readonly metadata: readonly NameValuePair[];
  readonly containerCookie?: string | undefined;
}

/** Element `fastCloneVirtualVolumeResponse`. */
export interface FastCloneVirtualVolumeResponse {
  readonly return: TaskInfo;
}

/** Element `getAlarms`. */
export interface GetAlarms {
  /** The last alarm that the caller has; absent or -1: none. */
  readonly lastAlarmId?: bigint | undefined;
}

/** Element `getAlarmsResponse`. */
export interface GetAlarmsResponse {
  readonly return: readonly AnyStorageAlarm[];
}

/** Element `getCurrentTask`. */
export interface GetCurrentTask {
  readonly arrayId?: string | undefined;
}

/** Element `getCurrentTaskResponse`. */
export interface GetCurrentTaskResponse {
  readonly return: readonly TaskInfo[];
}

/** Element `getEvents`. */
export interface GetEvents {
  /** The last event that the caller has; absent or -1: none. */
  readonly lastEventId?: bigint | undefined;
}

/** Element `getEventsResponse`. */
export interface GetEventsResponse {
  readonly return: readonly AnyStorageEvent[];
}

/** Element `getNumberOfEntities`. */
export interface GetNumberOfEntities {
  readonly entityType?: string | undefined;
}

/** Element `getNumberOfEntitiesResponse`. */
export interface GetNumberOfEntitiesResponse {
  readonly return?: number | undefined;
}

/** Element `getTaskUpdate`. */
export interface GetTaskUpdate {
  readonly taskId: string;
}

/** Element `getTaskUpdateResponse`. */
export interface GetTaskUpdateResponse {
  readonly return: TaskInfo;
}

/** Element `prepareForBindingChange`. */
export interface PrepareForBindingChange {
  readonly vvolId: readonly string[];
  readonly destHostId: string;
}

/** Element `prepareForBindingChangeResponse`. */
export interface PrepareForBindingChangeResponse {
  readonly return: TaskInfo;
}

/** Element `prepareToSnapshotVirtualVolume`. */
export interface PrepareToSnapshotVirtualVolume {
  readonly vvolId: string;
  readonly storageProfile?: AnyStorageProfile | undefined;
  readonly containerCookie?: string | undefined;
  /** One of SnapTypeEnum. */
  readonly snapType: string;
}

/** Element `prepareToSnapshotVirtualVolumeResponse`. */
export interface PrepareToSnapshotVirtualVolumeResponse {
  readonly return: TaskInfo;
}

/** Element `queryArrays`. */
export interface QueryArrays {
  readonly arrayUniqueId: readonly string[];
}

/** Element `queryArraysResponse`. */
export interface QueryArraysResponse {
  readonly return: readonly StorageArray[];
}

/** Element `queryAssociatedCapabilityForFileSystem`. */
export interface QueryAssociatedCapabilityForFileSystem {
  readonly fsUniqueId: readonly string[];
}

/** Element `queryAssociatedCapabilityForFileSystemResponse`. */
export interface QueryAssociatedCapabilityForFileSystemResponse {
  readonly return: readonly VasaAssociationObject[];
}

/** Element `queryAssociatedCapabilityForLun`. */
export interface QueryAssociatedCapabilityForLun {
  readonly lunUniqueId: readonly string[];
}

/** Element `queryAssociatedCapabilityForLunResponse`. */
export interface QueryAssociatedCapabilityForLunResponse {
  readonly return: readonly VasaAssociationObject[];
}

/** Element `queryAssociatedLunsForPort`. */
export interface QueryAssociatedLunsForPort {
  readonly portUniqueId: readonly string[];
}

/** Element `queryAssociatedLunsForPortResponse`. */
export interface QueryAssociatedLunsForPortResponse {
  readonly return: readonly VasaAssociationObject[];
}

/** Element `queryAssociatedPortsForProcessor`. */
export interface QueryAssociatedPortsForProcessor {
  readonly spUniqueId: readonly string[];
}

/** Element `queryAssociatedPortsForProcessorResponse`. */
export interface QueryAssociatedPortsForProcessorResponse {
  readonly return: readonly VasaAssociationObject[];
}

/** Element `queryAssociatedProcessorsForArray`. */
export interface QueryAssociatedProcessorsForArray {
  readonly arrayUniqueId: readonly string[];
}

/** Element `queryAssociatedProcessorsForArrayResponse`. */
export interface QueryAssociatedProcessorsForArrayResponse {
  readonly return: readonly VasaAssociationObject[];
}

/** Element `queryAssociatedStatisticsForEntity`. */
export interface QueryAssociatedStatisticsForEntity {
  readonly entityTypeName: string;
  readonly entityId: readonly string[];
}

/** Element `queryAssociatedStatisticsForEntityResponse`. */
export interface QueryAssociatedStatisticsForEntityResponse {
  readonly return: readonly AssociatedStatistics[];
}

/** Element `queryAssociatedStatisticsManifestForArray`. */
export interface QueryAssociatedStatisticsManifestForArray {
  readonly arrayStatisticsManifest: readonly ArrayStatisticsManifest[];
}

/** Element `queryAssociatedStatisticsManifestForArrayResponse`. */
export interface QueryAssociatedStatisticsManifestForArrayResponse {
  readonly return: readonly ArrayStatisticsManifest[];
}

/** Element `queryBackingStoragePools`. */
export interface QueryBackingStoragePools {
  readonly storagePoolUniqueId: readonly string[];
}

/** Element `queryBackingStoragePoolsResponse`. */
export interface QueryBackingStoragePoolsResponse {
  readonly return: readonly BackingStoragePool[];
}

/** Element `queryCACertificateRevocationListsResponse`. */
export interface QueryCACertificateRevocationListsResponse {
  readonly return: readonly string[];
}

/** Element `queryCACertificatesResponse`. */
export interface QueryCACertificatesResponse {
  readonly return: readonly string[];
}

/** Element `queryCapabilityMetadata`. */
export interface QueryCapabilityMetadata {
  readonly schemaId: readonly string[];
}

/** Element `queryCapabilityMetadataResponse`. */
export interface QueryCapabilityMetadataResponse {
  readonly return: readonly CapabilitySchema[];
}

/** Element `queryCapabilityProfile`. */
export interface QueryCapabilityProfile {
  readonly profileId: readonly string[];
}

/** Element `queryCapabilityProfileResponse`. */
export interface QueryCapabilityProfileResponse {
  readonly return: readonly AnyStorageProfile[];
}

/** Element `queryCapabilityProfileForResource`. */
export interface QueryCapabilityProfileForResource {
  readonly resourceId: readonly string[];
}

/** Element `queryCapabilityProfileForResourceResponse`. */
export interface QueryCapabilityProfileForResourceResponse {
  readonly return: readonly ResourceAssociation[];
}

/** Element `queryCatalogResponse`. */
export interface QueryCatalogResponse {
  readonly return: readonly MessageCatalog[];
}

/** Element `queryComplianceResult`. */
export interface QueryComplianceResult {
  readonly compliance: readonly ComplianceSubject[];
}

/** Element `queryComplianceResultResponse`. */
export interface QueryComplianceResultResponse {
  readonly return: readonly ComplianceResult[];
}

/** Element `queryDRSMigrationCapabilityForPerformance`. */
export interface QueryDRSMigrationCapabilityForPerformance {
  readonly srcUniqueId?: string | undefined;
  readonly dstUniqueId?: string | undefined;
  readonly entityType?: string | undefined;
}

/** Element `queryDRSMigrationCapabilityForPerformanceResponse`. */
export interface QueryDRSMigrationCapabilityForPerformanceResponse {
  readonly return?: boolean | undefined;
}

/** Element `queryDefaultProfileForStorageContainer`. */
export interface QueryDefaultProfileForStorageContainer {
  readonly containerId: string;
  readonly entityType: readonly string[];
}

/** Element `queryDefaultProfileForStorageContainerResponse`. */
export interface QueryDefaultProfileForStorageContainerResponse {
  readonly return: readonly DefaultProfile[];
}

/** Element `queryDrsMigrationCapabilityForPerformanceEx`. */
export interface QueryDrsMigrationCapabilityForPerformanceEx {
  readonly entityId: readonly string[];
}

/** Element `queryDrsMigrationCapabilityForPerformanceExResponse`. */
export interface QueryDrsMigrationCapabilityForPerformanceExResponse {
  readonly return: StorageDrsMigrationCapabilityResult;
}

/** Element `queryProtocolEndpoint`. */
export interface QueryProtocolEndpoint {
  readonly peId: readonly string[];
}

/** Element `queryProtocolEndpointResponse`. */
export interface QueryProtocolEndpointResponse {
  readonly return: readonly ProtocolEndpoint[];
}

/** Element `queryProtocolEndpointForArray`. */
export interface QueryProtocolEndpointForArray {
  readonly arrayId: string;
}

/** Element `queryProtocolEndpointForArrayResponse`. */
export interface QueryProtocolEndpointForArrayResponse {
  readonly return: readonly string[];
}

/** Element `queryStorageCapabilities`. */
export interface QueryStorageCapabilities {
  readonly capabilityUniqueId: readonly string[];
}

/** Element `queryStorageCapabilitiesResponse`. */
export interface QueryStorageCapabilitiesResponse {
  readonly return: readonly StorageCapability[];
}

/** Element `queryStorageContainer`. */
export interface QueryStorageContainer {
  readonly containerId: readonly string[];
}

/** Element `queryStorageContainerResponse`. */
export interface QueryStorageContainerResponse {
  readonly return: readonly StorageContainer[];
}

/** Element `queryStorageContainerForArray`. */
export interface QueryStorageContainerForArray {
  readonly arrayId: string;
}

/** Element `queryStorageContainerForArrayResponse`. */
export interface QueryStorageContainerForArrayResponse {
  readonly return: readonly string[];
}

/** Element `queryStorageFileSystems`. */
export interface QueryStorageFileSystems {
  readonly fsUniqueId: readonly string[];
}

/** Element `queryStorageFileSystemsResponse`. */
export interface QueryStorageFileSystemsResponse {
  readonly return: readonly StorageFileSystem[];
}

/** Element `queryStorageLuns`. */
export interface QueryStorageLuns {
  readonly lunUniqueId: readonly string[];
}

/** Element `queryStorageLunsResponse`. */
export interface QueryStorageLunsResponse {
  readonly return: readonly StorageLun[];
}

/** Element `queryStoragePorts`. */
export interface QueryStoragePorts {
  readonly portUniqueId: readonly string[];
}

/** Element `queryStoragePortsResponse`. */
export interface QueryStoragePortsResponse {
  readonly return: readonly StoragePort[];
}

/** Element `queryStorageProcessors`. */
export interface QueryStorageProcessors {
  readonly spUniqueId: readonly string[];
}

/** Element `queryStorageProcessorsResponse`. */
export interface QueryStorageProcessorsResponse {
  readonly return: readonly StorageProcessor[];
}

/** Element `queryUniqueIdentifiersForEntity`. */
export interface QueryUniqueIdentifiersForEntity {
  readonly entityType?: string | undefined;
}

/** Element `queryUniqueIdentifiersForEntityResponse`. */
export interface QueryUniqueIdentifiersForEntityResponse {
  readonly return: readonly string[];
}

/** Element `queryUniqueIdentifiersForFileSystems`. */
export interface QueryUniqueIdentifiersForFileSystems {
  /** In spite of its name, the id of an array. */
  readonly fsUniqueId?: string | undefined;
}

/** Element `queryUniqueIdentifiersForFileSystemsResponse`. */
export interface QueryUniqueIdentifiersForFileSystemsResponse {
  readonly return: readonly string[];
}

/** Element `queryUniqueIdentifiersForLuns`. */
export interface QueryUniqueIdentifiersForLuns {
  readonly arrayUniqueId?: string | undefined;
}

/** Element `queryUniqueIdentifiersForLunsResponse`. */
export interface QueryUniqueIdentifiersForLunsResponse {
  readonly return: readonly string[];
}

/** Element `queryVirtualVolume`. */
export interface QueryVirtualVolume {
  readonly searchConstraint: readonly QueryConstraint[];
}

/** Element `queryVirtualVolumeResponse`. */
export interface QueryVirtualVolumeResponse {
  readonly return: readonly string[];
}

/** Element `queryVirtualVolumeInfo`. */
export interface QueryVirtualVolumeInfo {
  readonly vvolId: readonly string[];
}

/** Element `queryVirtualVolumeInfoResponse`. */
export interface QueryVirtualVolumeInfoResponse {
  readonly return: readonly VirtualVolumeInfo[];
}

/** Element `refreshCACertificatesAndCRLs`. */
export interface RefreshCACertificatesAndCRLs {
  readonly caRootCert: readonly string[];
  readonly caCRL: readonly string[];
}

/** Element `registerCACertificatesAndCRLs`. */
export interface RegisterCACertificatesAndCRLs {
  readonly providerUserName: string;
  readonly providerPassword: string;
  readonly caRootCert: readonly string[];
  readonly caCRL: readonly string[];
}

/** Element `registerCACertificatesAndCRLsResponse`. */
export interface RegisterCACertificatesAndCRLsResponse {
  readonly return: VasaProviderInfo;
}

/** Element `registerCASignedProviderCertificate`. */
export interface RegisterCASignedProviderCertificate {
  readonly providerCert: string;
  readonly forceApply: boolean;
}

/** Element `registerVASACertificate`. */
export interface RegisterVASACertificate {
  readonly userName?: string | undefined;
  readonly password?: string | undefined;
  readonly newCertificate?: string | undefined;
}

/** Element `registerVASACertificateResponse`. */
export interface RegisterVASACertificateResponse {
  readonly return?: VasaProviderInfo | undefined;
}

/** Element `requestCSRResponse`. */
export interface RequestCSRResponse {
  readonly return: string;
}

/** Element `resizeVirtualVolume`. */
export interface ResizeVirtualVolume {
  readonly vvolId: string;
  /** The new size, in MB of 2^20 bytes. */
  readonly sizeInMB: bigint;
  readonly containerCookie?: string | undefined;
}

/** Element `resizeVirtualVolumeResponse`. */
export interface ResizeVirtualVolumeResponse {
  readonly return: TaskInfo;
}

/** Element `revertVirtualVolume`. */
export interface RevertVirtualVolume {
  readonly vvolId: string;
  readonly snapshotVvolId: string;
  readonly containerCookie?: string | undefined;
}

/** Element `revertVirtualVolumeResponse`. */
export interface RevertVirtualVolumeResponse {
  readonly return: TaskInfo;
}

/** Element `setContext`. */
export interface SetContext {
  readonly usageContext?: UsageContext | undefined;
}

/** Element `setContextResponse`. */
export interface SetContextResponse {
  readonly return?: VasaProviderInfo | undefined;
}

/** Element `setPEContext`. */
export interface SetPEContext {
  readonly listOfHostPE: readonly ProtocolEndpoint[];
}

/** Element `setStatisticsContext`. */
export interface SetStatisticsContext {
  readonly arrayStatisticsManifest: readonly ArrayStatisticsManifest[];
}

/** Element `setStorageContainerContext`. */
export interface SetStorageContainerContext {
  readonly containerId: string;
  readonly userId: string;
}

/** Element `setStorageContainerContextResponse`. */
export interface SetStorageContainerContextResponse {
  readonly return: string;
}

/** Element `snapshotVirtualVolume`. */
export interface SnapshotVirtualVolume {
  readonly snapshotInfo: readonly VirtualVolumeInfo[];
  /** In milliseconds. */
  readonly timeoutMS: bigint;
  readonly containerCookie?: string | undefined;
}

/** Element `snapshotVirtualVolumeResponse`. */
export interface SnapshotVirtualVolumeResponse {
  readonly return: readonly BatchReturnStatus[];
}

/** Element `spaceStatsForStorageContainer`. */
export interface SpaceStatsForStorageContainer {
  readonly containerId: string;
  readonly capabilityProfileId: readonly string[];
}

/** Element `spaceStatsForStorageContainerResponse`. */
export interface SpaceStatsForStorageContainerResponse {
  readonly return: readonly ContainerSpaceStats[];
}

/** Element `spaceStatsForVirtualVolume`. */
export interface SpaceStatsForVirtualVolume {
  readonly vvolId: readonly string[];
}

/** Element `spaceStatsForVirtualVolumeResponse`. */
export interface SpaceStatsForVirtualVolumeResponse {
  readonly return: readonly SpaceStats[];
}

/** Element `unbindAllVirtualVolumesFromHost`. */
export interface UnbindAllVirtualVolumesFromHost {
  readonly hostUuid?: string | undefined;
}

/** Element `unbindVirtualVolume`. */
export interface UnbindVirtualVolume {
  readonly vvolHandle: readonly VirtualVolumeHandle[];
  /** One of UnbindContextEnum. */
  readonly unbindContext: string;
}

/** Element `unbindVirtualVolumeResponse`. */
export interface UnbindVirtualVolumeResponse {
  readonly return: readonly BatchReturnStatus[];
}

/** Element `unbindVirtualVolumeFromAllHost`. */
export interface UnbindVirtualVolumeFromAllHost {
  readonly vvolId: readonly string[];
}

/** Element `unbindVirtualVolumeFromAllHostResponse`. */
export interface UnbindVirtualVolumeFromAllHostResponse {
  readonly return: readonly BatchReturnStatus[];
}

/** Element `unregisterVASACertificate`. */
export interface UnregisterVASACertificate {
  readonly existingCertificate?: string | undefined;
}

/** Element `unsharedBitmapVirtualVolume`. */
export interface UnsharedBitmapVirtualVolume {
  readonly vvolId: string;
  readonly baseVvolId: string;
  readonly segmentStartOffsetBytes: bigint;
  readonly segmentLengthBytes: bigint;
  readonly chunkSizeBytes: bigint;
}

/** Element `unsharedBitmapVirtualVolumeResponse`. */
export interface UnsharedBitmapVirtualVolumeResponse {
  readonly return: VirtualVolumeBitmapResult;
}

/** Element `unsharedChunksVirtualVolume`. */
export interface UnsharedChunksVirtualVolume {
  readonly vvolId: string;
  readonly baseVvolId?: string | undefined;
  readonly segmentStartOffsetBytes: bigint;
  readonly segmentLengthBytes: bigint;
}

/** Element `unsharedChunksVirtualVolumeResponse`. */
export interface UnsharedChunksVirtualVolumeResponse {
  readonly return: VirtualVolumeUnsharedChunksResult;
}

/** Element `updateStorageProfileForVirtualVolume`. */
export interface UpdateStorageProfileForVirtualVolume {
  readonly vvolId: string;
  readonly newStorageProfile: AnyStorageProfile;
  readonly containerCookie?: string | undefined;
}

/** Element `updateStorageProfileForVirtualVolumeResponse`. */
export interface UpdateStorageProfileForVirtualVolumeResponse {
  readonly return: TaskInfo;
}

/** Element `updateVirtualVolumeMetaData`. */
export interface UpdateVirtualVolumeMetaData {
  readonly vvolId: string;
  readonly keyValuePair: readonly NameValuePair[];
  readonly containerCookie?: string | undefined;
}
