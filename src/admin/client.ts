/**
 * The operator's verbs over the admin socket of a running provider: each is one exchange by the record of its route,
 * and nothing is kept between them. Errors of the other side: AdminError.
 */
import { request } from 'node:http';
import type { z } from 'zod';
import { LIMITS } from '../model/limits.ts';
import { AdminError, type RunningAdministration } from './port.ts';
import * as orders from './routes/array.ts';
import * as operator from './routes/operator.ts';
import * as queries from './routes/queries.ts';
import { API_PREFIX, pathNames, type Route } from './routes/route.ts';
import * as simulation from './routes/simulation.ts';

const PATIENCE_MS = 30_000;

interface Exchange {
  readonly method: Route['method'];
  readonly path: string;
  readonly body: string | undefined;
  /** How long the other side may be silent. */
  readonly patienceMs: number;
}

/** The route's request for this input. */
function exchangeFor(route: Route, input: Readonly<Record<string, unknown>>): Exchange {
  const inPath = pathNames(route);
  const path = inPath.reduce(
    (made, name) => made.replace(`:${name}`, encodeURIComponent(String(input[name]))),
    API_PREFIX + route.path,
  );
  const rest = Object.entries(input).filter(
    ([name, value]) => value !== undefined && !inPath.includes(name),
  );
  const hasBody = route.method === 'POST' || route.method === 'PUT';
  const query = new URLSearchParams(
    rest.map(([name, value]): [string, string] => [name, String(value)]),
  );
  return {
    method: route.method,
    path: hasBody || rest.length === 0 ? path : `${path}?${query}`,
    body: hasBody ? JSON.stringify(Object.fromEntries(rest)) : undefined,
    patienceMs: route.slow === true ? LIMITS.arrayOrderMs : PATIENCE_MS,
  };
}

function exchange(
  socketPath: string,
  { method, path, body, patienceMs }: Exchange,
): Promise<unknown> {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path, headers, timeout: patienceMs }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const read = parsed(Buffer.concat(parts).toString());
        if (answer.statusCode === 200) resolve(read);
        else {
          const kind = answer.statusCode === 404 ? 'notFound' : 'refused';
          const message = errorText(read) ?? `the provider answered ${answer.statusCode}`;
          reject(new AdminError(message, { kind }));
        }
      });
    });
    sent.on('timeout', () => sent.destroy(new AdminError('the provider does not answer')));
    sent.on('error', reject);
    sent.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorText(read: unknown): string | undefined {
  if (typeof read !== 'object' || read === null || !('error' in read)) return undefined;
  return String(read.error);
}

/** Sends the route's request and gives its answer. */
type Ask = <Input extends z.ZodObject, Answer>(
  route: Route<Input, Answer>,
  input: z.input<Input>,
) => Promise<Answer>;

/** A client of the socket at this path. */
export function adminClient(socketPath: string): RunningAdministration {
  // The other side is this same release: its answers have the forms of the routes.
  const ask: Ask = (route, input) => exchange(socketPath, exchangeFor(route, input)) as never;
  return { ...operatorClient(ask), ...simulationClient(ask), queries: queriesClient(ask) };
}

function operatorClient(
  ask: Ask,
): Omit<RunningAdministration, 'clock' | 'faults' | 'array' | 'queries'> {
  return {
    status: () => ask(operator.status, {}),
    metrics: async () => (await ask(operator.metrics, {})).text,
    verbose: () => ask(operator.verbose, {}),
    verboseOn: (wish) => ask(operator.verboseOn, wish),
    verboseOff: async (target) => (await ask(operator.verboseOff, target)).count,
    users: () => ask(operator.users, {}),
    saveUser: async (userName, password) =>
      (await ask(operator.saveUser, { userName, password })).outcome,
    removeUser: async (userName) => (await ask(operator.removeUser, { userName })).removed,
    certificate: () => ask(operator.certificate, {}),
    renewCertificate: () => ask(operator.renewCertificate, {}),
    installCertificate: (chain, key) => ask(operator.installCertificate, { chain, key }),
    releaseCertificate: () => ask(operator.releaseCertificate, {}),
    registrations: () => ask(operator.registrations, {}),
    removeRegistration: async (registrationId) =>
      (await ask(operator.removeRegistration, { registrationId })).removed,
    backup: (file) => ask(operator.backup, { file }),
    copyDatabase: async (file) => {
      await ask(operator.copyDatabase, { file });
    },
    auditHead: () => ask(operator.auditHead, {}),
  };
}

function simulationClient(ask: Ask): Pick<RunningAdministration, 'clock' | 'faults' | 'array'> {
  const done: (...given: Parameters<Ask>) => Promise<void> = async (route, input) => {
    await ask(route, input);
  };
  return {
    clock: {
      show: () => ask(simulation.clockShow, {}),
      moveBy: (milliseconds) => ask(simulation.clockMove, { milliseconds }),
      reset: () => ask(simulation.clockReset, {}),
    },
    faults: {
      list: () => ask(simulation.faultList, {}),
      add: (rule) => ask(simulation.faultAdd, { rule }),
      remove: (id) => done(simulation.faultRemove, { id }),
      clear: () => ask(simulation.faultClear, {}),
    },
    array: {
      show: () => ask(orders.arrayShow, {}),
      reset: () => done(orders.arrayReset, {}),
      saveState: (name) => ask(orders.arraySave, { name }),
      loadState: (name) => ask(orders.arrayLoad, { name }),
      listStates: () => ask(orders.arrayStates, {}),
      removeState: (name) => done(orders.arrayRemove, { name }),
      exportTo: (file) => ask(orders.arrayExport, { file }),
      importFrom: (file) => ask(orders.arrayImport, { file }),
      check: () => ask(orders.arrayCheck, {}),
      repair: () => ask(orders.arrayRepair, {}),
      setEndpointOnline: (endpointId, online) => done(orders.arrayEndpoint, { endpointId, online }),
      setHealth: (entityId, health) => ask(orders.arrayHealth, { entityId, health }),
      setUsed: (entityId, megabytes) => ask(orders.arrayUse, { entityId, megabytes }),
      applyInventory: (file) => ask(orders.arrayApply, { file }),
      setPace: (operation, pace) => done(orders.arrayPace, { operation, pace }),
    },
  };
}

function queriesClient(ask: Ask): RunningAdministration['queries'] {
  return {
    inventory: () => ask(queries.showInventory, {}),
    containers: () => ask(queries.showContainers, {}),
    spaceHistory: () => ask(queries.showSpace, {}),
    endpoints: () => ask(queries.showEndpoints, {}),
    volumes: (wish) => ask(queries.showVolumes, wish),
    volume: (vvolId) => ask(queries.showVolume, { vvolId }),
    volumeTree: (vvolId) => ask(queries.showTree, { vvolId }),
    hosts: (page) => ask(queries.showHosts, { ...page }),
    hostBindings: (hostId, page) => ask(queries.showBindings, { hostId, ...page }),
    sessions: (page) => ask(queries.showSessions, { ...page }),
    trust: () => ask(queries.showTrust, {}),
    tasks: () => ask(queries.showTasks, {}),
    events: (page) => ask(queries.showEvents, { ...page }),
    alarms: (page) => ask(queries.showAlarms, { ...page }),
    requests: (page) => ask(queries.showRequests, { ...page }),
    request: (requestId) => ask(queries.showRequest, { requestId }),
  };
}
