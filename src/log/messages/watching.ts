/** Messages about what watches the provider: the audit trail, and the export of traces. */
import type { Message } from './message.ts';

export const AUDIT_MESSAGES = {
  'audit.broken': {
    level: 'error',
    text: 'the audit trail was changed or cut while nobody watched; it was set aside, and another was begun',
    facts: { why: 'the first thing that is wrong, with its file and line' },
    means:
      'Records of administrative changes were changed, removed or moved, or the end of the trail is missing.',
    causes: [
      'Somebody has edited or removed files of the data folder.',
      'The data folder was put together from copies of different times, without `keelson backup`.',
      'The disk has lost what it had promised to keep.',
    ],
    remedy:
      'Find out who may write the data folder. `keelson audit verify` tells the folder that the old trail was set aside in; keep it as evidence.',
  },
  'audit.write_failed': {
    level: 'error',
    text: 'a record of the audit trail could not be written',
    facts: { action: 'what should have been recorded' },
    means:
      'What a vCenter or the provider itself has done is missing in the audit trail. Orders of operators are refused while this lasts.',
    causes: ['The disk of the data folder is full.', 'The data folder cannot be written any more.'],
    remedy: 'Free space, or restore the folder and its owner.',
  },
} as const satisfies Readonly<Record<`audit.${string}`, Message>>;

export const TRACING_MESSAGES = {
  'tracing.export_failed': {
    level: 'warn',
    text: 'spans of traces cannot be handed to the collector',
    facts: { endpoint: 'where they should have gone', failed: 'spans that were lost so far' },
    means: 'Traces have gaps. Nothing else is affected. It is said once, until it works again.',
    causes: [
      'No collector answers at `tracing.endpoint`.',
      'The collector’s certificate is not trusted, or it asks for a header that it is not sent.',
    ],
    remedy:
      'Check the collector and the setting; `curl` from the same machine shows whether it answers.',
  },
  'tracing.export_works': {
    level: 'info',
    text: 'spans of traces are handed to the collector again',
    facts: { failed: 'spans that were lost meanwhile' },
    means: 'Traces are whole again from here on.',
    causes: ['The collector answers again.'],
    remedy: 'Nothing.',
  },
} as const satisfies Readonly<Record<`tracing.${string}`, Message>>;
