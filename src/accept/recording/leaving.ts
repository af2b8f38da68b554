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
const MAKES = /^(create|clone|fastClone)/;
const REGISTERS = /^register(CACertificatesAndCRLs|VASACertificate)$/;
const CERTIFICATE = /\{\{(certificate \d+)/g;

export interface LeavingOptions {
  readonly recording: Recording;
  readonly clients: ReplayClients;
  readonly request: RequestOptions;
}

export class Leaving {
  readonly #options: LeavingOptions;
  readonly #volumes = new Undo();
  readonly #registrations = new Undo();
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
      for (const id of idsIn(request, 'vvolId')) this.#gone(id);
    // What is only prepared is no volume yet.
    if (call.operation === 'snapshotVirtualVolume')
      for (const id of idsIn(request, 'vvolId')) this.#made(id);
    const certificates = namesIn(call);
    if (REGISTERS.test(call.operation)) for (const each of certificates) this.#registered(each);
    if (call.operation === 'unregisterVASACertificate')
      for (const each of certificates) this.#gone(each);
  }

  /** Takes all of it back. What could not be, each in a sentence. */
  async all(): Promise<readonly string[]> {
    const volumes = await this.#volumes.all();
    return [...volumes, ...(await this.#registrations.all())];
  }

  #noteTask({ operation }: RecordedCall, task: NonNullable<ReturnType<typeof taskIn>>): void {
    const { taskId, made } = task;
    const by = operation === 'getTaskUpdate' ? (this.#started.get(taskId) ?? '') : operation;
    this.#started.set(taskId, by);
    if (made !== undefined && MAKES.test(by)) this.#made(made);
  }

  #made(vvolId: string): void {
    if (this.#forget.has(vvolId)) return;
    const undo = async () => deleteWherever(await this.#keeperAgain(), vvolId);
    this.#forget.set(vvolId, this.#volumes.add(`delete ${vvolId}`, undo));
  }

  #registered(certificate: string): void {
    if (this.#forget.has(certificate)) return;
    const undo = () => this.#unregister(certificate);
    const what = `unregister ${certificate} of the recording`;
    this.#forget.set(certificate, this.#registrations.add(what, undo));
  }

  #gone(key: string): void {
    this.#forget.get(key)?.();
    this.#forget.delete(key);
  }

  /** The first client of the recording that had a session, with a new one: it deletes what is left. */
  #keeperAgain(): Promise<VasaClient> {
    this.#keeper ??= this.#openKeeper();
    return this.#keeper;
  }

  async #openKeeper(): Promise<VasaClient> {
    const { calls } = this.#options.recording;
    const registering = calls.find((each) => REGISTERS.test(each.operation) && !isRefused(each));
    const opening = calls.find((each) => opensSession(each) && !isRefused(each));
    if (registering === undefined || opening === undefined) throw new Error('nobody has a session');
    const certificates = namesIn(registering);
    if (!certificates.some((each) => this.#forget.has(each))) {
      await this.#sent(registering);
      for (const each of certificates) this.#registered(each);
    }
    return this.#opened(opening);
  }

  /** As the recording did later on, or would have. */
  async #unregister(certificate: string): Promise<void> {
    const { calls, clients } = this.#options.recording;
    const leaving = calls.find(
      (each) =>
        each.operation === 'unregisterVASACertificate' &&
        !isRefused(each) &&
        namesIn(each).includes(certificate),
    );
    if (leaving === undefined) throw new Error('the recording does not say how');
    const chain = String(clients.get(leaving.client)?.chain);
    const opening = calls.find(
      (each) =>
        opensSession(each) && !isRefused(each) && String(clients.get(each.client)?.chain) === chain,
    );
    if (opening !== undefined) {
      // The client that leaves may be another one of the same certificate.
      const { session } = await this.#opened(opening);
      (await this.#options.clients.clientOf(leaving.client)).session = session;
    }
    await this.#sent(leaving);
  }

  async #opened(opening: RecordedCall): Promise<VasaClient> {
    const client = await this.#options.clients.clientOf(opening.client);
    client.session = undefined;
    await this.#sent(opening);
    return client;
  }

  /** Makes a recorded call again, in the session that its client has. */
  async #sent({ client: number, operation, request }: RecordedCall): Promise<void> {
    const client = await this.#options.clients.clientOf(number);
    const { fault } = await client.send(operation, await requestOf(request, this.#options.request));
    if (fault !== undefined) throw new Error(`${operation} answered ${fault.name ?? fault.text}`);
  }
}

function idsIn(request: string, element: string): readonly string[] {
  const leaves = new RegExp(`<(?:[\\w-]+:)?${element}>([^<]+)<`, 'g');
  return [...request.matchAll(leaves)].map(([, id]) => id ?? '');
}

function namesIn({ request }: RecordedCall): readonly string[] {
  return [...request.matchAll(CERTIFICATE)].map(([, name]) => name ?? '');
}

function opensSession({ operation }: RecordedCall): boolean {
  return operation === 'setContext';
}

function isRefused({ status, fault }: RecordedCall): boolean {
  return status === 0 || fault !== undefined;
}
