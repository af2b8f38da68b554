/** What a replay found as plain data, like differences together: differences.json, and what the words are made of. */
import type { Difference } from './compare.ts';
import type { LeftOut } from './format.ts';
import type { ReplayedCall } from './player.ts';
import type { Replay } from './replay.ts';

/** The same difference of one operation, however often it came. Values are those of the first. */
export interface DifferenceGroup extends Difference {
  readonly operation: string;
  readonly calls: number;
  /** Ids of the scenarios. */
  readonly scenarios: readonly string[];
  readonly first: { readonly recorded: number; readonly exchange: number | undefined };
}

interface Side {
  readonly url: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Release signatures. */
  readonly servers: readonly string[];
}

export interface DifferencesDocument {
  readonly recording: Side;
  readonly replay: Side;
  readonly counts: {
    /** Of the recording, without those left out. */
    readonly calls: number;
    readonly same: number;
    readonly different: number;
    readonly notSent: number;
    /** The replay was stopped before them. */
    readonly notReached: number;
    readonly leftOut: number;
  };
  readonly groups: readonly DifferenceGroup[];
  /** Calls that have differences, with all of them. */
  readonly calls: readonly {
    readonly recorded: number;
    readonly exchange: number | undefined;
    readonly scenario: string | undefined;
    readonly client: string;
    readonly operation: string;
    readonly differences: readonly Difference[];
  }[];
  readonly leftOut: readonly LeftOut[];
  /** What could not be taken back. */
  readonly left: readonly string[];
}

/** The replay as data. */
export function differencesOf(replay: Replay): DifferencesDocument {
  const { recording, calls, wanted, leftOut, left, target, exchanges, startedAt } = replay;
  const { header, clients } = recording;
  const different = calls.filter((each) => each.differences.length > 0);
  const notSent = different.filter((each) => each.exchange === undefined).length;
  return {
    recording: { url: header.url, startedAt: header.startedAt, servers: header.servers },
    replay: {
      url: target.url,
      startedAt: new Date(startedAt).toISOString(),
      servers: [...new Set(exchanges.flatMap(({ server }) => server ?? []))],
    },
    counts: {
      calls: wanted,
      same: calls.length - different.length,
      different: different.length - notSent,
      notSent,
      notReached: wanted - calls.length,
      leftOut: leftOut.reduce((sum, each) => sum + each.calls, 0),
    },
    groups: groupsOf(different),
    calls: different.map(({ call, exchange, differences }) => ({
      ...{ recorded: call.number, exchange, scenario: call.scenario },
      client: clients.get(call.client)?.name ?? '',
      ...{ operation: call.operation, differences },
    })),
    ...{ leftOut, left },
  };
}

/** Like differences together, in the order in which they first came. */
function groupsOf(calls: readonly ReplayedCall[]): readonly DifferenceGroup[] {
  const groups = new Map<string, DifferenceGroup & { readonly last: ReplayedCall }>();
  for (const each of calls)
    for (const difference of each.differences) {
      const { operation, number, scenario = '' } = each.call;
      const key = [operation, difference.what, difference.path, kindOf(difference)].join('\n');
      const known = groups.get(key);
      const scenarios = known?.scenarios ?? [];
      groups.set(key, {
        ...(known ?? {
          ...difference,
          operation,
          first: { recorded: number, exchange: each.exchange },
        }),
        calls: (known?.calls ?? 0) + (known?.last === each ? 0 : 1),
        scenarios: scenarios.includes(scenario) ? scenarios : [...scenarios, scenario],
        last: each,
      });
    }
  return [...groups.values()].map(({ last: _, ...group }) => group);
}

/** Differences of the call as a whole, and of values, are told apart by them; of ids and elements they are not. */
function kindOf({ what, path, before, after }: Difference): string {
  return path === '' || what === 'another value' ? `${before}\n${after}` : '';
}
