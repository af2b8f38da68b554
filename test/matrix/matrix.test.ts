/**
 * Goal: over real TLS, each operation of each version of the API succeeds once at least, and each fault that
 * it declares comes back when it is provoked, or is known never to be an answer; all that is sent and
 * answered fits the schemas.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiVersion, Reply } from '../support/soap-client.ts';
import { envelope, textOf } from '../support/soap-client.ts';
import { compileSchemas, type SchemaCheck } from '../support/wire/xsd.ts';
import { type Case, matrix } from './cases.ts';
import { ROWS } from './rows.ts';
import { openStage, type Stage } from './stage.ts';
import { Xml } from './xml.ts';

const FIELDS = matrix();
const VERSIONS: readonly ApiVersion[] = ['2.0', '1.0'];
const schemas = new Map<ApiVersion, SchemaCheck>();
let stages: Awaited<ReturnType<typeof openStage>>;

beforeAll(async () => {
  for (const version of VERSIONS) schemas.set(version, compileSchemas(`vasa-${version}`));
  stages = await openStage();
});

afterAll(async () => {
  await stages?.close();
  for (const each of schemas.values()) each.dispose();
});

function schemasOf(version: ApiVersion): SchemaCheck {
  const found = schemas.get(version);
  if (found === undefined) throw new Error(`no schemas of ${version}`);
  return found;
}

/** Makes the call of a case; its request fits the schemas, whatever is wrong with what it says. */
async function played({ row, provocation, version }: Case, stage: Stage): Promise<Reply> {
  const asked = await (provocation?.ask ?? row.ask)(stage);
  const usual = stage.clients[row.by ?? 'host'];
  const { message, client } =
    asked === null || asked instanceof Xml ? { message: asked, client: usual } : asked;
  const by = provocation?.by === undefined ? client : stage.clients[provocation.by];
  const text = message === null ? null : message.text;
  schemasOf(version).validateBody(envelope(row.operation, text, '1.1', version));
  const undo = await provocation?.during?.(stage);
  try {
    // Both envelopes are proven: what succeeds in the older one, what is refused in the newer.
    return await by.call(row.operation, text, provocation === undefined ? '1.1' : '1.2');
  } finally {
    await undo?.();
  }
}

/** Types of the faults in the items of a batch. */
function itemFaults(body: string): readonly (string | undefined)[] {
  const found = body.matchAll(/<(?:\w+:)?(?:error|fault)\b[^>]*\bxsi:type="(?:\w+:)?(\w+)"/g);
  return [...found].map(([, type]) => type);
}

describe.each(VERSIONS)('VASA %s', (version) => {
  const cases = FIELDS.filter((field) => field.version === version).flatMap((field) => field.cases);

  const named = (which: (each: Case) => boolean) =>
    cases.filter(which).map((each): [string, Case] => [each.name, each]);

  test.each(named(({ fault }) => fault === undefined))('%s', async (_, each) => {
    const stage = stages.on(version);
    const { body, fault } = await played(each, stage);
    expect(fault, body).toBeUndefined();
    schemasOf(version).validateBody(body);
    await each.row.check?.(body, stage);
  });

  test.each(named(({ fault }) => fault !== undefined))('%s', async (_, each) => {
    const { body, fault } = await played(each, stages.on(version));
    if (each.provocation?.in === 'item') {
      expect(fault, body).toBeUndefined();
      schemasOf(version).validateBody(body);
      expect(itemFaults(body), body).toContain(each.fault);
      return;
    }
    expect(fault, body).toBe(each.fault);
    schemasOf(version).validateDetail(body);
    expect(textOf(body, 'Text'), 'the release and the request are named').toMatch(/\[.*request /);
  });
});

describe('the matrix', () => {
  test('has each operation and declared fault of the contract, once in each version', () => {
    const missing = FIELDS.filter(
      ({ cases, never }) => cases.length === 0 && never === undefined,
    ).map(({ version, operation, fault }) => `${version} ${operation} ${fault ?? 'success'}`);
    expect(missing).toEqual([]);
  });

  test('says of nothing both that it never happens and how', () => {
    const both = FIELDS.filter(({ cases, never }) => cases.length > 0 && never !== undefined);
    expect(both).toEqual([]);
  });

  test('has no row for what the contract has not', () => {
    for (const row of Object.values(ROWS).flat())
      for (const fault of [undefined, ...Object.keys(row.faults)]) {
        const fields = FIELDS.filter(({ operation }) => operation === row.operation);
        expect(
          fields.some((each) => each.fault === fault),
          `${row.operation} ${fault}`,
        ).toBe(true);
      }
  });

  test('knows each operation by one row for each version', () => {
    const rows = Object.values(ROWS).flat();
    const names = rows.map(
      ({ operation, versions = ['1.0', '2.0'] }) => `${operation} ${versions}`,
    );
    expect(names).toHaveLength(new Set(names).size);
  });
});
