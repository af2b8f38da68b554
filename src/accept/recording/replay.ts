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
import { meetTarget, type TargetOptions } from '../world/target.ts';
import { ReplayClients } from './clients.ts';
import type { LeftOut, RecordedCall, Recording } from './format.ts';
import { Leaving } from './leaving.ts';
import { Mapping } from './mapping.ts';
import { Player, type ReplayedCall } from './player.ts';
import { scenarioOf } from './scenarios.ts';
import { Twins } from './twins.ts';
import { differenceText } from './words.ts';

export interface ReplayOptions extends TargetOptions {
  readonly recording: Recording;
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

/** Replays a recording. Rejects when the provider cannot be met. */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const { recording, now, signal, onResult, known = new Map() } = options;
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
  const { parts, leftOut } = chosenParts(recording, options.changeCertificate === true);
  const startedAt = now();
  const calls: ReplayedCall[] = [];
  const results: ScenarioResult[] = [];
  let left: readonly string[] = [];
  try {
    for (const part of parts) {
      if (signal.aborted) break;
      const played = await playedPart(part, { player, exchanges, now });
      calls.push(...played.calls);
      const result = judgedBy(known, played.result);
      results.push(result);
      onResult(result, results.length, parts.length);
    }
  } finally {
    left = await leaving.all();
    clients.close();
    for (const { schemas } of contracts.values()) schemas.dispose();
  }
  return {
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

async function playedPart({ scenario, calls }: Part, { player, exchanges, now }: Playing) {
  const startedAt = now();
  const first = exchanges.length;
  const played: ReplayedCall[] = [];
  try {
    for (const call of calls) played.push(await player.play(call));
  } catch (error) {
    // What stops a replay is the signal; all else is a difference, and ours to mend where it is not.
    if (!(error instanceof Error && /^AbortError$/.test(error.name))) throw error;
  }
  const reasons = played.flatMap((each) =>
    each.differences.map((difference) => differenceText(each, difference)),
  );
  const own = exchanges.slice(first).map(({ number }) => number);
  const result: ScenarioResult = {
    ...{ scenario, reasons, startedAt, ms: now() - startedAt },
    ...{ exchanges: own, steps: own.length, outcome: reasons.length === 0 ? 'passed' : 'failed' },
  };
  return { calls: played, result };
}

/** The recording in parts, without those that may not be replayed. */
function chosenParts(recording: Recording, mayChangeCertificate: boolean) {
  const parts: { readonly scenario: Scenario; readonly calls: RecordedCall[] }[] = [];
  for (const call of recording.calls) {
    const scenario = scenarioOf(call.scenario);
    const last = parts.at(-1);
    if (last?.scenario.id === scenario.id) last.calls.push(call);
    else parts.push({ scenario, calls: [call] });
  }
  const isAllowed = ({ calls }: Part) => mayChangeCertificate || !calls.some(changesCertificate);
  const leftOut = parts
    .filter((each) => !isAllowed(each))
    .map(({ scenario, calls }) => ({
      ...{ scenario: scenario.id, calls: calls.length },
      reason: 'it replaces the provider’s own certificate; --change-certificate allows it',
    }));
  return { parts: parts.filter(isAllowed), leftOut: [...recording.leftOut, ...leftOut] };
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
