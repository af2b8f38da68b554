/**
 * A route of the admin API as a plain record: where it is, what it takes and gives, and what it does. The server,
 * the client of the commands, the OpenAPI document and the tests are all made of these records, so that they cannot
 * differ. Knows neither HTTP server nor client.
 */
import { z } from 'zod';
import type { LiveSubject } from '../live.ts';
import { AdminError, type RunningAdministration } from '../port.ts';

/** Before every path. */
export const API_PREFIX = '/api';

export interface Route<Input extends z.ZodObject = z.ZodObject, Answer = unknown> {
  /** Unique; the operation's name in the OpenAPI document. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API's prefix; `:name` stands for the field of that name in the input. */
  readonly path: string;
  /** What it is about: a heading of the document. */
  readonly tag: string;
  /** What it does, in a sentence. */
  readonly about: string;
  /** Fields that the path does not name come in the query of GET and DELETE, else in the JSON body. */
  readonly input: Input;
  readonly answer: z.ZodType<Answer>;
  /** What looks otherwise when it has been done; set where it changes something. */
  readonly changes?: readonly LiveSubject[];
  /** It names a file of the machine: over the admin socket alone, which is its owner's. */
  readonly isLocal?: true;
  /** It may take minutes. */
  readonly slow?: true;
  readonly work: (admin: RunningAdministration, input: z.output<Input>) => Promise<Answer>;
}

/** The record as it is, its types joined with each other. */
export function route<Input extends z.ZodObject, Answer>(
  given: Route<Input, Answer>,
): Route<Input, Answer> {
  return Object.freeze(given);
}

/** A route of any kind, for those who go through all of them. */
// What a route takes stands left and right of the arrow: no single type but `any` holds all routes.
// biome-ignore lint/suspicious/noExplicitAny: see the line above
export type AnyRoute = Route<any, unknown>;

/** Takes nothing. */
export const nothing = z.strictObject({});
/** Gives nothing. */
export const done = z.strictObject({}).meta({ id: 'Done' });

/** Names of the input's fields that the path has. */
export function pathNames({ path }: Pick<Route, 'path'>): readonly string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
}

/** What was sent in the route's form. Throws AdminError naming what is wrong. */
export function readInput(input: z.ZodObject, given: unknown): Record<string, unknown> {
  const parsed = input.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'request';
  throw new AdminError(`${where}: ${issue?.message ?? 'not understood'}`);
}
