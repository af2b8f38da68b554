/**
 * Which entries a reader asked for. Kinds of wishes are joined by "and". What tells when the provider began,
 * ended or died is always part of the story.
 */
import type { Entry } from './entry.ts';
import { hasFailed } from './entry.ts';
import type { Names } from './names.ts';

export interface Wishes {
  readonly request?: string | undefined;
  readonly host?: string | undefined;
  readonly volume?: string | undefined;
  readonly vm?: string | undefined;
  readonly task?: string | undefined;
  /** SHA-256 of a client certificate: 16 hex digits or more, with or without colons. */
  readonly certificate?: string | undefined;
  readonly vcenter?: string | undefined;
  readonly operation?: string | undefined;
  /** Milliseconds since the epoch, by the provider's clock. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly faultsOnly?: boolean | undefined;
}

const LIFE: ReadonlySet<string> = new Set(['started', 'stopping', 'stopped', 'fatal']);

/** Whether an id is the one that was named, perhaps by its beginning. */
function isNamed(id: string | undefined, wish: string): boolean {
  if (id === undefined) return false;
  const [one, other] = [id.toLowerCase(), wish.trim().toLowerCase()];
  return one.startsWith(other) || one.startsWith(`rfc4122.${other}`);
}

function fingerprint(wish: string): string {
  return wish
    .replaceAll(/[^0-9a-f]/gi, '')
    .toLowerCase()
    .slice(0, 16);
}

/** Whether one thing or person in particular was asked for. */
export function isAboutOne(wishes: Wishes): boolean {
  const { request, host, volume, vm, task, certificate, vcenter } = wishes;
  return [request, host, volume, vm, task, certificate, vcenter].some((each) => each !== undefined);
}

/** The ids that were asked for, as texts. */
export function namedIn(wishes: Wishes): readonly string[] {
  const { request, host, volume, vm, task, certificate, vcenter } = wishes;
  const short = certificate === undefined ? undefined : fingerprint(certificate);
  return [request, host, volume, vm, task, short, vcenter].flatMap((each) =>
    each === undefined ? [] : [each.trim().toLowerCase()],
  );
}

/** Whether it was written within the time that was asked for; `at` by the provider's clock. */
export function isWithin(at: number, { since, until }: Wishes): boolean {
  return (since === undefined || at >= since) && (until === undefined || at <= until);
}

/** Whether an entry is part of the story, its time apart. */
export function isWished(entry: Entry, wishes: Wishes, names: Names): boolean {
  const { call, event, level, log } = entry;
  const { faultsOnly, operation } = wishes;
  const isBad =
    call === undefined ? level !== 'info' || event === 'connection_failed' : hasFailed(call);
  if (faultsOnly === true && !isBad) return false;
  if (LIFE.has(event) && log === 'provider') return true;
  if (operation !== undefined && call?.operation.toLowerCase() !== operation.toLowerCase())
    return false;
  if (!isAboutOne(wishes)) return true;
  return call === undefined || log !== 'provider'
    ? speaksOf(entry, wishes)
    : concerns(entry, wishes, names);
}

/** Of a call: everything that was asked for has to be true of it. */
function concerns({ call }: Entry, wishes: Wishes, names: Names): boolean {
  if (call === undefined) return false;
  const { request, host, volume, vm, task, certificate, vcenter } = wishes;
  const client = names.clientOf(call.certificate);
  const hostId = call.hostId ?? (client?.kind === 'host' ? client.id : undefined);
  const vcenterId = call.vcenterId ?? (client?.kind === 'vCenter' ? client.id : undefined);
  const isOf = (volumes: readonly string[], wish: string) =>
    volumes.some((id) => isNamed(id, wish));
  const machine = vm === undefined ? undefined : names.volumesOf(vm);
  return (
    (request === undefined || isNamed(call.requestId, request)) &&
    (host === undefined || isNamed(hostId, host)) &&
    (vcenter === undefined || isNamed(vcenterId, vcenter)) &&
    (volume === undefined || isOf(call.volumes, volume)) &&
    (machine === undefined || call.volumes.some((id) => machine.has(id.toLowerCase()))) &&
    (task === undefined || isNamed(call.taskId, task)) &&
    (certificate === undefined || isNamed(call.certificate, fingerprint(certificate)))
  );
}

/** Of anything else: one of the ids stands in its words or facts. */
function speaksOf({ text, facts }: Entry, wishes: Wishes): boolean {
  const words = `${text} ${JSON.stringify(facts)}`.toLowerCase();
  return namedIn(wishes).some((each) => words.includes(each));
}
