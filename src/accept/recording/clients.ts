/**
 * The clients of a replay: one for each of the recording, with the twin of its certificate and connections of its
 * own; the sessions that they have in the replay; and what each exchange was, without credentials.
 */
import { randomBytes } from 'node:crypto';
import type { Contract } from '../client/client.ts';
import { VasaClient } from '../client/client.ts';
import type { ApiVersion, Exchange, Recorder, Wire } from '../client/exchange.ts';
import type { Target } from '../world/target.ts';
import type { RecordedCall, Recording } from './format.ts';
import { type Labels, redacted } from './redaction.ts';
import { Unsendable } from './request.ts';
import type { Twins } from './twins.ts';

/** One exchange of the replay. */
export interface Sent {
  readonly exchange: Exchange;
  readonly wire: Wire;
}

export interface ClientsOptions {
  readonly recording: Recording;
  readonly target: Target;
  readonly contracts: ReadonlyMap<ApiVersion, Contract>;
  readonly twins: Twins;
  readonly now: () => number;
  readonly onExchange: (exchange: Exchange) => void;
}

/** A session in a recorded cookie or answer. */
const SESSION = /\{\{((?:session|made up) \d+)\}\}/;

export class ReplayClients implements Recorder {
  readonly #options: ClientsOptions;
  readonly #clients = new Map<number, VasaClient>();
  /** By label of the recording. */
  readonly #sessions = new Map<string, string>();
  #last: Sent | undefined;
  #count = 0;

  constructor(options: ClientsOptions) {
    this.#options = options;
  }

  take(taken: Omit<Exchange, 'number'>, wire: Wire): void {
    this.#count += 1;
    const exchange = { number: this.#count, ...taken };
    this.#last = { exchange, wire };
    this.#options.onExchange(exchange);
  }

  /** Sends a request in the place of a recorded call. Rejects with Unsendable. */
  async send(call: RecordedCall, request: string): Promise<Sent> {
    const client = await this.clientOf(call.client);
    client.session = this.#cookieOf(call);
    const sent = await this.sentBy(() => client.send(call.operation, request));
    const { given } = sent.wire;
    if (call.given !== undefined && call.given !== 'ended' && given !== undefined && given !== '0')
      this.#sessions.set(call.given, given);
    return sent;
  }

  /** The last exchange of what `call` does, which may well be refused. */
  async sentBy(call: () => Promise<unknown>): Promise<Sent> {
    this.#last = undefined;
    let failure: unknown;
    await call().catch((error: unknown) => {
      failure = error;
    });
    // What fails without an exchange was never sent.
    const last: Sent | undefined = this.#last;
    if (last !== undefined) return last;
    throw new Unsendable(failure instanceof Error ? failure.message : String(failure));
  }

  /** The client that stands for one of the recording. */
  async clientOf(number: number): Promise<VasaClient> {
    const known = this.#clients.get(number);
    if (known !== undefined) return known;
    const { recording, target, contracts, twins, now } = this.#options;
    const recorded = recording.clients.get(number);
    if (recorded === undefined) throw new Unsendable(`there is no client ${number}`);
    const { name, api, soap, chain, trusts } = recorded;
    const [contract, url] = [contracts.get(api), target.services.get(api)];
    if (contract === undefined || url === undefined)
      throw new Unsendable(`the provider serves no VASA ${api}`);
    const identity = chain.length === 0 ? undefined : await this.#identityOf(chain);
    const authorities = await Promise.all(trusts.map((each) => twins.certificate(each)));
    const made = new VasaClient({
      ...{ name, url, identity, contract, soap, recorder: this, now },
      trust: [target.trust, ...authorities.map(({ certificate }) => certificate.toString('pem'))],
      timeoutMs: target.timeoutMs,
    });
    this.#clients.set(number, made);
    return made;
  }

  /** The answer that came in the place of a recorded one, without credentials, which are named as they are there. */
  plain(xml: string, call: RecordedCall): string {
    const { target, twins } = this.#options;
    const label = SESSION.exec(call.answer)?.[1];
    const labels: Labels = {
      ...{ user: target.user, password: target.password },
      session: (id) => {
        if (label !== undefined) this.#sessions.set(label, id);
        return label;
      },
      certificate: (certificate) => twins.numberOf(certificate),
      list: (list) => twins.numberOf(list),
      request: (request) => twins.requests.set(call.number, request),
    };
    return redacted(xml, labels);
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  /** The session cookie, as the recorded call had it. */
  #cookieOf({ session }: RecordedCall): string | undefined {
    return session?.replace(SESSION, (_, label: string) => this.#sessionOf(label));
  }

  #sessionOf(label: string): string {
    const known = this.#sessions.get(label);
    if (known !== undefined) return known;
    if (!label.startsWith('made up'))
      throw new Unsendable(`${label} was never given in the replay`);
    const madeUp = randomBytes(16).toString('hex');
    this.#sessions.set(label, madeUp);
    return madeUp;
  }

  async #identityOf(chain: readonly number[]) {
    const twins = await Promise.all(chain.map((each) => this.#options.twins.certificate(each)));
    const chainPem = twins.map(({ certificate }) => `${certificate.toString('pem')}\n`).join('');
    const keyPem = twins[0]?.keyPem;
    if (keyPem === undefined) throw new Unsendable('the certificate has no key');
    return { chainPem, keyPem };
  }
}
