/**
 * The check of an array that is in use, of one moment, while hosts go on: on a copy of its database, in
 * another thread, since the questions are long. What is asked is in check.ts.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ArrayError } from '../src/array/errors.ts';
import { copyDatabase, type RunningArray } from './copying.ts';

/** What the thread is to look at. */
export interface CheckedFiles {
  /** Folder with the copy of array.db. */
  readonly copy: string;
  /** Folder of the array in use, whose content.data is read. */
  readonly directory: string;
}

export type ThreadAnswer = { readonly problems: readonly string[] } | { readonly failure: string };

/** Started from its sources, as tests do, a thread has no loader for them and is given one. */
function startThread(workerData: CheckedFiles): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./check-thread.js', import.meta.url), { workerData });
  }
  const program = new URL('./check-thread.ts', import.meta.url).href;
  const load = `import('tsx/esm/api').then(({ tsImport }) => tsImport('${program}', '${program}'))`;
  return new Worker(load, { workerData, eval: true });
}

/** What is wrong, each in a sentence; `copy` is an empty folder to work in. Errors: failed. */
export async function checkRunning(array: RunningArray, copy: string): Promise<readonly string[]> {
  const letGo = array.holdBlocks();
  try {
    await copyDatabase(array.db, copy);
    const thread = startThread({ copy, directory: array.directory });
    const [answer]: ThreadAnswer[] = await once(thread, 'message');
    if (answer === undefined) throw new ArrayError('failed', 'the check has not answered');
    if ('failure' in answer) throw new ArrayError('failed', answer.failure);
    return answer.problems;
  } finally {
    letGo();
  }
}
