/** docs/faults.md: every fault, what brings it about here, and what its reader should do. */
import { FAULTS, type FaultMeaning, type FaultName } from '../../src/model/faults.ts';
import { faultMessages } from '../../src/operations/catalog/fault-messages.ts';
import { arrayErrors, type Operation, operations } from './sources.ts';

const HEAD = `# Faults

Made by \`npm run docs\` from the list of faults, the contract, and the comments above the handlers; do not edit.

Every fault carries a text that names the problem, the release and the id of the request; the same id is in the
provider's log (\`request_id\`), with what lay behind the fault. Inside a batch or a task a fault stands in the item
concerned, and the call itself succeeds. Which operation declares which fault is part of the protocol; one that is
not declared is told by the nearest that is. [operations.md](operations.md) has the faults by operation.
`;

const PREFIX = /^Keelson\.Fault\./;

/** What the comment above a handler says of a fault, in brackets after its name. */
function conditions({ handler }: Operation, fault: FaultName): readonly string[] {
  const found =
    handler?.comment.matchAll(new RegExp(`\\b${fault}\\b(?: \\(([^)]*)\\))?`, 'g')) ?? [];
  return [...found].flatMap(([, condition]) => (condition === undefined ? [] : [condition]));
}

/** The reasons of a StorageFault by message id. */
function storageReasons(): readonly string[] {
  return Object.entries(faultMessages()).flatMap(([id, { en: text }]) =>
    Object.hasOwn(FAULTS, id.replace(PREFIX, '')) ? [] : [`- \`${id}\`: ${text}`],
  );
}

function causes(fault: FaultName, all: readonly Operation[]): readonly string[] {
  const ofArray = arrayErrors().filter((each) => each.fault === fault);
  return [
    ...ofArray.map(({ kind, when }) => `- the array answers \`${kind}\`: ${when}`),
    ...(fault === 'StorageFault' ? storageReasons() : []),
    ...all.flatMap((operation) =>
      conditions(operation, fault).map((each) => `- ${operation.name}: ${each}`),
    ),
  ];
}

function section(fault: FaultName, meaning: FaultMeaning, all: readonly Operation[]): string {
  const declared = all.filter((each) => each.faults.includes(fault)).map((each) => each.name);
  const here = causes(fault, all);
  const by = declared.length === all.length ? 'every operation' : declared.join(', ');
  return [
    `## ${fault}\n`,
    `${meaning.when}\n`,
    '| | |',
    '|---|---|',
    `| who acts | the ${meaning.actor === 'client' ? 'calling program' : meaning.actor} |`,
    `| what to do | ${meaning.remedy} |`,
    `| may the same call succeed later by itself | ${meaning.retry ? 'yes' : 'no'} |`,
    `| declared by | ${by} |`,
    ...(here.length === 0
      ? []
      : ['\nWhat brings it about here, beside what is said above:\n', ...here]),
    '',
  ].join('\n');
}

/** The page. */
export function faultsPage(): string {
  const all = operations();
  const names = Object.keys(FAULTS) as FaultName[];
  return [HEAD, ...names.map((name) => section(name, FAULTS[name], all))].join('\n');
}
