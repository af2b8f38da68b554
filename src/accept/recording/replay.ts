/**
 * A replay: plays a recording against a fresh provider and says what is otherwise. Its result has the form of a run,
 * so that the same reports are made of it: a scenario fails where the provider answers otherwise than the recorded.
 */
import { join } from 'node:path';
import { packageRoot } from '../../run/places.ts';
import type { Acceptance } from '../accept.ts';
import { openContracts } from '../accept.ts';
import type { Exchange } from '../client/exchange.ts';
import { judgedBy, type KnownDifferences, settledAmong } from '../known-differences.ts';
import type { ScenarioResult } from '../run.ts';
import type { Scenario } from '../scenario.ts';
import { isOfTheRun } from '../scenarios/whole-run.ts';
import { meetTarget, type TargetOptions } from '../world/target.ts';
import { ReplayClients } from './clients.ts';
import type { Difference } from './compare.ts';
import type { LeftOut, RecordedCall, Recording } from './format.ts';
import { Leaving } from './leaving.ts';
import { differenceText } from './line.ts';
import { Mapping } from './mapping.ts';
import { Player, type ReplayedCall } from './player.ts';
import { scenarioOf } from './scenarios.ts';
import { Twins } from './twins.ts';

export interface ReplayOptions extends TargetOptions {
  readonly recording: Recording;
  /** Only these scenarios, by id or chapter, beside the opening and end of the run; none: all. */
  readonly only?: readonly string[];
  /** Lets calls be replayed that replace the provider's own certificate, for good. */
  readonly changeCertificate?: boolean;
  /** Scenarios that may have differences. */
  readonly known?: KnownDifferences;
  /** A folder with `vasa-1.0` and `vasa-2.0`; the product's own unless another is given. */
  readonly wsdl?: string;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly onResult: (result: ScenarioResult, done: number, all: number) => void;
}

export interface Replay extends Acceptance {
  readonly recording: Recording;
  readonly calls: readonly ReplayedCall[];
  /** How many calls were to be made. */
  readonly wanted: number;
  /** Scenarios that were not replayed: not recorded, or not allowed. */
  readonly leftOut: readonly LeftOut[];
  /** False: it was told to stop. */
  readonly isWhole: boolean;
}

/** Calls of one scenario that follow each other. */
interface Part {
  readonly scenario: Scenario;
  readonly calls: readonly RecordedCall[];
}

/** Replays a recording. Rejects when the provider cannot be met; with RangeError when `only` names nothing in it. */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const { recording, now, signal, onResult, known = new Map() } = options;
  const { parts, leftOut } = chosenParts(options);
  const target = await meetTarget(options);
  const contracts = openContracts(options.wsdl ?? join(packageRoot(), 'wsdl'));
  const exchanges: Exchange[] = [];
  const onExchange = (exchange: Exchange) => void exchanges.push(exchange);
  const twins = new Twins(recording, now);
  const mapping = new Mapping();
  const request = { target, mapping, twins };
  const clients = new ReplayClients({ recording, target, contracts, twins, now, onExchange });
  const leaving = new Leaving({ recording, clients, request });
  const player = new Player({ recording, clients, mapping, request, leaving, signal });
  const startedAt = now();
  const played: PlayedPart[] = [];
  const resultOf = (part: PlayedPart) => judgedBy(known, resultOfPart(part, mapping));
  let left: readonly string[] = [];
  try {
    for (const part of parts) {
      if (signal.aborted) break;
      const last = await playedPart(part, { player, exchanges, now });
      played.push(last);
      onResult(resultOf(last), played.length, parts.length);
    }
  } finally {
    left = await leaving.all();
    clients.close();
    for (const { schemas } of contracts.values()) schemas.dispose();
  }
  // What only a later page of events has shown is known now.
  const results = played.map(resultOf);
  const calls = played.flatMap((part) => part.calls.map((each) => settled(each, mapping)));
  return {
    wanted: parts.reduce((sum, part) => sum + part.calls.length, 0),
    ...{ recording, calls, leftOut, isWhole: !signal.aborted, target, soap: recording.header.soap },
    ...{ isOpen: true, startedAt, ms: now() - startedAt, exchanges, left, offers: [] },
    results: [...results, ...leftOut.map((each) => skippedResult(each, now()))],
    settled: settledAmong(known, results),
  };
}

