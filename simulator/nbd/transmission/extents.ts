/**
 * Runs of bytes alike, as a device reports them, made fit for the wire. What a device reports is checked
 * here, because a client would take a wrong sum for a broken server.
 */
import type { NbdDevice, NbdExtent } from '../port.ts';

/**
 * What the device knows of the range, from its beginning: neighbours of one kind joined, at most `most`
 * extents, so that it may end early. Throws when the device's answer does not fit the question.
 */
export async function extentsOf(
  device: NbdDevice,
  offset: bigint,
  length: number,
  most: number,
): Promise<readonly NbdExtent[]> {
  const reported = await device.status(offset, length);
  const sum = reported.reduce((total, extent) => total + extent.length, 0);
  if (reported.some((extent) => extent.length < 1) || sum < 1 || sum > length) {
    throw new RangeError(`a device reported ${sum} bytes of extents for ${length} at ${offset}`);
  }
  return joined(reported, most);
}

function joined(extents: readonly NbdExtent[], most: number): readonly NbdExtent[] {
  const runs: { length: number; kind: NbdExtent['kind'] }[] = [];
  for (const { length, kind } of extents) {
    const last = runs.at(-1);
    if (last?.kind === kind) {
      last.length += length;
    } else if (runs.length === most) {
      break;
    } else {
      runs.push({ length, kind });
    }
  }
  return runs;
}
