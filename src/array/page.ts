/** Listings that may be long are answered in pages. */

/**
 * One page of a listing in a stable order. `next` undefined: that was all. With `next` a page may be
 * short or empty: an array that has to look at very many candidates may answer in parts.
 */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}
