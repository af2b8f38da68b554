/**
 * Service `vasaService`, version 2.0. Generated, do not edit.
 *
 * Generator: scripts/generate.ts
 * Source: wsdl/vasa-2.0
 * SHA-256 of the source: c907be5f64b99ae01da9231bc7cb9b3cb094005eb18de1a8a9692de2c9cc6e2e
 */

import type {
  ActivateProvider,
  ActivateProviderEx,
  ActivateProviderExResponse,
  AllocatedBitmapVirtualVolume,
  AllocatedBitmapVirtualVolumeResponse,
  BindVirtualVolume,
  BindVirtualVolumeResponse,
  BindingChangeComplete,
  BindingChangeCompleteResponse,
  CancelBindingChange,
  CancelBindingChangeResponse,
  CancelTask,
  CloneVirtualVolume,
  CloneVirtualVolumeResponse,
  CopyDiffsToVirtualVolume,
  CopyDiffsToVirtualVolumeResponse,
  CreateVirtualVolume,
  CreateVirtualVolumeResponse,
  DeleteVirtualVolume,
  FastCloneVirtualVolume,
  FastCloneVirtualVolumeResponse,
  GetAlarms,
  GetAlarmsResponse,
  GetCurrentTask,
  GetCurrentTaskResponse,
  GetEvents,
  GetEventsResponse,
  GetNumberOfEntities,
  GetNumberOfEntitiesResponse,
  GetTaskUpdate,
  GetTaskUpdateResponse,
  PrepareForBindingChange,
  PrepareForBindingChangeResponse,
  PrepareToSnapshotVirtualVolume,
  PrepareToSnapshotVirtualVolumeResponse,
  QueryArrays,
  QueryArraysResponse,
  QueryAssociatedCapabilityForFileSystem,
  QueryAssociatedCapabilityForFileSystemResponse,
  QueryAssociatedCapabilityForLun,
  QueryAssociatedCapabilityForLunResponse,
  QueryAssociatedLunsForPort,
  QueryAssociatedLunsForPortResponse,
  QueryAssociatedPortsForProcessor,
  QueryAssociatedPortsForProcessorResponse,
  QueryAssociatedProcessorsForArray,
  QueryAssociatedProcessorsForArrayResponse,
  QueryAssociatedStatisticsForEntity,
  QueryAssociatedStatisticsForEntityResponse,
  QueryAssociatedStatisticsManifestForArray,
  QueryAssociatedStatisticsManifestForArrayResponse,
  QueryBackingStoragePools,
  QueryBackingStoragePoolsResponse,
  QueryCACertificateRevocationListsResponse,
  QueryCACertificatesResponse,
  QueryCapabilityMetadata,
  QueryCapabilityMetadataResponse,
  QueryCapabilityProfile,
  QueryCapabilityProfileForResource,
  QueryCapabilityProfileForResourceResponse,
  QueryCapabilityProfileResponse,
  QueryCatalogResponse,
  QueryComplianceResult,
  QueryComplianceResultResponse,
  QueryDRSMigrationCapabilityForPerformance,
  QueryDRSMigrationCapabilityForPerformanceResponse,
  QueryDefaultProfileForStorageContainer,
  QueryDefaultProfileForStorageContainerResponse,
  QueryDrsMigrationCapabilityForPerformanceEx,
  QueryDrsMigrationCapabilityForPerformanceExResponse,
  QueryProtocolEndpoint,
  QueryProtocolEndpointForArray,
  QueryProtocolEndpointForArrayResponse,
  QueryProtocolEndpointResponse,
  QueryStorageCapabilities,
  QueryStorageCapabilitiesResponse,
  QueryStorageContainer,
  QueryStorageContainerForArray,
  QueryStorageContainerForArrayResponse,
  QueryStorageContainerResponse,
  QueryStorageFileSystems,
  QueryStorageFileSystemsResponse,
  QueryStorageLuns,
  QueryStorageLunsResponse,
  QueryStoragePorts,
  QueryStoragePortsResponse,
  QueryStorageProcessors,
  QueryStorageProcessorsResponse,
  QueryUniqueIdentifiersForEntity,
  QueryUniqueIdentifiersForEntityResponse,
  QueryUniqueIdentifiersForFileSystems,
  QueryUniqueIdentifiersForFileSystemsResponse,
  QueryUniqueIdentifiersForLuns,
  QueryUniqueIdentifiersForLunsResponse,
  QueryVirtualVolume,
  QueryVirtualVolumeInfo,
  QueryVirtualVolumeInfoResponse,
  QueryVirtualVolumeResponse,
  RefreshCACertificatesAndCRLs,
  RegisterCACertificatesAndCRLs,
  RegisterCACertificatesAndCRLsResponse,
  RegisterCASignedProviderCertificate,
  RegisterVASACertificate,
  RegisterVASACertificateResponse,
  RequestCSRResponse,
  ResizeVirtualVolume,
  ResizeVirtualVolumeResponse,
  RevertVirtualVolume,
  RevertVirtualVolumeResponse,
  SetContext,
  SetContextResponse,
  SetPEContext,
  SetStatisticsContext,
  SetStorageContainerContext,
  SetStorageContainerContextResponse,
  SnapshotVirtualVolume,
  SnapshotVirtualVolumeResponse,
  SpaceStatsForStorageContainer,
  SpaceStatsForStorageContainerResponse,
  SpaceStatsForVirtualVolume,
  SpaceStatsForVirtualVolumeResponse,
  UnbindAllVirtualVolumesFromHost,
  UnbindVirtualVolume,
  UnbindVirtualVolumeFromAllHost,
  UnbindVirtualVolumeFromAllHostResponse,
  UnbindVirtualVolumeResponse,
  UnregisterVASACertificate,
  UnsharedBitmapVirtualVolume,
  UnsharedBitmapVirtualVolumeResponse,
  UnsharedChunksVirtualVolume,
  UnsharedChunksVirtualVolumeResponse,
  UpdateStorageProfileForVirtualVolume,
  UpdateStorageProfileForVirtualVolumeResponse,
  UpdateVirtualVolumeMetaData,
} from './types.ts';