interface Playing {
  readonly player: Player;
  readonly exchanges: readonly Exchange[];
  readonly now: () => number;
}

interface PlayedPart extends Pick<ScenarioResult, 'scenario' | 'startedAt' | 'ms' | 'exchanges'> {
  readonly calls: readonly ReplayedCall[];
}

async function playedPart(
  { scenario, calls }: Part,
  { player, exchanges, now }: Playing,
): Promise<PlayedPart> {
  const startedAt = now();
  const first = exchanges.length;
  const played: ReplayedCall[] = [];
  try {
    for (const call of calls) played.push(await player.play(call));
  } catch (error) {
    // What stops a replay is the signal; anything else is our own mistake.
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
  }
  const own = exchanges.slice(first).map(({ number }) => number);
  return { scenario, startedAt, ms: now() - startedAt, exchanges: own, calls: played };
}

/** Without the events that have turned up on another page. */
function settled(call: ReplayedCall, mapping: Mapping): ReplayedCall {
  const isLeft = ({ event }: Difference) =>
    event === undefined || !mapping.hasCounterpart(event.side, 'eventId', event.id);
  return { ...call, differences: call.differences.filter(isLeft) };
}

function resultOfPart({ calls, ...part }: PlayedPart, mapping: Mapping): ScenarioResult {
  const reasons = calls
    .map((each) => settled(each, mapping))
    .flatMap((each) => each.differences.map((difference) => differenceText(each, difference)));
  const outcome = reasons.length === 0 ? 'passed' : 'failed';
  return { ...part, reasons, outcome, steps: part.exchanges.length };
}

/** The recording in parts, without those that may not be replayed. */
function chosenParts({ recording, only = [], changeCertificate = false }: ReplayOptions) {
  const parts: { readonly scenario: Scenario; readonly calls: RecordedCall[] }[] = [];
  for (const call of recording.calls) {
    const scenario = scenarioOf(call.scenario);
    const last = parts.at(-1);
    if (last?.scenario.id === scenario.id) last.calls.push(call);
    else parts.push({ scenario, calls: [call] });
  }
  const isNamed = ({ scenario }: Part, name: string) =>
    name === scenario.id || name === scenario.chapter;
  const strange = only.find((name) => !parts.some((each) => isNamed(each, name)));
  if (strange !== undefined) throw new RangeError(`the recording has no scenario ${strange}`);
  const isChosen = (each: Part) =>
    only.length === 0 || isOfTheRun(each.scenario) || only.some((name) => isNamed(each, name));
  const chosen = withSessions(parts.filter(isChosen), recording);
  const isAllowed = ({ calls }: Part) => changeCertificate || !calls.some(changesCertificate);
  const leftOut = chosen
    .filter((each) => !isAllowed(each))
    .map(({ scenario, calls }) => ({
      ...{ scenario: scenario.id, calls: calls.length },
      reason: 'it replaces the provider’s own certificate; --change-certificate allows it',
    }));
  return { parts: chosen.filter(isAllowed), leftOut: [...recording.leftOut, ...leftOut] };
}

/** Each part with the calls before it that gave it its sessions, where no chosen part makes them. */
function withSessions(parts: readonly Part[], { calls }: Recording): readonly Part[] {
  const given = new Set<string>();
  return parts.map(({ scenario, calls: own }) => {
    const before: RecordedCall[] = [];
    for (const call of own) {
      const label = /\{\{(session \d+)\}\}/.exec(call.session ?? '')?.[1];
      const giving = calls.find((each) => each.given === label);
      if (label !== undefined && !given.has(label) && giving !== undefined) before.push(giving);
      for (const each of [label, call.given]) if (each !== undefined) given.add(each);
    }
    return { scenario, calls: [...before, ...own] };
  });
}

function changesCertificate({ operation, fault, status }: RecordedCall): boolean {
  return (
    operation === 'registerCASignedProviderCertificate' && fault === undefined && status === 200
  );
}

function skippedResult({ scenario, reason }: LeftOut, at: number): ScenarioResult {
  return {
    ...{ scenario: scenarioOf(scenario), outcome: 'skipped', reasons: [reason] },
    ...{ startedAt: at, ms: 0, exchanges: [], steps: 0 },
  };
}
