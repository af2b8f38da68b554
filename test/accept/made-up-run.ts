/** A run that never was, small and whole, for tests of the reports. */
import type { Acceptance } from '../../src/accept/accept.ts';
import type { Exchange } from '../../src/accept/client/exchange.ts';
import type { ScenarioResult } from '../../src/accept/run.ts';

const BEGUN = Date.UTC(2026, 10, 22, 12);

const envelope = (body: string) =>
  `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${body}</S:Body></S:Envelope>`;

/** What an exchange of a test says; all else is made up. */
export interface Told extends Partial<Omit<Exchange, 'request' | 'answer'>> {
  readonly operation: string;
  /** Inside the Body. */
  readonly request?: string;
  readonly answer?: string;
}

function exchangeOf(number: number, told: Told): Exchange {
  const { operation, request, answer, fault, ...others } = told;
  return {
    ...{ number, client: 'host 1.1', api: '2.0', soap: '1.1', operation, at: BEGUN + number * 10 },
    ...{ ms: number, status: fault === undefined ? 200 : 500, fault, server: 'Example/1.0' },
    complaints: [],
    ...others,
    request: envelope(request ?? `<v:${operation} xmlns:v="urn:v"/>`),
    answer: envelope(
      answer ??
        (fault === undefined
          ? `<v:${operation}Response xmlns:v="urn:v"/>`
          : `<S:Fault><faultcode>S:Server</faultcode><faultstring>no</faultstring></S:Fault>`),
    ),
  };
}

/** What a scenario of a test says. */
export interface ToldScenario {
  readonly id: string;
  readonly outcome?: ScenarioResult['outcome'];
  readonly reasons?: readonly string[];
  readonly needs?: ScenarioResult['scenario']['needs'];
  readonly calls?: readonly Told[];
  /** How many of them are its own; default: all. */
  readonly steps?: number;
}

/** A run of these scenarios, with their calls in order. */
export function madeUpRun(
  scenarios: readonly ToldScenario[],
  changes: Partial<Acceptance> = {},
): Acceptance {
  const exchanges: Exchange[] = [
    exchangeOf(1, {
      operation: 'setContext',
      client: 'vCenter 1',
      answer:
        '<v:setContextResponse xmlns:v="urn:v"><return><name>Example</name><sessionId>***</sessionId><supportedProfile>BlockDeviceProfile</supportedProfile></return></v:setContextResponse>',
    }),
  ];
  const results = scenarios.map((told, index): ScenarioResult => {
    const own = (told.calls ?? []).map((call) => {
      const made = exchangeOf(exchanges.length + 1, call);
      exchanges.push(made);
      return made.number;
    });
    const { id, outcome = 'passed', reasons = [], needs = [], steps = own.length } = told;
    return {
      scenario: {
        ...{ id, chapter: 'volumes', sentence: `What ${id} says`, proves: 'Something matters.' },
        source: { text: 'a made-up source', mark: 'seen' },
        needs,
        run: async () => undefined,
      },
      ...{ outcome, reasons, startedAt: BEGUN + index * 1000, ms: 25, exchanges: own, steps },
    };
  });
  const services = new Map([['2.0', 'https://vp.example.com/vasa/2.0'] as const]);
  return {
    ...{ startedAt: BEGUN, ms: 1500, results, exchanges, left: [], settled: [], soap: '1.1' },
    ...{ offers: ['api 2.0'], isOpen: true },
    target: { url: 'https://vp.example.com/vasa/version.xml', versionXml: '<versions/>', services },
    ...changes,
  };
}
