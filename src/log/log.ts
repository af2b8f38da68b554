/**
 * The one logger: JSON lines by pino, written in this process and synchronously to standard output and,
 * when asked, to rotating files, so that the line of an answered request survives the death of the
 * process. Every line carries the release signature. Nothing else in the product writes a log line.
 */
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Clock } from '../model/clock.ts';
import { causeChain, logText } from './cause.ts';
import type { LogEvent, LogFields } from './fields.ts';
import { LogFiles, type LogFilesOptions } from './files.ts';
import { type FactsOf, MESSAGES, type MessageId, subjectOf } from './messages/catalogue.ts';
import { type LineEvent, lineIdOf } from './messages/lines.ts';
import { RecentRequests } from './recent.ts';
import { describeTarget, Verbose } from './verbose.ts';

export type LogLevel = 'info' | 'warn' | 'error' | 'fatal';

export interface LogOptions {
  readonly release: string;
  readonly level: Exclude<LogLevel, 'fatal'>;
  /** Where lines go beside the files: standard output, or a test's own; undefined: nowhere. */
  readonly stream: DestinationStream | undefined;
  readonly files: LogFilesOptions | undefined;
  readonly clock: Clock;
}

export interface Log {
  /** Writes one line of a declared kind. Returns when it is with the operating system. */
  line<Event extends LineEvent>(
    level: LogLevel,
    event: Event,
    fields: LogFields<Event>,
    message: string,
  ): void;
  /** As `line`, but kept until `flush` or the next `line`, so that many lines are one write. */
  keep<Event extends LineEvent>(
    level: LogLevel,
    event: Event,
    fields: LogFields<Event>,
    message: string,
  ): void;
  /** Writes what is kept. Returns when it is with the operating system. */
  flush(): void;
  /**
   * A line about something that happened outside a call: a message of the catalogue, with its facts. Those
   * that are undefined are left out; texts are bounded. `cause` is a caught error.
   */
  notice<Id extends MessageId>(id: Id, facts: FactsOf<Id>): void;
  readonly verbose: Verbose;
  /** The latest requests, as their lines tell them. */
  readonly recent: RecentRequests;
  /** Folder of the log files; undefined when there are none. */
  readonly directory: string | undefined;
  close(): void;
}

/** Standard output as a destination: synchronous, and deaf to a reader that has gone. */
export function standardOutput(): DestinationStream {
  const stream = pino.destination({ fd: 1, sync: true, minLength: 0 });
  // A closed pipe must not take the provider down with it.
  stream.on('error', () => {});
  return stream;
}

function factsText(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, factText(value)]));
}

function factText(value: unknown): unknown {
  if (typeof value === 'string') return logText(value);
  if (typeof value === 'bigint') return `${value}`;
  return Array.isArray(value) ? value.map(factText) : value;
}

/** Makes the text of lines: `take` gives those made since it was last asked. */
function lineMaker({ clock, level, release }: LogOptions) {
  let lines = '';
  let time = { at: -1, text: '' };
  const logger = pino(
    {
      level,
      base: { release },
      timestamp: () => {
        const at = clock.now();
        // Lines of one millisecond share the text of their time, which costs as much as the rest of them.
        if (at !== time.at) time = { at, text: `,"time":"${new Date(at).toISOString()}"` };
        return time.text;
      },
      formatters: { level: (label) => ({ level: label }) },
    },
    {
      write: (line) => {
        lines += line;
      },
    },
  );
  /** By id, which says the event too. There are as many as messages. */
  const loggers = new Map<string, Logger>();
  return {
    make: (at: LogLevel, event: LogEvent, id: string, fields: object, message: string): void => {
      let made = loggers.get(id);
      if (made === undefined) {
        made = logger.child({ event, id });
        loggers.set(id, made);
      }
      made[at](fields, message);
    },
    take: (): string => {
      const taken = lines;
      lines = '';
      return taken;
    },
  };
}

/** Opens the log. Throws when the folder of the log files cannot be written. */
export function openLog(options: LogOptions): Log {
  const files = options.files && new LogFiles(options.files, options.clock);
  const maker = lineMaker(options);
  const flush = (): void => {
    const lines = maker.take();
    if (lines === '') return;
    options.stream?.write(lines);
    files?.write(lines);
    const dropped = files?.takeDropped() ?? 0;
    if (dropped > 0) options.stream?.write(`${JSON.stringify(droppedLine(options, dropped))}\n`);
  };
  const keep: Log['keep'] = (level, event, fields, message) =>
    maker.make(level, event, lineIdOf(event, fields), fields, message);
  const line: Log['line'] = (...written) => {
    keep(...written);
    flush();
  };
  const verbose = new Verbose(options.clock, {
    on: ({ number, target, until }) => {
      const fields = {
        switch: number,
        target: describeTarget(target),
        until: new Date(until).toISOString(),
      };
      line('warn', 'verbose_on', fields, 'verbose mode is on');
    },
    off: ({ number, target }, reason) => {
      const fields = { switch: number, target: describeTarget(target), reason };
      line('warn', 'verbose_off', fields, 'verbose mode is off');
    },
  });
  return {
    line,
    keep,
    flush,
    notice: (id, facts) => {
      const { level, text } = MESSAGES[id];
      const { cause, ...rest } = facts;
      const fields = { subject: subjectOf(id), facts: factsText(rest) };
      const chain = cause === undefined ? {} : { cause: causeChain(cause, level === 'error') };
      maker.make(level, 'notice', id, { ...fields, ...chain }, text);
      flush();
    },
    verbose,
    recent: new RecentRequests(options.clock),
    directory: options.files?.directory,
    close: () => {
      flush();
      files?.close();
    },
  };
}

function droppedLine(options: LogOptions, dropped: number): Record<string, unknown> {
  const id = 'log.lines_lost';
  const { level, text } = MESSAGES[id];
  return {
    level,
    time: new Date(options.clock.now()).toISOString(),
    release: options.release,
    event: 'notice',
    id,
    subject: subjectOf(id),
    facts: { lines: dropped } satisfies FactsOf<typeof id>,
    msg: text,
  };
}
