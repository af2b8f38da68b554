/**
 * Writes the commit into the built `dist/src/release/build.js` (see `src/release/build.ts`). The variable KEELSON_BUILD
 * comes first, for builds where git is not at hand, such as in a container image.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

function git(...args: string[]): string {
  return execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

function commit(): string {
  const given = process.env['KEELSON_BUILD'] ?? '';
  if (given !== '') return given;
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', '--short=8', 'HEAD').slice(0, 8)}${changed ? '-dirty' : ''}`;
  } catch {
    return 'unknown';
  }
}

const build = commit();
if (!/^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$/.test(build)) {
  throw new Error(`KEELSON_BUILD must be letters, digits, points and hyphens: ${build}`);
}
writeFileSync(
  join(root, 'dist/src/release/build.js'),
  `export const BUILD = ${JSON.stringify(build)};\n`,
);
// The compiler does not keep the source's mode, and the command is run by its name.
chmodSync(join(root, 'dist/src/main.js'), 0o755);
