/**
 * Every operation that is served: its name, who may call it, and its handler. Names and shapes are those
 * of the VASA 2.0 contract and checked by the compiler; the VASA 1.0 service is served from the same
 * table. What the contract has and this table has not is answered NotImplemented by the wire, and listed
 * in docs/unimplemented-operations.txt.
 */
import assert from 'node:assert/strict';
import type { OperationRow, SessionRule } from '../wire/call.ts';
import type { Operations } from '../wire/generated/vasa-2.0/operations.ts';
import { getAlarms } from './alarms/alarms.ts';
import { bindVirtualVolume } from './bindings/bindings.ts';
import {
  bindingChangeComplete,
  cancelBindingChange,
  prepareForBindingChange,
} from './bindings/bindings-change.ts';
import {
  unbindAllVirtualVolumesFromHost,
  unbindVirtualVolume,
  unbindVirtualVolumeFromAllHost,
} from './bindings/unbindings.ts';
import { queryCatalog } from './catalog/catalogs.ts';
import type { CertificateContext, OpenContext, SessionContext } from './context.ts';
import {
  queryAssociatedCapabilityForFileSystem,
  queryAssociatedCapabilityForLun,
  queryAssociatedLunsForPort,
  queryAssociatedPortsForProcessor,
  queryAssociatedProcessorsForArray,
} from './discovery/associations.ts';
import { queryBackingStoragePools } from './discovery/backing.ts';
import { queryStoragePorts, queryStorageProcessors } from './discovery/controllers.ts';
import {
  queryStorageCapabilities,
  queryStorageFileSystems,
  queryStorageLuns,
} from './discovery/datastores.ts';
import {
  getNumberOfEntities,
  queryUniqueIdentifiersForEntity,
  queryUniqueIdentifiersForFileSystems,
  queryUniqueIdentifiersForLuns,
} from './discovery/identifiers.ts';
import {
  queryDRSMigrationCapabilityForPerformance,
  queryDrsMigrationCapabilityForPerformanceEx,
} from './discovery/storage-drs.ts';
import { getEvents } from './events/events.ts';
import { activateProvider, activateProviderEx } from './group/activation.ts';
import { refuseInactive } from './group/active.ts';
import { queryArrays } from './inventory/arrays.ts';
import {
  queryStorageContainer,
  queryStorageContainerForArray,
  setStorageContainerContext,
} from './inventory/containers.ts';
import {
  queryProtocolEndpoint,
  queryProtocolEndpointForArray,
  setPEContext,
} from './inventory/endpoints.ts';
import { queryComplianceResult } from './policies/compliance-results.ts';
import { updateStorageProfileForVirtualVolume } from './policies/profiles.ts';
import {
  queryCapabilityMetadata,
  queryCapabilityProfile,
  queryCapabilityProfileForResource,
  queryDefaultProfileForStorageContainer,
} from './policies/queries.ts';
import {
  queryCACertificateRevocationLists,
  queryCACertificates,
  refreshCACertificatesAndCRLs,
  registerCACertificatesAndCRLs,
  registerCASignedProviderCertificate,
  registerVASACertificate,
  requestCSR,
  unregisterVASACertificate,
} from './sessions/certificates.ts';
import { setContext } from './sessions/sessions.ts';
import {
  queryAssociatedStatisticsForEntity,
  queryAssociatedStatisticsManifestForArray,
  setStatisticsContext,
} from './statistics/statistics.ts';
import {
  allocatedBitmapVirtualVolume,
  unsharedBitmapVirtualVolume,
  unsharedChunksVirtualVolume,
} from './volumes/bitmaps.ts';
import {
  cloneVirtualVolume,
  copyDiffsToVirtualVolume,
  fastCloneVirtualVolume,
} from './volumes/clones.ts';
import {
  prepareToSnapshotVirtualVolume,
  revertVirtualVolume,
  snapshotVirtualVolume,
} from './volumes/snapshots.ts';
import { spaceStatsForStorageContainer, spaceStatsForVirtualVolume } from './volumes/space.ts';
import { cancelTask, getCurrentTask, getTaskUpdate } from './volumes/tasks.ts';
import {
  createVirtualVolume,
  deleteVirtualVolume,
  queryVirtualVolume,
  queryVirtualVolumeInfo,
  resizeVirtualVolume,
  updateVirtualVolumeMetaData,
} from './volumes/volumes.ts';

