/**
 * Fault rules in a running provider: those of the file at its start, those that the operator adds, laid
 * over the array; every rule and every injection that is in nobody's call has a line in the log.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultAdministration, FaultSummary } from '../admin/faults.ts';
import { AdminError } from '../admin/port.ts';
import { type FaultLayer, withFaultRules } from '../array/fault-rules/layer.ts';
import { effectText, type FaultRuleReport } from '../array/fault-rules/rule.ts';
import { FaultRuleError, FaultRules } from '../array/fault-rules/rules.ts';
import type { StorageArrayPort } from '../array/port.ts';
import { ConfigError } from '../config/errors.ts';
import { faultRuleOf, readFaultRules } from '../config/fault-rules.ts';
import type { Config } from '../config/schema.ts';
import type { Log } from '../log/log.ts';
import type { Clock } from '../model/clock.ts';

interface FaultParts {
  readonly config: Config['faultRules'];
  readonly clock: Clock;
  readonly log: Log;
}

/** What cannot be caught, and leaves nothing to be tidied: the death that the product must survive. */
function crash(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** The rules of the file in force. Throws ConfigError. */
export function openFaultRules({ config, clock, log }: FaultParts): FaultRules {
  const seed = config.seed ?? randomBytes(8).toString('hex');
  const rules = new FaultRules({ seed, clock, crash });
  for (const rule of readFaultRules(config.file)) {
    try {
      added(rules.add(rule), rules, log);
    } catch (error) {
      if (error instanceof FaultRuleError)
        throw new ConfigError(`${config.file}: ${error.message}`);
      throw error;
    }
  }
  return rules;
}

function added(id: string, rules: FaultRules, log: Log): FaultSummary {
  const report = rules.list().find((each) => each.id === id);
  if (report === undefined) throw new Error(`fault rule ${id} is gone`);
  const summary = summaryOf(report);
  const { seed } = rules;
  log.notice('faults.rule_added', { rule_id: id, rule: summary.rule, seed });
  return summary;
}

function summaryOf({ id, rule, matched, injected }: FaultRuleReport): FaultSummary {
  const { effect, on, from, until, most, probability, skip, ...words } = rule;
  const iso = (at: number | undefined) =>
    at === undefined ? undefined : new Date(at).toISOString();
  const limits = {
    host: words.host,
    volume: words.volume,
    container: words.container,
    array: words.array,
    probability: probability === 1 ? undefined : probability,
    skip: skip === 0 ? undefined : skip,
    most,
    from: iso(from),
    until: iso(until),
  };
  const texts = Object.entries(limits).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${value}`],
  );
  return {
    id,
    rule: [`${effectText(effect)} on ${on.join(', ')}`, ...texts].join('; '),
    matched,
    injected,
  };
}

/** The array under the rules. */
export function layFaultRules(
  port: StorageArrayPort,
  rules: FaultRules,
  { clock, log }: Pick<FaultParts, 'clock' | 'log'>,
): FaultLayer {
  return withFaultRules(port, rules, {
    clock,
    pause: async (ms) => {
      await pause(ms, undefined, { ref: false });
    },
    crash,
    tell: (rule, method) => log.notice('faults.injected', { rule, method }),
  });
}

/** Effects on how the array looks, rather than on what its calls do. */
const LOOKS: ReadonlySet<string> = new Set(['endpointGone', 'poolDegraded']);

/** The operator's orders about rules. `looksOther`: told that the array looks otherwise from now on. */
export function faultAdministration(
  rules: FaultRules,
  log: Log,
  looksOther: () => void,
): FaultAdministration {
  return {
    list: async () => ({ seed: rules.seed, rules: rules.list().map(summaryOf) }),
    add: async (written) => {
      try {
        const rule = faultRuleOf(written);
        const summary = added(rules.add(rule), rules, log);
        // Not for others: what they are to hit shall be a call that somebody makes.
        if (LOOKS.has(rule.effect.kind)) looksOther();
        return summary;
      } catch (error) {
        const refused = error instanceof ConfigError || error instanceof FaultRuleError;
        throw refused ? new AdminError(error.message) : error;
      }
    },
    remove: async (id) => {
      if (!rules.remove(id)) throw new AdminError(`there is no fault rule ${id}`);
      log.notice('faults.rule_removed', { rule_id: id });
      looksOther();
    },
    clear: async () => {
      const count = rules.clear();
      if (count > 0) log.notice('faults.rules_cleared', { count });
      looksOther();
      return { count };
    },
  };
}
