/**
 * The seams of the provider at which a mutant is put in: each function takes a good part and gives it with what
 * the mutant breaks in it. They are asked when the part is made, so that one mutant is one provider.
 */
import type { OpenedArray } from '../../../src/array/opening.ts';
import type { OpenContext } from '../../../src/operations/context.ts';
import type { Sessions } from '../../../src/trust/sessions.ts';
import type { Trust } from '../../../src/trust/trust.ts';
import type { OperationTable } from '../../../src/wire/call.ts';
import type { Dispatcher, SoapAnswer } from '../../../src/wire/dispatch.ts';
import type { Listener } from '../../../src/wire/listener.ts';
import type { WireServer, WireServerOptions } from '../../../src/wire/server.ts';
import type { Breakage, TextAnswer } from './mutant.ts';

/** The parts of `whole`, some replaced. Methods keep the object that they belong to. */
function replacing<Whole extends object>(whole: Whole, parts: Partial<Whole> = {}): Whole {
  const get = (_target: object, name: string | symbol): unknown => {
    const from = name in parts ? parts : whole;
    const value: unknown = Reflect.get(from, name, from);
    return typeof value === 'function' ? value.bind(from) : value;
  };
  // Every property is answered from the whole or its replacements.
  return new Proxy({}, { get }) as Whole;
}

export function brokenArray(good: OpenedArray, { array }: Breakage): OpenedArray {
  return { ...good, ...array?.(good) };
}

export function brokenSessions(good: Sessions, { sessions }: Breakage): Sessions {
  return replacing(good, sessions?.(good));
}

export function brokenTrust(good: Trust, { trust }: Breakage): Trust {
  return replacing(good, trust?.(good));
}

export function brokenTable(
  good: OperationTable<OpenContext>,
  { handlers = {} }: Breakage,
): OperationTable<OpenContext> {
  const table: Record<string, OperationTable<OpenContext>[string]> = { ...good };
  for (const [name, broken] of Object.entries(handlers)) {
    const row = good[name];
    if (row === undefined) throw new RangeError(`the provider does not serve ${name}`);
    // The types of the handler were those of its name where the mutant was written.
    table[name] = { ...row, handler: broken(row.handler as never) as never };
  }
  return table;
}

function withText({ body, ...answer }: SoapAnswer): TextAnswer {
  const text = typeof body === 'string' ? body : Buffer.concat(body).toString('utf8');
  return { ...answer, body: text };
}

export function brokenDispatcher(good: Dispatcher, { answer }: Breakage): Dispatcher {
  if (answer === undefined) return good;
  return {
    ...good,
    answer: async (asked) => answer(withText(await good.answer(asked)), asked),
    refuse: (error, soap) => answer(withText(good.refuse(error, soap)), undefined),
  };
}

export function brokenServed(good: WireServerOptions, { served }: Breakage): WireServerOptions {
  return { ...good, ...served?.(good) };
}

export function brokenServer(good: WireServer, { server }: Breakage): WireServer {
  return { ...good, ...server?.(good) };
}

export function brokenListener(good: Listener, { listener }: Breakage): Listener {
  listener?.(good);
  return good;
}
