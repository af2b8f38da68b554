/** docs/operations.md: every operation of the contract, who may call it, what it answers with, and the proofs. */
import { LANE_OF_OPERATION } from '../../src/operations/lanes.ts';
import type { Lane, SessionRule } from '../../src/wire/call.ts';
import { messagesText, outcomes } from './proofs.ts';
import { type Operation, operations } from './sources.ts';

const WHO: Readonly<Record<SessionRule, string>> = {
  open: 'anybody; the handler judges',
  certificate: 'trusted certificate',
  session: 'session',
};

const HEAD = `# Operations

Made by \`npm run docs\` from the contract, the table of operations, the comments above the handlers and the rows of
test/matrix/; do not edit.

InvalidSession and StorageFault are declared by every operation and left out of the first table. *Who may call*:
a *session* needs a trusted client certificate and the live session that it opened. *Lane*: what goes first when not all
can be done at once ([admission.md](admission.md)); createVirtualVolume is urgent for swap volumes. What each fault means is in
[faults.md](faults.md), what is decided where the protocol is silent in [protocol-choices.md](protocol-choices.md).

Below, each operation has a table of its outcomes: success, and each fault that the contract declares for it. Each
cause in it is a test over TLS, whose name it is after the operation and the fault: for instance
\`npx vitest run --config test/vitest.config.ts test/matrix -t 'cancelTask, NotCancellable'\`. *Never* is followed by
why this provider does not answer so. An outcome that one version of the API alone has is marked with it.
`;

/** What is said of one operation that is served. */
function section({ name, versions, handler }: Operation): string {
  return [
    `### ${name}\n`,
    `${handler?.comment}\n`,
    `${messagesText(name)}\n`,
    '| outcome | comes about when |',
    '|---|---|',
    ...outcomes(name, versions),
    '',
  ].join('\n');
}

/** The page. */
export function operationsPage(): string {
  const all = operations();
  const rows = all.map(({ name, versions, faults, handler }) => {
    const others = faults.filter((each) => each !== 'InvalidSession' && each !== 'StorageFault');
    const place =
      handler === undefined ? 'no' : `[${handler.file.replace(/^.*\//, '')}](../${handler.file})`;
    const title = handler === undefined ? name : `[${name}](#${name.toLowerCase()})`;
    const who = handler === undefined ? '' : WHO[handler.rule];
    const lanes: Readonly<Record<string, Lane>> = LANE_OF_OPERATION;
    const lane = lanes[name] ?? '';
    return `| ${title} | ${versions.join(', ')} | ${place} | ${who} | ${lane} | ${others.join(', ')} |`;
  });
  const served = all.filter(({ handler }) => handler !== undefined).map(section);
  return [
    HEAD,
    `${served.length} of ${all.length} are served.\n`,
    '| operation | API versions | served by | who may call | lane | declared faults |',
    '|---|---|---|---|---|---|',
    ...rows,
    '\n## What each does\n',
    ...served,
  ].join('\n');
}
