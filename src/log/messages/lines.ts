/**
 * The id of every line of the log, and what each id means: those of notices stand in the catalogue, those of
 * requests follow from the outcome, those of failed connections from the code, the rest are kinds of lines.
 */
import type { Explanation } from '../../model/explanation.ts';
import type { LogEvent } from '../fields.ts';
import { messageOf } from './catalogue.ts';
import { CONNECTION_FAILURES, connectionFailureOf } from './connections.ts';
import { OUTCOMES } from './outcomes.ts';

/** Kinds of lines that are written by their kind, and not as a notice. */
export type LineEvent = Exclude<LogEvent, 'notice'>;

/** Kinds of lines whose id is their name. */
export const EVENTS = {
  started: {
    means: 'The provider listens from now on. `version_xml` is the URL to register.',
    causes: [],
    remedy: 'Nothing.',
  },
  stopping: {
    means: 'The provider was told to stop: it takes no more calls and finishes those under way.',
    causes: ['A signal of the service manager, of the machine’s shutdown, or from the keyboard.'],
    remedy: 'Nothing, if it was meant.',
  },
  stopped: {
    means:
      'The provider has stopped in order. A log that goes on with `started` without this line: the process was killed or the machine failed.',
    causes: [],
    remedy: 'Nothing.',
  },
  fatal: {
    means:
      'An error that nobody expected. The process ends, since its state might be wrong; what was acknowledged is safe.',
    causes: [
      'A mistake in this program or in the array adapter.',
      'The machine has no memory left.',
    ],
    remedy:
      'The service manager starts it again. Report it with the whole line: its cause and the release say where it was.',
  },
  verbose_on: {
    means: 'The SOAP of requests and answers goes to the log from now on, secrets hidden.',
    causes: ['The operator ran `keelson verbose on`, or sent the signal USR2.'],
    remedy: 'Nothing: it goes off by itself.',
  },
  verbose_off: {
    means: 'The SOAP of requests and answers goes to the log no longer.',
    causes: ['The time was over (`expired`), or somebody switched it off.'],
    remedy: 'Nothing.',
  },
  bodies: {
    means:
      'Request and answer of one call as they were on the wire; `request_id` leads to its `request` line.',
    causes: ['Verbose mode covered the call.'],
    remedy: 'Nothing.',
  },
} as const satisfies Readonly<
  Record<Exclude<LineEvent, 'request' | 'connection_failed'>, Explanation>
>;

/** The id of a line that is no notice, for the fields it has. Of a closed list, whatever the fields hold. */
export function lineIdOf(
  event: LineEvent,
  { outcome, code }: { readonly outcome?: unknown; readonly code?: unknown },
): string {
  if (event === 'request') {
    const isKnown = typeof outcome === 'string' && Object.hasOwn(OUTCOMES, outcome);
    return `request.${isKnown ? outcome : 'Server'}`;
  }
  return event === 'connection_failed' ? `${event}.${connectionFailureOf(`${code}`)}` : event;
}

/** What the line with this id means; undefined: this release has none such. */
export function explanationOf(id: string): Explanation | undefined {
  const [head = '', tail = ''] = [id.slice(0, id.indexOf('.')), id.slice(id.indexOf('.') + 1)];
  if (head === 'request') return own(OUTCOMES, tail);
  if (head === 'connection_failed') return own(CONNECTION_FAILURES, tail);
  return messageOf(id) ?? own(EVENTS, id);
}

function own(table: Readonly<Record<string, Explanation>>, name: string): Explanation | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