/** What a handler is: one call's context and request in, the response out. */
type Handler<Context, Request, Response> = (
  context: Context,
  request: Request,
) => Promise<Response>;

interface Row<Request, Response> {
  readonly session: SessionRule;
  readonly handler: Handler<OpenContext, Request, Response>;
}

type Table = {
  readonly [Name in keyof Operations]?: Row<
    Operations[Name]['request'],
    Operations[Name]['response']
  >;
};

/** Anybody may call; the handler itself judges credentials or a bootstrap grant. */
function open<Request, Response>(
  handler: Handler<OpenContext, Request, Response>,
): Row<Request, Response> {
  return { session: 'open', handler };
}

/** Needs a trusted client certificate. */
function certificate<Request, Response>(
  handler: Handler<CertificateContext, Request, Response>,
): Row<Request, Response> {
  return {
    session: 'certificate',
    handler: (context, request) => handler(certified(context), request),
  };
}

/**
 * Needs a trusted client certificate and the live session that it opened; and, where the operation may say
 * so, that this provider serves the array.
 */
function session<Request, Response>(
  handler: Handler<SessionContext, Request, Response>,
): Row<Request, Response> {
  return {
    session: 'session',
    handler: (context, request) => {
      const { session: live } = context;
      assert(live !== undefined, 'the guard lets nobody without a session through');
      const known = { ...certified(context), session: live };
      return refuseInactive(known, request).then(() => handler(known, request));
    },
  };
}

function certified(context: OpenContext): CertificateContext {
  const { client } = context;
  assert(client !== undefined, 'the guard lets nobody without a certificate through');
  return { ...context, client };
}

