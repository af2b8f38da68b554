/**
 * What a replay has made and registered and not taken back, because it was stopped, or because a recorded call
 * that takes it back could not be sent. Where the recording's own calls leave nothing, nothing is asked.
 */
import type { VasaClient } from '../client/client.ts';
import { Undo } from '../world/undo.ts';
import { deleteWherever } from '../world/world.ts';
import type { ReplayClients } from './clients.ts';
import type { RecordedCall, Recording } from './format.ts';
import { type RequestOptions, requestOf } from './request.ts';
import { taskIn } from './tasks.ts';

/** Operations whose tasks make volumes. */
const MAKES = /^(create|clone|fastClone|prepareToSnapshot|snapshot)/;
const REGISTERS = /^register(CACertificatesAndCRLs|VASACertificate)$/;
const CERTIFICATE = /\{\{(certificate \d+)/g;

export interface LeavingOptions {
  readonly recording: Recording;
  readonly clients: ReplayClients;
  readonly request: RequestOptions;
}

export class Leaving {
  readonly #options: LeavingOptions;
  readonly #undo = new Undo();
  /** How to forget a volume or registration, by its id or placeholder. */
  readonly #forget = new Map<string, () => void>();
  /** Operations by the task that they started. */
  readonly #started = new Map<string, string>();
  #keeper: Promise<VasaClient> | undefined;

  constructor(options: LeavingOptions) {
    this.#options = options;
  }

  /** Notes what a call that was answered has made, or taken back. */
  note(call: RecordedCall, request: string, answer: string): void {
    const task = taskIn(answer);
    if (task !== undefined) this.#noteTask(call, task);
    if (call.operation === 'deleteVirtualVolume')
      for (const [, id] of request.matchAll(/<(?:[\w-]+:)?vvolId>([^<]+)</g)) this.#gone(id ?? '');
    const certificates = [...call.request.matchAll(CERTIFICATE)].map(([, name]) => name ?? '');
    if (REGISTERS.test(call.operation))
      for (const each of certificates)
        this.#add(each, () => this.#unregister(each), `unregister ${each} of the recording`);
    if (call.operation === 'unregisterVASACertificate')
      for (const each of certificates) this.#gone(each);
  }

  /** Takes all of it back. What could not be, each in a sentence. */
  all(): Promise<readonly string[]> {
    return this.#undo.all();
  }

  #noteTask({ operation }: RecordedCall, task: NonNullable<ReturnType<typeof taskIn>>): void {
    const { taskId, made } = task;
    const by = operation === 'getTaskUpdate' ? (this.#started.get(taskId) ?? '') : operation;
    this.#started.set(taskId, by);
    if (made === undefined || !MAKES.test(by)) return;
    this.#add(made, async () => deleteWherever(await this.#keeperAgain(), made), `delete ${made}`);
  }

  #add(key: string, undo: () => Promise<unknown>, what: string): void {
    if (!this.#forget.has(key)) this.#forget.set(key, this.#undo.add(what, undo));
  }

  #gone(key: string): void {
    this.#forget.get(key)?.();
    this.#forget.delete(key);
  }

  /** The first client of the recording that had a session, with a new one: it deletes what is left. */
  #keeperAgain(): Promise<VasaClient> {
    const { calls } = this.#options.recording;
    const opening = calls.find((each) => opensSession(each) && !isRefused(each));
    if (opening === undefined) return Promise.reject(new Error('nobody has a session'));
    this.#keeper ??= this.#opened(opening);
    return this.#keeper;
  }

  /** As the recording did later on, or would have. */
  async #unregister(certificate: string): Promise<void> {
    const { calls, clients } = this.#options.recording;
    const leaving = calls.find(
      (each) =>
        each.operation === 'unregisterVASACertificate' &&
        !isRefused(each) &&
        each.request.includes(`{{${certificate}`),
    );
    if (leaving === undefined) throw new Error('the recording does not say how');
    const chain = String(clients.get(leaving.client)?.chain);
    const opening = calls.find(
      (each) =>
        opensSession(each) && !isRefused(each) && String(clients.get(each.client)?.chain) === chain,
    );
    const client = opening
      ? await this.#opened(opening)
      : await this.#options.clients.clientOf(leaving.client);
    const request = await requestOf(leaving.request, this.#options.request);
    const { fault } = await client.send(leaving.operation, request);
    if (fault !== undefined) throw new Error(`it is refused with ${fault.name ?? fault.text}`);
  }

  async #opened(opening: RecordedCall): Promise<VasaClient> {
    const client = await this.#options.clients.clientOf(opening.client);
    client.session = undefined;
    await client.send(opening.operation, await requestOf(opening.request, this.#options.request));
    return client;
  }
}

function opensSession({ operation }: RecordedCall): boolean {
  return operation === 'setContext';
}

function isRefused({ status, fault }: RecordedCall): boolean {
  return status === 0 || fault !== undefined;
}
