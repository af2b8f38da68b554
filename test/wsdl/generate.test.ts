/**
 * The generator: its output for wsdl/ is the committed one, and a WSDL of quite another namespace is
 * described as well. What it refuses: refusals.test.ts.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { differing, generate, JOBS, ROOT } from '../../scripts/generate/generate.ts';
import { service } from './fixtures/lending-3.1/generated/service.ts';
import type { AnyItemItem } from './fixtures/lending-3.1/generated/types.ts';

const LENDING = join(import.meta.dirname, 'fixtures/lending-3.1');

describe('the committed files', () => {
  test.each([...JOBS, { wsdl: LENDING, out: join(LENDING, 'generated') }])(
    'are what $wsdl generates',
    (job) => {
      expect(differing(generate(job))).toEqual([]);
    },
  );

  test('are the same in a second run', () => {
    for (const job of JOBS) expect(generate(job)).toEqual(generate(job));
  });
});

describe('a made-up WSDL of another namespace', () => {
  test('an operation has its action, its messages and its faults; empty Bodies are null', () => {
    expect(service.operations).toEqual({
      lend: { soapAction: 'urn:lend', input: 'lend', output: 'lendResponse', faults: ['OnLoan'] },
      book: { soapAction: 'urn:book', input: 'book', output: 'bookResponse', faults: [] },
      open: { soapAction: 'urn:open', input: null, output: null, faults: [] },
      close: { soapAction: 'urn:close', input: null, output: 'closeResponse', faults: [] },
    });
    expect(service).toMatchObject({
      version: '3.1',
      targetNamespace: 'urn:example:lending:3.1',
      serviceName: 'lending',
    });
  });

  test('a type names its base and only its own fields', () => {
    const items = service.namespaces.indexOf('urn:example:lending:items');
    expect(service.types['Book']).toEqual({
      kind: 'complex',
      local: 'Book',
      namespace: items,
      base: 'ItemItem',
      fields: [
        {
          name: 'author',
          namespace: items,
          type: 'xs:string',
          min: 0,
          max: 'many',
          nillable: true,
        },
        {
          name: 'cover',
          namespace: items,
          type: 'xs:base64Binary',
          min: 0,
          max: 1,
          nillable: false,
        },
      ],
    });
    expect(service.types['Atlas']).toMatchObject({ base: 'Book' });
    expect(service.types['Condition']).toMatchObject({
      kind: 'enumeration',
      values: ['new', "reader's favourite"],
    });
  });

  test('types of one local name are told apart by their prefix', () => {
    expect(service.types['StaffItem']).toMatchObject({ local: 'Item' });
    expect(service.types['ItemItem']).toMatchObject({ local: 'Item' });
    expect(service.types['Item']).toBeUndefined();
  });

  test('the fault detail keeps its name beside the type of that name', () => {
    const messages = service.namespaces.indexOf('urn:example:lending:3.1:messages');
    expect(service.elements['OnLoan']).toEqual({
      local: 'OnLoan',
      namespace: messages,
      fields: [
        { name: 'OnLoan', namespace: messages, type: 'OnLoan', min: 0, max: 1, nillable: true },
      ],
    });
  });

  test('a substituted type is told by $type, and the compiler knows its fields by it', () => {
    const scaleOf = (item: AnyItemItem): number => (item.$type === 'Atlas' ? item.scale : 0);
    const book = { id: '1', condition: 'new', author: [] } as const;
    const atlas = { ...book, scale: 2, loan: 'P1D', folded: false, $type: 'Atlas' } as const;
    // @ts-expect-error an atlas has a scale
    const unscaled: AnyItemItem = { ...book, $type: 'Atlas' };
    // @ts-expect-error no item is a globe
    const globe: AnyItemItem = { ...book, $type: 'Globe' };
    expect([atlas, { ...book, $type: 'Book' as const }, unscaled, globe].map(scaleOf)).toEqual([
      2,
      0,
      undefined,
      0,
    ]);
  });

  test('an element takes another name in TypeScript when a type has its own', () => {
    const text = readFileSync(join(LENDING, 'generated/operations.ts'), 'utf8');
    expect(text).toContain(
      'readonly book: { readonly request: BookMessage; readonly response: BookResponse };',
    );
    expect(text).toContain('readonly open: { readonly request: Empty; readonly response: void };');
  });
});

describe('the command', () => {
  function run(...parameters: string[]): { status: number | null; stdout: string; stderr: string } {
    const command = ['--import', 'tsx', join(ROOT, 'scripts/generate.ts'), ...parameters];
    return spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
  }

  test('--check lists the files that differ and fails; without it they are written', () => {
    const out = mkdtempSync(join(tmpdir(), 'keelson-generate-'));
    const options = ['--wsdl', LENDING, '--out', out];
    const before = run('--check', ...options);
    const written = run(...options);
    const after = run('--check', ...options);
    rmSync(out, { recursive: true });
    expect(before).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(`differs: ${join(out, 'types.ts')}`),
    });
    expect(written).toMatchObject({ status: 0, stderr: '' });
    expect(after).toMatchObject({ status: 0, stdout: '' });
  });

  test('a misspelt option is one line and status 2', () => {
    const { status, stderr } = run('--chekc');
    expect(status).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
