/**
 * Goal: the acceptance runner finds faults. Each mutant is our provider with one thing broken; the scenario that
 * it names must fail, in the words that it names. The same scenarios pass on the provider as it is, so that what
 * they find is the fault and nothing else.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chosenScenarios } from '../../../src/accept/accept.ts';
import { MUTANTS } from './all.ts';
import type { Breakage } from './mutant.ts';
import { type Contracts, openContracts, play } from './playing.ts';
import {
  brokenArray,
  brokenDispatcher,
  brokenListener,
  brokenServed,
  brokenServer,
  brokenSessions,
  brokenTable,
  brokenTrust,
} from './seams.ts';

/** Only on a machine that is loaded does it take longer than a second or two. */
const ONE_MS = 60_000;

const inForce: { breakage: Breakage } = vi.hoisted(() => ({ breakage: {} }));

vi.mock(import('../../../src/run/load-array.ts'), async (original) => {
  const good = await original();
  const loadArray: typeof good.loadArray = async (...args) =>
    brokenArray(await good.loadArray(...args), inForce.breakage);
  return { ...good, loadArray };
});

vi.mock(import('../../../src/trust/sessions.ts'), async (original) => {
  const good = await original();
  return {
    ...good,
    createSessions: (...args) => brokenSessions(good.createSessions(...args), inForce.breakage),
  };
});

vi.mock(import('../../../src/trust/trust.ts'), async (original) => {
  const good = await original();
  const cheap = { keyKind: 'ecdsa', passwordCost: { ln: 4, r: 1, p: 1 } } as const;
  const openTrust: typeof good.openTrust = async (options) =>
    brokenTrust(await good.openTrust({ ...options, ...cheap }), inForce.breakage);
  return { ...good, openTrust };
});

vi.mock(import('../../../src/wire/dispatch.ts'), async (original) => {
  const good = await original();
  const createDispatcher = (options: Parameters<typeof good.createDispatcher>[0]) => {
    const operations = brokenTable(options.operations as never, inForce.breakage);
    return brokenDispatcher(
      good.createDispatcher({ ...options, operations: operations as never }),
      inForce.breakage,
    );
  };
  // The provider makes dispatchers of one kind of context only.
  return { ...good, createDispatcher: createDispatcher as never };
});

vi.mock(import('../../../src/wire/server.ts'), async (original) => {
  const good = await original();
  const createWireServer: typeof good.createWireServer = async (options) =>
    brokenServer(
      await good.createWireServer(brokenServed(options, inForce.breakage)),
      inForce.breakage,
    );
  return { ...good, createWireServer };
});

vi.mock(import('../../../src/wire/listener.ts'), async (original) => {
  const good = await original();
  const createListener: typeof good.createListener = (options) =>
    brokenListener(good.createListener(options), inForce.breakage);
  return { ...good, createListener };
});

vi.mock(import('../../../src/wire/media.ts'), async (original) => {
  const good = await original();
  const readSessionCookie: typeof good.readSessionCookie = (header) =>
    (inForce.breakage.cookie ?? good.readSessionCookie)(header ?? '');
  return { ...good, readSessionCookie };
});

let contracts: Contracts;
beforeAll(() => {
  contracts = openContracts();
});
afterAll(() => {
  for (const { schemas } of contracts.values()) schemas.dispose();
});

const named = [...new Set(MUTANTS.map((each) => each.caughtBy))];

describe('the list of mutants', () => {
  it('names each of them once', () => {
    expect(new Set(MUTANTS.map((each) => each.id)).size).toBe(MUTANTS.length);
    for (const { id } of MUTANTS) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});

describe('the provider as it is', () => {
  it('passes every scenario that must catch a mutant', { timeout: 5 * ONE_MS }, async () => {
    inForce.breakage = {};
    const { results, left } = await play(contracts, named);
    const bad = results.filter((each) => each.outcome !== 'passed');
    expect(bad.map(({ scenario: { id }, outcome, reasons }) => [id, outcome, reasons])).toEqual([]);
    expect(results).toHaveLength(chosenScenarios(named).length);
    expect(left).toEqual([]);
  });
});

describe('a provider', () => {
  it.each(MUTANTS)('$id is caught by $caughtBy', { timeout: ONE_MS }, async (mutant) => {
    inForce.breakage = mutant;
    const chosen = chosenScenarios([mutant.caughtBy]);
    const onRestart = (): void => {
      inForce.breakage = mutant.afterRestart ?? mutant;
    };
    const run = await play(contracts, [mutant.caughtBy], { hurry: mutant.hurry, onRestart });
    const results = run.results.filter(({ scenario }) => chosen.includes(scenario));
    expect(results.length).toBeGreaterThan(0);
    expect(
      results.filter((each) => each.outcome !== 'failed').map(({ scenario }) => scenario.id),
    ).toEqual([]);
    for (const { reasons } of results) expect(reasons.join('\n')).toMatch(mutant.says);
  });
});
