/**
 * How the tests run: every `*.test.ts` under test/ in processes of their own. What is left out on a machine is
 * printed at the end, with the reason.
 */

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { OmissionReporter } from './support/omissions.ts';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', new OmissionReporter()],
  },
});
