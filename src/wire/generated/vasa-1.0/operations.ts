/**
 * Service `vasaService`, version 1.0. Generated, do not edit.
 *
 * Generator: scripts/generate.ts
 * Source: wsdl/vasa-1.0
 * SHA-256 of the source: 33764eca468ed3a700cbb1057c2fe5f4f517c8f332afa07b0d2f95b0a7b32ebd
 */

import type {
  GetAlarms,
  GetAlarmsResponse,
  GetEvents,
  GetEventsResponse,
  GetNumberOfEntities,
  GetNumberOfEntitiesResponse,
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
  QueryCatalogResponse,
  QueryDRSMigrationCapabilityForPerformance,
  QueryDRSMigrationCapabilityForPerformanceResponse,
  QueryStorageCapabilities,
  QueryStorageCapabilitiesResponse,
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
  RegisterVASACertificate,
  RegisterVASACertificateResponse,
  SetContext,
  SetContextResponse,
  UnregisterVASACertificate,
} from './types.ts';

/** A request whose Body is empty. */
export type Empty = Record<string, never>;

/** Request and response of each operation; `void` where the response Body is empty. */
export interface Operations {
  /** Returns alarms later than the one named: changes of state since then. */
  readonly getAlarms: { readonly request: GetAlarms; readonly response: GetAlarmsResponse };
  /** Returns events later than the one named. */
  readonly getEvents: { readonly request: GetEvents; readonly response: GetEventsResponse };
  /** Counts the entities of a type that the caller can see. */
  readonly getNumberOfEntities: { readonly request: GetNumberOfEntities; readonly response: GetNumberOfEntitiesResponse };
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
  /** Lists the message catalogs and where to fetch them. The request has an empty Body. */
  readonly queryCatalog: { readonly request: Empty; readonly response: QueryCatalogResponse };
  /** Tells whether moving data between two LUNs or file systems can help performance. */
  readonly queryDRSMigrationCapabilityForPerformance: { readonly request: QueryDRSMigrationCapabilityForPerformance; readonly response: QueryDRSMigrationCapabilityForPerformanceResponse };
  /** Returns the storage capabilities with these ids. */
  readonly queryStorageCapabilities: { readonly request: QueryStorageCapabilities; readonly response: QueryStorageCapabilitiesResponse };
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
  /** Gives this provider a client's certificate to trust. */
  readonly registerVASACertificate: { readonly request: RegisterVASACertificate; readonly response: RegisterVASACertificateResponse };
  /** Opens a session: who calls, from which initiators and mounts, and which events it wants. */
  readonly setContext: { readonly request: SetContext; readonly response: SetContextResponse };
  /** Makes this provider forget a client's certificate. */
  readonly unregisterVASACertificate: { readonly request: UnregisterVASACertificate; readonly response: void };
}

/** Name of an operation. */
export type OperationName = keyof Operations;
