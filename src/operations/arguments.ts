/**
 * Checks that many operations share: is the id well-formed (else InvalidArgument), does it name something
 * (else NotFound). The order is always form first, existence second.
 */
import type { StorageArrayPort } from '../array/port.ts';
import type { ArrayDescription, Container, Volume } from '../model/array.ts';
import { VasaFault } from '../model/faults.ts';
import { type ContainerId, parseContainerId, parseVvolId, type VvolId } from '../model/ids.ts';

const SHOWN_CHARACTERS = 64;

/** What a client sent, fit for a message: short, on one line, in quotes. */
export function shown(text: string): string {
  const short = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  return JSON.stringify(short);
}

/** An InvalidArgument fault, to be thrown. */
export function invalid(message: string): VasaFault {
  return new VasaFault('InvalidArgument', message);
}

/** The volume id in canonical form. Faults: InvalidArgument. */
export function vvolIdOf(text: string | undefined): VvolId {
  const vvolId = parseVvolId(text ?? '');
  if (vvolId === undefined) throw invalid(`${shown(text ?? '')} is not a virtual volume id`);
  return vvolId;
}

/** Those of `texts` that are volume ids, in canonical form, each once. */
export function vvolIdsOf(texts: readonly string[]): readonly VvolId[] {
  return [...new Set(texts.map(parseVvolId).filter((each) => each !== undefined))];
}

/** The container id in canonical form. Faults: InvalidArgument. */
export function containerIdOf(text: string): ContainerId {
  const containerId = parseContainerId(text);
  if (containerId === undefined) throw invalid(`${shown(text)} is not a storage container id`);
  return containerId;
}

/** The volume of this id. Faults: NotFound. */
export async function volumeOf(array: StorageArrayPort, vvolId: VvolId): Promise<Volume> {
  const [found] = await array.volumes([vvolId]);
  if (found === undefined) throw new VasaFault('NotFound', `there is no virtual volume ${vvolId}`);
  return found;
}

/** The array of this id. Faults: InvalidArgument (blank; ids of arrays have no other form), NotFound. */
export async function arrayOf(array: StorageArrayPort, arrayId: string): Promise<ArrayDescription> {
  if (arrayId.trim() === '') throw invalid('the storage array id is blank');
  const found = (await array.arrays()).find((each) => each.arrayId === arrayId);
  if (found === undefined)
    throw new VasaFault('NotFound', `there is no storage array ${shown(arrayId)}`);
  return found;
}

/** The container of this id. Faults: NotFound. */
export async function containerOf(
  array: StorageArrayPort,
  containerId: ContainerId,
): Promise<Container> {
  const found = (await array.containers()).find((each) => each.containerId === containerId);
  if (found === undefined)
    throw new VasaFault('NotFound', `there is no storage container ${containerId}`);
  return found;
}
