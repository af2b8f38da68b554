/** docs/access.md: what each operation answers to each kind of caller, and why. */
import {
  EXCEPTIONS,
  OPERATORS,
  PRINCIPALS,
  type Principal,
  ruleOf,
  verdictOf,
} from '../../test/matrix/access.ts';
import { operations } from './sources.ts';

const HEAD = `# Who may do what

Made by \`npm run docs\` from test/matrix/access.ts and the table of operations; do not edit. Each field of the table is
a test over TLS, in each version of the API that has the operation:
\`npx vitest run --config test/vitest.config.ts test/matrix/access\`. What is defended by this and what is not:
[security.md](security.md).

The order of the questions is always the same: is there a certificate, is it trusted at this moment, does the session
id belong to it, may this kind of session make this call. Whoever fails one learns nothing of those after it, nor
whether the rest of the request makes sense. The two *register* operations ask for user name and password instead.

## Callers

| caller | who that is |
|---|---|`;

const TITLES: Readonly<Record<Principal, string>> = {
  anonymous: 'anonymous',
  untrusted: 'untrusted',
  revoked: 'revoked',
  expired: 'expired',
  foreign: 'another’s session',
  sessionless: 'no session',
  host: 'host',
  vcenter: 'vCenter',
};
const ALL = Object.keys(PRINCIPALS) as readonly Principal[];

const word = (outcome: string) => (outcome === 'answered' ? 'yes' : outcome);

function reasons(names: readonly string[]): readonly string[] {
  const told = new Map<string, Set<string>>();
  for (const name of names)
    for (const principal of ALL) {
      const { outcome, why } = verdictOf(name, principal);
      const own =
        EXCEPTIONS[name]?.[principal] === undefined ? `rule *${ruleOf(name)}*` : `\`${name}\``;
      const key = `| ${TITLES[principal]} | ${word(outcome)} | ${why} |`;
      told.set(key, (told.get(key) ?? new Set()).add(own));
    }
  return [...told].map(([key, where]) => `${key} ${[...where].join(', ')} |`);
}

/** The page. */
export function accessPage(): string {
  const names = operations().map(({ name }) => name);
  return [
    HEAD,
    ...ALL.map((each) => `| ${TITLES[each]} | ${PRINCIPALS[each]} |`),
    '| operator | whoever may open the local socket in the data folder; no VASA call, and no network |',
    '\n## Operations\n',
    `| operation | rule | ${ALL.map((each) => TITLES[each]).join(' | ')} | operator |`,
    `|---|---|${ALL.map(() => '---|').join('')}---|`,
    ...names.map((name) => {
      const cells = ALL.map((each) => word(verdictOf(name, each).outcome));
      return `| ${name} | ${ruleOf(name)} | ${cells.join(' | ')} | ${OPERATORS[name] ?? ''} |`;
    }),
    '\n## Why\n',
    '| caller | answer | because | where |',
    '|---|---|---|---|',
    ...reasons(names),
    '',
  ].join('\n');
}
