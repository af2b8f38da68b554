/** Routes of the operator's orders to the array. */
import { z } from 'zod';
import type { LiveSubject } from '../live.ts';
import {
  arrayFindings,
  arrayReport,
  inventoryChange,
  jobPace,
  repairReport,
  savedState,
} from '../shapes/array-orders.ts';
import { list, text } from '../shapes/form.ts';
import { done, nothing, route } from './route.ts';

/** All that is shown of an array. */
const WHOLE_ARRAY: readonly LiveSubject[] = [
  'alarms',
  'bindings',
  'containers',
  'endpoints',
  'events',
  'inventory',
  'space',
  'tasks',
  'volumes',
];

const byName = z.strictObject({ name: text });
const byFile = z.strictObject({ file: text.describe('absolute path on the array’s machine') });

export const arrayShow = route({
  id: 'showArray',
  method: 'GET',
  path: '/array',
  tag: 'array',
  about: 'What there is, and how much of it is used, as the array’s operator sees it.',
  input: nothing,
  answer: arrayReport,
  slow: true,
  work: (admin) => admin.array.show(),
});

export const arrayReset = route({
  id: 'resetArray',
  method: 'POST',
  path: '/array/reset',
  tag: 'array',
  about: 'Empties the array: every volume, snapshot and binding is lost.',
  input: nothing,
  answer: done,
  slow: true,
  changes: WHOLE_ARRAY,
  work: async (admin) => {
    await admin.array.reset();
    return {};
  },
});

export const arrayStates = route({
  id: 'arrayStates',
  method: 'GET',
  path: '/array/states',
  tag: 'array',
  about: 'The states of the whole array that are kept under names.',
  input: nothing,
  answer: list(savedState),
  slow: true,
  work: (admin) => admin.array.listStates(),
});

export const arraySave = route({
  id: 'saveArrayState',
  method: 'POST',
  path: '/array/states/:name',
  tag: 'array',
  about: 'Keeps the array as it is under a name.',
  input: byName,
  answer: savedState,
  slow: true,
  changes: ['states'],
  work: (admin, { name }) => admin.array.saveState(name),
});

export const arrayLoad = route({
  id: 'loadArrayState',
  method: 'POST',
  path: '/array/states/:name/load',
  tag: 'array',
  about: 'Makes the array what it was when the state was saved; what came since is lost.',
  input: byName,
  answer: savedState,
  slow: true,
  changes: WHOLE_ARRAY,
  work: (admin, { name }) => admin.array.loadState(name),
});

export const arrayRemove = route({
  id: 'removeArrayState',
  method: 'DELETE',
  path: '/array/states/:name',
  tag: 'array',
  about: 'Removes a kept state.',
  input: byName,
  answer: done,
  slow: true,
  changes: ['states'],
  work: async (admin, { name }) => {
    await admin.array.removeState(name);
    return {};
  },
});

export const arrayExport = route({
  id: 'exportArray',
  method: 'POST',
  path: '/array/export',
  tag: 'array',
  about: 'Writes the array as it is into a new file.',
  input: byFile,
  answer: savedState,
  slow: true,
  changes: [],
  isLocal: true,
  work: (admin, { file }) => admin.array.exportTo(file),
});

export const arrayImport = route({
  id: 'importArray',
  method: 'POST',
  path: '/array/import',
  tag: 'array',
  about: 'Makes the array what a file says that an export wrote; what there was is lost.',
  input: byFile,
  answer: savedState,
  slow: true,
  changes: WHOLE_ARRAY,
  isLocal: true,
  work: (admin, { file }) => admin.array.importFrom(file),
});

export const arrayCheck = route({
  id: 'checkArray',
  method: 'POST',
  path: '/array/check',
  tag: 'array',
  about: 'Proves that everything in the array adds up. Reads all of it, changes nothing.',
  input: nothing,
  answer: arrayFindings,
  slow: true,
  changes: [],
  work: (admin) => admin.array.check(),
});

export const arrayRepair = route({
  id: 'repairArray',
  method: 'POST',
  path: '/array/repair',
  tag: 'array',
  about: 'Mends in the array what follows from something else.',
  input: nothing,
  answer: repairReport,
  slow: true,
  changes: WHOLE_ARRAY,
  work: (admin) => admin.array.repair(),
});

export const arrayEndpoint = route({
  id: 'setEndpoint',
  method: 'POST',
  path: '/array/endpoint',
  tag: 'array',
  about: 'Takes a protocol endpoint out of service, or back into it.',
  input: z.strictObject({ endpointId: text, online: z.boolean() }),
  answer: done,
  slow: true,
  changes: ['endpoints', 'alarms'],
  work: async (admin, { endpointId, online }) => {
    await admin.array.setEndpointOnline(endpointId, online);
    return {};
  },
});

export const arrayHealth = route({
  id: 'setHealth',
  method: 'POST',
  path: '/array/health',
  tag: 'array',
  about: 'Says how a pool, controller, port, LUN, file system or array is from now on.',
  input: z.strictObject({ entityId: text, health: z.enum(['healthy', 'degraded', 'failed']) }),
  answer: list(inventoryChange),
  slow: true,
  changes: ['inventory', 'containers', 'alarms'],
  work: (admin, { entityId, health }) => admin.array.setHealth(entityId, health),
});

export const arrayUse = route({
  id: 'setUsed',
  method: 'POST',
  path: '/array/use',
  tag: 'array',
  about: 'Says how much of a LUN or file system is used.',
  input: z.strictObject({ entityId: text, megabytes: z.int().min(0) }),
  answer: list(inventoryChange),
  slow: true,
  changes: ['inventory', 'containers', 'space'],
  work: (admin, { entityId, megabytes }) => admin.array.setUsed(entityId, megabytes),
});

export const arrayApply = route({
  id: 'applyInventory',
  method: 'POST',
  path: '/array/apply',
  tag: 'array',
  about: 'Brings the living array to what an inventory file says.',
  input: byFile,
  answer: list(inventoryChange),
  slow: true,
  changes: WHOLE_ARRAY,
  isLocal: true,
  work: (admin, { file }) => admin.array.applyInventory(file),
});

export const arrayPace = route({
  id: 'setPace',
  method: 'POST',
  path: '/array/pace',
  tag: 'array',
  about: 'Says how long jobs of an operation take.',
  input: z.strictObject({ operation: text, pace: jobPace }),
  answer: done,
  slow: true,
  changes: [],
  work: async (admin, { operation, pace }) => {
    await admin.array.setPace(operation, pace);
    return {};
  },
});
