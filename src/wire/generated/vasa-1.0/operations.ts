/**
 * Service `vasaService`, version 1.0. Generated, do not edit.
 *
 * Generator: scripts/generate.ts
 * Source: wsdl/vasa-1.0
 * SHA-256 of the source: f75f851ed689c9c50bd38267598ef5b25df0b12116171e53d5e953df78076e09
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
  readonly getAlarms: { readonly request: GetAlarms; readonly response: GetAlarmsResponse };
  readonly getEvents: { readonly request: GetEvents; readonly response: GetEventsResponse };
  readonly getNumberOfEntities: { readonly request: GetNumberOfEntities; readonly response: GetNumberOfEntitiesResponse };
  readonly queryArrays: { readonly request: QueryArrays; readonly response: QueryArraysResponse };
  readonly queryAssociatedCapabilityForFileSystem: { readonly request: QueryAssociatedCapabilityForFileSystem; readonly response: QueryAssociatedCapabilityForFileSystemResponse };
  readonly queryAssociatedCapabilityForLun: { readonly request: QueryAssociatedCapabilityForLun; readonly response: QueryAssociatedCapabilityForLunResponse };
  readonly queryAssociatedLunsForPort: { readonly request: QueryAssociatedLunsForPort; readonly response: QueryAssociatedLunsForPortResponse };
  readonly queryAssociatedPortsForProcessor: { readonly request: QueryAssociatedPortsForProcessor; readonly response: QueryAssociatedPortsForProcessorResponse };
  readonly queryAssociatedProcessorsForArray: { readonly request: QueryAssociatedProcessorsForArray; readonly response: QueryAssociatedProcessorsForArrayResponse };
  readonly queryCatalog: { readonly request: Empty; readonly response: QueryCatalogResponse };
  readonly queryDRSMigrationCapabilityForPerformance: { readonly request: QueryDRSMigrationCapabilityForPerformance; readonly response: QueryDRSMigrationCapabilityForPerformanceResponse };
  readonly queryStorageCapabilities: { readonly request: QueryStorageCapabilities; readonly response: QueryStorageCapabilitiesResponse };
  readonly queryStorageFileSystems: { readonly request: QueryStorageFileSystems; readonly response: QueryStorageFileSystemsResponse };
  readonly queryStorageLuns: { readonly request: QueryStorageLuns; readonly response: QueryStorageLunsResponse };
  readonly queryStoragePorts: { readonly request: QueryStoragePorts; readonly response: QueryStoragePortsResponse };
  readonly queryStorageProcessors: { readonly request: QueryStorageProcessors; readonly response: QueryStorageProcessorsResponse };
  readonly queryUniqueIdentifiersForEntity: { readonly request: QueryUniqueIdentifiersForEntity; readonly response: QueryUniqueIdentifiersForEntityResponse };
  readonly queryUniqueIdentifiersForFileSystems: { readonly request: QueryUniqueIdentifiersForFileSystems; readonly response: QueryUniqueIdentifiersForFileSystemsResponse };
  readonly queryUniqueIdentifiersForLuns: { readonly request: QueryUniqueIdentifiersForLuns; readonly response: QueryUniqueIdentifiersForLunsResponse };
  readonly registerVASACertificate: { readonly request: RegisterVASACertificate; readonly response: RegisterVASACertificateResponse };
  readonly setContext: { readonly request: SetContext; readonly response: SetContextResponse };
  readonly unregisterVASACertificate: { readonly request: UnregisterVASACertificate; readonly response: void };
}

/** Name of an operation. */
export type OperationName = keyof Operations;
