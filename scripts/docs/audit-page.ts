/** docs/audit.md: written by hand but for the list of actions, which comes from what is recorded. */
import { trustActions } from '../../src/run/audit/trust.ts';
import { auditedActions } from '../../src/run/audit/verbs.ts';
import { filled } from './filled.ts';

/** What neither a verb of the operator nor the room of trust tells. */
const OTHERS = [
  ...['audit.broken', 'audit.repaired', 'audit.resumed', 'audit.rotated', 'audit.unanchored'],
  ...['backup.restore', 'console.login', 'console.logout', 'login.more'],
  ...['provider.started', 'provider.stopped'],
];

const named = (actions: readonly string[]) =>
  [...actions]
    .sort()
    .map((action) => `\`${action}\``)
    .join(', ');

export function auditPage(): string {
  const rows = [
    ['ordered by an operator, by command or on the console', named(auditedActions())],
    ['of trust: by a vCenter, or by the passing of time', named(trustActions())],
    ['of the provider, the console and the trail itself', named(OTHERS)],
  ];
  const lines = rows.map(([what, actions]) => `| ${what} | ${actions} |`);
  return filled('audit.md', {
    actions: ['| what | actions |', '|---|---|', ...lines].join('\n'),
  });
}