export const operationTable = {
  // Registration and certificates.
  registerVASACertificate: open(registerVASACertificate),
  unregisterVASACertificate: certificate(unregisterVASACertificate),
  registerCACertificatesAndCRLs: open(registerCACertificatesAndCRLs),
  requestCSR: open(requestCSR),
  registerCASignedProviderCertificate: open(registerCASignedProviderCertificate),
  refreshCACertificatesAndCRLs: session(refreshCACertificatesAndCRLs),
  queryCACertificates: session(queryCACertificates),
  queryCACertificateRevocationLists: session(queryCACertificateRevocationLists),

  // Sessions and what a client says of itself.
  setContext: certificate(setContext),
  setPEContext: session(setPEContext),
  setStorageContainerContext: session(setStorageContainerContext),

  // Inventory.
  queryArrays: session(queryArrays),
  queryStorageContainer: session(queryStorageContainer),
  queryStorageContainerForArray: session(queryStorageContainerForArray),
  queryProtocolEndpoint: session(queryProtocolEndpoint),
  queryProtocolEndpointForArray: session(queryProtocolEndpointForArray),

  // Block and file discovery.
  getNumberOfEntities: session(getNumberOfEntities),
  queryUniqueIdentifiersForEntity: session(queryUniqueIdentifiersForEntity),
  queryUniqueIdentifiersForLuns: session(queryUniqueIdentifiersForLuns),
  queryUniqueIdentifiersForFileSystems: session(queryUniqueIdentifiersForFileSystems),
  queryStorageProcessors: session(queryStorageProcessors),
  queryStoragePorts: session(queryStoragePorts),
  queryStorageLuns: session(queryStorageLuns),
  queryStorageFileSystems: session(queryStorageFileSystems),
  queryStorageCapabilities: session(queryStorageCapabilities),
  queryBackingStoragePools: session(queryBackingStoragePools),
  queryAssociatedProcessorsForArray: session(queryAssociatedProcessorsForArray),
  queryAssociatedPortsForProcessor: session(queryAssociatedPortsForProcessor),
  queryAssociatedLunsForPort: session(queryAssociatedLunsForPort),
  queryAssociatedCapabilityForLun: session(queryAssociatedCapabilityForLun),
  queryAssociatedCapabilityForFileSystem: session(queryAssociatedCapabilityForFileSystem),

  // Storage DRS.
  queryDRSMigrationCapabilityForPerformance: session(queryDRSMigrationCapabilityForPerformance),
  queryDrsMigrationCapabilityForPerformanceEx: session(queryDrsMigrationCapabilityForPerformanceEx),

  // Virtual volumes.
  createVirtualVolume: session(createVirtualVolume),
  deleteVirtualVolume: session(deleteVirtualVolume),
  resizeVirtualVolume: session(resizeVirtualVolume),
  updateStorageProfileForVirtualVolume: session(updateStorageProfileForVirtualVolume),
  queryVirtualVolume: session(queryVirtualVolume),
  queryVirtualVolumeInfo: session(queryVirtualVolumeInfo),
  updateVirtualVolumeMetaData: session(updateVirtualVolumeMetaData),

  // Space.
  spaceStatsForVirtualVolume: session(spaceStatsForVirtualVolume),
  spaceStatsForStorageContainer: session(spaceStatsForStorageContainer),

  // Storage policies.
  queryCapabilityMetadata: session(queryCapabilityMetadata),
  queryCapabilityProfile: session(queryCapabilityProfile),
  queryCapabilityProfileForResource: session(queryCapabilityProfileForResource),
  queryDefaultProfileForStorageContainer: session(queryDefaultProfileForStorageContainer),
  queryComplianceResult: session(queryComplianceResult),

  // Snapshots and copies.
  prepareToSnapshotVirtualVolume: session(prepareToSnapshotVirtualVolume),
  snapshotVirtualVolume: session(snapshotVirtualVolume),
  revertVirtualVolume: session(revertVirtualVolume),
  cloneVirtualVolume: session(cloneVirtualVolume),
  fastCloneVirtualVolume: session(fastCloneVirtualVolume),
  copyDiffsToVirtualVolume: session(copyDiffsToVirtualVolume),

  // Differences.
  allocatedBitmapVirtualVolume: session(allocatedBitmapVirtualVolume),
  unsharedBitmapVirtualVolume: session(unsharedBitmapVirtualVolume),
  unsharedChunksVirtualVolume: session(unsharedChunksVirtualVolume),

  // Bindings.
  bindVirtualVolume: session(bindVirtualVolume),
  unbindVirtualVolume: session(unbindVirtualVolume),
  unbindVirtualVolumeFromAllHost: session(unbindVirtualVolumeFromAllHost),
  unbindAllVirtualVolumesFromHost: session(unbindAllVirtualVolumesFromHost),
  prepareForBindingChange: session(prepareForBindingChange),
  bindingChangeComplete: session(bindingChangeComplete),
  cancelBindingChange: session(cancelBindingChange),

  // Providers of one array.
  activateProvider: session(activateProvider),
  activateProviderEx: session(activateProviderEx),

  // Tasks.
  getTaskUpdate: session(getTaskUpdate),
  getCurrentTask: session(getCurrentTask),
  cancelTask: session(cancelTask),

  // Events, alarms and their texts.
  getEvents: session(getEvents),
  getAlarms: session(getAlarms),
  queryCatalog: session(queryCatalog),

  // Statistics.
  queryAssociatedStatisticsManifestForArray: session(queryAssociatedStatisticsManifestForArray),
  setStatisticsContext: session(setStatisticsContext),
  queryAssociatedStatisticsForEntity: session(queryAssociatedStatisticsForEntity),
} as const satisfies Table satisfies Readonly<Record<string, OperationRow<OpenContext>>>;
