/**
 * Service `vasaService`, version 1.0. Generated, do not edit.
 *
 * Generator: scripts/generate.ts
 * Source: wsdl/vasa-1.0
 * SHA-256 of the source: 33764eca468ed3a700cbb1057c2fe5f4f517c8f332afa07b0d2f95b0a7b32ebd
 */

import type { AnyValue } from '../../descriptor.ts';

/** What all faults extend. */
export interface Exception {
  readonly $type?: 'Exception' | undefined;
  readonly Exception?: AnyValue | undefined;
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
  'Object',
] as const;

export type AlarmTypeEnum = (typeof AlarmTypeEnum)[number];

/** Anything that has a unique identifier; also stands for an id alone. */
export interface BaseStorageEntity {
  readonly $type?: 'BaseStorageEntity' | undefined;
  readonly uniqueIdentifier?: string | undefined;
}

/** BaseStorageEntity, or a type that extends it: then `$type` says which. */
export type AnyBaseStorageEntity =
  | BaseStorageEntity
  | (HostInitiatorInfo & { readonly $type: 'HostInitiatorInfo' })
  | (StorageArray & { readonly $type: 'StorageArray' })
  | (StorageCapability & { readonly $type: 'StorageCapability' })
  | (StorageFileSystem & { readonly $type: 'StorageFileSystem' })
  | (StorageLun & { readonly $type: 'StorageLun' })
  | (StoragePort & { readonly $type: 'StoragePort' })
  | (StorageProcessor & { readonly $type: 'StorageProcessor' });

/** Values of StorageArray.supportedBlock. */
export const BlockEnum = [
  'FC',
  'ISCSI',
  'FCoE',
  'Other',
] as const;

export type BlockEnum = (typeof BlockEnum)[number];

/** Types of entities, as used in events, alarms and queries. */
export const EntityTypeEnum = [
  'StorageArray',
  'StorageProcessor',
  'StoragePort',
  'StorageLun',
  'StorageCapability',
  'StorageFileSystem',
] as const;

export type EntityTypeEnum = (typeof EntityTypeEnum)[number];

/** Values of StorageEvent.eventConfigType. */
export const EventConfigTypeEnum = [
  'New',
  'Update',
  'Delete',
] as const;

export type EventConfigTypeEnum = (typeof EventConfigTypeEnum)[number];

/** Values of StorageEvent.eventType. */
export const EventTypeEnum = [
  'System',
  'Config',
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

/** Values of StorageArray.supportedProfile: the parts of the API that an array takes part in. */
export const ProfileEnum = [
  'BlockDeviceProfile',
  'FileSystemProfile',
  'CapabilityProfile',
] as const;

export type ProfileEnum = (typeof ProfileEnum)[number];

/** Kinds of replication to another site. */
export const RemoteReplicationEnum = [
  'ActiveActive',
  'ActivePassive',
  'None',
] as const;

export type RemoteReplicationEnum = (typeof RemoteReplicationEnum)[number];

/** A change of state of an object. parameterList fills the placeholders of the message. */
export interface StorageAlarm {
  readonly alarmId?: bigint | undefined;
  readonly alarmTimeStamp?: number | undefined;
  readonly alarmType?: string | undefined;
  readonly messageId?: string | undefined;
  readonly objectId?: string | undefined;
  readonly objectType?: string | undefined;
  readonly parameterList: readonly NameValuePair[];
  readonly status?: string | undefined;
}

/** A storage array. */
export interface StorageArray extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'StorageArray' | undefined;
  readonly alternateName: readonly string[];
  readonly arrayName?: string | undefined;
  readonly firmware?: string | undefined;
  readonly modelId?: string | undefined;
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

/** Something that happened. parameterList fills the placeholders of the message. */
export interface StorageEvent {
  readonly eventConfigType?: string | undefined;
  readonly eventId?: bigint | undefined;
  readonly eventObjType?: string | undefined;
  readonly eventTimeStamp?: number | undefined;
  readonly eventType?: string | undefined;
  readonly messageId?: string | undefined;
  readonly objectId?: string | undefined;
  readonly parameterList: readonly NameValuePair[];
}

/** A file system that an array exports. */
export interface StorageFileSystem extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'StorageFileSystem' | undefined;
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
  readonly hostInitiator: readonly HostInitiatorInfo[];
  readonly iscsiInitiatorIpAddress: readonly string[];
  readonly mountPoint: readonly MountInfo[];
  /** How long the session may be idle. */
  readonly sessionTimeoutInSeconds?: bigint | undefined;
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
  readonly name?: string | undefined;
  /** The session; also sent as a cookie. */
  readonly sessionId?: string | undefined;
  readonly supportedVendorModel: readonly VendorModel[];
  readonly vasaApiVersion?: string | undefined;
  readonly vasaProviderVersion?: string | undefined;
}

