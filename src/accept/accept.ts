/**
 * The acceptance runner as a library: plays vCenter and hosts against a provider and gives what was found. It
 * knows an address, credentials and the protocol; a vendor's own tests may call it as the command does.
 */
import { join } from 'node:path';
import { packageRoot } from '../run/places.ts';
import { compileCodec } from '../wire/codec.ts';
import { service as service10 } from '../wire/generated/vasa-1.0/service.ts';
import { service as service20 } from '../wire/generated/vasa-2.0/service.ts';
import type { Contract } from './client/client.ts';
import type { ApiVersion } from './client/exchange.ts';
import { compileSchemas } from './client/schemas.ts';
import { judgedBy, type KnownDifferences, settledAmong } from './known-differences.ts';
import {
  type OnExchange,
  type RunResult,
  resultsOf,
  runScenarios,
  type ScenarioResult,
} from './run.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { meetTarget, type Target, TargetError, type TargetOptions } from './world/target.ts';

export interface AcceptOptions extends TargetOptions {
  /** Ids, or the beginnings of ids up to a dot; none: all. */
  readonly only: readonly string[];
  readonly hosts: number;
  readonly soap: '1.1' | '1.2';
  /** Only this version of the API; else each that the provider serves. */
  readonly api?: ApiVersion | undefined;
  /** Lets a scenario replace the provider's own certificate, for good. */
  readonly changeCertificate?: boolean;
  /** Lets a scenario try the user's name with a wrong password, once; default: yes. */
  readonly wrongPassword?: boolean;
  /** Lets a scenario restart the provider; resolves when the one of before is gone. */
  readonly restart?: (() => Promise<void>) | undefined;
  /** Failures that do not fail the run. */
  readonly known?: KnownDifferences;
  /** A folder with `vasa-1.0` and `vasa-2.0`; the product's own unless another is given. */
  readonly wsdl?: string;
  /** Time of day, ms since the epoch. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly onResult: (result: ScenarioResult, done: number, all: number) => void;
  /** Sees each exchange as it is kept, for a recording. */
  readonly onExchange?: OnExchange | undefined;
}

export interface Acceptance extends RunResult {
  readonly target: Pick<Target, 'url' | 'versionXml' | 'services'>;
  readonly soap: '1.1' | '1.2';
  /** Ids listed as known differences that passed: the list is out of date. */
  readonly settled: readonly string[];
}

/** Calls of one run: a whole run makes some thousands. */
const CALLS_MAX = 100_000;

const NONE: KnownDifferences = new Map();

/** Scenarios of these ids or chapters. Throws when one names nothing. */
export function chosenScenarios(only: readonly string[]): readonly Scenario[] {
  const strange = only.find((each) => !SCENARIOS.some((scenario) => isNamed(scenario, each)));
  if (strange !== undefined) throw new RangeError(`there is no scenario ${strange}`);
  if (only.length === 0) return SCENARIOS;
  return SCENARIOS.filter((scenario) => only.some((each) => isNamed(scenario, each)));
}

function isNamed({ id, chapter }: Scenario, name: string): boolean {
  return id === name || chapter === name;
}

/** Runs the chosen scenarios. Rejects with TargetError when the provider cannot be met, or does not serve `api`. */
export async function accept(options: AcceptOptions): Promise<Acceptance> {
  const scenarios = chosenScenarios(options.only);
  const target = await meetTarget(options);
  if (options.api !== undefined && !target.services.has(options.api))
    throw new TargetError(`${options.url} names no service of VASA ${options.api}`);
  const contracts = openContracts(options.wsdl ?? join(packageRoot(), 'wsdl'));
  try {
    const { hosts, soap, now, signal, onResult, known = NONE } = options;
    const { api, changeCertificate = false, wrongPassword = true, restart, onExchange } = options;
    const run = await runScenarios({
      ...{ target, hosts, soap, contracts, now, scenarios, signal, onExchange },
      allowed: { api, changeCertificate, wrongPassword, restart },
      onResult: (result, done) => onResult(judgedBy(known, result), done, resultsOf(scenarios)),
      callsMax: CALLS_MAX,
    });
    const results = run.results.map((result) => judgedBy(known, result));
    return { ...run, results, target, soap, settled: settledAmong(known, results) };
  } finally {
    for (const { schemas } of contracts.values()) schemas.dispose();
  }
}

/** What messages are written, read and checked by, from a folder as `AcceptOptions.wsdl`. Dispose of the schemas after use. */
export function openContracts(wsdl: string): ReadonlyMap<ApiVersion, Contract> {
  const contract = (api: ApiVersion, service: typeof service20): Contract => ({
    api,
    codec: compileCodec(service),
    schemas: compileSchemas(`${wsdl}/vasa-${api}`),
  });
  return new Map([
    ['1.0', contract('1.0', service10)],
    ['2.0', contract('2.0', service20)],
  ]);
}
