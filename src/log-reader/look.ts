/** How one entry of the story is put into words, for terminal and page alike. */
import { hasFailed } from './entry.ts';
import { type Explained, explainedEntry } from './explain.ts';
import type { Told } from './story.ts';

/** What kind of thing it is; colours and filters go by it. */
export type Look = 'ordinary' | 'life' | 'change' | 'warning' | 'failure';

export interface Words {
  readonly kind: Look;
  readonly text: string;
  readonly details: readonly string[];
  readonly explain: readonly Explained[];
}

const LIFE: ReadonlySet<string> = new Set([
  'started',
  'stopping',
  'stopped',
  'verbose_on',
  'verbose_off',
]);
const LOGS = { provider: '', host: 'host’s log: ', vcenter: 'vCenter’s log: ' } as const;
const VOLUMES_NAMED = 3;
/** A shorter wait is nothing that anybody feels. */
const QUEUE_TOLD_MS = 50;

/** The words of an entry. */
export function lookOf(told: Told): Words {
  const { entry } = told;
  const kind = kindOf(told);
  const explain = kind === 'ordinary' || kind === 'life' ? [] : explainedEntry(entry);
  if (entry.call === undefined) {
    const facts = Object.entries(entry.facts).filter(([, value]) => value !== undefined);
    const words = facts.map(([name, value]) => `${name} ${valueText(value)}`);
    return {
      kind,
      text: `${LOGS[entry.log]}${entry.text}`,
      details: words.length === 0 ? [] : [words.join(', ')],
      explain,
    };
  }
  return { kind, text: callText(told), details: detailsOf(told), explain };
}

function kindOf({ entry: { call, event, level } }: Told): Look {
  if (call !== undefined) return hasFailed(call) ? 'failure' : 'ordinary';
  if (LIFE.has(event)) return 'life';
  if (level === 'error' || level === 'fatal') return 'failure';
  if (level === 'warn' || event === 'connection_failed') return 'warning';
  return event === 'message' ? 'ordinary' : 'change';
}

function callText({ entry, who, times, until, at }: Told): string {
  const { call, log } = entry;
  if (call === undefined) return entry.text;
  const { operation, outcome, durationMs, queueMs, volumes, itemFaults, reason } = call;
  const items = Object.entries(itemFaults).map(
    ([name, count]) => `${name} for ${count} of its items`,
  );
  const waited =
    queueMs !== undefined && queueMs >= QUEUE_TOLD_MS ? `, ${queueMs} ms of them waiting` : '';
  const named = volumes.slice(0, VOLUMES_NAMED).join(', ');
  const parts = [
    `${who === '' ? LOGS[log] : `${LOGS[log]}${who}  `}${operation}`,
    items.length === 0 ? outcome : items.join(', '),
    reason === undefined ? undefined : `: ${reason}`,
    durationMs === undefined ? undefined : `, ${durationMs} ms${waited}`,
    named === '' ? undefined : `, ${named}${volumes.length > VOLUMES_NAMED ? ' and others' : ''}`,
    times === 1 ? undefined : `, ${times} times in ${Math.round((until - at) / 1_000)} s`,
  ];
  return parts
    .filter((part) => part !== undefined)
    .join(' ')
    .replaceAll(/ ([,:])/g, '$1');
}

function detailsOf({ entry: { call, log }, requestId }: Told): readonly string[] {
  if (call === undefined) return [];
  if (log !== 'provider')
    return requestId === undefined ? [] : [`= request ${requestId} of the provider`];
  if (!hasFailed(call) && call.taskId === undefined) return [];
  return [
    call.refusal === undefined ? undefined : `refused because ${call.refusal}`,
    ...call.causes.filter((each) => each !== call.reason).map((each) => `behind it: ${each}`),
    call.injected.length === 0
      ? undefined
      : `on purpose, by fault rule ${call.injected.join(', ')}`,
    call.taskId === undefined ? undefined : `task ${call.taskId}`,
    call.requestId === undefined ? undefined : `request ${call.requestId}`,
  ].filter((each) => each !== undefined);
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