/** A vendor and a model of array that this provider serves. */
export interface VendorModel {
  readonly modelId?: string | undefined;
  readonly vendorId?: string | undefined;
}

/** Kinds of events of type System. */
export const eventSystemTypeEnum = [
  'RemoteMirroredVolume',
  'Unknown',
] as const;

export type eventSystemTypeEnum = (typeof eventSystemTypeEnum)[number];

/** Values of MessageCatalog.catalogName. */
export const storageCatalogEnum = [
  'Alarm',
  'Event',
  'Fault',
] as const;

export type storageCatalogEnum = (typeof storageCatalogEnum)[number];

/** An argument is missing, malformed or out of range. */
export interface InvalidArgument extends Omit<Exception, '$type'> {
  readonly $type?: 'InvalidArgument' | undefined;
}

/** Certificates or revocation lists are refused; those concerned may be listed. */
export interface InvalidCertificate extends Omit<Exception, '$type'> {
  readonly $type?: 'InvalidCertificate' | undefined;
}

/** User name or password is wrong. */
export interface InvalidLogin extends Omit<Exception, '$type'> {
  readonly $type?: 'InvalidLogin' | undefined;
}

/** There is no session, or it has ended: call setContext. */
export interface InvalidSession extends Omit<Exception, '$type'> {
  readonly $type?: 'InvalidSession' | undefined;
}

/** Alarms after the one named are no longer kept. */
export interface LostAlarm extends Omit<Exception, '$type'> {
  readonly $type?: 'LostAlarm' | undefined;
}

/** Events after the one named are no longer kept. */
export interface LostEvent extends Omit<Exception, '$type'> {
  readonly $type?: 'LostEvent' | undefined;
}

/** There is no such entity. */
export interface NotFound extends Omit<Exception, '$type'> {
  readonly $type?: 'NotFound' | undefined;
}

/** The provider does not offer this operation. */
export interface NotImplemented extends Omit<Exception, '$type'> {
  readonly $type?: 'NotImplemented' | undefined;
}

/** Any other failure; names a message of the Fault catalog. */
export interface StorageFault extends Omit<Exception, '$type'> {
  readonly $type?: 'StorageFault' | undefined;
  readonly faultMessageId?: string | undefined;
  readonly parameterList: readonly NameValuePair[];
}

/** Element `getAlarms`. */
export interface GetAlarms {
  /** The last alarm that the caller has; absent or -1: none. */
  readonly lastAlarmId?: bigint | undefined;
}

/** Element `getAlarmsResponse`. */
export interface GetAlarmsResponse {
  readonly return: readonly StorageAlarm[];
}

/** Element `getEvents`. */
export interface GetEvents {
  /** The last event that the caller has; absent or -1: none. */
  readonly lastEventId?: bigint | undefined;
}

/** Element `getEventsResponse`. */
export interface GetEventsResponse {
  readonly return: readonly StorageEvent[];
}

/** Element `getNumberOfEntities`. */
export interface GetNumberOfEntities {
  readonly entityType?: string | undefined;
}

/** Element `getNumberOfEntitiesResponse`. */
export interface GetNumberOfEntitiesResponse {
  readonly return?: number | undefined;
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

/** Element `queryCatalogResponse`. */
export interface QueryCatalogResponse {
  readonly return: readonly MessageCatalog[];
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

/** Element `queryStorageCapabilities`. */
export interface QueryStorageCapabilities {
  readonly capabilityUniqueId: readonly string[];
}

/** Element `queryStorageCapabilitiesResponse`. */
export interface QueryStorageCapabilitiesResponse {
  readonly return: readonly StorageCapability[];
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

/** Element `setContext`. */
export interface SetContext {
  readonly usageContext?: UsageContext | undefined;
}

/** Element `setContextResponse`. */
export interface SetContextResponse {
  readonly return?: VasaProviderInfo | undefined;
}

/** Element `unregisterVASACertificate`. */
export interface UnregisterVASACertificate {
  readonly existingCertificate?: string | undefined;
}
