/** What rows need before they call: volumes, snapshots, bindings, tasks, each of the row's own. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { textOf, textsOf } from '../support/soap-client.ts';
import type { Stage } from './stage.ts';
import { d, elements, joined, m, v, Xml } from './xml.ts';

/** An id that is well-formed and names nothing. */
export function noVolume(): string {
  return `rfc4122.${randomUUID()}`;
}

/** A container id that is well-formed and names nothing. */
export function noContainer(): string {
  return randomUUID();
}

/** So many ids, one too many for a batch or a question. */
export function ids(count: number): readonly string[] {
  return Array.from({ length: count }, noVolume);
}

/** The id of a container by its name. */
export async function containerId({ provider }: Stage, name = 'block'): Promise<string> {
  const found = (await provider.parts.array.containers()).find((each) => each.name === name);
  assert(found !== undefined, `the array has no container ${name}`);
  return found.containerId;
}

export async function arrayId({ provider }: Stage): Promise<string> {
  const [first] = await provider.parts.array.arrays();
  assert(first !== undefined, 'there is no array');
  return first.arrayId;
}

export const METADATA = d({ parameterName: 'VMW_VVolName', parameterValue: 'matrix.vmdk' });

interface Made {
  readonly container?: string;
  readonly sizeInMB?: number;
  readonly type?: string;
  readonly profile?: Xml;
}

/** The arguments of createVirtualVolume. */
export async function newVolume(
  stage: Stage,
  { container = 'block', sizeInMB = 1, type = 'Data', profile }: Made = {},
): Promise<Xml> {
  return m({
    containerId: await containerId(stage, container),
    vvolType: type,
    storageProfile: profile,
    sizeInMB,
    metadata: METADATA,
  });
}

/** The task of an answer once it has ended: the whole answer. Throws when it has failed. */
export async function ended(stage: Stage, answer: string): Promise<string> {
  const taskId = textOf(answer, 'taskId');
  for (;;) {
    const now = await stage.ask('getTaskUpdate', m({ taskId }));
    const state = textOf(now, 'taskState');
    if (state === 'Success') return now;
    assert(state !== 'Error', `the task failed: ${now}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A volume of 1 MB unless said otherwise; its id. */
export async function volume(stage: Stage, made: Made = {}): Promise<string> {
  const answer = await stage.ask('createVirtualVolume', await newVolume(stage, made));
  return textOf(await ended(stage, answer), 'result');
}

/** A snapshot that is prepared and not taken; its id. */
export async function prepared(stage: Stage, vvolId: string): Promise<string> {
  const request = m({ vvolId, snapType: 'SnapshotReadOnly' });
  const answer = await stage.ask('prepareToSnapshotVirtualVolume', request);
  return textOf(await ended(stage, answer), 'snapshotId');
}

/** The arguments of snapshotVirtualVolume. */
export function snapshots(snapshotIds: readonly string[], timeoutMS: number): Xml {
  const snapshotInfo = snapshotIds.map((vvolId) =>
    joined(d({ uniqueIdentifier: vvolId }), v({ metadata: METADATA, vvolId })),
  );
  return m({ snapshotInfo, timeoutMS });
}

/** A snapshot of the volume; its id. */
export async function snapshot(stage: Stage, vvolId: string): Promise<string> {
  const snapshotId = await prepared(stage, vvolId);
  await stage.ask('snapshotVirtualVolume', snapshots([snapshotId], 30_000));
  return snapshotId;
}

/** Binds the volume to the stage's host; the handle as unbind takes it. */
export async function bound(stage: Stage, vvolId: string): Promise<Xml> {
  const answer = await stage.ask('bindVirtualVolume', m({ vvolId, bindContext: 'Normal' }));
  const [lunId] = textsOf(answer, 'lunId');
  return handle(vvolId, lunId ?? '', textOf(answer, 'vvolSecondaryId'));
}

/** A handle of a volume that is reached by SCSI. */
export function handle(uniqueIdentifier: string, lunId: string, secondaryId: string): Xml {
  const peInBandId = v({ lunId, protocolEndpointType: 'SCSI' });
  return joined(d({ uniqueIdentifier }), v({ peInBandId, vvolSecondaryId: secondaryId }));
}

/** A volume that a task is about to change: differences are being written onto it. */
export async function busyVolume(stage: Stage): Promise<string> {
  const [source, target] = [await volume(stage), await volume(stage)];
  const base = await snapshot(stage, source);
  const request = m({ srcVVolId: source, srcBaseVVolId: base, dstVVolId: target });
  await stage.ask('copyDiffsToVirtualVolume', request);
  return target;
}

/** The arguments of cloneVirtualVolume and fastCloneVirtualVolume. */
export function copyOf(
  vvolId: string,
  more: { newContainerId?: string; newProfile?: Xml } = {},
): Xml {
  return m({ vvolId, ...more, metadata: METADATA });
}

/** A profile that asks for nothing. */
export function emptyProfile(): Xml {
  return profileOf(undefined);
}

/** A profile that asks for what nobody has declared. */
export function unknownProfile(): Xml {
  return profile('org.example.nobody', 'colour', 'colour', 'red');
}

/** A profile that asks for what is declared, and what no container promises. */
export function unmetProfile(): Xml {
  return profile('org.keelson.array', 'raid', 'level', 'None');
}

/** A profile that asks for space to be set aside. */
export function thickProfile(): Xml {
  const id = 'spaceEfficiency';
  return profile('com.vmware.storageprofile.std', id, id, 'Thick');
}

const R = elements('profile');
const C = elements('capability');

function profile(namespace: string, id: string, property: string, wanted: string): Xml {
  const value = new Xml(`<capability:value xsi:type="xs:string">${wanted}</capability:value>`);
  const capability = C({
    capabilityId: C({ id, namespace }),
    constraint: C({ propertyInstance: joined(C({ id: property }), value) }),
  });
  return profileOf(R({ subProfiles: R({ capability, name: 'rules' }) }));
}

function profileOf(constraints: Xml | undefined): Xml {
  return R({
    constraints,
    createdBy: 'matrix',
    creationTime: '2026-01-01T00:00:00Z',
    generationId: 1,
    name: 'matrix',
    profileId: randomUUID(),
  });
}
