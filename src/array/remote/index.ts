/**
 * The adapter for an array that another process serves (`keelson array serve`): several providers over one
 * array. The module that `array.module: remote` names; its one option is the path of the socket.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { LIMITS } from '../../model/limits.ts';
import type { ArrayAdministration } from '../administration.ts';
import { ArrayError } from '../errors.ts';
import type { OpenArray } from '../opening.ts';
import type { StorageArrayPort } from '../port.ts';
import { ADMINISTRATION_ARGUMENTS, PORT_ARGUMENTS } from './arguments.ts';
import { Link } from './link.ts';
import type { CallMessage } from './messages.ts';

const optionsForm = z.strictObject({ socket: z.string().min(1) });

/** Connects to the array; waits a little for one that is just starting. Errors: invalid (options), failed. */
export const openArray: OpenArray = async ({ options }) => {
  const checked = optionsForm.safeParse(options);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const key = ['array.options', ...(issue?.path ?? [])].join('.');
    throw new ArrayError('invalid', `${key}: ${issue?.message}`);
  }
  const { link, administration } = await Link.open(resolve(checked.data.socket));
  const port: StorageArrayPort = {
    ...methods<Omit<StorageArrayPort, 'watch' | 'close'>>(link, 'port', PORT_ARGUMENTS),
    watch: (listener) => link.watch(listener),
    close: () => link.close(),
  };
  if (!administration) return port;
  const orders = methods<ArrayAdministration>(link, 'administration', ADMINISTRATION_ARGUMENTS);
  return { ...port, administration: orders };
};

/** A function for each row, which sends its arguments as they are. */
function methods<Part>(link: Link, part: CallMessage['part'], rows: object): Part {
  const entries = Object.keys(rows).map((method) => [
    method,
    (...args: unknown[]) => link.call({ part, method, args }, answerMs(part, method, args)),
  ]);
  // The rows are those of the part's methods, each once, and the array answers as the part promises.
  return Object.fromEntries(entries) as Part;
}

/** Taking snapshots may be allowed to take long; orders of the operator copy whole arrays. */
function answerMs(part: CallMessage['part'], method: string, args: readonly unknown[]): number {
  if (part === 'administration') return LIMITS.arrayOrderMs;
  const [, timeoutMs] = args;
  const allowed = method === 'takeSnapshots' && typeof timeoutMs === 'number' ? timeoutMs : 0;
  return LIMITS.arrayAnswerMs + allowed;
}
