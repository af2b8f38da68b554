/**
 * Plays the calls of a recording against a fresh provider, one after the other, as its clients made them: the same
 * requests, with the ids that this provider gives. Tasks are followed until they end, however often they are asked
 * after; where the recording waited, the replay waits.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { LIMITS } from '../../model/limits.ts';
import { payloadOf } from '../report/tree.ts';
import { endOf } from '../world/tasks.ts';
import { compareAnswers, whole } from './answers.ts';
import type { ReplayClients, Sent } from './clients.ts';
import { type Difference, noteIds } from './compare.ts';
import type { RecordedCall, Recording } from './format.ts';
import type { Leaving } from './leaving.ts';
import type { Mapping } from './mapping.ts';
import { type RequestOptions, requestOf } from './request.ts';
import { taskIn } from './tasks.ts';

/** A recorded call, and what came of it. */
export interface ReplayedCall {
  readonly call: RecordedCall;
  /** Number of its exchange in the replay; undefined: it could not be sent. */
  readonly exchange: number | undefined;
  readonly differences: readonly Difference[];
}

export interface PlayerOptions {
  readonly recording: Recording;
  readonly clients: ReplayClients;
  readonly mapping: Mapping;
  readonly request: RequestOptions;
  readonly leaving: Leaving;
  readonly signal: AbortSignal;
}

/** Shorter waits are the runner's own: making keys, asking after tasks. */
const PAUSE_FROM_MS = 1_000;
/** For a task that has ended in the recording. */
const TASK_MS = 120_000;

export class Player {
  readonly #options: PlayerOptions;
  /** When the last call of the recording was over, of all until now. */
  #over = 0;

  constructor(options: PlayerOptions) {
    this.#options = options;
  }

  /** Plays the next call. Resolves whatever comes; rejects only when the replay is told to stop. */
  async play(call: RecordedCall): Promise<ReplayedCall> {
    await this.#wait(call);
    const { clients, leaving, request: options } = this.#options;
    let sent: Sent;
    let request: string;
    try {
      request = await requestOf(call.request, options);
      sent = await clients.send(call, request);
    } catch (error) {
      return this.#notSent(call, error);
    }
    const { number, status, fault } = sent.exchange;
    if (status !== 0 && fault === undefined) leaving.note(call, request, sent.wire.answer);
    const before = taskIn(call.answer);
    const late = before?.hasEnded === true && (await this.#followed(call, sent));
    if (late === 'never')
      return {
        ...{ call, exchange: number },
        differences: [whole('the task does not end', '', '')],
      };
    const last = late === false ? sent : late;
    return { call, exchange: number, differences: this.#compared(call, last) };
  }

  /** The exchange that tells the end of a task that this one tells as under way; false: there is none. */
  async #followed(call: RecordedCall, sent: Sent): Promise<Sent | 'never' | false> {
    const { clients, leaving } = this.#options;
    const task = taskIn(sent.wire.answer);
    if (task === undefined || task.hasEnded) return false;
    const client = await clients.clientOf(call.client);
    const started = { taskId: task.taskId, taskState: 'Running' };
    const polled = () => endOf(client, started as Parameters<typeof endOf>[1], TASK_MS);
    const last = await clients.sentBy(polled);
    const end = taskIn(last.wire.answer);
    if (end?.hasEnded === false) return 'never';
    leaving.note(call, '', last.wire.answer);
    return last;
  }

  #compared(call: RecordedCall, { exchange, wire }: Sent): readonly Difference[] {
    const { clients, mapping } = this.#options;
    const isUnderWay = taskIn(call.answer)?.hasEnded === false;
    const answer = clients.plain(wire.answer, call);
    // The end of a task is told by another operation than the one that started it.
    return compareAnswers(call, { ...exchange, answer }, { mapping, isUnderWay });
  }

  #notSent(call: RecordedCall, error: unknown): ReplayedCall {
    const payload = call.answer === '' ? undefined : payloadOf(call.answer);
    if (payload !== undefined) noteIds(payload, this.#options.mapping);
    const words = error instanceof Error ? error.message : String(error);
    return { call, exchange: undefined, differences: [whole('not sent', '', words)] };
  }

  /** Waits as the recording did, when nothing of it was under way. */
  async #wait({ at, ms, operation }: RecordedCall): Promise<void> {
    const { signal } = this.#options;
    const gap = Math.min(at - this.#over, LIMITS.replayPauseMs);
    this.#over = Math.max(this.#over, at + ms);
    if (gap >= PAUSE_FROM_MS && operation !== 'getTaskUpdate')
      await pause(gap, undefined, { signal });
    signal.throwIfAborted();
  }
}
