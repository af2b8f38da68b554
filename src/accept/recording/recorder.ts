/**
 * Records a run: takes every exchange as it goes over the wire, takes secrets out at once, and gives the lines of a
 * recording when the run is over. Keys of clients stay where they are: of certificates only what is public is kept.
 */
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { Acceptance } from '../accept.ts';
import type { Exchange, Wire } from '../client/exchange.ts';
import type { Scenario } from '../scenario.ts';
import { FORMAT, type LeftOut, type Line, type RecordedCall, VERSION } from './format.ts';
import { type Labels, redacted } from './redaction.ts';

/** Chapters, and single scenarios, whose calls say nothing when they are made again, and why. */
const NOT_RECORDED: Readonly<Record<string, string>> = {
  load: 'many calls side by side, whose order is chance',
  hostile: 'bytes that are no calls',
  restart: 'the provider was restarted meanwhile',
  'snapshots.too-late-is-not-taken': 'whether there is time enough is chance',
};

function whyNotRecorded({ id, chapter }: Scenario): string | undefined {
  return NOT_RECORDED[id] ?? NOT_RECORDED[chapter];
}

/** Shorter values are words like any other; as secrets they would be found out anyway. */
const SECRET_CHARACTERS = 8;

export interface RecorderOptions {
  /** Who registers: taken out of the requests. */
  readonly user: string;
  readonly password: string;
  /** Release signature of the runner. */
  readonly madeBy: string;
}

/** Takes the exchanges of one run. */
export class RunRecorder {
  readonly #options: RecorderOptions;
  readonly #things: Line[] = [];
  readonly #calls: RecordedCall[] = [];
  readonly #clients = new Map<object, number>();
  readonly #certificates = new Map<string, number>();
  readonly #lists = new Map<string, number>();
  readonly #sessions = new Map<string, string>();
  /** Calls that were answered with a signing request, by the key that it names. */
  readonly #requests = new Map<string, number>();
  #startedAt: number | undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** For `AcceptOptions.onExchange`. */
  readonly take = (exchange: Exchange, wire: Wire): void => {
    this.#startedAt ??= exchange.at;
    const at = Math.max(0, exchange.at - this.#startedAt);
    const labels = this.#labels(exchange.number, at);
    const client = this.#clientOf(exchange, wire, at);
    const { session, given } = wire;
    const sent = session === undefined ? {} : { session: this.#cookie(session) };
    const came =
      given === undefined
        ? {}
        : { given: given === '0' ? 'ended' : this.#session(given, 'session') };
    const { number, operation, ms, status, fault, complaints } = exchange;
    this.#calls.push({
      ...{ kind: 'call', number, client, operation, at, ms, ...sent, ...came },
      request: this.#scrubbed(redacted(wire.request, labels), wire),
      status,
      ...(fault === undefined ? {} : { fault }),
      answer: this.#scrubbed(redacted(wire.answer, labels), wire),
      complaints: complaints.map((each) => this.#scrubbed(each, wire)),
    });
  };

  /** The lines of the recording of this run. */
  *lines(run: Acceptance): Generator<Line> {
    const scenarios = new Map(
      run.results.flatMap(({ scenario, exchanges }) => exchanges.map((each) => [each, scenario])),
    );
    const reasonOf = (number: number) => {
      const scenario = scenarios.get(number);
      return scenario === undefined ? undefined : whyNotRecorded(scenario);
    };
    const { madeBy } = this.#options;
    const startedAt = new Date(this.#startedAt ?? run.startedAt).toISOString();
    const { url } = run.target;
    const servers = [...new Set(run.exchanges.flatMap(({ server }) => server ?? []))];
    yield {
      ...{ kind: 'recording', format: FORMAT, version: VERSION, madeBy, startedAt, url, servers },
      soap: run.soap,
    };
    yield* this.#things;
    let calls = 0;
    for (const call of this.#calls) {
      if (reasonOf(call.number) !== undefined) continue;
      calls += 1;
      const scenario = scenarios.get(call.number)?.id;
      yield scenario === undefined ? call : { ...call, scenario };
    }
    yield { kind: 'end', calls, leftOut: leftOutOf(run) };
  }

  #labels(call: number, at: number): Labels {
    return {
      ...this.#options,
      session: (id) => this.#session(id, 'session'),
      certificate: (certificate) => this.#certificateOf(certificate, at),
      list: (list) => {
        const key = digestOf(list.rawData);
        const known = this.#lists.get(key);
        if (known !== undefined) return known;
        const number = this.#lists.size + 1;
        this.#lists.set(key, number);
        this.#things.push({ kind: 'list', number, at, pem: list.toString('pem') });
        return number;
      },
      request: (request) => this.#requests.set(digestOf(request.publicKey.rawData), call),
    };
  }

  /** What stands in the cookie: sessions by their labels, within what else a client may write there. */
  #cookie(text: string): string {
    const known = this.#sessions.get(text);
    if (known !== undefined) return `{{${known}}}`;
    for (const [id, label] of this.#sessions)
      if (id.length >= SECRET_CHARACTERS && text.includes(id))
        return text.replace(id, `{{${label}}}`);
    return `{{${this.#session(text, 'made up')}}}`;
  }

  #session(id: string, kind: 'session' | 'made up'): string {
    const known = this.#sessions.get(id);
    if (known !== undefined) return known;
    const label = `${kind} ${this.#sessions.size + 1}`;
    this.#sessions.set(id, label);
    return label;
  }

  #certificateOf(certificate: x509.X509Certificate, at: number): number {
    const key = digestOf(certificate.rawData);
    const known = this.#certificates.get(key);
    if (known !== undefined) return known;
    const number = this.#certificates.size + 1;
    this.#certificates.set(key, number);
    const requestedBy = this.#requests.get(digestOf(certificate.publicKey.rawData));
    this.#things.push({
      ...{ kind: 'certificate', number, at, pem: certificate.toString('pem') },
      ...(requestedBy === undefined ? {} : { requestedBy }),
    });
    return number;
  }

  #clientOf({ client: name, api, soap }: Exchange, wire: Wire, at: number): number {
    const known = this.#clients.get(wire.client);
    if (known !== undefined) return known;
    const number = this.#clients.size + 1;
    this.#clients.set(wire.client, number);
    const numbers = (pem: string) =>
      pemsIn(pem).map((each) => this.#certificateOf(new x509.X509Certificate(each), at));
    const chain = wire.chainPem === undefined ? [] : numbers(wire.chainPem);
    // The first is the provider's own, which a replay is given anew.
    const trusts = wire.trust.slice(1).flatMap(numbers);
    this.#things.push({ kind: 'client', number, name, api, soap, chain, trusts });
    return number;
  }

  /** Without what is secret, wherever else it may stand. */
  #scrubbed(text: string, { session, given }: Wire): string {
    return [this.#options.password, session, given]
      .filter((each) => each !== undefined && each.length >= SECRET_CHARACTERS)
      .reduce<string>((left, each) => left.replaceAll(String(each), '***'), text);
  }
}

function leftOutOf({ results }: Acceptance): LeftOut[] {
  return results.flatMap(({ scenario, exchanges, outcome }) => {
    const reason = whyNotRecorded(scenario);
    if (reason === undefined || outcome === 'skipped') return [];
    return [{ scenario: scenario.id, reason, calls: exchanges.length }];
  });
}

function pemsIn(text: string): readonly string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
}

function digestOf(bytes: ArrayBuffer): string {
  return createHash('sha256').update(Buffer.from(bytes)).digest('hex');
}
