/**
 * Service `vasaService`, version 2.0. Generated, do not edit.
 *
 * Generator: scripts/generate.ts
 * Source: wsdl/vasa-2.0
 * SHA-256 of the source: 48b4dfa36362a4555a4c62891942484d5621a94d5308f5ec5a59652456d6751e
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
  /** Makes this provider the active one for an array; the older form of activateProviderEx. */
  readonly activateProvider: { readonly request: ActivateProvider; readonly response: void };
  /** Makes this provider the active one for an array, taking over from the provider named. */
  readonly activateProviderEx: { readonly request: ActivateProviderEx; readonly response: ActivateProviderExResponse };
  /** Tells which chunks of a segment of a virtual volume are allocated. */
  readonly allocatedBitmapVirtualVolume: { readonly request: AllocatedBitmapVirtualVolume; readonly response: AllocatedBitmapVirtualVolumeResponse };
  /**
   * Gives the calling host access to virtual volumes: one result for each volume, in the order
   * asked.
   */
  readonly bindVirtualVolume: { readonly request: BindVirtualVolume; readonly response: BindVirtualVolumeResponse };
  /** Ends a change of bindings that was prepared for another host. */
  readonly bindingChangeComplete: { readonly request: BindingChangeComplete; readonly response: BindingChangeCompleteResponse };
  /** Gives up a change of bindings that was prepared for another host. */
  readonly cancelBindingChange: { readonly request: CancelBindingChange; readonly response: CancelBindingChangeResponse };
  /** Asks a task to stop. */
  readonly cancelTask: { readonly request: CancelTask; readonly response: void };
  /** Copies a virtual volume in full, as a task; the copy may go to another container. */
  readonly cloneVirtualVolume: { readonly request: CloneVirtualVolume; readonly response: CloneVirtualVolumeResponse };
  /** Copies to a virtual volume what differs between two others, as a task. */
  readonly copyDiffsToVirtualVolume: { readonly request: CopyDiffsToVirtualVolume; readonly response: CopyDiffsToVirtualVolumeResponse };
  /** Creates a virtual volume in a container, as a task. */
  readonly createVirtualVolume: { readonly request: CreateVirtualVolume; readonly response: CreateVirtualVolumeResponse };
  /** Deletes a virtual volume. */
  readonly deleteVirtualVolume: { readonly request: DeleteVirtualVolume; readonly response: void };
  /**
   * Makes a virtual volume that shares its unchanged data with the one it was cloned from, as a
   * task.
   */
  readonly fastCloneVirtualVolume: { readonly request: FastCloneVirtualVolume; readonly response: FastCloneVirtualVolumeResponse };
  /** Returns alarms later than the one named: changes of state since then. */
  readonly getAlarms: { readonly request: GetAlarms; readonly response: GetAlarmsResponse };
  /** Returns the tasks at work, on one array or on all. */
  readonly getCurrentTask: { readonly request: GetCurrentTask; readonly response: GetCurrentTaskResponse };
  /** Returns events later than the one named. */
  readonly getEvents: { readonly request: GetEvents; readonly response: GetEventsResponse };
  /** Counts the entities of a type that the caller can see. */
  readonly getNumberOfEntities: { readonly request: GetNumberOfEntities; readonly response: GetNumberOfEntitiesResponse };
  /** Returns the present state of a task. */
  readonly getTaskUpdate: { readonly request: GetTaskUpdate; readonly response: GetTaskUpdateResponse };
  /** Prepares for the bindings of virtual volumes to move to another host, as a task. */
  readonly prepareForBindingChange: { readonly request: PrepareForBindingChange; readonly response: PrepareForBindingChangeResponse };
  /** Reserves what a snapshot needs, as a task; snapshotVirtualVolume then takes it. */
  readonly prepareToSnapshotVirtualVolume: { readonly request: PrepareToSnapshotVirtualVolume; readonly response: PrepareToSnapshotVirtualVolumeResponse };
  /** Returns the arrays with these ids. */
  readonly queryArrays: { readonly request: QueryArrays; readonly response: QueryArraysResponse };
  /** Tells which capability each file system has. */
  readonly queryAssociatedCapabilityForFileSystem: { readonly request: QueryAssociatedCapabilityForFileSystem; readonly response: QueryAssociatedCapabilityForFileSystemResponse };
  /** Tells which capability each LUN has. */
  readonly queryAssociatedCapabilityForLun: { readonly request: QueryAssociatedCapabilityForLun; readonly response: QueryAssociatedCapabilityForLunResponse };
  /** Tells which LUNs are reached by each port. */
  readonly queryAssociatedLunsForPort: { readonly request: QueryAssociatedLunsForPort; readonly response: QueryAssociatedLunsForPortResponse };
  /** Tells which ports each processor has. */
  readonly queryAssociatedPortsForProcessor: { readonly request: QueryAssociatedPortsForProcessor; readonly response: QueryAssociatedPortsForProcessorResponse };
  /** Tells which processors each array has. */
  readonly queryAssociatedProcessorsForArray: { readonly request: QueryAssociatedProcessorsForArray; readonly response: QueryAssociatedProcessorsForArrayResponse };
  /** Returns the counters of entities, as chosen by setStatisticsContext. */
  readonly queryAssociatedStatisticsForEntity: { readonly request: QueryAssociatedStatisticsForEntity; readonly response: QueryAssociatedStatisticsForEntityResponse };
  /** Tells which counters an array can collect. */
  readonly queryAssociatedStatisticsManifestForArray: { readonly request: QueryAssociatedStatisticsManifestForArray; readonly response: QueryAssociatedStatisticsManifestForArrayResponse };
  /** Returns the storage pools behind thin or deduplicated storage. */
  readonly queryBackingStoragePools: { readonly request: QueryBackingStoragePools; readonly response: QueryBackingStoragePoolsResponse };
  /** Returns the revocation lists that this provider holds. The request has an empty Body. */
  readonly queryCACertificateRevocationLists: { readonly request: Empty; readonly response: QueryCACertificateRevocationListsResponse };
  /** Returns the CA certificates that this provider trusts. The request has an empty Body. */
  readonly queryCACertificates: { readonly request: Empty; readonly response: QueryCACertificatesResponse };
  /** Returns the schemas of capabilities that this provider publishes. */
  readonly queryCapabilityMetadata: { readonly request: QueryCapabilityMetadata; readonly response: QueryCapabilityMetadataResponse };
  /** Returns the profiles that this provider offers. */
  readonly queryCapabilityProfile: { readonly request: QueryCapabilityProfile; readonly response: QueryCapabilityProfileResponse };
  /** Tells which profiles each container offers. */
  readonly queryCapabilityProfileForResource: { readonly request: QueryCapabilityProfileForResource; readonly response: QueryCapabilityProfileForResourceResponse };
  /** Lists the message catalogs and where to fetch them. The request has an empty Body. */
  readonly queryCatalog: { readonly request: Empty; readonly response: QueryCatalogResponse };
  /** Tells whether objects keep what their profiles promise. */
  readonly queryComplianceResult: { readonly request: QueryComplianceResult; readonly response: QueryComplianceResultResponse };
  /** Tells whether moving data between two LUNs or file systems can help performance. */
  readonly queryDRSMigrationCapabilityForPerformance: { readonly request: QueryDRSMigrationCapabilityForPerformance; readonly response: QueryDRSMigrationCapabilityForPerformanceResponse };
  /** Returns the profiles that a container gives to objects created without one. */
  readonly queryDefaultProfileForStorageContainer: { readonly request: QueryDefaultProfileForStorageContainer; readonly response: QueryDefaultProfileForStorageContainerResponse };
  /** Tells among which entities moving data does not help performance. */
  readonly queryDrsMigrationCapabilityForPerformanceEx: { readonly request: QueryDrsMigrationCapabilityForPerformanceEx; readonly response: QueryDrsMigrationCapabilityForPerformanceExResponse };
  /** Returns the protocol endpoints with these ids; without ids, all. */
  readonly queryProtocolEndpoint: { readonly request: QueryProtocolEndpoint; readonly response: QueryProtocolEndpointResponse };
  /** Returns the ids of an array's protocol endpoints. */
  readonly queryProtocolEndpointForArray: { readonly request: QueryProtocolEndpointForArray; readonly response: QueryProtocolEndpointForArrayResponse };
  /** Returns the storage capabilities with these ids. */
  readonly queryStorageCapabilities: { readonly request: QueryStorageCapabilities; readonly response: QueryStorageCapabilitiesResponse };
  /** Returns the storage containers with these ids; without ids, all. */
  readonly queryStorageContainer: { readonly request: QueryStorageContainer; readonly response: QueryStorageContainerResponse };
  /** Returns the ids of an array's storage containers. */
  readonly queryStorageContainerForArray: { readonly request: QueryStorageContainerForArray; readonly response: QueryStorageContainerForArrayResponse };
  /** Returns the file systems with these ids. */
  readonly queryStorageFileSystems: { readonly request: QueryStorageFileSystems; readonly response: QueryStorageFileSystemsResponse };
  /** Returns the LUNs with these ids. */
  readonly queryStorageLuns: { readonly request: QueryStorageLuns; readonly response: QueryStorageLunsResponse };
  /** Returns the ports with these ids. */
  readonly queryStoragePorts: { readonly request: QueryStoragePorts; readonly response: QueryStoragePortsResponse };
  /** Returns the processors with these ids. */
  readonly queryStorageProcessors: { readonly request: QueryStorageProcessors; readonly response: QueryStorageProcessorsResponse };
  /** Returns the ids of the entities of a type that the caller can see. */
  readonly queryUniqueIdentifiersForEntity: { readonly request: QueryUniqueIdentifiersForEntity; readonly response: QueryUniqueIdentifiersForEntityResponse };
  /** Returns the ids of the file systems that the caller can see. */
  readonly queryUniqueIdentifiersForFileSystems: { readonly request: QueryUniqueIdentifiersForFileSystems; readonly response: QueryUniqueIdentifiersForFileSystemsResponse };
  /** Returns the ids of the LUNs of an array that the caller can see. */
  readonly queryUniqueIdentifiersForLuns: { readonly request: QueryUniqueIdentifiersForLuns; readonly response: QueryUniqueIdentifiersForLunsResponse };
  /** Returns the ids of the virtual volumes whose metadata meet all constraints. */
  readonly queryVirtualVolume: { readonly request: QueryVirtualVolume; readonly response: QueryVirtualVolumeResponse };
  /** Returns the metadata of virtual volumes. */
  readonly queryVirtualVolumeInfo: { readonly request: QueryVirtualVolumeInfo; readonly response: QueryVirtualVolumeInfoResponse };
  /** Replaces the CA certificates and revocation lists that a vCenter gave to this provider. */
  readonly refreshCACertificatesAndCRLs: { readonly request: RefreshCACertificatesAndCRLs; readonly response: void };
  /** Gives this provider the CA certificates and revocation lists of a vCenter to trust. */
  readonly registerCACertificatesAndCRLs: { readonly request: RegisterCACertificatesAndCRLs; readonly response: RegisterCACertificatesAndCRLsResponse };
  /** Gives this provider the certificate that a CA signed for its request. */
  readonly registerCASignedProviderCertificate: { readonly request: RegisterCASignedProviderCertificate; readonly response: void };
  /** Gives this provider a client's certificate to trust. */
  readonly registerVASACertificate: { readonly request: RegisterVASACertificate; readonly response: RegisterVASACertificateResponse };
  /** Asks this provider for a certificate signing request. The request has an empty Body. */
  readonly requestCSR: { readonly request: Empty; readonly response: RequestCSRResponse };
  /** Changes the size of a virtual volume, as a task. */
  readonly resizeVirtualVolume: { readonly request: ResizeVirtualVolume; readonly response: ResizeVirtualVolumeResponse };
  /** Sets a virtual volume back to one of its snapshots, as a task. */
  readonly revertVirtualVolume: { readonly request: RevertVirtualVolume; readonly response: RevertVirtualVolumeResponse };
  /** Opens a session: who calls, from which initiators and mounts, and which events it wants. */
  readonly setContext: { readonly request: SetContext; readonly response: SetContextResponse };
  /** Tells which protocol endpoints the calling host sees; replaces what it told before. */
  readonly setPEContext: { readonly request: SetPEContext; readonly response: void };
  /** Chooses the counters that the caller will ask for. */
  readonly setStatisticsContext: { readonly request: SetStatisticsContext; readonly response: void };
  /** Returns a cookie that stands for a user of a container. */
  readonly setStorageContainerContext: { readonly request: SetStorageContainerContext; readonly response: SetStorageContainerContextResponse };
  /** Takes the snapshots that were prepared, within the time given. */
  readonly snapshotVirtualVolume: { readonly request: SnapshotVirtualVolume; readonly response: SnapshotVirtualVolumeResponse };
  /** Tells the space of a container, in all or for profiles. */
  readonly spaceStatsForStorageContainer: { readonly request: SpaceStatsForStorageContainer; readonly response: SpaceStatsForStorageContainerResponse };
  /** Tells the space of virtual volumes. */
  readonly spaceStatsForVirtualVolume: { readonly request: SpaceStatsForVirtualVolume; readonly response: SpaceStatsForVirtualVolumeResponse };
  /** Ends all bindings of a host. */
  readonly unbindAllVirtualVolumesFromHost: { readonly request: UnbindAllVirtualVolumesFromHost; readonly response: void };
  /** Ends bindings of the calling host: one result for each handle, in the order asked. */
  readonly unbindVirtualVolume: { readonly request: UnbindVirtualVolume; readonly response: UnbindVirtualVolumeResponse };
  /** Ends the bindings of virtual volumes to all hosts. */
  readonly unbindVirtualVolumeFromAllHost: { readonly request: UnbindVirtualVolumeFromAllHost; readonly response: UnbindVirtualVolumeFromAllHostResponse };
  /** Makes this provider forget a client's certificate. */
  readonly unregisterVASACertificate: { readonly request: UnregisterVASACertificate; readonly response: void };
  /** Tells which chunks of a segment differ between a virtual volume and its base. */
  readonly unsharedBitmapVirtualVolume: { readonly request: UnsharedBitmapVirtualVolume; readonly response: UnsharedBitmapVirtualVolumeResponse };
  /** Counts the chunks that differ between a virtual volume and its base. */
  readonly unsharedChunksVirtualVolume: { readonly request: UnsharedChunksVirtualVolume; readonly response: UnsharedChunksVirtualVolumeResponse };
  /** Gives a virtual volume another profile, as a task. */
  readonly updateStorageProfileForVirtualVolume: { readonly request: UpdateStorageProfileForVirtualVolume; readonly response: UpdateStorageProfileForVirtualVolumeResponse };
  /** Sets or removes metadata of a virtual volume. */
  readonly updateVirtualVolumeMetaData: { readonly request: UpdateVirtualVolumeMetaData; readonly response: void };
}

/** Name of an operation. */
export type OperationName = keyof Operations;
