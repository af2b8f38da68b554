/**
 * The command `npm run generate`: TypeScript from WSDL. Without options it makes src/wire/generated/ from
 * wsdl/; `--check` compares instead of writing; `--wsdl DIR --out DIR` does the same for any other WSDL.
 */

import { parseArgs } from 'node:util';
import { differing, generate, JOBS, type Job, write } from './generate/generate.ts';
import { Refusal } from './generate/tree.ts';

const USAGE = 'usage: generate [--check] [--wsdl DIR --out DIR [--api-version V]]';

function jobs(options: { wsdl?: string; out?: string; 'api-version'?: string }): readonly Job[] {
  const { wsdl, out, 'api-version': version } = options;
  if (wsdl === undefined && out === undefined && version === undefined) return JOBS;
  if (wsdl === undefined || out === undefined) throw new Refusal(USAGE);
  return [{ wsdl, out, version }];
}

function run(): number {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean' },
      wsdl: { type: 'string' },
      out: { type: 'string' },
      'api-version': { type: 'string' },
    },
  });
  let stale = 0;
  for (const job of jobs(values)) {
    const files = generate(job);
    const differences = differing(files);
    if (values.check !== true) write(files);
    for (const path of differences)
      process.stdout.write(`${values.check ? 'differs' : 'written'}: ${path}\n`);
    stale += differences.length;
  }
  return values.check === true && stale > 0 ? 1 : 0;
}

try {
  process.exitCode = run();
} catch (error) {
  const expected = error instanceof Refusal || (error instanceof TypeError && 'code' in error);
  if (!expected) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
