/**
 * Service `vasaService`, version 1.0. Generated, do not edit.
 *
 * Generator: scripts/generate.ts
 * Source: wsdl/vasa-1.0
 * SHA-256 of the source: f75f851ed689c9c50bd38267598ef5b25df0b12116171e53d5e953df78076e09
 */

import type { AnyValue } from '../../descriptor.ts';

export interface Exception {
  readonly $type?: 'Exception' | undefined;
  readonly Exception?: AnyValue | undefined;
}

export const AlarmStatusEnum = [
  'Red',
  'Green',
  'Yellow',
] as const;

export type AlarmStatusEnum = (typeof AlarmStatusEnum)[number];

export const AlarmTypeEnum = [
  'SpaceCapacity',
  'Capability',
  'Object',
] as const;

export type AlarmTypeEnum = (typeof AlarmTypeEnum)[number];

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

export const BlockEnum = [
  'FC',
  'ISCSI',
  'FCoE',
  'Other',
] as const;

export type BlockEnum = (typeof BlockEnum)[number];

export const EntityTypeEnum = [
  'StorageArray',
  'StorageProcessor',
  'StoragePort',
  'StorageLun',
  'StorageCapability',
  'StorageFileSystem',
] as const;

export type EntityTypeEnum = (typeof EntityTypeEnum)[number];

export const EventConfigTypeEnum = [
  'New',
  'Update',
  'Delete',
] as const;

export type EventConfigTypeEnum = (typeof EventConfigTypeEnum)[number];

export const EventTypeEnum = [
  'System',
  'Config',
] as const;

export type EventTypeEnum = (typeof EventTypeEnum)[number];

export const FileSystemEnum = [
  'NFS',
  'Other',
] as const;

export type FileSystemEnum = (typeof FileSystemEnum)[number];

export interface FileSystemInfo {
  readonly fileServerName?: string | undefined;
  readonly fileSystemPath?: string | undefined;
  readonly ipAddress?: string | undefined;
}

export const FileSystemVersionEnum = [
  'NFSV3_0',
] as const;

export type FileSystemVersionEnum = (typeof FileSystemVersionEnum)[number];

export interface HostInitiatorInfo extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'HostInitiatorInfo' | undefined;
  readonly iscsiIdentifier?: string | undefined;
  readonly nodeWwn?: string | undefined;
  readonly portWwn?: string | undefined;
}

export interface MessageCatalog {
  readonly catalogName?: string | undefined;
  readonly catalogUri?: string | undefined;
  readonly catalogVersion?: string | undefined;
  readonly lastModified?: number | undefined;
  readonly locale?: string | undefined;
  readonly moduleName?: string | undefined;
}

export interface MountInfo {
  readonly filePath?: string | undefined;
  readonly serverName?: string | undefined;
}

export interface NameValuePair {
  readonly parameterName?: string | undefined;
  readonly parameterValue?: string | undefined;
}

export const ProfileEnum = [
  'BlockDeviceProfile',
  'FileSystemProfile',
  'CapabilityProfile',
] as const;

export type ProfileEnum = (typeof ProfileEnum)[number];

export const RemoteReplicationEnum = [
  'ActiveActive',
  'ActivePassive',
  'None',
] as const;

export type RemoteReplicationEnum = (typeof RemoteReplicationEnum)[number];

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

export interface StorageCapability extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'StorageCapability' | undefined;
  readonly capabilityDetail?: string | undefined;
  readonly capabilityName?: string | undefined;
}

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

export interface StorageFileSystem extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'StorageFileSystem' | undefined;
  readonly fileSystem?: string | undefined;
  readonly fileSystemInfo: readonly FileSystemInfo[];
  readonly fileSystemVersion?: string | undefined;
  readonly nativeSnapshotSupported?: boolean | undefined;
  readonly thinProvisioningStatus?: string | undefined;
}

