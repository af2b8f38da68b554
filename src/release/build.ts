/**
 * The commit that this build was made from: eight hex digits, `-dirty` when tracked files differed from
 * the commit, `unknown` outside git. `source` means that nothing was built: the sources run as they are.
 * `scripts/stamp.ts` writes the built copy of this file; this one is never changed.
 */
export const BUILD: string = 'source';
