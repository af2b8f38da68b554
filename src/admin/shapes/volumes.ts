/** What is shown of virtual volumes: their list, one of them with all that is known, its family as a tree, bindings. */
import { z } from 'zod';
import { VOLUME_TYPES } from '../../model/volume-type.ts';
import { count, list, pageOf, paging, record, size, text, time } from './form.ts';

/** Which volumes are asked for; all that is given must hold. */
export const volumeWish = z.strictObject({
  containerId: text.optional(),
  type: z.enum(VOLUME_TYPES).optional(),
  search: text
    .optional()
    .describe('a part of name, volume id or virtual machine id; letter case does not matter'),
  ...paging,
});
export type VolumeWish = z.output<typeof volumeWish>;

const origin = record({
  kind: z.enum(['created', 'snapshot', 'fastClone', 'clone']),
  of: z.string().optional().describe('volume id; it may be gone'),
  readOnly: z.boolean().optional(),
});

const volume = {
  vvolId: z.string(),
  name: z.string().optional().describe('as its metadata says'),
  vmId: z.string().optional().describe('virtual machine, as its metadata says'),
  containerId: z.string(),
  type: z.string(),
  sizeBytes: size,
  committedBytes: size.optional().describe('allocated'),
  unsharedBytes: size.optional().describe('freed if it were deleted'),
  thin: z.boolean(),
  origin,
  profileId: z.string().optional(),
  createdAt: time,
};

export const volumeRow = record(volume).meta({ id: 'VolumeRow' });
export type VolumeRow = z.output<typeof volumeRow>;

/** A page may be short, or empty, and still have a next: many volumes were looked at. */
export const volumePage = pageOf(volumeRow).meta({ id: 'VolumePage' });
export type VolumePage = z.output<typeof volumePage>;

export const bindingRow = record({
  vvolId: z.string(),
  volumeName: z.string().optional(),
  hostId: z.string(),
  endpointId: z.string(),
  secondaryId: z.string(),
  state: z.enum(['bound', 'moving']),
  boundAt: time,
}).meta({ id: 'BindingRow' });
export type BindingRow = z.output<typeof bindingRow>;

export const bindingPage = pageOf(bindingRow).meta({ id: 'BindingPage' });
export type BindingPage = z.output<typeof bindingPage>;

export const volumeDetails = record({
  ...volume,
  metadata: list(record({ key: z.string(), value: z.string() })),
  profile: record({
    profileId: z.string(),
    generationId: z.string(),
    asked: list(z.string()).describe('`property: value`'),
  }).optional(),
  service: record({
    healthy: z.boolean(),
    values: list(z.string()).describe('what it gets at the moment, `property: value`'),
    progressPercent: z.number().optional().describe('data is being moved to what was asked'),
  }).optional(),
  bindings: list(bindingRow),
  copies: count.describe('volumes made of it, as far as they are counted'),
}).meta({ id: 'VolumeDetails' });
export type VolumeDetails = z.output<typeof volumeDetails>;

/** A volume in the tree; the root has no parent in it. */
const treeNode = record({ ...volume, parentId: z.string().optional() }).meta({ id: 'TreeNode' });

/** The volume with all it came from and all that came from it, as far as there is. */
export const volumeTree = record({
  rootId: z.string(),
  volumes: list(treeNode).describe('each after its parent; children oldest first'),
  goneId: z.string().optional().describe('what the root was made of, which is gone'),
  isWhole: z.boolean().describe('false: there are more than are shown'),
}).meta({ id: 'VolumeTree' });
export type VolumeTree = z.output<typeof volumeTree>;

/** A host that holds bindings or has a session. */
export const hostRow = record({
  hostId: z.string(),
  bindings: count,
  oldestAt: time.optional().describe('its oldest binding'),
  newestAt: time.optional(),
  session: z.string().optional().describe('short hash of its session; left out: it has none'),
  isStale: z.boolean().describe('it holds bindings and has no session'),
}).meta({ id: 'HostRow' });
export type HostRow = z.output<typeof hostRow>;

export const hostPage = pageOf(hostRow).meta({ id: 'HostPage' });
export type HostPage = z.output<typeof hostPage>;
