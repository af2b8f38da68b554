/**
 * Goal: over real TLS, each operation of each version of the API answers to each kind of caller what
 * test/matrix/access.ts says: nobody gets in by a session id alone, and a host acts for itself only.
 */
import { request } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROUTES } from '../../src/admin/routes/all.ts';
import { API_PREFIX } from '../../src/admin/routes/route.ts';
import { vvolIdOf } from '../../src/operations/arguments.ts';
import { EXCEPTIONS, OPERATORS, PRINCIPALS, type Principal, verdictOf } from './access.ts';
import { type AccessCallers, accessCallers } from './access-callers.ts';
import { bound, volume } from './arrange.ts';
import type { Row } from './row.ts';
import { ROWS } from './rows.ts';
import { openStage, type Stage } from './stage.ts';
import { operationsOf } from './usual.ts';
import { usageContext } from './who.ts';
import { d, m, Xml } from './xml.ts';

const VERSIONS = ['2.0', '1.0'] as const;
type Version = (typeof VERSIONS)[number];
const ALL = Object.keys(PRINCIPALS) as readonly Principal[];

let stages: Awaited<ReturnType<typeof openStage>>;
const callers = new Map<Version, AccessCallers>();

beforeAll(async () => {
  stages = await openStage();
  const made = await accessCallers(VERSIONS.map((version) => stages.on(version)));
  VERSIONS.forEach((version, index) => {
    const of = made[index];
    if (of !== undefined) callers.set(version, of);
  });
});

afterAll(() => stages?.close());

function on(version: Version): AccessCallers {
  const found = callers.get(version);
  if (found === undefined) throw new Error(`no callers of ${version}`);
  return found;
}

function rowOf(operation: string, version: Version): Row {
  const rows = Object.values(ROWS).flat();
  const row = rows.find(
    (each) => each.operation === operation && (each.versions?.includes(version) ?? true),
  );
  if (row === undefined) throw new Error(`no row for ${operation}`);
  return row;
}

/** A VASA 1.0 client has no way to say that it is a host. */
function principalsOf(version: Version): readonly Principal[] {
  return version === '2.0' ? ALL : ALL.filter((each) => each !== 'host');
}

/** The good request of the operation; where who says it counts, one of that caller's own. */
async function messageOf(row: Row, principal: Principal, stage: Stage) {
  if (row.operation === 'setContext') {
    // That of VASA 1.0 names no host.
    const words = principal === 'vcenter' ? '1.0' : stage.version;
    return m({ usageContext: usageContext(words, `access-${principal}`) });
  }
  if (row.operation === 'unbindAllVirtualVolumesFromHost') {
    return principal === 'host' ? m({}) : m({ hostUuid: 'a host that is not there' });
  }
  if (row.operation === 'unregisterVASACertificate' && principal !== 'vcenter') {
    return m({ existingCertificate: on(stage.version).vcenterCertificate });
  }
  return row.ask(stage);
}

/** Before anybody registers with a password: that entitles its certificate to these for a while. */
const FIRST: readonly string[] = ['requestCSR', 'registerCASignedProviderCertificate'];

describe.each(VERSIONS)('VASA %s', (version) => {
  const all = operationsOf(version).toSorted(
    (a, b) => Number(FIRST.includes(b)) - Number(FIRST.includes(a)),
  );

  test.each(all)('%s', async (operation) => {
    const stage = stages.on(version);
    const row = rowOf(operation, version);
    for (const principal of principalsOf(version)) {
      const { outcome, why } = verdictOf(operation, principal);
      const asked = await messageOf(row, principal, stage);
      const isPlain = asked === null || asked instanceof Xml;
      const message = isPlain ? asked : asked.message;
      // What succeeds only for somebody whom the row prepares is called by that one.
      const isOwn = !isPlain && outcome === 'answered';
      const reply = isOwn
        ? await asked.client.call(operation, message?.text ?? null)
        : await on(version).call(principal, operation, message);
      expect(reply.fault ?? 'answered', `${principal}: ${why}: ${reply.body}`).toBe(outcome);
    }
  });
});

test('what is said of an operation by name is said of one that there is', () => {
  const names = [...Object.keys(EXCEPTIONS), ...Object.keys(OPERATORS)];
  expect(operationsOf('2.0')).toEqual(expect.arrayContaining(names));
});

describe('a host acts for itself only', () => {
  const bindingsOf = (vvolId: string) =>
    stages.on('2.0').provider.parts.array.bindings({ vvolId: vvolIdOf(vvolId) });

  test('it cannot take the id of another host that is there', async () => {
    const context = d({ hostGuid: stages.on('2.0').hostId });
    const reply = await on('2.0').call('foreign', 'setContext', m({ usageContext: context }));
    expect(reply.fault).toBe('InvalidArgument');
  });

  test('it ends no binding of another, by whatever handle', async () => {
    const stage = stages.on('2.0');
    const vvolId = await volume(stage);
    const vvolHandle = await bound(stage, vvolId);
    for (const unbindContext of ['Normal', 'RebindStart', 'RebindEnd']) {
      const message = m({ vvolHandle, unbindContext });
      await on('2.0').call('host', 'unbindVirtualVolume', message);
      expect(await bindingsOf(vvolId)).toMatchObject([{ hostId: stage.hostId }]);
    }
  });

  test('it ends all bindings of no other host', async () => {
    const stage = stages.on('2.0');
    const vvolId = await volume(stage);
    await bound(stage, vvolId);
    const message = m({ hostUuid: stage.hostId });
    const reply = await on('2.0').call('host', 'unbindAllVirtualVolumesFromHost', message);
    expect(reply.fault).toBe('InvalidArgument');
    expect(await bindingsOf(vvolId)).toMatchObject([{ hostId: stage.hostId }]);
  });

  test('the endpoints that it names are its own', async () => {
    const stage = stages.on('2.0');
    const reply = await on('2.0').call('host', 'setPEContext', m({ listOfHostPE: [] }));
    expect(reply.fault).toBeUndefined();
    const vvolId = await volume(stage);
    await bound(stage, vvolId);
    expect(await bindingsOf(vvolId)).toMatchObject([{ hostId: stage.hostId }]);
  });
});

describe('the operator', () => {
  const orders = ROUTES.map(({ method, path }): [string, string] => [
    method,
    API_PREFIX + path.replaceAll(/:\w+/g, 'x'),
  ]);

  test('has orders of its own', () => expect(orders.length).toBeGreaterThan(15));

  test.each(orders)('%s %s is no path of the network’s port', async (method, path) => {
    const { vcenter } = stages.on('2.0');
    const { keyPem: key, chainPem: cert } = await vcenter.authority.issueClient();
    const trusted = { method, key, cert, ca: vcenter.authority.certificatePem, agent: false };
    const status = await new Promise((resolve, reject) => {
      const asked = request(new URL(path, vcenter.url), trusted, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject);
      asked.end();
    });
    expect(status).toBe(404);
  });
});
