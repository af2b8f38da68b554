/** Providers that fail in the middle of a workflow, under many at once, or at hostile input. */
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ArrayError } from '../../../src/array/errors.ts';
import { VasaFault } from '../../../src/model/faults.ts';
import type { Mutant } from './mutant.ts';

export const WORKFLOW_MUTANTS: readonly Mutant[] = [
  {
    id: 'search-misses-one',
    sentence: 'A search leaves out the last volume that it has found',
    caughtBy: 'workflows.create-and-delete',
    says: /volumes of the machine: expected/,
    array: (good) => ({
      findVolumes: async (...args) => {
        const found = await good.findVolumes(...args);
        return { ...found, items: found.items.slice(0, -1) };
      },
    }),
  },
  {
    id: 'power-off-leaves-bindings',
    sentence: 'What a machine had bound stays bound when it is powered off',
    caughtBy: 'workflows.power-on-and-off',
    says: /ResourceInUse/,
    array: () => ({ unbind: async () => undefined }),
  },
  {
    id: 'one-host-at-a-time',
    sentence: 'A volume that one host holds cannot be bound by another',
    caughtBy: 'workflows.vmotion',
    says: /ResourceInUse|is bound|StorageFault/,
    array: (good) => ({
      bind: async (vvolId, hostId, options) => {
        const held = await good.bindings({ vvolId });
        if (held.some((each) => each.hostId !== hostId))
          throw new ArrayError('failed', 'another host holds it');
        return good.bind(vvolId, hostId, options);
      },
    }),
  },
  {
    id: 'no-growth-while-bound',
    sentence: 'A disk cannot be extended while its machine runs',
    caughtBy: 'workflows.hot-extend',
    says: /ResourceInUse|resizeVirtualVolume/,
    array: (good) => ({
      resizeVolume: async (job, vvolId, size) => {
        if ((await good.bindings({ vvolId })).length > 0)
          throw new ArrayError('inUse', 'it is bound');
        return good.resizeVolume(job, vvolId, size);
      },
    }),
  },
  {
    id: 'host-comes-back-to-its-bindings',
    sentence: 'Freeing all volumes of a host is answered as done and frees none',
    caughtBy: 'workflows.host-comes-back',
    says: /ResourceInUse|expected/,
    array: () => ({ unbindAllFromHost: async () => undefined }),
  },
  {
    id: 'snapshots-one-at-a-time',
    sentence: 'Only the first snapshot of a call is taken',
    caughtBy: 'workflows.snapshot-with-memory',
    says: /the snapshots: expected \[null,null\]/,
    array: (good) => ({
      takeSnapshots: async (snapshots, timeoutMs) => [
        ...(await good.takeSnapshots(snapshots.slice(0, 1), timeoutMs)),
        ...snapshots.slice(1).map(() => ({ kind: 'failed', message: 'one at a time' }) as const),
      ],
    }),
  },
  {
    id: 'linked-clone-holds-its-snapshot',
    sentence: 'A snapshot cannot be deleted once a linked clone was made of it',
    caughtBy: 'workflows.linked-clone',
    says: /deleteVirtualVolume answered ResourceInUse/,
    array: (good) => {
      const sources = new Set<string>();
      return {
        fastCloneVolume: (job, copy) => {
          sources.add(copy.source);
          return good.fastCloneVolume(job, copy);
        },
        deleteVolume: async (vvolId) => {
          if (sources.has(vvolId)) throw new ArrayError('inUse', 'a clone is made of it');
          await good.deleteVolume(vvolId);
        },
      };
    },
  },
  {
    id: 'copy-needs-its-snapshot',
    sentence: 'A snapshot cannot be deleted once a full clone was made of it',
    caughtBy: 'workflows.full-clone-of-a-running-machine',
    says: /deleteVirtualVolume answered ResourceInUse/,
    array: (good) => {
      const sources = new Set<string>();
      return {
        cloneVolume: (job, copy) => {
          sources.add(copy.source);
          return good.cloneVolume(job, copy);
        },
        deleteVolume: async (vvolId) => {
          if (sources.has(vvolId)) throw new ArrayError('inUse', 'a clone is made of it');
          await good.deleteVolume(vvolId);
        },
      };
    },
  },
];

