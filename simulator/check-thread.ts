/**
 * The check of an array in a thread of its own, which `checking.ts` starts: on a copy of its database and
 * on its content, of which the array in use writes nothing over meanwhile. Sends what it found, or why it
 * could not look.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { checkArray } from './check.ts';
import type { CheckedFiles, ThreadAnswer } from './checking.ts';
import { Content } from './content/content.ts';
import { openDataFile } from './content/data-file.ts';
import { GEOMETRY } from './content/geometry.ts';
import { openDatabase } from './open.ts';

function check({ copy, directory }: CheckedFiles): readonly string[] {
  const db = openDatabase(copy);
  const file = openDataFile(directory, GEOMETRY.chunkBytes);
  try {
    // The file is another's, who may have made it longer since.
    return checkArray(db, new Content({ db, file: { ...file, truncate: () => undefined } }));
  } finally {
    file.close();
    db.close();
  }
}

function answer(): ThreadAnswer {
  try {
    // Nobody but checking.ts starts this thread.
    return { problems: check(workerData as CheckedFiles) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.postMessage(answer());
