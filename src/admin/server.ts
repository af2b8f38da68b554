/**
 * The admin socket: the operator's verbs as JSON over HTTP on a Unix socket that only the owner of the
 * data folder can open. No network reaches it, so it asks for no password.
 */
import { chmodSync } from 'node:fs';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { LIMITS } from '../model/limits.ts';
import { addArrayRoutes } from './array.ts';
import { addClockRoutes } from './clock.ts';
import { addFaultRoutes } from './faults.ts';
import { AdminError, type RunningAdministration } from './port.ts';
import { removeStaleSocket } from './socket.ts';

const credential = z.string().min(1).max(LIMITS.credentialCharacters);
const target = { host: z.string().min(1).optional(), volume: z.string().min(1).optional() };
const bodies = {
  password: z.strictObject({ password: credential }),
  chain: z.strictObject({ chain: z.string().min(1), key: z.string().min(1).optional() }),
  verboseOn: z.strictObject({ ...target, seconds: z.int().min(1).max(LIMITS.verboseSeconds) }),
  verboseOff: z.strictObject(target),
  userName: z.strictObject({ userName: credential }),
  registrationId: z.strictObject({ registrationId: z.string().min(1) }),
  backup: z.strictObject({ file: z.string().min(1).max(LIMITS.pathCharacters) }),
};

/** The body or parameters in their form. Throws AdminError naming what is wrong. */
function read<Shape>(schema: z.ZodType<Shape>, given: unknown): Shape {
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AdminError(
    `${issue?.path.join('.') || 'request'}: ${issue?.message ?? 'not understood'}`,
  );
}

function addRoutes(app: FastifyInstance, admin: RunningAdministration): void {
  app.get('/status', () => admin.status());
  app.get('/verbose', () => admin.verbose());
  app.post('/verbose', (request) => admin.verboseOn(read(bodies.verboseOn, request.body)));
  app.delete('/verbose', async (request) => ({
    count: await admin.verboseOff(read(bodies.verboseOff, request.query)),
  }));
  app.get('/users', () => admin.users());
  app.put('/users/:userName', async (request) => {
    const { userName } = read(bodies.userName, request.params);
    const { password } = read(bodies.password, request.body);
    return { outcome: await admin.saveUser(userName, password) };
  });
  app.delete('/users/:userName', async (request) => {
    const { userName } = read(bodies.userName, request.params);
    return { removed: await admin.removeUser(userName) };
  });
  app.get('/certificate', () => admin.certificate());
  app.post('/certificate/renew', () => admin.renewCertificate());
  app.post('/certificate/release', () => admin.releaseCertificate());
  app.post('/certificate/install', (request) => {
    const { chain, key } = read(bodies.chain, request.body);
    return admin.installCertificate(chain, key);
  });
  app.get('/registrations', () => admin.registrations());
  app.delete('/registrations/:registrationId', async (request) => {
    const { registrationId } = read(bodies.registrationId, request.params);
    return { removed: await admin.removeRegistration(registrationId) };
  });
  app.post('/backup', (request) => admin.backup(read(bodies.backup, request.body).file));
  addClockRoutes(app, admin.clock, read);
  addFaultRoutes(app, admin.faults, read);
  addArrayRoutes(app, admin.array, read);
}

/** Listens at `path`. `failed` is told of errors that are not the operator's. Close with `close()`. */
export async function openAdminServer(
  path: string,
  admin: RunningAdministration,
  failed: (error: unknown) => void,
): Promise<{ close(): Promise<void> }> {
  const app = Fastify({ bodyLimit: LIMITS.adminBodyBytes, forceCloseConnections: true });
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof AdminError ? 400 : statusOf(error);
    if (status >= 500) failed(error);
    const message = error instanceof Error ? error.message : 'failed';
    return reply.status(status).send({ error: message });
  });
  addRoutes(app, admin);
  removeStaleSocket(path);
  await app.listen({ path });
  chmodSync(path, 0o600);
  return { close: () => app.close() };
}

/** Fastify's own refusals (unknown route, broken JSON) carry their status. */
function statusOf(error: unknown): number {
  const carried = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof carried === 'number' ? carried : 500;
}
