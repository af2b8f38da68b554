/**
 * docs/troubleshooting.md: where to begin by what is seen, what is often misunderstood, what good and bad look
 * like, and every message that the provider can log or send.
 */
import { anchorOf, type Entry, type Group, groups } from './troubleshooting/entries.ts';
import { excerpts } from './troubleshooting/excerpts.ts';
import { MISUNDERSTANDINGS } from './troubleshooting/misunderstandings.ts';
import { SYMPTOMS } from './troubleshooting/symptoms.ts';

const HEAD = `# Troubleshooting

Made by \`npm run docs\` from the tables that the program itself goes by; do not edit. For support staff, vSphere
administrators and owners of the array.

Every line of the log has an \`id\`, and every fault, event and alarm has a message id. Each is explained below: what it
means, what usually lies behind it, and what to do. \`keelson log\` says the same about the lines that you give it. A
fault’s text ends with a request id: the line with that \`request_id\` is the one to read. What the fields of a line are:
[logging.md](logging.md).

First three questions, whatever is wrong: does the provider run (\`keelson status\`)? Do all clocks agree? How long are
the certificates valid (\`keelson certificate show\`)? \`keelson doctor\` asks these and more, also from vCenter’s side.
`;

/** The links to entries. Throws at an id that is none. */
function linked(ids: readonly string[], known: ReadonlySet<string>): string {
  return ids
    .map((id) => {
      if (!known.has(id)) throw new Error(`the handbook has no entry ${id}`);
      return `[${id}](#${anchorOf(id)})`;
    })
    .join(', ');
}

function symptoms(known: ReadonlySet<string>): readonly string[] {
  return SYMPTOMS.flatMap(({ title, steps, see }) => [
    `### ${title}\n`,
    ...steps.map((step, index) => `${index + 1}. ${step}`),
    `\nLikely: ${linked(see, known)}\n`,
  ]);
}

function misunderstandings(known: ReadonlySet<string>): readonly string[] {
  return [
    '| what is thought | what is so | how it shows |',
    '|---|---|---|',
    ...MISUNDERSTANDINGS.map(
      ({ thought, truth, shows }) => `| ${thought} | ${truth} | ${linked(shows, known)} |`,
    ),
    '',
  ];
}

function entry({ id, seen, means, causes, remedy, also }: Entry): string {
  return [
    `### ${id}\n`,
    ...seen.map((each) => `${each}\n`),
    `${means}\n`,
    ...(causes.length === 0 ? [] : ['Likely causes:\n', ...causes.map((each) => `- ${each}`), '']),
    `**What to do:** ${remedy}\n`,
    ...(also === undefined ? [] : [`${also}\n`]),
  ].join('\n');
}

function section({ title, about, entries }: Group): string {
  return [`## ${title}\n`, `${about}\n`, ...entries.map(entry)].join('\n');
}

/** The page. */
export function troubleshootingPage(): string {
  const all = groups();
  const known = new Set(all.flatMap(({ entries }) => entries.map(({ id }) => id)));
  const contents = all.map(({ title }) => `- [${title}](#${anchorOf(title)})`);
  return [
    HEAD,
    '## Contents\n',
    '- [By what is seen](#by-what-is-seen)',
    '- [What is often misunderstood](#what-is-often-misunderstood)',
    '- [What good looks like](#what-good-looks-like)',
    '- [What failure looks like](#what-failure-looks-like)',
    ...contents,
    '',
    '## By what is seen\n',
    ...symptoms(known),
    '## What is often misunderstood\n',
    ...misunderstandings(known),
    ...excerpts((ids) => linked(ids, known)),
    ...all.map(section),
  ].join('\n');
}
