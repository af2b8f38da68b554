/**
 * The form of every method's arguments, for calls that come from another process: what the compiler proves
 * of a caller in this process, is proved here of a message. What the arguments mean, the array judges;
 * fields that the port does not name are left out. A method without a row cannot be called from outside:
 * the compiler misses it here.
 */
import { z } from 'zod';
import { LIMITS } from '../../model/limits.ts';
import { COUNTED_ENTITIES } from '../../model/statistics.ts';
import type { Bytes } from '../../model/units.ts';
import { VOLUME_TYPES } from '../../model/volume-type.ts';
import type { ArrayAdministration } from '../administration.ts';
import type { PortMethod } from '../fault-rules/subject.ts';
import type { StorageArrayPort } from '../port.ts';

const text = z.string().max(LIMITS.arrayTextCharacters);
const name = z.string().max(LIMITS.arrayIdCharacters);
const maybe = <Form extends z.ZodType>(form: Form) => z.union([form, z.undefined()]);
const list = <Form extends z.ZodType>(form: Form) => z.array(form).max(LIMITS.arrayItems);

// The brands of ids and sizes tell them apart for the compiler alone; as values they are names and numbers.
const id = <Id extends string>() => name as unknown as z.ZodType<Id, string>;
const size = z.bigint().nonnegative() as unknown as z.ZodType<Bytes, bigint>;
const count = z.int().nonnegative();

type Port<Method extends PortMethod> = Parameters<StorageArrayPort[Method]>;
type Of<Method extends PortMethod, Index extends number> = Port<Method>[Index];

const arrayId = id<Of<'activate', 0>>();
const containerId = id<Of<'containerSpace', 0>>();
const endpointId = id<Of<'bind', 2>['candidates'][number]>();
const hostId = id<Of<'bind', 1>>();
const jobId = id<Of<'job', 0>>();
const profileId = id<Of<'applyProfile', 2>['profileId']>();
const vvolId = id<Of<'deleteVolume', 0>>();
const vvolIds = list(vvolId);

const scalar = z.union([
  z.bigint(),
  z.number(),
  text,
  z.boolean(),
  z.object({
    unit: z.enum(['SECONDS', 'MINUTES', 'HOURS', 'DAYS', 'WEEKS', 'MONTHS', 'YEARS']),
    value: z.number(),
  }),
]);
const propertyValue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('single'), value: scalar }),
  z.object({ kind: z.literal('range'), min: maybe(scalar), max: maybe(scalar) }),
  z.object({ kind: z.literal('set'), values: list(scalar) }),
]);
const profile = z.object({
  profileId,
  generationId: z.bigint(),
  document: text,
  asked: list(
    z.object({
      namespace: name,
      capabilityId: name,
      propertyId: name,
      value: propertyValue,
    }),
  ),
});
const metadata = list(z.object({ key: text, value: text }));
const job = z.object({ jobId, operation: name });
const copy = z.object({
  vvolId,
  source: vvolId,
  containerId: maybe(containerId),
  metadata,
  profile: maybe(profile),
});
const range = z.object({ start: size, length: size, chunkSize: size });
const access = z.object({
  hostId: maybe(hostId),
  initiators: list(
    z.object({
      uniqueIdentifier: maybe(name),
      iscsiIdentifier: maybe(name),
      nodeWwn: maybe(name),
      portWwn: maybe(name),
    }),
  ),
  mountPoints: list(z.object({ serverName: name, filePath: name })),
});
const nothing = z.tuple([]);
const page = z.object({ after: maybe(text), limit: z.int() });

