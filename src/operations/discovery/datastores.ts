/**
 * What carries classic datastores: LUNs, exported file systems, and the labels that say what they offer.
 */
import type { FileSystem, StorageCapability as Label, Lun } from '../../model/discovery.ts';
import { megabytesUp } from '../../model/units.ts';
import type {
  QueryStorageCapabilities,
  QueryStorageCapabilitiesResponse,
  QueryStorageFileSystems,
  QueryStorageFileSystemsResponse,
  QueryStorageLuns,
  QueryStorageLunsResponse,
  StorageCapability,
  StorageFileSystem,
  StorageLun,
} from '../../wire/generated/vasa-2.0/types.ts';
import { invalid } from '../arguments.ts';
import type { SessionContext } from '../context.ts';
import type { SpaceStatus } from '../inventory/space-status.ts';
import { isServed } from '../versions.ts';
import { backingConfig, thinStatus } from './backing.ts';
import { CAPABILITIES, FILE_SYSTEMS, LUNS, named } from './parts.ts';
import { type View, viewOf } from './reach.ts';

function storageLun(lun: Lun, thinProvisioningStatus: SpaceStatus): StorageLun {
  return {
    uniqueIdentifier: lun.lunId,
    alternateIdentifier: lun.alternateIdentifiers,
    backingConfig: backingConfig(lun.backing),
    capacityInMB: megabytesUp(lun.capacity),
    displayName: lun.displayName,
    drsManagementPermitted: lun.drsManagementPermitted,
    esxLunIdentifier: lun.esxLunIdentifier,
    thinProvisioned: lun.thin,
    thinProvisioningStatus,
    usedSpaceInMB: megabytesUp(lun.used),
  };
}

function storageFileSystem(
  fileSystem: FileSystem,
  apiVersion: string,
  thinProvisioningStatus: SpaceStatus,
): StorageFileSystem {
  const { version } = fileSystem;
  return {
    uniqueIdentifier: fileSystem.fileSystemId,
    backingConfig: backingConfig(fileSystem.backing),
    fileSystem: 'NFS',
    fileSystemInfo: fileSystem.exports.map(({ ipAddress, path, serverName }) => ({
      fileServerName: serverName,
      fileSystemPath: path,
      ipAddress,
    })),
    fileSystemVersion: isServed(apiVersion, 'FileSystemVersionEnum', version) ? version : undefined,
    nativeSnapshotSupported: fileSystem.nativeSnapshots,
    thinProvisioningStatus,
  };
}

function storageCapability({ capabilityId, detail, name }: Label): StorageCapability {
  return { uniqueIdentifier: capabilityId, capabilityDetail: detail, capabilityName: name };
}

/**
 * The LUNs of these ids that are seen, in the array's order. Unlike its sisters it must be given
 * ids, of which there may be many. Faults: NotImplemented (no array has LUNs), InvalidArgument (none).
 */
export async function lunsNamed(view: View, ids: readonly string[]): Promise<readonly Lun[]> {
  const luns = await named(view, LUNS, ids);
  if (ids.length === 0) throw invalid('no id of a StorageLun is given');
  return luns;
}

/**
 * The LUNs of these ids that the session sees. Unknown ids are left out. Faults: InvalidArgument (no id
 * at all, or a blank one), NotImplemented (no array has LUNs of classic datastores).
 */
export async function queryStorageLuns(
  context: SessionContext,
  { lunUniqueId }: QueryStorageLuns,
): Promise<QueryStorageLunsResponse> {
  const view = await viewOf(context);
  const luns = await lunsNamed(view, lunUniqueId);
  const statusOf = await thinStatus(view);
  return { return: luns.map((lun) => storageLun(lun, statusOf(lun))) };
}

/**
 * The file systems of these ids that the session sees; no ids: all it sees. Unknown ids are left out.
 * Faults: InvalidArgument (a blank id), NotImplemented (no array has file systems of classic datastores).
 */
export async function queryStorageFileSystems(
  context: SessionContext,
  { fsUniqueId }: QueryStorageFileSystems,
): Promise<QueryStorageFileSystemsResponse> {
  const view = await viewOf(context);
  const found = await named(view, FILE_SYSTEMS, fsUniqueId);
  const statusOf = await thinStatus(view);
  const { apiVersion } = context.call;
  return { return: found.map((each) => storageFileSystem(each, apiVersion, statusOf(each))) };
}

/**
 * The labels of these ids in arrays that the session sees; no ids: all of them. Unknown ids are left out.
 * Faults: InvalidArgument (a blank id), NotImplemented (no array has LUNs or file systems).
 */
export async function queryStorageCapabilities(
  context: SessionContext,
  { capabilityUniqueId }: QueryStorageCapabilities,
): Promise<QueryStorageCapabilitiesResponse> {
  const labels = await named(await viewOf(context), CAPABILITIES, capabilityUniqueId);
  return { return: labels.map(storageCapability) };
}
