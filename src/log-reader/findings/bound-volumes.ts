/** Volumes that could not be deleted or changed because they are bound: by a host that is alive, or by one that died. */
import { type Call, type Entry, hasFailed } from '../entry.ts';
import { BoundedMap, type Names } from '../names.ts';
import {
  evidenceOf,
  type Finding,
  type Group,
  type Rule,
  sentences,
  span,
  Tally,
  times,
  timeText,
} from './finding.ts';

/** Hosts poll every ten seconds: one that says nothing for so long is down, or cut off. */
const SILENT_MS = 5 * 60_000;

/** Whether the call failed because of one volume that it names, and somebody holds. */
export function isHeld({ outcome, itemFaults, volumes }: Call): boolean {
  const isOfItem = itemFaults['ResourceInUse'] !== undefined && volumes.length === 1;
  return volumes.length > 0 && (outcome === 'ResourceInUse' || isOfItem);
}

interface Held {
  readonly volume: string;
  readonly operation: string;
  /** The bind that holds it, if these logs have it. */
  readonly bind: Entry | undefined;
  /** When the host of that bind was heard last. */
  readonly heard: number | undefined;
}

export function boundVolumes(): Rule {
  /** The last bind of each volume that no unbind of the same host has followed. */
  const bound = new BoundedMap<Entry>();
  const tally = new Tally<Held>();

  const seeCall = (entry: Entry, names: Names): void => {
    const { call } = entry;
    if (call === undefined) return;
    const { operation, hostId, volumes } = call;
    // Which volumes of a batch were bound is not in the line, unless all were.
    if (operation === 'bindVirtualVolume' && !hasFailed(call))
      for (const id of volumes) bound.set(id, entry);
    if (/^unbind/.test(operation) && call.outcome === 'ok')
      for (const id of volumes)
        if (operation !== 'unbindVirtualVolume' || bound.get(id)?.call?.hostId === hostId)
          bound.delete(id);
    if (!isHeld(call)) return;
    for (const volume of volumes) {
      const bind = bound.get(volume);
      const holder = bind?.call?.hostId;
      const heard = holder === undefined ? undefined : names.heardAt(holder);
      tally.add(`${volume} ${operation}`, entry, { volume, operation, bind, heard });
    }
  };

  return {
    see(entry, names) {
      if (entry.log === 'provider') seeCall(entry, names);
    },
    findings: () => tally.groups().map(findingOf),
  };
}

function findingOf(group: Group<Held>): Finding {
  const { volume, operation, bind, heard } = group.facts;
  const host = bind?.call?.hostId;
  const silentMs = heard === undefined ? 0 : group.first.at - heard;
  const isStale = host !== undefined && silentMs >= SILENT_MS;
  const evidence = [...(bind === undefined ? [] : [evidenceOf(bind)]), ...group.evidence];
  const refused = `${operation} of volume ${volume} was refused ${times(group.count)} ${span(group)}, because it is in use`;
  const about = [volume, host].filter((each) => each !== undefined);
  if (host === undefined)
    return {
      ...{ id: 'volume-in-use', severity: 'warning', evidence, about },
      what: `${refused}.`,
      why: 'Another host holds a binding of it, which these logs do not show, or a piece of work on it is still under way.',
      remedy:
        'See who holds it: `keelson array show`, or the log of an earlier day. Unbind it there, or wait for the work to end.',
    };
  const since = bind === undefined ? '' : ` since ${timeText(bind.at)}`;
  const when = heard === undefined ? 'never' : timeText(heard);
  return isStale
    ? {
        ...{ id: 'stale-binding', severity: 'failure', evidence, about },
        what: `${refused}: host ${host} has it bound${since}, and was heard last ${when}.`,
        why: 'The host died, was cut off or was removed without unbinding. A binding outlives its host until somebody takes it back.',
        remedy: sentences(
          'Make sure that the host is down for good and its machines do not run elsewhere.',
          `Then have its bindings taken back: vCenter calls unbindAllVirtualVolumesFromHost for ${host} when the host is removed from it, or comes back. Delete the volume then.`,
        ),
      }
    : {
        ...{ id: 'volume-in-use', severity: 'warning', evidence, about },
        what: `${refused}: host ${host} has it bound${since}, and is alive (heard last ${when}).`,
        why: 'A machine that runs on that host uses the volume.',
        remedy: 'Power the machine off or move its disk away; the host unbinds it by itself.',
      };
}
