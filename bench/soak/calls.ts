/** The calls of the soak in plain XML, a function for each; what they answer is read as little as it needs. */
import { setTimeout as pause } from 'node:timers/promises';
import { handle } from '../../test/matrix/arrange.ts';
import { d, joined, m, v, type Xml } from '../../test/matrix/xml.ts';
import { type SoapClient, textOf, textsOf } from '../../test/support/soap-client.ts';

/** In the metadata of whatever the soak makes, so that it finds it again. */
const MARK = 'soak';

const ASKED_AGAIN_MS = 200;

const pair = (parameterName: string, parameterValue: string) =>
  d({ parameterName, parameterValue });

/** A fault where an answer was asked for: its name is the message. */
class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Asks and gives the answer's XML. Rejects with Refusal on a fault, else as the connection breaks. */
async function ask(client: SoapClient, operation: string, message: Xml): Promise<string> {
  const { fault, body } = await client.call(operation, message.text);
  if (fault !== undefined) throw new Refusal(`${operation} answered ${fault}: ${body}`);
  const item = /<(?:\w+:)?(?:error|fault)\b[^>]*\btype="(?:\w+:)?(\w+)"/.exec(body);
  if (item !== null) throw new Refusal(`${operation} answered ${item[1]} for a volume: ${body}`);
  return body;
}

/** The result of a task, once it has ended. */
async function ended(client: SoapClient, answer: string): Promise<string | undefined> {
  const taskId = textOf(answer, 'taskId');
  let body = answer;
  for (;;) {
    const state = textOf(body, 'taskState');
    if (state === 'Error') throw new Refusal(`a task ended in an error: ${body}`);
    if (state === 'Success') return textsOf(body, 'result')[0];
    await pause(ASKED_AGAIN_MS);
    body = await ask(client, 'getTaskUpdate', m({ taskId }));
  }
}

export async function containersOf(client: SoapClient): Promise<string[]> {
  const body = await ask(client, 'queryStorageContainer', m({}));
  const ids = textsOf(body, 'uniqueIdentifier');
  const types = textsOf(body, 'protocolEndPointType');
  return ids.filter((_, index) => types[index] === 'SCSI');
}

/** Id of the new volume. */
export async function create(client: SoapClient, containerId: string): Promise<string> {
  const message = m({
    containerId,
    vvolType: 'Data',
    sizeInMB: 64,
    metadata: [pair('VMW_VVolName', 'soak.vmdk'), pair('VMW_VVolType', 'Data'), pair(MARK, 'new')],
  });
  return (await ended(client, await ask(client, 'createVirtualVolume', message))) ?? '';
}

export async function clone(
  client: SoapClient,
  vvolId: string,
  operation: 'cloneVirtualVolume' | 'fastCloneVirtualVolume',
): Promise<string> {
  const message = m({ vvolId, metadata: pair(MARK, 'new') });
  return (await ended(client, await ask(client, operation, message))) ?? '';
}

/** Prepares a snapshot and takes it; its id. */
export async function snapshot(client: SoapClient, vvolId: string): Promise<string> {
  const message = m({ vvolId, snapType: 'SnapshotReadOnly' });
  const answer = await ask(client, 'prepareToSnapshotVirtualVolume', message);
  await ended(client, answer);
  const snapshotId = textOf(answer, 'snapshotId');
  const snapshotInfo = joined(
    d({ uniqueIdentifier: snapshotId }),
    v({ metadata: pair(MARK, 'new'), vvolId: snapshotId }),
  );
  await ask(client, 'snapshotVirtualVolume', m({ snapshotInfo, timeoutMS: 30_000 }));
  return snapshotId;
}

export async function revert(client: SoapClient, vvolId: string, snapshotVvolId: string) {
  const message = m({ vvolId, snapshotVvolId });
  await ended(client, await ask(client, 'revertVirtualVolume', message));
}

export async function remove(client: SoapClient, vvolId: string): Promise<void> {
  await ask(client, 'deleteVirtualVolume', m({ vvolId }));
}

/** The handle as `unbind` takes it. */
export async function bind(client: SoapClient, vvolId: string): Promise<Xml> {
  const body = await ask(client, 'bindVirtualVolume', m({ vvolId, bindContext: 'Normal' }));
  return handle(vvolId, textOf(body, 'lunId'), textOf(body, 'vvolSecondaryId'));
}

export async function unbind(client: SoapClient, vvolHandle: Xml): Promise<void> {
  await ask(client, 'unbindVirtualVolume', m({ vvolHandle, unbindContext: 'Normal' }));
}

export async function mark(client: SoapClient, vvolId: string, value: string): Promise<void> {
  const message = m({ vvolId, keyValuePair: pair(MARK, value) });
  await ask(client, 'updateVirtualVolumeMetaData', message);
}

/** Everything that the soak ever made and that is there: the mark of each by its id. */
export async function marks(client: SoapClient): Promise<ReadonlyMap<string, string>> {
  const found = await ask(client, 'queryVirtualVolume', m({ searchConstraint: v({ key: MARK }) }));
  const ids = textsOf(found, 'return');
  const infos = new Map<string, string>();
  for (let at = 0; at < ids.length; at += 200) {
    const vvolId = ids.slice(at, at + 200);
    const body = await ask(client, 'queryVirtualVolumeInfo', m({ vvolId }));
    for (const item of body.split(/<\/(?:\w+:)?return>/).slice(0, -1)) {
      const values = textsOf(item, 'parameterValue');
      const value = values[textsOf(item, 'parameterName').indexOf(MARK)];
      infos.set(textOf(item, 'vvolId'), value ?? '');
    }
  }
  return infos;
}

/** Resolves when no task is under way: what one of them was making is there, or never will be. */
export async function noTasks(client: SoapClient): Promise<void> {
  const [arrayId] = textsOf(await ask(client, 'queryArrays', m({})), 'uniqueIdentifier');
  while (textsOf(await ask(client, 'getCurrentTask', m({ arrayId })), 'taskId').length > 0)
    await pause(ASKED_AGAIN_MS);
}

/** Questions about the provider that name no volume, and about a volume. */
export const QUESTIONS: readonly (readonly [string, (vvolId: string) => Xml])[] = [
  ['queryVirtualVolumeInfo', (vvolId) => m({ vvolId })],
  ['spaceStatsForVirtualVolume', (vvolId) => m({ vvolId })],
  ['queryStorageContainer', () => m({})],
  ['queryProtocolEndpoint', () => m({})],
  ['getAlarms', () => m({ lastAlarmId: -1 })],
];

export async function question(client: SoapClient, index: number, vvolId: string): Promise<void> {
  const [operation, message] = QUESTIONS[index % QUESTIONS.length] ?? [];
  if (operation !== undefined && message !== undefined)
    await ask(client, operation, message(vvolId));
}

/** The id of the last event after `lastEventId`, or the same when there is none. */
export async function poll(client: SoapClient, lastEventId: string): Promise<string> {
  const body = await ask(client, 'getEvents', m({ lastEventId }));
  return textsOf(body, 'eventId').at(-1) ?? lastEventId;
}
