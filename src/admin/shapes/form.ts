/**
 * How the shapes of the admin API are written: closed records, lists, pages, and the forms that stand in many of
 * them. A shape is said once, here in `shapes/`: the type of the program, the check of what comes in, and the
 * OpenAPI document are all read off it. Knows nothing of routes.
 *
 * In all of them: sizes are bytes as numbers, exact up to 2^53; times are ISO 8601, UTC; what is not known is
 * left out.
 */
import { z } from 'zod';
import { LIMITS } from '../../model/limits.ts';

/** A closed record. */
export const record = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape).readonly();

/** A list in an order that means something. */
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

/** A record under free names. */
export const named = <Item extends z.ZodType>(item: Item) => z.record(z.string(), item).readonly();

/** One page of a longer list. `next` is to be given as `after` for the next page; without it, that was all. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  record({ items: list(item), next: z.string().optional() });

export const time = z.string().describe('ISO 8601, UTC');
export const size = z.number().min(0).describe('bytes');
export const count = z.int().min(0);
export const health = z.enum(['healthy', 'degraded', 'failed']);

/** A name, id or path in what is asked. */
export const text = z.string().min(1).max(LIMITS.pathCharacters);

/** Which page is asked for, as it stands in a query string. */
export const paging = {
  after: z.string().max(LIMITS.pathCharacters).optional().describe('`next` of the page before'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LIMITS.adminPageItems)
    .default(LIMITS.adminPageItems)
    .describe('items of the page'),
};

/** What `paging` gives. */
export interface Paging {
  readonly after?: string | undefined;
  readonly limit: number;
}
