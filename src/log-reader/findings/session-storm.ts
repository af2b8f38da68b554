/** Many clients that open sessions in the same seconds, and what was turned away then. */
import { type Entry, faultsOf } from '../entry.ts';
import { counted, evidenceOf, type Finding, type Rule, sentences, timeText } from './finding.ts';

/** So many clients within so long a time are no coincidence. */
const CLIENTS = 10;
const WINDOW_MS = 10_000;
/** A storm that begins so soon after a start follows from it. */
const RESTARTED_MS = 60_000;
/** Clients of one storm that are counted. */
const CLIENTS_KEPT = 5_000;
const STORMS = 20;

interface Storm {
  readonly from: Entry;
  to: Entry;
  readonly clients: Set<string>;
  calls: number;
  busy: number;
  restart: Entry | undefined;
}

export function sessionStorm(): Rule {
  /** Of each client that opened a session within the window; a storm begins before there are many. */
  const recent = new Map<string, { readonly to: Entry; readonly calls: number }>();
  let storm: Storm | undefined;
  let restart: Entry | undefined;
  let turnedAway = 0;
  let shed: Entry | undefined;
  const storms: Storm[] = [];
  const clientOf = ({ call }: Entry) =>
    call?.hostId ?? call?.certificate ?? call?.peerAddress ?? '';

  const begin = (entry: Entry): void => {
    const all = [...recent.values()];
    const from = all.map((each) => each.to).reduce((a, b) => (a.at <= b.at ? a : b), entry);
    const isAfterRestart = restart !== undefined && from.at - restart.at < RESTARTED_MS;
    storm = {
      ...{ from, to: entry, clients: new Set(recent.keys()), busy: 0 },
      calls: all.reduce((sum, { calls }) => sum + calls, 0),
      restart: isAfterRestart ? restart : undefined,
    };
    recent.clear();
    if (storms.length < STORMS) storms.push(storm);
  };

  const seeSession = (entry: Entry): void => {
    const client = clientOf(entry);
    if (storm !== undefined && Math.abs(entry.at - storm.to.at) <= WINDOW_MS) {
      storm.to = entry;
      storm.calls += 1;
      if (storm.clients.size < CLIENTS_KEPT) storm.clients.add(client);
      return;
    }
    for (const [each, { to }] of recent)
      if (Math.abs(entry.at - to.at) > WINDOW_MS) recent.delete(each);
    const { calls = 0 } = recent.get(client) ?? {};
    recent.set(client, { to: entry, calls: calls + 1 });
    if (recent.size >= CLIENTS) begin(entry);
  };

  return {
    see(entry) {
      if (entry.log !== 'provider') return;
      if (entry.event === 'started') restart = entry;
      if (entry.id === 'load.shedding') {
        turnedAway += shedCount(entry);
        shed ??= entry;
      }
      const { call } = entry;
      if (call?.operation === 'setContext') seeSession(entry);
      const isBusy = call !== undefined && faultsOf(call).includes('VasaProviderBusy');
      if (isBusy && storm !== undefined && entry.at - storm.to.at <= WINDOW_MS) storm.busy += 1;
    },
    findings: () => storms.map((each) => findingOf(each, shed, turnedAway)),
  };
}

function shedCount({ facts }: Entry): number {
  const counts = facts['counts'] ?? facts;
  return Object.values(Object(counts)).reduce<number>(
    (sum, each) => sum + (typeof each === 'number' ? each : 0),
    0,
  );
}

function findingOf(
  { from, to, clients, calls, busy, restart }: Storm,
  shed: Entry | undefined,
  turnedAway: number,
): Finding {
  const seconds = Math.max(1, Math.ceil((to.at - from.at) / 1_000));
  const away = [
    busy > 0 ? `${counted(busy, 'call')} answered VasaProviderBusy` : undefined,
    turnedAway > 0 ? `${turnedAway} connections or calls turned away` : undefined,
  ].filter((each) => each !== undefined);
  const after = restart === undefined ? '' : `, after the start of ${timeText(restart.at)}`;
  return {
    id: 'set-context-storm',
    severity: away.length > 0 ? 'warning' : 'remark',
    what: `${clients.size} clients opened ${counted(calls, 'session')} (setContext) within ${seconds} s from ${timeText(from.at)}${after}${away.length > 0 ? `; ${away.join(', ')}` : ''}.`,
    why: sentences(
      restart === undefined
        ? 'All hosts lost their sessions at once: the network, the certificates or the provider changed for all of them.'
        : 'Sessions live in the provider’s memory: after a restart every host and vCenter opens a new one, all in the same moment.',
      away.length > 0
        ? 'More came than can be served at once, so that the rest was told to come again, before the provider could choke.'
        : 'All of them were served.',
    ),
    remedy: sentences(
      'Nothing, if it ends within some minutes: hosts come again by themselves.',
      'If it goes on, look for what makes the sessions end: restarts, a load balancer, or certificates that were changed.',
      away.length > 0
        ? 'A machine with more processors takes more handshakes; the limits are the settings under `admission`.'
        : undefined,
    ),
    evidence: [restart, from, to, shed].filter((each) => each !== undefined).map(evidenceOf),
    about: [],
  };
}