export const LOAD_MUTANTS: readonly Mutant[] = [
  {
    id: 'one-answer-for-all-who-ask-at-once',
    sentence: 'Clients that open sessions at once are told the id of the one who came last',
    caughtBy: 'load.set-context-storm',
    says: /the id in the body is the cookie’s/,
    handlers: {
      setContext: (good) => {
        let shared: Awaited<ReturnType<typeof good>> = {};
        return async (context, request) => {
          shared = await good(context, request);
          await pause(5);
          return shared;
        };
      },
    },
  },
  {
    id: 'questions-mixed-up',
    sentence: 'Of questions that come at once each is answered with the answer to the last',
    caughtBy: 'load.answers-are-not-mixed-up',
    says: /the volume and its name: expected/,
    handlers: {
      queryVirtualVolumeInfo: (good) => {
        let shared: Parameters<typeof good>[1];
        return async (context, request) => {
          shared = request;
          await pause(5);
          return good(context, shared);
        };
      },
    },
  },
  {
    id: 'busy-for-pollers',
    sentence: 'Who polls events while another does is refused',
    caughtBy: 'load.polling',
    says: /getEvents answered StorageFault/,
    handlers: {
      getEvents: (good) => {
        let polling = 0;
        return async (context, request) => {
          polling += 1;
          try {
            await pause(2);
            if (polling > 2) throw new VasaFault('StorageFault', 'try again later');
            return await good(context, request);
          } finally {
            polling -= 1;
          }
        };
      },
    },
  },
  {
    id: 'unbinds-at-once-are-lost',
    sentence:
      'An unbind that comes while another is under way is answered as done and ends nothing',
    caughtBy: 'load.vmotion-storm',
    says: /deleteVirtualVolume answered ResourceInUse/,
    handlers: {
      unbindVirtualVolume: (good) => {
        let isUnderWay = false;
        return async (context, request) => {
          if (isUnderWay)
            return {
              return: request.vvolHandle.map(({ uniqueIdentifier = '' }) => ({
                uniqueId: uniqueIdentifier,
              })),
            };
          isUnderWay = true;
          await pause(5);
          return good(context, request).finally(() => {
            isUnderWay = false;
          });
        };
      },
    },
  },
];

export const HOSTILE_MUTANTS: readonly Mutant[] = [
  {
    id: 'deep-messages-let-pass',
    sentence: 'A message that is too deep to be read is answered as if it had been',
    caughtBy: 'hostile.too-large',
    says: /a deep message is refused, or cut off; found 200/,
    answer: (good, asked) =>
      asked !== undefined && asked.body.length > 100_000 ? { ...good, status: 200 } : good,
  },
  {
    id: 'malformed-is-nothing-much',
    sentence: 'What is no message is answered with HTTP 200',
    caughtBy: 'hostile.malformed',
    says: /is refused, or cut off; found 200/,
    answer: (good) => (good.facts.operation === 'unknown' ? { ...good, status: 200 } : good),
  },
  {
    id: 'insides-shown',
    sentence: 'A refusal shows where in the program it came from',
    caughtBy: 'hostile.malformed',
    says: /shows nothing of the server/,
    answer: (good) =>
      good.facts.operation === 'unknown'
        ? { ...good, body: `${good.body}<!-- at read (/opt/provider/reader.js:10:7) -->` }
        : good,
  },
  {
    id: 'entities-let-pass',
    sentence: 'A message with a document type is answered as if it had none',
    caughtBy: 'hostile.entities',
    says: /is refused, or cut off; found 200/,
    answer: (good, asked) =>
      asked !== undefined && Buffer.from(asked.body).includes('<!DOCTYPE')
        ? { ...good, status: 200 }
        : good,
  },
  {
    id: 'any-content-type',
    sentence: 'A message under a content type of forms is answered with HTTP 200',
    caughtBy: 'hostile.wrong-content-type',
    says: /is refused, or cut off; found 200/,
    answer: (good) => (good.facts.operation === 'unknown' ? { ...good, status: 200 } : good),
  },
  {
    id: 'slow-senders-take-the-room',
    sentence: 'A handful of clients that send nothing take the room of all others',
    caughtBy: 'hostile.slow-senders',
    says: /who comes new is answered/,
    listener: ({ server }) => {
      let open = 0;
      server.prependListener('connection', (socket: Socket) => {
        open += 1;
        socket.once('close', () => {
          open -= 1;
        });
        if (open > 15) socket.destroy();
      });
    },
  },
  {
    id: 'half-a-message-ends-it',
    sentence: 'The provider ends when a client hangs up in the middle of a message',
    caughtBy: 'hostile.given-up-halfway',
    says: /ECONNREFUSED|ECONNRESET|hang up|disconnected/,
    listener: ({ server }) => {
      let isEnded = false;
      server.prependListener('connection', (socket: Socket) => {
        if (isEnded) socket.destroy();
      });
      server.on('request', (request) => {
        request.on('close', () => {
          if (request.complete) return;
          isEnded = true;
          server.closeAllConnections();
        });
      });
    },
  },
];