/** A request whose Body is empty. */
export type Empty = Record<string, never>;

/** Request and response of each operation; `void` where the response Body is empty. */
export interface Operations {
  readonly activateProvider: { readonly request: ActivateProvider; readonly response: void };
  readonly activateProviderEx: { readonly request: ActivateProviderEx; readonly response: ActivateProviderExResponse };
  readonly allocatedBitmapVirtualVolume: { readonly request: AllocatedBitmapVirtualVolume; readonly response: AllocatedBitmapVirtualVolumeResponse };
  readonly bindVirtualVolume: { readonly request: BindVirtualVolume; readonly response: BindVirtualVolumeResponse };
  readonly bindingChangeComplete: { readonly request: BindingChangeComplete; readonly response: BindingChangeCompleteResponse };
  readonly cancelBindingChange: { readonly request: CancelBindingChange; readonly response: CancelBindingChangeResponse };
  readonly cancelTask: { readonly request: CancelTask; readonly response: void };
  readonly cloneVirtualVolume: { readonly request: CloneVirtualVolume; readonly response: CloneVirtualVolumeResponse };
  readonly copyDiffsToVirtualVolume: { readonly request: CopyDiffsToVirtualVolume; readonly response: CopyDiffsToVirtualVolumeResponse };
  readonly createVirtualVolume: { readonly request: CreateVirtualVolume; readonly response: CreateVirtualVolumeResponse };
  readonly deleteVirtualVolume: { readonly request: DeleteVirtualVolume; readonly response: void };
  readonly fastCloneVirtualVolume: { readonly request: FastCloneVirtualVolume; readonly response: FastCloneVirtualVolumeResponse };
  readonly getAlarms: { readonly request: GetAlarms; readonly response: GetAlarmsResponse };
  readonly getCurrentTask: { readonly request: GetCurrentTask; readonly response: GetCurrentTaskResponse };
  readonly getEvents: { readonly request: GetEvents; readonly response: GetEventsResponse };
  readonly getNumberOfEntities: { readonly request: GetNumberOfEntities; readonly response: GetNumberOfEntitiesResponse };
  readonly getTaskUpdate: { readonly request: GetTaskUpdate; readonly response: GetTaskUpdateResponse };
  readonly prepareForBindingChange: { readonly request: PrepareForBindingChange; readonly response: PrepareForBindingChangeResponse };
  readonly prepareToSnapshotVirtualVolume: { readonly request: PrepareToSnapshotVirtualVolume; readonly response: PrepareToSnapshotVirtualVolumeResponse };
  readonly queryArrays: { readonly request: QueryArrays; readonly response: QueryArraysResponse };
  readonly queryAssociatedCapabilityForFileSystem: { readonly request: QueryAssociatedCapabilityForFileSystem; readonly response: QueryAssociatedCapabilityForFileSystemResponse };
  readonly queryAssociatedCapabilityForLun: { readonly request: QueryAssociatedCapabilityForLun; readonly response: QueryAssociatedCapabilityForLunResponse };
  readonly queryAssociatedLunsForPort: { readonly request: QueryAssociatedLunsForPort; readonly response: QueryAssociatedLunsForPortResponse };
  readonly queryAssociatedPortsForProcessor: { readonly request: QueryAssociatedPortsForProcessor; readonly response: QueryAssociatedPortsForProcessorResponse };
  readonly queryAssociatedProcessorsForArray: { readonly request: QueryAssociatedProcessorsForArray; readonly response: QueryAssociatedProcessorsForArrayResponse };
  readonly queryAssociatedStatisticsForEntity: { readonly request: QueryAssociatedStatisticsForEntity; readonly response: QueryAssociatedStatisticsForEntityResponse };
  readonly queryAssociatedStatisticsManifestForArray: { readonly request: QueryAssociatedStatisticsManifestForArray; readonly response: QueryAssociatedStatisticsManifestForArrayResponse };
  readonly queryBackingStoragePools: { readonly request: QueryBackingStoragePools; readonly response: QueryBackingStoragePoolsResponse };
  readonly queryCACertificateRevocationLists: { readonly request: Empty; readonly response: QueryCACertificateRevocationListsResponse };
  readonly queryCACertificates: { readonly request: Empty; readonly response: QueryCACertificatesResponse };
  readonly queryCapabilityMetadata: { readonly request: QueryCapabilityMetadata; readonly response: QueryCapabilityMetadataResponse };
  readonly queryCapabilityProfile: { readonly request: QueryCapabilityProfile; readonly response: QueryCapabilityProfileResponse };
  readonly queryCapabilityProfileForResource: { readonly request: QueryCapabilityProfileForResource; readonly response: QueryCapabilityProfileForResourceResponse };
  readonly queryCatalog: { readonly request: Empty; readonly response: QueryCatalogResponse };
  readonly queryComplianceResult: { readonly request: QueryComplianceResult; readonly response: QueryComplianceResultResponse };
  readonly queryDRSMigrationCapabilityForPerformance: { readonly request: QueryDRSMigrationCapabilityForPerformance; readonly response: QueryDRSMigrationCapabilityForPerformanceResponse };
  readonly queryDefaultProfileForStorageContainer: { readonly request: QueryDefaultProfileForStorageContainer; readonly response: QueryDefaultProfileForStorageContainerResponse };
  readonly queryDrsMigrationCapabilityForPerformanceEx: { readonly request: QueryDrsMigrationCapabilityForPerformanceEx; readonly response: QueryDrsMigrationCapabilityForPerformanceExResponse };
  readonly queryProtocolEndpoint: { readonly request: QueryProtocolEndpoint; readonly response: QueryProtocolEndpointResponse };
  readonly queryProtocolEndpointForArray: { readonly request: QueryProtocolEndpointForArray; readonly response: QueryProtocolEndpointForArrayResponse };
  readonly queryStorageCapabilities: { readonly request: QueryStorageCapabilities; readonly response: QueryStorageCapabilitiesResponse };
  readonly queryStorageContainer: { readonly request: QueryStorageContainer; readonly response: QueryStorageContainerResponse };
  readonly queryStorageContainerForArray: { readonly request: QueryStorageContainerForArray; readonly response: QueryStorageContainerForArrayResponse };
  readonly queryStorageFileSystems: { readonly request: QueryStorageFileSystems; readonly response: QueryStorageFileSystemsResponse };
  readonly queryStorageLuns: { readonly request: QueryStorageLuns; readonly response: QueryStorageLunsResponse };
  readonly queryStoragePorts: { readonly request: QueryStoragePorts; readonly response: QueryStoragePortsResponse };
  readonly queryStorageProcessors: { readonly request: QueryStorageProcessors; readonly response: QueryStorageProcessorsResponse };
  readonly queryUniqueIdentifiersForEntity: { readonly request: QueryUniqueIdentifiersForEntity; readonly response: QueryUniqueIdentifiersForEntityResponse };
  readonly queryUniqueIdentifiersForFileSystems: { readonly request: QueryUniqueIdentifiersForFileSystems; readonly response: QueryUniqueIdentifiersForFileSystemsResponse };
  readonly queryUniqueIdentifiersForLuns: { readonly request: QueryUniqueIdentifiersForLuns; readonly response: QueryUniqueIdentifiersForLunsResponse };
  readonly queryVirtualVolume: { readonly request: QueryVirtualVolume; readonly response: QueryVirtualVolumeResponse };
  readonly queryVirtualVolumeInfo: { readonly request: QueryVirtualVolumeInfo; readonly response: QueryVirtualVolumeInfoResponse };
  readonly refreshCACertificatesAndCRLs: { readonly request: RefreshCACertificatesAndCRLs; readonly response: void };
  readonly registerCACertificatesAndCRLs: { readonly request: RegisterCACertificatesAndCRLs; readonly response: RegisterCACertificatesAndCRLsResponse };
  readonly registerCASignedProviderCertificate: { readonly request: RegisterCASignedProviderCertificate; readonly response: void };
  readonly registerVASACertificate: { readonly request: RegisterVASACertificate; readonly response: RegisterVASACertificateResponse };
  readonly requestCSR: { readonly request: Empty; readonly response: RequestCSRResponse };
  readonly resizeVirtualVolume: { readonly request: ResizeVirtualVolume; readonly response: ResizeVirtualVolumeResponse };
  readonly revertVirtualVolume: { readonly request: RevertVirtualVolume; readonly response: RevertVirtualVolumeResponse };
  readonly setContext: { readonly request: SetContext; readonly response: SetContextResponse };
  readonly setPEContext: { readonly request: SetPEContext; readonly response: void };
  readonly setStatisticsContext: { readonly request: SetStatisticsContext; readonly response: void };
  readonly setStorageContainerContext: { readonly request: SetStorageContainerContext; readonly response: SetStorageContainerContextResponse };
  readonly snapshotVirtualVolume: { readonly request: SnapshotVirtualVolume; readonly response: SnapshotVirtualVolumeResponse };
  readonly spaceStatsForStorageContainer: { readonly request: SpaceStatsForStorageContainer; readonly response: SpaceStatsForStorageContainerResponse };
  readonly spaceStatsForVirtualVolume: { readonly request: SpaceStatsForVirtualVolume; readonly response: SpaceStatsForVirtualVolumeResponse };
  readonly unbindAllVirtualVolumesFromHost: { readonly request: UnbindAllVirtualVolumesFromHost; readonly response: void };
  readonly unbindVirtualVolume: { readonly request: UnbindVirtualVolume; readonly response: UnbindVirtualVolumeResponse };
  readonly unbindVirtualVolumeFromAllHost: { readonly request: UnbindVirtualVolumeFromAllHost; readonly response: UnbindVirtualVolumeFromAllHostResponse };
  readonly unregisterVASACertificate: { readonly request: UnregisterVASACertificate; readonly response: void };
  readonly unsharedBitmapVirtualVolume: { readonly request: UnsharedBitmapVirtualVolume; readonly response: UnsharedBitmapVirtualVolumeResponse };
  readonly unsharedChunksVirtualVolume: { readonly request: UnsharedChunksVirtualVolume; readonly response: UnsharedChunksVirtualVolumeResponse };
  readonly updateStorageProfileForVirtualVolume: { readonly request: UpdateStorageProfileForVirtualVolume; readonly response: UpdateStorageProfileForVirtualVolumeResponse };
  readonly updateVirtualVolumeMetaData: { readonly request: UpdateVirtualVolumeMetaData; readonly response: void };
}

/** Name of an operation. */
export type OperationName = keyof Operations;
