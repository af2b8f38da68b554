/**
 * What compiled programs ask of the machine's C and C++ libraries. The names of the symbol versions that they are
 * linked against stand in an ELF file as plain strings; the highest is the oldest library that will do.
 */

const ELF = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);

/** Whether the bytes are a Linux program or library, and not a script that starts one. */
export function isElf(bytes: Buffer): boolean {
  return bytes.subarray(0, ELF.length).equals(ELF);
}

function compare(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at === -1 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
}

/** Highest version of a family of symbols (`GLIBC`, `GLIBCXX`) among the programs; undefined: none is named. */
export function highestVersion(family: string, programs: readonly Buffer[]): string | undefined {
  const pattern = new RegExp(`\\0${family}_([0-9]+(?:\\.[0-9]+)+)(?=\\0)`, 'g');
  return programs
    .flatMap((bytes) => [...bytes.toString('latin1').matchAll(pattern)].map(([, found]) => found))
    .filter((found) => found !== undefined)
    .toSorted(compare)
    .at(-1);
}
