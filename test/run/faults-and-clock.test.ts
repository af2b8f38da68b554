/**
 * Goal: the built program takes fault rules from a file and from its commands, and lets its clock be moved
 * only where the configuration says so; what waits for the time notices at once.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { keelson } from '../cli/support.ts';
import { openSession, register } from '../support/registered.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { textsOf } from '../support/soap-client.ts';

const folders: string[] = [];
const running: ServerProcess[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.end('SIGKILL');
});
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

async function started(environment: Record<string, string>, rules?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-faults-'));
  folders.push(folder);
  const file = join(folder, 'rules.yaml');
  if (rules !== undefined) writeFileSync(file, rules);
  const fromFile: Record<string, string> =
    rules === undefined ? {} : { KEELSON_FAULT_RULES_FILE: file };
  const server = await startServer(folder, { environment: { ...fromFile, ...environment } });
  running.push(server);
  const at = ['--data-dir', join(folder, 'data')];
  const run = (...args: string[]) => keelson([...args, ...at]);
  return { server, file, run };
}

it('rules come from the file and by command, and go again', async () => {
  const rules = '- {id: ill, on: queryArrays, error: failed, skip: 1, most: 1}\n';
  const { server, file, run } = await started({ KEELSON_FAULT_RULES_SEED: 'fixed' }, rules);
  expect(server.output()).toMatch(/a fault rule is in force/);
  const vcenter = await register(server.ready);
  const host = await vcenter.host('00000000-0000-4000-8000-000000000001');
  const faults = [];
  for (let turn = 0; turn < 3; turn += 1) faults.push((await host.call('queryArrays', '')).fault);
  expect(faults).toEqual([undefined, 'StorageFault', undefined]);
  host.close();

  const full = '{on: createVirtualVolume, noSpace: true, most: 3, probability: 0.5}';
  expect(await run('fault', 'add', full)).toMatchObject({
    code: 0,
    stdout:
      'rule-1: error noSpace on createVirtualVolume; probability 0.5; most 3 (matched 0, injected 0)\n',
  });
  const list = (await run('fault', 'list')).stdout;
  expect(list).toContain('seed fixed\n');
  expect(list).toContain(
    'ill: error failed on queryArrays; skip 1; most 1 (matched 3, injected 1)',
  );
  const { stdout: status } = await run('status');
  expect(status).toContain('fault rules      2');
  expect(status).toMatch(/^connections +\d+, \d+ of them silent$/m);
  expect(status).toMatch(/^handshakes +0 under way, 0 waiting, 0 slow, \d+ done, 0 dropped$/m);
  for (const lane of ['session', 'urgent', 'normal', 'bulk']) {
    expect(status).toMatch(new RegExp(`^calls, ${lane} +0 under way, 0 waiting, \\d+ let in`, 'm'));
  }
  const taken = await run('fault', 'add', '--file', file);
  expect(taken).toMatchObject({ code: 9, stderr: 'keelson: there is a fault rule ill already\n' });
  const wrong = await run('fault', 'add', '{on: bind, colour: red, noSpace: true}');
  expect(wrong).toMatchObject({ code: 9 });
  expect(wrong.stderr).toContain('Unrecognized key: "colour"');
  expect((await run('fault', 'add')).code).toBe(2);
  expect((await run('fault', 'remove', 'ill')).stdout).toBe('removed ill\n');
  expect((await run('fault', 'remove', 'ill')).code).toBe(9);
  expect((await run('fault', 'clear')).stdout).toBe('removed: 1\n');
  expect((await run('fault', 'list')).stdout).toBe('no fault rules\n');
});

it('pools that a rule degrades are alarms at once, for as long as the rule is there', async () => {
  const { server, run } = await started({});
  const vcenter = await register(server.ready);
  const host = await vcenter.host('00000000-0000-4000-8000-000000000001');
  const alarms = async () => textsOf(await host.ask('getAlarms', ''), 'messageId');
  const patience = { timeout: 10_000 };
  expect((await run('fault', 'add', "{poolDegraded: '*'}")).code).toBe(0);
  await expect.poll(alarms, patience).toContain('Keelson.Alarm.PoolHealth.Yellow');
  expect((await run('fault', 'clear')).code).toBe(0);
  await expect.poll(() => server.output(), patience).toContain('Keelson.Alarm.PoolHealth.Green');
  host.close();
}, 60_000);

it('a file of rules that makes no sense keeps the provider from starting', async () => {
  await expect(started({}, '- {on: bind}\n')).rejects.toThrow(
    /rules\.yaml: rule 1: effect: give exactly one of/,
  );
});

it('the clock moves, and sessions and certificates notice', async () => {
  const { server, run } = await started({ KEELSON_CLOCK_MOVABLE: 'true' });
  const vcenter = await register(server.ready);
  const identity = await vcenter.authority.issueClient();
  const host = vcenter.client(identity);
  await openSession(host, '00000000-0000-4000-8000-000000000001');
  expect((await run('status')).stdout).toContain('sessions         1');
  expect((await run('clock', 'show')).stdout).toMatch(/, the machine's time\n$/);
  expect((await run('clock', 'move', '+2h')).stdout).toContain(
    "7200 s ahead of the machine's time",
  );
  const moved = (await run('status')).stdout;
  expect(moved).toContain('sessions         0\n');
  expect(moved).toContain('clock            moved by 7200 s: ');
  expect((await host.call('queryArrays', '')).fault).toBe('InvalidSession');
  expect((await run('clock', 'move', '3h', '--back')).stdout).toContain('3600 s behind');
  expect((await run('clock', 'move', 'soon')).code).toBe(2);
  const far = await run('clock', 'move', '9000d');
  expect(far).toMatchObject({ code: 9 });
  expect((await run('clock', 'reset')).stdout).toMatch(/, the machine's time\n$/);
  await openSession(host, '00000000-0000-4000-8000-000000000001');
  expect(textsOf(await host.ask('queryArrays', ''), 'arrayName').length).toBeGreaterThan(0);
  host.close();
  expect(server.output()).toMatch(/"subject":"clock".*"offset_seconds":7200/);
  const times = [...server.output().matchAll(/"time":"([^"]+)"/g)].map(([, time = '']) => time);
  expect(Math.abs(Date.parse(times.at(-1) ?? '') - Date.now()), 'the log keeps time').toBeLessThan(
    60_000,
  );
});

it('a clock that must not move stays', async () => {
  const { run } = await started({});
  const moved = await run('clock', 'move', '+1d');
  expect(moved).toMatchObject({ code: 9 });
  expect(moved.stderr).toContain('the setting clock.movable is false');
  expect((await run('clock', 'show')).stdout).toContain('cannot be moved');
});
