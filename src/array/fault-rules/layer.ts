/**
 * The one wrapper by which fault rules are laid over an array, whatever is behind the port. A call that
 * no rule hits goes through as it is; with no rules at all that costs one look at their number. Each
 * thing injected is told, so that nobody takes it for a failure of the array.
 */
import type { Job } from '../../model/array.ts';
import type { Clock } from '../../model/clock.ts';
import type { HostId } from '../../model/ids.ts';
import { ArrayError } from '../errors.ts';
import type { StorageArrayPort } from '../port.ts';
import { HeldJobs } from './held-jobs.ts';
import { heldView } from './held-view.ts';
import { facedCall } from './places.ts';
import { whileDegraded } from './pools.ts';
import { effectText, type FaultEffect, type FaultRuleReport, meets } from './rule.ts';
import type { FaultRules } from './rules.ts';
import { isPortMethod, type PortMethod, type Subject, subjectOf } from './subject.ts';

/** Whose call of the provider it is. */
export interface FaultCaller {
  /** VASA operation. */
  readonly operation: string;
  readonly hostId: HostId | undefined;
  /** Told of all that was injected into the call so far, in words. */
  readonly injected: (what: readonly string[]) => void;
}

export interface FaultSurroundings {
  readonly clock: Clock;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Ends the process at once. */
  readonly crash: () => void;
  /** Told of an injection that is in nobody's call, or ends the process. */
  readonly tell: (what: string, method: PortMethod) => void;
}

/** An array under rules. */
export interface FaultLayer {
  /** For calls that are nobody's: rules about hosts and VASA operations do not meet them. */
  readonly array: StorageArrayPort;
  /** For one call of a client. */
  arrayFor(caller: FaultCaller): StorageArrayPort;
}

type Attempt = (...args: readonly unknown[]) => Promise<unknown>;

/** Lays rules over an array; they may change at any time. */
export function withFaultRules(
  port: StorageArrayPort,
  rules: FaultRules,
  surroundings: FaultSurroundings,
): FaultLayer {
  const held = new HeldJobs(surroundings.clock);
  const shown = heldView(port, held);
  const over = (caller: FaultCaller | undefined): StorageArrayPort => {
    const injected: string[] = [];
    const tell = ({ id, rule: { effect } }: FaultRuleReport, method: PortMethod) => {
      const what = `${id}: ${effectText(effect)}`;
      injected.push(what);
      caller?.injected(injected);
      if (caller === undefined || effect.kind === 'crash') surroundings.tell(what, method);
    };
    const call = async (method: PortMethod, args: readonly unknown[]): Promise<unknown> => {
      const subject = subjectOf(method, args);
      const faced = await facedCall({ port, rules, caller, method, subject });
      const hits = rules.hits(faced);
      for (const hit of hits) tell(hit, method);
      const effects = hits.map(({ rule }) => rule.effect);
      // The view is a port; the arguments are those that the method itself was called with.
      const attempt = shown[method].bind(shown) as Attempt;
      return underEffects(
        { port, rules, held, surroundings, effects, subject },
        method,
        attempt,
        args,
      );
    };
    return new Proxy(port, {
      get(target, name) {
        const own: unknown = Reflect.get(target, name, target);
        if (typeof own !== 'function' || !isPortMethod(name)) return own;
        return (...args: unknown[]) =>
          rules.size === 0 && held.size === 0 ? Reflect.apply(own, target, args) : call(name, args);
      },
    });
  };
  const array = over(undefined);
  return {
    array,
    arrayFor: (caller) => (rules.size === 0 && held.size === 0 ? array : over(caller)),
  };
}

interface Effects {
  readonly port: StorageArrayPort;
  readonly rules: FaultRules;
  readonly held: HeldJobs;
  readonly surroundings: FaultSurroundings;
  readonly effects: readonly FaultEffect[];
  readonly subject: Subject;
}

/** The call with all that is to go wrong before, in and after it, in the order of the rules. */
async function underEffects(
  parts: Effects,
  method: PortMethod,
  attempt: Attempt,
  args: readonly unknown[],
): Promise<unknown> {
  const { effects } = parts;
  for (const effect of effects) await before(parts, effect);
  let answer = await attempt(...withoutGone(effects, method, args));
  for (const effect of effects) answer = await after(parts, effect, method, answer);
  return answer;
}

async function before({ rules, surroundings }: Effects, effect: FaultEffect): Promise<void> {
  if (effect.kind === 'error') throw new ArrayError(effect.error, effect.message);
  if (effect.kind === 'delay' && effect.at === 'before') await surroundings.pause(effect.ms);
  if (effect.kind !== 'crash' || effect.at === 'after') return;
  if (effect.at === 'before') surroundings.crash();
  else rules.arm(effect.at);
}

async function after(
  { port, held, surroundings, subject }: Effects,
  effect: FaultEffect,
  method: PortMethod,
  answer: unknown,
): Promise<unknown> {
  if (effect.kind === 'delay' && effect.at === 'after') await surroundings.pause(effect.ms);
  if (effect.kind === 'delay' && effect.at === 'during') {
    // A rule that holds jobs is about methods that start them, and nothing else (config checks it).
    const job = answer as Job;
    held.hold(job.jobId, effect.ms, subject.makes);
    return held.seen(job);
  }
  if (effect.kind === 'crash' && effect.at === 'after') surroundings.crash();
  if (effect.kind === 'lostReply') {
    await surroundings.pause(effect.afterMs);
    throw new ArrayError('failed', 'the connection to the array was lost before it answered');
  }
  if (effect.kind === 'poolDegraded') return whileDegraded(port, effect, method, answer);
  if (effect.kind === 'endpointGone' && method === 'endpoints') {
    const endpoints = answer as Awaited<ReturnType<StorageArrayPort['endpoints']>>;
    return endpoints.map((endpoint) =>
      meets(effect.endpoint, endpoint.endpointId) ? { ...endpoint, online: false } : endpoint,
    );
  }
  return answer;
}

/** The arguments of a bind without the candidates that are gone; of other methods as they are. */
function withoutGone(
  effects: readonly FaultEffect[],
  method: PortMethod,
  args: readonly unknown[],
): readonly unknown[] {
  const gone = effects.flatMap((each) => (each.kind === 'endpointGone' ? [each.endpoint] : []));
  if (method !== 'bind' || gone.length === 0) return args;
  // As the port declares them.
  const [vvolId, hostId, options] = args as Parameters<StorageArrayPort['bind']>;
  const isThere = (id: string) => !gone.some((pattern) => meets(pattern, id));
  return [vvolId, hostId, { ...options, candidates: options.candidates.filter(isThere) }];
}
