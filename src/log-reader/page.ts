/**
 * A reading as one HTML page that needs no network: findings, a picture of the time line, and the story with
 * filters. It says by a content security policy that nothing else is ever loaded or run, and it can be read
 * without its script.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lengthOf } from './findings/clock-skew.ts';
import { type Finding, timeText } from './findings/finding.ts';
import { type Look, lookOf } from './look.ts';
import { type Markup, markup } from './page/markup.ts';
import { picture } from './page/picture.ts';
import type { Reading } from './reading.ts';
import type { Told } from './story.ts';

const KINDS: Readonly<Record<Look, string>> = {
  failure: 'failures',
  warning: 'warnings',
  change: 'changes',
  life: 'starts and stops',
  ordinary: 'ordinary calls',
};

const idOf = (index: number): string => `entry-${index + 1}`;

/** The page. */
export function readingPage(reading: Reading): string {
  const own = (name: string) => readFileSync(join(import.meta.dirname, 'page', name), 'utf8');
  const [style, script] = [own('page.css'), own('page.js')];
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
  const first = reading.story[0];
  const title = `What happened${first === undefined ? '' : ` from ${timeText(first.at)}`}`;
  const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
<a class="skip" href="#story">To the story</a>
<header><h1>${title}</h1>${factsOf(reading)}</header>
<main>
<section aria-labelledby="findings-title"><h2 id="findings-title">Findings</h2>${findingsOf(reading.findings)}</section>
<section aria-labelledby="line-title"><h2 id="line-title">Time line</h2><div class="wide">${picture(reading.story, idOf)}</div>${legend()}</section>
<section id="story" aria-labelledby="story-title" tabindex="-1"><h2 id="story-title">Story</h2>${filters()}${storyOf(reading)}</section>
</main>
<script>${{ html: script }}</script>
</body>
</html>
`;
  return page.html;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function factsOf({ files, releases, clocks, remarks, readBy }: Reading): Markup {
  const logs = files.map(({ name, lines, unknown }) => {
    const strange = unknown === 0 ? '' : `, ${unknown} of no form that is known`;
    return ['Log', `${name}: ${lines} lines${strange}`];
  });
  const rows = [
    ...logs,
    ...releases.map(({ release, at, file, line }) => [
      'Release',
      `${release}, from ${timeText(at)} (${file}:${line})`,
    ]),
    ...clocks.map(({ file, offsetMs, matched }) => [
      'Clock',
      `${file} is ${lengthOf(Math.abs(offsetMs))} ${offsetMs < 0 ? 'behind' : 'ahead of'} the provider, by ${matched} calls in both; its lines are shown by the provider’s clock`,
    ]),
    ...remarks.map((each) => ['Remark', each]),
    ['Read by', readBy],
  ];
  return markup`<dl>${rows.map(([name = '', value = '']) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

function findingsOf(findings: readonly Finding[]): Markup {
  if (findings.length === 0) return markup`<p>Nothing that needs attention was found.</p>`;
  const items = findings.map(({ id, severity, what, why, remedy, evidence }) => {
    const lines = evidence.map(
      ({ file, line, at, text }) =>
        markup`<li><code>${file}:${line}</code> ${timeText(at)} ${text}</li>`,
    );
    return markup`<li class="finding ${severity}"><h3><span class="severity">${severity}</span> ${what}</h3><dl><dt>Why</dt><dd>${prose(why)}</dd><dt>What to do</dt><dd>${prose(remedy)}</dd></dl><details><summary>Evidence (${id})</summary><ul>${lines}</ul></details></li>`;
  });
  return markup`<ol class="findings">${items}</ol>`;
}

/** The product's own texts mark code with backticks. */
function prose(text: string): readonly (string | Markup)[] {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : part));
}

function legend(): Markup {
  return markup`<p class="legend">✕ failure, ▲ warning, ◆ change, │ start or stop, ● ordinary call; a line is what was repeated. A mark leads to its entry below.</p>`;
}

function filters(): Markup {
  const boxes = Object.entries(KINDS).map(
    ([kind, words]) =>
      markup`<label><input type="checkbox" name="kind" value="${kind}" checked> ${words}</label>`,
  );
  return markup`<fieldset id="filters" hidden><legend>Entries that are shown</legend>${boxes}<label>with the text <input type="search" id="text" autocomplete="off" placeholder="id, operation, fault"></label> <output id="shown"></output></fieldset>`;
}

function storyOf({ story, leftOut }: Reading): Markup {
  const left = leftOut.map(
    ({ count, from, to }) =>
      markup`<p>${count} more entries from ${timeText(from)} to ${timeText(to)} are left out.</p>`,
  );
  const explained = new Set<string>();
  const rows = story.map((told, index) => rowOf(told, index, explained));
  return markup`${left}<div class="wide"><table><caption>Times are UTC, by the provider’s clock</caption><thead><tr><th scope="col">Time</th><th scope="col">What</th></tr></thead><tbody id="entries">${rows}</tbody></table></div>`;
}

function rowOf(told: Told, index: number, explained: Set<string>): Markup {
  const { kind, text, details, explain } = lookOf(told);
  const { file, line } = told.entry;
  const iso = new Date(told.at).toISOString();
  const fresh = explain.filter(({ key }) => !explained.has(key));
  for (const { key } of fresh) explained.add(key);
  const explanations = fresh.map(
    ({ means, remedy }) =>
      markup`<p class="explained">${prose(means)} <strong>What to do:</strong> ${prose(remedy)}</p>`,
  );
  const more = details.map((each) => markup`<p class="detail">${each}</p>`);
  return markup`<tr id="${idOf(index)}" class="${kind}" data-kind="${kind}"><td><time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 23)}</time></td><td><p>${text} <code class="place">${file}:${line}</code></p>${more}${explanations}${soapOf(told)}</td></tr>`;
}

function soapOf({ soap }: Told): Markup | undefined {
  if (soap === undefined) return undefined;
  return markup`<details><summary>SOAP of request and answer</summary><pre>${soap.request.join('\n')}</pre><pre>${soap.response.join('\n')}</pre></details>`;
}
