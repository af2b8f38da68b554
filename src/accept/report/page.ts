/**
 * The report as one HTML page that needs no network: its code and styles (`page/`), a chart library and the data,
 * joined. The page says by a content security policy that nothing else is ever loaded or run.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { LIMITS } from '../../model/limits.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { ReportDocument, ReportedExchange } from './document.ts';
import { shared } from './messages.ts';
import { claimsOf, factsOf } from './provider.ts';
import { statisticsOf } from './statistics.ts';

/** In the order in which they use each other. */
const SCRIPTS: readonly string[] = [
  ...['xml.js', 'elements.js', 'exchanges.js', 'scenarios.js', 'operations.js', 'chart.js'],
  'page.js',
];

/** The page. `markdown` is what its button copies. */
export function pageReport(document: ReportDocument, markdown: string): string {
  const require = createRequire(import.meta.url);
  const chartStyle = readFileSync(require.resolve('uplot/dist/uPlot.min.css'), 'utf8');
  const chartScript = readFileSync(require.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8');
  const own = (name: string) => readFileSync(join(import.meta.dirname, 'page', name), 'utf8');
  const style = `${chartStyle}\n${own('page.css')}`;
  const script = `${chartScript}\n${joined(SCRIPTS.map(own))}`;
  const data = JSON.stringify({
    ...document,
    ...shared(withinBounds(document)),
    ...{ markdown, facts: factsOf(document), claims: claimsOf(document) },
    capabilities: capabilitiesOf(document),
    statistics: statisticsOf(document),
  });
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
  const parts: readonly (readonly [empty: string, filled: string])[] = [
    ['content=""', `content="${policy}"`],
    ['<style></style>', `<style>${style}</style>`],
    // JSON needs no `<`, and without it no text can end the element that holds it.
    ['id="data"></script>', `id="data">${data.replaceAll('<', '\\u003c')}</script>`],
    ['<script></script>', `<script>${script}</script>`],
  ];
  return parts.reduce(
    (page, [empty, filled]) => page.replace(empty, () => filled),
    own('page.html'),
  );
}

/** Modules as one script: each sees those before it, so that imports are left out. */
function joined(modules: readonly string[]): string {
  const bare = modules.map((text) =>
    text.replace(/^import [^;]+;\n/gm, '').replace(/^export /gm, ''),
  );
  return `(() => {\n${bare.join('\n')}\nopenPage();\n})();\n`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The exchanges with what there is room for; those of scenarios that failed come first. */
function withinBounds({ scenarios, exchanges }: ReportDocument): readonly ReportedExchange[] {
  const failed = scenarios.filter(({ outcome }) => outcome === 'failed' || outcome === 'known');
  const first = new Set(failed.flatMap((each) => each.exchanges));
  let left: number = LIMITS.reportPageMessagesCharacters;
  const known = new Map<string, string>();
  const bounded = (xml: string) => {
    const same = known.get(xml);
    if (same !== undefined) return same;
    const kept = xml.slice(0, Math.min(LIMITS.reportPageMessageCharacters, left));
    left -= kept.length;
    const shown =
      kept.length === xml.length
        ? xml
        : `${kept}\n[${xml.length - kept.length} more characters are in report.json]`;
    known.set(xml, shown);
    return shown;
  };
  return exchanges
    .toSorted((a, b) => Number(first.has(b.number)) - Number(first.has(a.number)))
    .map((each) => ({ ...each, request: bounded(each.request), answer: bounded(each.answer) }))
    .sort((a, b) => a.number - b.number);
}