export interface StorageLun extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'StorageLun' | undefined;
  readonly alternateIdentifier: readonly string[];
  readonly capacityInMB?: bigint | undefined;
  readonly displayName?: string | undefined;
  readonly drsManagementPermitted?: boolean | undefined;
  readonly esxLunIdentifier?: string | undefined;
  readonly thinProvisioned?: boolean | undefined;
  readonly thinProvisioningStatus?: string | undefined;
  readonly usedSpaceInMB?: bigint | undefined;
}

export interface StoragePort extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'StoragePort' | undefined;
  readonly alternateName: readonly string[];
  readonly iscsiIdentifier?: string | undefined;
  readonly nodeWwn?: string | undefined;
  readonly portType?: string | undefined;
  readonly portWwn?: string | undefined;
}

export interface StorageProcessor extends Omit<BaseStorageEntity, '$type'> {
  readonly $type?: 'StorageProcessor' | undefined;
  readonly spIdentifier: readonly string[];
}

export interface UsageContext {
  readonly chapUsername: readonly string[];
  readonly hostInitiator: readonly HostInitiatorInfo[];
  readonly iscsiInitiatorIpAddress: readonly string[];
  readonly mountPoint: readonly MountInfo[];
  readonly sessionTimeoutInSeconds?: bigint | undefined;
  readonly vcGuid?: string | undefined;
}

export interface VasaAssociationObject {
  readonly associatedId: readonly AnyBaseStorageEntity[];
  readonly entityId: readonly AnyBaseStorageEntity[];
}

export interface VasaProviderInfo {
  readonly defaultNamespace?: string | undefined;
  readonly defaultSessionTimeoutInSeconds?: bigint | undefined;
  readonly name?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly supportedVendorModel: readonly VendorModel[];
  readonly vasaApiVersion?: string | undefined;
  readonly vasaProviderVersion?: string | undefined;
}

export interface VendorModel {
  readonly modelId?: string | undefined;
  readonly vendorId?: string | undefined;
}

export const eventSystemTypeEnum = [
  'RemoteMirroredVolume',
  'Unknown',
] as const;

export type eventSystemTypeEnum = (typeof eventSystemTypeEnum)[number];

export const storageCatalogEnum = [
  'Alarm',
  'Event',
  'Fault',
] as const;

export type storageCatalogEnum = (typeof storageCatalogEnum)[number];

export interface InvalidArgument extends Omit<Exception, '$type'> {
  readonly $type?: 'InvalidArgument' | undefined;
}

export interface InvalidCertificate extends Omit<Exception, '$type'> {
  readonly $type?: 'InvalidCertificate' | undefined;
}

export interface InvalidLogin extends Omit<Exception, '$type'> {
  readonly $type?: 'InvalidLogin' | undefined;
}

export interface InvalidSession extends Omit<Exception, '$type'> {
  readonly $type?: 'InvalidSession' | undefined;
}

export interface LostAlarm extends Omit<Exception, '$type'> {
  readonly $type?: 'LostAlarm' | undefined;
}

export interface LostEvent extends Omit<Exception, '$type'> {
  readonly $type?: 'LostEvent' | undefined;
}

export interface NotFound extends Omit<Exception, '$type'> {
  readonly $type?: 'NotFound' | undefined;
}

export interface NotImplemented extends Omit<Exception, '$type'> {
  readonly $type?: 'NotImplemented' | undefined;
}

export interface StorageFault extends Omit<Exception, '$type'> {
  readonly $type?: 'StorageFault' | undefined;
  readonly faultMessageId?: string | undefined;
  readonly parameterList: readonly NameValuePair[];
}

/** Element `getAlarms`. */
export interface GetAlarms {
  readonly lastAlarmId?: bigint | undefined;
}

/** Element `getAlarmsResponse`. */
export interface GetAlarmsResponse {
  readonly return: readonly StorageAlarm[];
}

/** Element `getEvents`. */
export interface GetEvents {
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
