/** What a running provider answers about itself: each question by itself, in a file of its name. */
import type { RunningAdministration } from '../../admin/port.ts';
import { LIMITS } from '../../model/limits.ts';
import type { Source } from './source.ts';

/** What the database knows too (`stored.ts`). */
const STORED: ReadonlySet<string> = new Set(['registrations', 'users', 'events', 'alarms']);

type Ask = (admin: RunningAdministration) => Promise<unknown>;
const page = { limit: LIMITS.adminPageItems };

/** File to question. Long lists are told by their first page; the log has the rest. */
const QUESTIONS: Readonly<Record<string, Ask>> = {
  'status.json': (admin) => admin.status(),
  'registrations.json': (admin) => admin.registrations(),
  'users.json': (admin) => admin.users(),
  'verbose.json': (admin) => admin.verbose(),
  'clock.json': (admin) => admin.clock.show(),
  'fault-rules.json': (admin) => admin.faults.list(),
  'inventory.json': (admin) => admin.queries.inventory(),
  'space.json': (admin) => admin.queries.spaceHistory(),
  'trust.json': (admin) => admin.queries.trust(),
  'sessions.json': (admin) => admin.queries.sessions(page),
  'tasks.json': (admin) => admin.queries.tasks(),
  'bindings.json': (admin) => bindings(admin),
  'events.json': (admin) => admin.queries.events(page),
  'alarms.json': (admin) => admin.queries.alarms(page),
  'requests.json': (admin) => admin.queries.requests(page),
};

/** Hosts whose bindings are listed. */
const HOSTS = 64;

async function bindings({ queries }: RunningAdministration): Promise<unknown> {
  const hosts = await queries.hosts({ limit: HOSTS });
  const listed = [];
  for (const host of hosts.items)
    listed.push({ ...host, bindings: await queries.hostBindings(host.hostId, page) });
  return { hosts: listed, hasMore: hosts.next !== undefined };
}

const STOPPED = 'no provider answers: this could not be asked';

/** A source for each question. */
export const ANSWERS: readonly Source[] = [
  ...Object.entries(QUESTIONS).map(([file, ask]): Source => {
    const name = file.replace(/\.json$/, '');
    return {
      name,
      collect: async ({ installation: { answering }, bundle }) => {
        if (answering === undefined) return STORED.has(name) ? [] : [STOPPED];
        bundle.data(file, await ask(answering.admin));
        return [];
      },
    };
  }),
  {
    name: 'metrics',
    collect: async ({ installation: { answering }, bundle }) => {
      if (answering === undefined) return [STOPPED];
      bundle.text('metrics.txt', await answering.admin.metrics());
      return [];
    },
  },
];
