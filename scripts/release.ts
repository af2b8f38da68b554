/**
 * The command `npm run release`: makes the folder that is published. `--prove` makes it twice, from two builds in two
 * places, and fails unless both have the same bytes; `--prove-assembly` builds once. docs/releases.md.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeRelease } from './release/run.ts';

const ROOT = join(import.meta.dirname, '..');

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(ROOT, 'release') },
    key: { type: 'string' },
    'node-licence': { type: 'string' },
    'allow-dirty': { type: 'boolean', default: false },
    packages: { type: 'string' },
    hotfix: { type: 'boolean', default: false },
    from: { type: 'string' },
    before: { type: 'string' },
    after: { type: 'string' },
    report: { type: 'string', multiple: true, default: [] },
    prove: { type: 'boolean', default: false },
    'prove-assembly': { type: 'boolean', default: false },
  },
});

function hotfixOf() {
  const { hotfix, from, before, after } = values;
  if (!hotfix) return undefined;
  if (from === undefined) throw new RangeError('--hotfix wants --from, the release that it mends');
  const reports = before === undefined || after === undefined ? undefined : { before, after };
  return { from, reports };
}

function proofOf() {
  if (values.prove) return 'all';
  return values['prove-assembly'] ? 'assembly' : 'nothing';
}

try {
  await makeRelease({
    root: ROOT,
    out: resolve(values.out),
    keyFile: values.key ?? process.env['KEELSON_RELEASE_KEY'],
    nodeLicenceFile: values['node-licence'],
    allowDirty: values['allow-dirty'],
    packages: values.packages === undefined ? undefined : resolve(values.packages),
    hotfix: hotfixOf(),
    reports: values.report,
    prove: proofOf(),
    say: (line) => process.stdout.write(`${line}\n`),
  });
} catch (error) {
  const isExpected = error instanceof RangeError;
  process.stderr.write(`release: ${isExpected ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
