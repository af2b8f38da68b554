/**
 * The orders about the array on the admin socket: one path for each, `/array/<order>`, with its arguments
 * as the body. Both sides are here, so that they cannot differ. Knows nothing of what an order does.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ArrayAdministration } from '../array/administration.ts';
import { LIMITS } from '../model/limits.ts';

const text = z.string().min(1).max(LIMITS.pathCharacters);
const named = z.strictObject({ name: text });
const filed = z.strictObject({ file: text });
const none = z.strictObject({});
const pace = z.union([
  z.literal('instant'),
  z.strictObject({ milliseconds: z.int().min(1).max(LIMITS.jobPaceMs) }),
  z.strictObject({ polls: z.int().min(1).max(LIMITS.jobPacePolls) }),
]);
const endpoint = z.strictObject({ endpointId: text, online: z.boolean() });
const health = z.strictObject({
  entityId: text,
  health: z.enum(['healthy', 'degraded', 'failed']),
});
const used = z.strictObject({ entityId: text, megabytes: z.int().min(0) });
const paced = z.strictObject({ operation: text, pace });

/** Reads a body in its form; throws the operator's error. */
export type ReadBody = <Shape>(schema: z.ZodType<Shape>, given: unknown) => Shape;

/** The socket's side. */
export function addArrayRoutes(
  app: FastifyInstance,
  array: ArrayAdministration,
  read: ReadBody,
): void {
  const on = <Body>(
    order: string,
    schema: z.ZodType<Body>,
    work: (body: Body) => Promise<unknown>,
  ): void => {
    app.post(`/array/${order}`, async (request) => (await work(read(schema, request.body))) ?? {});
  };
  on('show', none, () => array.show());
  on('reset', none, () => array.reset());
  on('save', named, ({ name }) => array.saveState(name));
  on('load', named, ({ name }) => array.loadState(name));
  on('states', none, () => array.listStates());
  on('remove', named, ({ name }) => array.removeState(name));
  on('export', filed, ({ file }) => array.exportTo(file));
  on('import', filed, ({ file }) => array.importFrom(file));
  on('check', none, () => array.check());
  on('repair', none, () => array.repair());
  on('endpoint', endpoint, ({ endpointId, online }) => array.setEndpointOnline(endpointId, online));
  on('health', health, (body) => array.setHealth(body.entityId, body.health));
  on('use', used, ({ entityId, megabytes }) => array.setUsed(entityId, megabytes));
  on('apply', filed, ({ file }) => array.applyInventory(file));
  on('pace', paced, ({ operation, pace: how }) => array.setPace(operation, how));
}

/** The command's side. `send` posts a body to a path and gives the answer. */
export function arrayClient(
  send: (path: string, body: unknown) => Promise<unknown>,
): ArrayAdministration {
  // The other side is this same release: its answers have the forms of the interface.
  const order = <Answer>(name: string, body: unknown = {}): Promise<Answer> =>
    send(`/array/${name}`, body) as Promise<Answer>;
  const done = async (name: string, body: unknown = {}): Promise<void> => {
    await order(name, body);
  };
  return {
    show: () => order('show'),
    reset: () => done('reset'),
    saveState: (name) => order('save', { name }),
    loadState: (name) => order('load', { name }),
    listStates: () => order('states'),
    removeState: (name) => done('remove', { name }),
    exportTo: (file) => order('export', { file }),
    importFrom: (file) => order('import', { file }),
    check: () => order('check'),
    repair: () => order('repair'),
    setEndpointOnline: (endpointId, online) => done('endpoint', { endpointId, online }),
    setHealth: (entityId, how) => order('health', { entityId, health: how }),
    setUsed: (entityId, megabytes) => order('use', { entityId, megabytes }),
    applyInventory: (file) => order('apply', { file }),
    setPace: (operation, how) => done('pace', { operation, pace: how }),
  };
}
