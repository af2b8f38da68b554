/**
 * Whether what pages point at is there: every link, picture and style sheet of HTML files that lie together, with
 * the anchors in them. Addresses elsewhere are not asked: a release is made without a network.
 */
import { posix } from 'node:path';

/** Sentences about links that lead nowhere; empty: all is well. `files` are all files that lie together, by path. */
export function brokenLinks(files: ReadonlyMap<string, Buffer>): readonly string[] {
  const anchors = new Map<string, ReadonlySet<string>>();
  const pages = [...files].filter(([path]) => path.endsWith('.html'));
  for (const [path, bytes] of pages) {
    const ids = [...bytes.toString('utf8').matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id);
    anchors.set(path, new Set(ids));
  }
  return pages.flatMap(([path, bytes]) => {
    const targets = bytes.toString('utf8').matchAll(/\s(?:href|src)="([^"]+)"/g);
    return [...targets].flatMap(([, target = '']) => {
      const problem = problemOf(target.replaceAll('&amp;', '&'), path, files, anchors);
      return problem === undefined ? [] : [`${path}: ${target} ${problem}`];
    });
  });
}

function problemOf(
  target: string,
  path: string,
  files: ReadonlyMap<string, Buffer>,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  if (/^(https:|mailto:|data:)/.test(target)) return undefined;
  if (/^[a-z]+:/.test(target)) return 'is no address to link to';
  const [file = '', anchor] = decodeURI(target).split('#');
  const found = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file));
  if (!files.has(found)) return 'is not there';
  if (anchor === undefined || anchors.get(found)?.has(decodeURIComponent(anchor))) return undefined;
  return 'has no such heading';
}