/** By method of the port. */
export const PORT_ARGUMENTS = {
  activate: z.tuple([arrayId, z.object({ providerId: name, url: name })]),
  activeProviders: nothing,
  allocatedChunks: z.tuple([vvolId, range]),
  applyProfile: z.tuple([job, vvolId, profile]),
  arrays: nothing,
  bind: z.tuple([vvolId, hostId, z.object({ candidates: list(endpointId), rebind: z.boolean() })]),
  boundHosts: z.tuple([page]),
  bindings: z.tuple([z.object({ vvolId: vvolId.exactOptional(), hostId: hostId.exactOptional() })]),
  cancelJob: z.tuple([jobId]),
  capabilityProfiles: nothing,
  capabilitySchemas: nothing,
  changes: z.tuple([z.bigint(), count]),
  cloneVolume: z.tuple([job, copy]),
  containerSpace: z.tuple([containerId]),
  containerVolumes: z.tuple([containerId, page]),
  containers: nothing,
  copyDiffs: z.tuple([job, z.object({ source: vvolId, base: vvolId, target: vvolId })]),
  countUnshared: z.tuple([vvolId, maybe(vvolId), z.object({ start: size, length: size })]),
  createVolume: z.tuple([
    job,
    z.object({
      vvolId,
      containerId,
      type: z.enum(VOLUME_TYPES),
      size,
      thin: maybe(z.boolean()),
      metadata,
      profile: maybe(profile),
    }),
  ]),
  defaultProfiles: nothing,
  deleteVolume: z.tuple([vvolId]),
  endBindingChange: z.tuple([vvolId, z.enum(['complete', 'cancel'])]),
  endpoints: nothing,
  fastCloneVolume: z.tuple([job, copy]),
  fileSystems: nothing,
  findVolumes: z.tuple([list(z.object({ key: text, value: maybe(text) })), page]),
  job: z.tuple([jobId]),
  luns: nothing,
  openJobs: z.tuple([maybe(arrayId)]),
  pools: nothing,
  ports: nothing,
  prepareBindingChange: z.tuple([job, vvolIds, hostId]),
  prepareSnapshot: z.tuple([
    job,
    z.object({
      vvolId,
      snapshotId: vvolId,
      readOnly: z.boolean(),
      profile: maybe(profile),
    }),
  ]),
  processors: nothing,
  profiledVolumes: z.tuple([containerId, page]),
  reach: z.tuple([access]),
  resizeVolume: z.tuple([job, vvolId, size]),
  revertVolume: z.tuple([job, vvolId, vvolId]),
  sharedBottlenecks: z.tuple([list(name)]),
  statistics: z.tuple([z.enum(COUNTED_ENTITIES), list(name)]),
  statisticsOffers: nothing,
  storageCapabilities: nothing,
  takeSnapshots: z.tuple([list(z.object({ snapshotId: vvolId, metadata })), count]),
  unbind: z.tuple([vvolId, hostId, maybe(z.object({ endpointId, secondaryId: name }))]),
  unbindAllFromHost: z.tuple([hostId]),
  unbindFromAllHosts: z.tuple([vvolId]),
  unsharedChunks: z.tuple([vvolId, vvolId, range]),
  updateMetadata: z.tuple([vvolId, z.object({ set: metadata, remove: list(text) })]),
  volumeServices: z.tuple([vvolIds]),
  volumeSpace: z.tuple([vvolIds]),
  volumes: z.tuple([vvolIds]),
  volumesMadeOf: z.tuple([vvolId, page]),
} as const satisfies { readonly [Method in PortMethod]: z.ZodType<Port<Method>> };

const pace = z.union([
  z.literal('instant'),
  z.object({ milliseconds: z.number() }),
  z.object({ polls: z.number() }),
]);

/** By order of the operator. */
export const ADMINISTRATION_ARGUMENTS = {
  applyInventory: z.tuple([name]),
  check: nothing,
  exportTo: z.tuple([name]),
  importFrom: z.tuple([name]),
  listStates: nothing,
  loadState: z.tuple([name]),
  removeState: z.tuple([name]),
  repair: nothing,
  reset: nothing,
  saveState: z.tuple([name]),
  setEndpointOnline: z.tuple([name, z.boolean()]),
  setHealth: z.tuple([name, z.enum(['healthy', 'degraded', 'failed'])]),
  setPace: z.tuple([name, pace]),
  setUsed: z.tuple([name, z.number()]),
  show: nothing,
} as const satisfies {
  readonly [Order in keyof ArrayAdministration]: z.ZodType<Parameters<ArrayAdministration[Order]>>;
};
