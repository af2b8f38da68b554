/** Messages about the provider at work: its clock, its load, its log. */
import type { Message } from './message.ts';

export const PROVIDER_MESSAGES = {
  'clock.moved': {
    level: 'warn',
    text: 'the clock of the provider was moved, until it restarts',
    facts: {
      provider_time: 'ISO 8601, what the provider takes for the time now',
      offset_seconds: 'how far that is from the clock of the machine',
    },
    means:
      'The provider judges certificates, sessions and rules by another time than the machine’s.',
    causes: ['The operator moved it, for a test; only where `clock.movable` is true.'],
    remedy:
      'On a provider that is no test: `keelson clock reset`, and set `clock.movable` to false.',
  },
  'load.shedding': {
    level: 'warn',
    text: 'shedding: more was asked than can be done at once',
    facts: {
      counts:
        'what was turned away since the last such line, each with how many: a `connection` or a call of a lane (`urgent call`, `bulk call` and so on), because no place to wait was left (`crowded`), after waiting too long (`waited`), since there are too many in all (`connections`) or of one session (`session`), or because the client has gone (`left`); `connection_failed`: lines that were left out',
    },
    means:
      'Some callers were turned away at once instead of all being served late. They try again by themselves.',
    causes: [
      'Many hosts connect at once: after a restart of the provider, a power failure, or new certificates.',
      'One machine floods the provider: only its own calls are turned away then.',
      'The machine of the provider has too little processor time.',
    ],
    remedy:
      'Nothing, if it ends within minutes. Else see which addresses call most, and give the machine more processor time.',
  },
  'log.lines_lost': {
    level: 'error',
    text: 'log lines could not be written to the log folder',
    facts: { lines: 'how many' },
    means: 'The log files have a gap. Standard output has the lines, where it is kept.',
    causes: [
      'The disk of the log folder is full.',
      'The folder was removed, or belongs to another user now.',
    ],
    remedy: 'Free space, or restore the folder and its owner. The provider need not be restarted.',
  },
} as const satisfies Readonly<Record<`${'clock' | 'load' | 'log'}.${string}`, Message>>;
