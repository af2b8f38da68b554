/**
 * What the older API lacks. Handlers answer in the words of VASA 2.0; the wire leaves out fields that the
 * called version's types do not have, but values inside a field are the handlers' own: enumerations grew
 * between the versions, and a 1.0 client must not meet a word it has never heard.
 */
import type * as V1 from '../wire/generated/vasa-1.0/types.ts';

/** The values that VASA 1.0 knows of the enumerations that grew. */
const VALUES_OF_1_0 = {
  AlarmTypeEnum: ['SpaceCapacity', 'Capability', 'Object'] satisfies V1.AlarmTypeEnum[],
  EntityTypeEnum: [
    'StorageArray',
    'StorageProcessor',
    'StoragePort',
    'StorageLun',
    'StorageCapability',
    'StorageFileSystem',
  ] satisfies V1.EntityTypeEnum[],
  EventTypeEnum: ['System', 'Config'] satisfies V1.EventTypeEnum[],
  FileSystemVersionEnum: ['NFSV3_0'] satisfies V1.FileSystemVersionEnum[],
  ProfileEnum: [
    'BlockDeviceProfile',
    'FileSystemProfile',
    'CapabilityProfile',
  ] satisfies V1.ProfileEnum[],
  StorageCatalogEnum: ['Alarm', 'Event', 'Fault'] satisfies V1.storageCatalogEnum[],
} as const;

/** Does the API version have this value of the enumeration? `undefined`, a field left out, it has. */
export function isServed(
  apiVersion: string,
  enumeration: keyof typeof VALUES_OF_1_0,
  value: string | undefined,
): boolean {
  if (apiVersion !== '1.0' || value === undefined) return true;
  const known: readonly string[] = VALUES_OF_1_0[enumeration];
  return known.includes(value);
}

/** Those of `values` that the API version has. */
export function valuesServed<Value extends string>(
  apiVersion: string,
  enumeration: keyof typeof VALUES_OF_1_0,
  values: readonly Value[],
): readonly Value[] {
  return values.filter((value) => isServed(apiVersion, enumeration, value));
}
