/**
 * Every identifier of the product, each with its own type, so that one cannot be passed for another.
 * An identifier is an opaque string; only those whose form the protocol fixes have a check here.
 * Source of the forms: ids seen on the wire of real VASA 2.0 providers (docs/glossary.md).
 */

declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

/** A storage array, e.g. `com.example:array-1`. Free form to clients. */
export type ArrayId = Id<'ArrayId'>;
/** A storage container: a UUID of 36 characters, lower case. */
export type ContainerId = Id<'ContainerId'>;
/** A protocol endpoint, as the array names it. Free form to clients. */
export type EndpointId = Id<'EndpointId'>;
/** A host, as its UsageContext names it (`hostGuid`, an SMBIOS UUID on ESXi). */
export type HostId = Id<'HostId'>;
/** Long-running work of the array, chosen by the caller who starts it: a UUID. */
export type JobId = Id<'JobId'>;
/** A storage profile (SPBM), chosen by vCenter or by the array. */
export type ProfileId = Id<'ProfileId'>;
/** A VASA task as clients see it: `<operation>:<jobId>`. */
export type TaskId = Id<'TaskId'>;
/** A virtual volume: `rfc4122.` and a lower-case UUID, 44 characters. */
export type VvolId = Id<'VvolId'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const VVOL = /^rfc4122\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The volume id in canonical (lower-case) form, or undefined when `text` has not the form of one. */
export function parseVvolId(text: string): VvolId | undefined {
  return VVOL.test(text) ? (text.toLowerCase() as VvolId) : undefined;
}

/** The container id in canonical (lower-case) form, or undefined when `text` is not a UUID. */
export function parseContainerId(text: string): ContainerId | undefined {
  return UUID.test(text) ? (text.toLowerCase() as ContainerId) : undefined;
}

/** The volume id that stands for `uuid`, which must be a UUID. */
export function vvolIdFromUuid(uuid: string): VvolId {
  const id = parseVvolId(`rfc4122.${uuid}`);
  if (id === undefined) throw new TypeError(`not a UUID: ${uuid}`);
  return id;
}

/** The host id: a UUID in lower case, any other form as given; undefined when `text` is blank. */
export function parseHostId(text: string): HostId | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return (UUID.test(trimmed) ? trimmed.toLowerCase() : trimmed) as HostId;
}

/** The job id that stands for `uuid`, which must be a UUID. */
export function jobIdFromUuid(uuid: string): JobId {
  if (!UUID.test(uuid)) throw new TypeError(`not a UUID: ${uuid}`);
  return uuid.toLowerCase() as JobId;
}

/** The profile id, as given, or undefined when `text` is blank: profile ids have no other form. */
export function parseProfileId(text: string): ProfileId | undefined {
  return text.trim() === '' ? undefined : (text as ProfileId);
}

/** The task id of the array's job `jobId`, started by the VASA operation `operation`. */
export function taskIdOf(operation: string, jobId: JobId): TaskId {
  return `${operation}:${jobId}` as TaskId;
}

/** The operation and job behind a task id, or undefined when `text` has not the form of one. */
export function parseTaskId(text: string): { operation: string; jobId: JobId } | undefined {
  const colon = text.indexOf(':');
  if (colon < 1) return undefined;
  const jobId = text.slice(colon + 1);
  if (!UUID.test(jobId)) return undefined;
  return { operation: text.slice(0, colon), jobId: jobId.toLowerCase() as JobId };
}
