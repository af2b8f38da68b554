/** What a provider that does not run would answer, as far as its database knows: registrations, users, events, alarms. */
import type { Registration } from '../../store/port.ts';
import type { Collect } from './source.ts';

/** The latest events that are told: as many as a running provider tells in one page. */
const EVENTS = 200n;

export const collectStored: Collect = async ({ bundle, installation, copy, clock }) => {
  if (installation.answering !== undefined) return [];
  const store = await copy.openStore(clock);
  try {
    const registrations = await store.registrations();
    bundle.data('registrations.json', registrations.map(withoutCertificates).map(withTimes));
    const users = await store.users();
    bundle.data(
      'users.json',
      users.map(({ userName, createdAt, changedAt }) =>
        withTimes({ userName, createdAt, changedAt }),
      ),
    );
    const { newest } = await store.eventRange();
    bundle.data(
      'events.json',
      (await store.events(newest - EVENTS, Number(EVENTS))).map(withTimes),
    );
    bundle.data('alarms.json', (await store.activeAlarms()).map(withTimes));
    return [];
  } finally {
    await store.close();
  }
};

/** They are in certificates/. */
function withoutCertificates({ certificates, crls, ...rest }: Registration): object {
  return { ...rest, certificates: certificates.length, crls: crls.length };
}

/** Times as people read them. */
function withTimes(record: object): unknown {
  const shown = Object.entries(record).map(([name, value]: [string, unknown]) =>
    /^at$|At$/.test(name) && typeof value === 'number'
      ? [name, new Date(value).toISOString()]
      : [name, value],
  );
  return Object.fromEntries(shown);
}
