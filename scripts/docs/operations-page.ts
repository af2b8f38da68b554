/** docs/operations.md: every operation of the contract, who may call it, what it answers with. */
import type { SessionRule } from '../../src/wire/call.ts';
import { operations } from './sources.ts';

const WHO: Readonly<Record<SessionRule, string>> = {
  open: 'anybody; the handler judges',
  certificate: 'trusted certificate',
  session: 'session',
};

const HEAD = `# Operations

Made by \`npm run docs\` from the contract, the table of operations and the comments above the handlers; do not edit.

InvalidSession and StorageFault are declared by every operation and left out of the lists of faults. *Who may call*:
a *session* needs a trusted client certificate and the live session that it opened. What each fault means is in
[faults.md](faults.md), what is decided where the protocol is silent in [protocol-choices.md](protocol-choices.md).
`;

/** The page. */
export function operationsPage(): string {
  const all = operations();
  const rows = all.map(({ name, versions, faults, handler }) => {
    const others = faults.filter((each) => each !== 'InvalidSession' && each !== 'StorageFault');
    const place =
      handler === undefined ? 'no' : `[${handler.file.replace(/^.*\//, '')}](../${handler.file})`;
    const title = handler === undefined ? name : `[${name}](#${name.toLowerCase()})`;
    const who = handler === undefined ? '' : WHO[handler.rule];
    return `| ${title} | ${versions.join(', ')} | ${place} | ${who} | ${others.join(', ')} |`;
  });
  const served = all.flatMap(({ name, handler }) =>
    handler === undefined ? [] : [`### ${name}\n\n${handler.comment}\n`],
  );
  return [
    HEAD,
    `${served.length} of ${all.length} are served.\n`,
    '| operation | API versions | served by | who may call | declared faults |',
    '|---|---|---|---|---|',
    ...rows,
    '\n## What each does\n',
    ...served,
  ].join('\n');
}
