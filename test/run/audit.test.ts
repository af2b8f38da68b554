/**
 * Goal: whatever changes whom a provider trusts, or how it behaves, is in its audit trail with who did it: a vCenter
 * over the wire, an operator by command, somebody on the console, the provider itself; and no secret is.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readTrailFiles } from '../../src/audit/files.ts';
import type { AuditRecord } from '../../src/audit/record.ts';
import { verifyTrail } from '../../src/audit/verify.ts';
import { trustActions } from '../../src/run/audit/trust.ts';
import { auditedActions, auditedVerbs } from '../../src/run/audit/verbs.ts';
import { onStage, type Stage } from '../support/scenes/stage.ts';
import { USER } from '../support/server-process.ts';

const SECRET = 'a password that nobody may find';
let logs: string;
let records: readonly AuditRecord[];
let text: string;
let after: readonly AuditRecord[];
let metrics: string;

function trailOf(stage: Stage): readonly AuditRecord[] {
  const found: AuditRecord[] = [];
  const files = readTrailFiles(stage.provider().dataDirectory);
  expect(verifyTrail(files, undefined, (record) => found.push(record)).broken).toBeUndefined();
  return found;
}

beforeAll(async () => {
  logs = mkdtempSync(join(tmpdir(), 'keelson-audit-run-'));
  await onStage(
    { config: { clock: { movable: true } } },
    { directory: logs, verbose: false },
    async (stage) => {
      const { administration, administrationFor, consoleLogin, dataDirectory } = stage.provider();
      await administration.saveUser('somebody', SECRET);
      await administration.clock.moveBy(60_000);
      await expect(administration.faults.add({ nonsense: true })).rejects.toThrow();
      const console = { kind: 'console', user: 'somebody', peerAddress: '192.0.2.7' } as const;
      consoleLogin({ user: 'somebody', peerAddress: '192.0.2.7', outcome: 'ok' });
      await administrationFor(console).verboseOn({ host: 'h', seconds: 5 });
      for (let time = 0; time < 100; time += 1) {
        consoleLogin({ user: `guess ${time}`, peerAddress: '192.0.2.8', outcome: 'refused' });
      }
      records = trailOf(stage);
      text = readFileSync(join(dataDirectory, 'audit.jsonl'), 'utf8');
      const file = join(dataDirectory, 'audit.jsonl');
      writeFileSync(file, text.replace('"somebody"', '"nobody"'));
      await stage.restart('in order');
      after = trailOf(stage);
      metrics = await stage.provider().metrics();
    },
  );
}, 60_000);
afterAll(() => rmSync(logs, { recursive: true, force: true }));

const of = (action: string) => records.filter((record) => record.action === action);

it('has what a vCenter did, with its user, address and certificate', () => {
  const [registered] = of('trust.registered');
  expect(registered?.actor).toMatchObject({
    kind: 'client',
    user: USER.name,
    peerAddress: '127.0.0.1',
  });
  expect(registered?.details).toMatchObject({ change: 'added' });
  const [installed] = of('certificate.installed');
  expect(installed).toMatchObject({ actor: { kind: 'provider' }, outcome: 'told' });
  expect(of('trust.vcenter_learned')).not.toHaveLength(0);
});

it('has what an operator ordered: before it was done, and how it ended', () => {
  const [begun, done] = of('user.save').filter(({ subject }) => subject === 'somebody');
  expect(begun).toMatchObject({ outcome: 'begun', actor: { kind: 'operator' } });
  expect(done).toMatchObject({ outcome: 'done', details: { of: begun?.seq, outcome: 'added' } });
  expect(of('clock.move').map(({ outcome }) => outcome)).toEqual(['begun', 'done']);
  expect(of('fault.add').map(({ outcome }) => outcome)).toEqual(['begun', 'failed']);
});

it('has who was on the console, and what was done there', () => {
  const actor = { kind: 'console', user: 'somebody', peerAddress: '192.0.2.7' };
  expect(of('console.login')[0]).toMatchObject({ actor, details: { outcome: 'ok' } });
  expect(of('verbose.on')[0]).toMatchObject({ actor, details: { host: 'h', seconds: 5 } });
});

it('is not filled by strangers', () => {
  const refused = of('console.login').filter(({ details }) => details['outcome'] === 'refused');
  expect(refused.length).toBeGreaterThan(10);
  expect(refused.length).toBeLessThanOrEqual(60);
});

it('tells when the provider began and ended, and holds no secret', () => {
  expect(of('provider.started')).toHaveLength(1);
  for (const secret of [SECRET, USER.password, 'PRIVATE KEY']) expect(text).not.toContain(secret);
});

it('that was changed while the provider stood still is told: in the log, the metrics and the new trail', () => {
  expect(after[0]).toMatchObject({ action: 'audit.broken', actor: { kind: 'provider' } });
  const lines = readFileSync(join(logs, 'keelson.log'), 'utf8');
  expect(lines).toContain('"id":"audit.broken"');
  expect(metrics).toMatch(/^keelson_audit_intact 0$/m);
});

it('is explained: every action that is written stands in docs/audit.md', () => {
  const root = join(import.meta.dirname, '../..');
  const page = readFileSync(join(root, 'docs/audit.md'), 'utf8');
  const sources = ['src/audit/trail.ts', 'src/run/audit/audit.ts', 'src/run/provider.ts'];
  const named = sources.flatMap((name) =>
    readFileSync(join(root, name), 'utf8').match(
      /(?<=')(audit|login|console|provider|user)\.[a-z_]+(?=')/g,
    ),
  );
  expect(named).toContain('audit.rotated');
  for (const action of [...named, ...records.map((record) => record.action)]) {
    if (action !== 'audit.write_failed') expect(page).toContain(`\`${action}\``);
  }
});

it('knows every verb: what none of its rules names is not passed on', async () => {
  const actions = [...auditedActions(), ...trustActions()];
  expect(new Set(actions).size).toBe(actions.length);
  for (const action of actions) expect(action).toMatch(/^[a-z]+\.[a-z_]+$/);
  const asked: string[] = [];
  const wrapped = auditedVerbs({ status: async () => never() }, async (order, work) => {
    asked.push(order.action);
    return work();
  });
  await expect(wrapped.status()).rejects.toThrow('asked');
  expect(asked).toEqual([]);
});

function never(): never {
  throw new Error('asked');
}
