/**
 * The calls by which hosts work with volumes, each with its template: what mix, migration and the cost of single
 * calls are made of. A volume that was made is known here until it is deleted, so that nothing stays behind.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Meter } from '../meter.ts';
import { CallFailure } from './failure.ts';
import { unbindOf } from './handles.ts';
import type { Host } from './host.ts';
import { HOLE, type Message, type Messages, NUMBER_HOLE, type Template } from './messages.ts';
import { textIn, textsIn } from './reading.ts';

export interface VolumeWish {
  readonly vvolType: 'Config' | 'Data' | 'Swap';
  readonly sizeInMB: bigint;
}

const TASK_PAUSE_MS = 20;
const TASK_ENDS_WITHIN_MS = 120_000;
const NAME = 'VMW_VVolName';

export class Work {
  readonly #messages: Messages;
  readonly #containerId: string;
  readonly #templates: Record<
    'bind' | 'events' | 'info' | 'metadata' | 'remove' | 'task',
    Template
  >;
  readonly #unbind: (bound: string) => Message;
  /** Ids of the volumes that were made and not deleted. */
  readonly left = new Set<string>();
  /** What of `left` is found with a fast search. */
  readonly #creates = new Map<string, Message>();

  constructor(messages: Messages, containerId: string) {
    this.#messages = messages;
    this.#containerId = containerId;
    const bind = { vvolId: [HOLE], bindContext: 'Normal' };
    const keyValuePair = [{ parameterName: 'load.turn', parameterValue: HOLE }];
    this.#templates = {
      bind: messages.template('bindVirtualVolume', bind, { expect: 'vvolHandle' }),
      events: messages.template('getEvents', { lastEventId: NUMBER_HOLE }),
      info: messages.template('queryVirtualVolumeInfo', { vvolId: [HOLE] }, { expect: 'metadata' }),
      metadata: messages.template('updateVirtualVolumeMetaData', { vvolId: HOLE, keyValuePair }),
      remove: messages.template('deleteVirtualVolume', { vvolId: HOLE }),
      task: messages.template('getTaskUpdate', { taskId: HOLE }, { expect: 'taskState' }),
    };
    this.#unbind = unbindOf(messages);
  }

  /** What the bind was answered; for `unbind`. */
  bind(host: Host, meter: Meter, vvolId: string): Promise<string> {
    return host.call(meter, this.#templates.bind.fill(vvolId));
  }

  async unbind(host: Host, meter: Meter, bound: string): Promise<void> {
    await host.call(meter, this.#unbind(bound));
  }

  /** The task's id. */
  async create(host: Host, meter: Meter, wish: VolumeWish): Promise<string> {
    const body = await host.call(meter, this.#createMessage(wish));
    return textIn(body, 'taskId') ?? '';
  }

  /** Asks until the task has ended well; the id of what it made. Rejects with CallFailure. */
  async made(host: Host, meter: Meter, taskId: string): Promise<string> {
    const deadline = performance.now() + TASK_ENDS_WITHIN_MS;
    for (;;) {
      const body = await host.call(meter, this.#templates.task.fill(taskId));
      const state = textIn(body, 'taskState');
      if (state === undefined || state === 'Success') {
        const made = textIn(body, 'result') ?? '';
        if (made !== '') this.left.add(made);
        return made;
      }
      if (state === 'Error') throw new CallFailure('getTaskUpdate', 'a task that failed', body);
      if (performance.now() > deadline)
        throw new CallFailure('getTaskUpdate', `a task not ended in ${TASK_ENDS_WITHIN_MS} ms`);
      await pause(TASK_PAUSE_MS);
    }
  }

  /** A volume's id, when it is there. */
  async make(host: Host, meter: Meter, wish: VolumeWish): Promise<string> {
    return this.made(host, meter, await this.create(host, meter, wish));
  }

  async remove(host: Host, meter: Meter, vvolId: string): Promise<void> {
    await host.call(meter, this.#templates.remove.fill(vvolId));
    this.left.delete(vvolId);
  }

  async info(host: Host, meter: Meter, vvolId: string): Promise<void> {
    await host.call(meter, this.#templates.info.fill(vvolId));
  }

  async metadata(host: Host, meter: Meter, vvolId: string, turn: number): Promise<void> {
    await host.call(meter, this.#templates.metadata.fill(vvolId, String(turn)));
  }

  /** What came after `last`; the highest number there was, or `last`. */
  async events(host: Host, meter: Meter, last: bigint): Promise<bigint> {
    const body = await host.call(meter, this.#templates.events.fill(String(last)));
    return textsIn(body, 'eventId').reduce((most, text) => {
      const id = /^-?\d+$/.test(text) ? BigInt(text) : most;
      return id > most ? id : most;
    }, last);
  }

  /** Reads on until nothing is new. */
  async allEvents(host: Host, meter: Meter, from = -1n): Promise<bigint> {
    for (let last = from; ; ) {
      const next = await this.events(host, meter, last);
      if (next === last) return last;
      last = next;
    }
  }

  #createMessage({ vvolType, sizeInMB }: VolumeWish): Message {
    const key = `${vvolType} ${sizeInMB}`;
    const known = this.#creates.get(key);
    if (known !== undefined) return known;
    const metadata = [{ parameterName: NAME, parameterValue: `load ${vvolType}` }];
    const request = { containerId: this.#containerId, vvolType, sizeInMB, metadata };
    const made = this.#messages.message('createVirtualVolume', request, { expect: 'taskId' });
    this.#creates.set(key, made);
    return made;
  }
}
