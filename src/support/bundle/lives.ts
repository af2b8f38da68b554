/** How the provider's lives began and ended, as the log tells it: in order, by a fatal error, or without a word. */

interface Life {
  readonly startedAt: string;
  readonly release: string;
  readonly pid: number | undefined;
  endedAt: string | undefined;
  end: 'in order' | 'by a fatal error' | 'without a word' | 'still running';
  /** Of a fatal error, outermost first. */
  cause: unknown;
}

/** Lives that are told: the latest. */
const LISTED = 100;

/** Takes lines of the log in their order. */
export function createLives() {
  const lives: Life[] = [];
  const end = (how: Life['end'], time: string, cause?: unknown): void => {
    const last = lives.at(-1);
    if (last === undefined || last.endedAt !== undefined) return;
    Object.assign(last, { end: how, endedAt: time, cause });
  };
  return {
    take: (line: Readonly<Record<string, unknown>>): void => {
      const { event, time, release, pid, cause } = line;
      if (typeof time !== 'string') return;
      if (event === 'stopped') end('in order', time);
      if (event === 'fatal') end('by a fatal error', time, cause);
      if (event !== 'started') return;
      const who = { release: String(release), pid: typeof pid === 'number' ? pid : undefined };
      const open = { endedAt: undefined, end: 'without a word', cause: undefined } as const;
      lives.push({ startedAt: time, ...who, ...open });
      if (lives.length > LISTED) lives.shift();
    },
    /** `running`: the process that runs now. */
    list: (running: number | undefined): readonly Life[] =>
      lives.map((life) =>
        life.endedAt === undefined && life.pid === running && running !== undefined
          ? { ...life, end: 'still running' }
          : life,
      ),
  };
}
