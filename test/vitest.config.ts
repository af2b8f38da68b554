/**
 * How the tests run: every `*.test.ts` under test/, on two processors two files at a time. Files share a process and
 * what it has loaded, which halves the time; those that replace a module have a process of their own. What
 * is left out on a machine is printed at the end, with the reason.
 */

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { OmissionReporter } from './support/omissions.ts';

/** They call `vi.mock`, which nobody else may meet. */
const REPLACING = [
  'test/accept/mutants/mutants.test.ts',
  'test/accept/recording/replay.test.ts',
  'test/load/load.test.ts',
];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', new OmissionReporter()],
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: REPLACING,
        },
      },
      { extends: true, test: { name: 'alone', isolate: true, include: REPLACING } },
    ],
  },
});
