/**
 * The alarms of this provider: states that are looked at when the array hints at a change and now and then
 * unasked, never when a client polls. What has changed goes to the store's log in order; what is active is
 * kept in memory too, so that a poll that finds nothing new asks nobody. Knows nothing of the wire.
 * Source: VASA `StorageAlarm`; docs/events-and-alarms.md.
 */
import type { StorageArrayPort } from '../../array/port.ts';
import { type Alarm, alarmKey } from '../../model/alarms.ts';
import type { Clock } from '../../model/clock.ts';
import type { ArrayId, VvolId } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import type { AlarmRecord, ProviderMessage, ProviderStore } from '../../store/port.ts';
import type { ExpiryNotice } from '../../trust/events.ts';
import { ended, raised } from '../catalog/alarm-messages.ts';
import { changeMessageId } from '../catalog/event-messages.ts';
import type { Range } from '../events/cursor.ts';
import { type AlarmReading, AlarmReadings } from './alarm-readings.ts';
import { ComplianceWatch, saysTheSame } from './compliance-watch.ts';
import { conditionsOf, type Inventory, inventoryOf } from './conditions.ts';

export interface ProviderAlarms {
  /** Looks from now on, beginning at once. */
  start(): void;
  /** Ends what `start` began, and waits for what is under way. */
  stop(): Promise<void>;
  /** Looks at everything now. What the array or the store refuses is tried again by itself. */
  look(): Promise<void>;
  /**
   * The next alarms, at most `LIMITS.alarmsPerReply`; none: nothing new. From the start: all that are
   * active, oldest first. After an id: what became of alarms since. Faults: see `placeAfter`.
   */
  read(reading: AlarmReading): Promise<readonly AlarmRecord[]>;
  /** Those that stand at this moment, in order of their ids; asks nobody. */
  active(): readonly AlarmRecord[];
}

interface ProviderAlarmsOptions {
  readonly array: StorageArrayPort;
  readonly store: ProviderStore;
  readonly clock: Clock;
  /** Certificates that are near their end. */
  readonly expiries: () => readonly ExpiryNotice[];
  /** Told when looking has failed; it is tried again. */
  readonly onError: (error: unknown) => void;
  /** Told of each alarm that was raised, changed or ended. */
  readonly onChange: (records: readonly AlarmRecord[]) => void;
  /** Told when volumes get no alarm of their own any more, because so many have one. */
  readonly onFull: () => void;
  /** Active alarms about volumes; by default `LIMITS.complianceAlarms`. */
  readonly complianceAlarms?: number;
}

/** Takes up what was active when the store was used last. Rejects when the store fails. */
export async function openProviderAlarms(options: ProviderAlarmsOptions): Promise<ProviderAlarms> {
  const { store } = options;
  return new Alarms(options, {
    active: await store.activeAlarms(),
    range: await store.alarmRange(),
  });
}

/** A failed question may be a hiccup: an array is silent when it fails twice in a row. */
const FAILURES_OF_SILENCE = 2;

class Alarms implements ProviderAlarms {
  readonly #options: ProviderAlarmsOptions;
  readonly #active = new Map<string, AlarmRecord>();
  readonly #readings: AlarmReadings;
  readonly #compliance: ComplianceWatch;
  readonly #complianceAlarms: number;
  #arrayIds: readonly ArrayId[] = [];
  #failures = 0;
  #hasLooked = false;
  #isFull = false;
  #isStopped = false;
  #running: Promise<void> | undefined;
  #soon: NodeJS.Timeout | undefined;
  #timer: NodeJS.Timeout | undefined;
  #endWatch: (() => void) | undefined;

  constructor(
    options: ProviderAlarmsOptions,
    { active, range }: { readonly active: readonly AlarmRecord[]; readonly range: Range },
  ) {
    this.#options = options;
    this.#complianceAlarms = options.complianceAlarms ?? LIMITS.complianceAlarms;
    for (const record of active) this.#active.set(alarmKey(record.alarm), record);
    this.#readings = new AlarmReadings(options.store, range, () => this.active());
    this.#compliance = new ComplianceWatch(options.array, options.store, (judged, alarms) =>
      this.#judged(judged, alarms),
    );
  }

  start(): void {
    this.#endWatch ??= this.#options.array.watch(() => this.#lookSoon());
    this.#timer ??= setInterval(() => void this.#run(true), LIMITS.alarmWatchMs).unref();
    void this.#run(true);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#endWatch?.();
    this.#endWatch = undefined;
    clearTimeout(this.#soon);
    clearInterval(this.#timer);
    await this.#running;
  }

  async look(): Promise<void> {
    // A run that is under way may have looked before the caller's change.
    await this.#running;
    await this.#run(true);
  }

  read(reading: AlarmReading): Promise<readonly AlarmRecord[]> {
    return this.#readings.read(reading);
  }

  active(): readonly AlarmRecord[] {
    return [...this.#active.values()];
  }

  #lookSoon(): void {
    if (this.#isStopped) return;
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      // A run that is under way may have looked before what the hint was about.
      if (this.#running !== undefined) this.#lookSoon();
      else void this.#run(false);
    }, LIMITS.alarmDelayMs).unref();
  }

  /** One run at a time; a call during a run joins it. `again`: active ones about volumes are looked at too. */
  #run(again: boolean): Promise<void> {
    this.#running ??= this.#lookAtAll(again)
      .catch(this.#options.onError)
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  async #lookAtAll(again: boolean): Promise<void> {
    const { array, expiries } = this.#options;
    let inventory: Inventory;
    try {
      inventory = await inventoryOf(array);
    } catch (error) {
      await this.#silent();
      throw error;
    }
    this.#failures = 0;
    this.#arrayIds = inventory.arrays.map(({ arrayId }) => arrayId);
    const conditions = conditionsOf(inventory, expiries());
    const before = this.#alarms().filter(({ type }) => type !== 'Compliance');
    const changed = await this.#move(before, conditions);
    this.#suspect(inventory, this.#hasLooked ? changed : this.#alarms());
    this.#hasLooked = true;
    const volumes = this.#alarms().filter(({ type }) => type === 'Compliance');
    if (this.#isFull && volumes.length < this.#complianceAlarms) {
      this.#isFull = false;
      this.#compliance.suspect(inventory.containers.map(({ container }) => container.containerId));
    }
    // Ids of volumes in alarms are those that the array gave.
    await this.#compliance.run(again ? volumes.map(({ objectId }) => objectId as VvolId) : []);
  }

  /** The array did not answer. All that was known of it stays as it was, but for its silence. */
  async #silent(): Promise<void> {
    this.#failures += 1;
    if (this.#failures < FAILURES_OF_SILENCE) return this.#lookSoon();
    const known = this.#arrayIds.map((arrayId) => {
      return raised('ArraySilent', 'Red', { objectId: arrayId, arrayId }, {});
    });
    const keys = new Set(known.map(alarmKey));
    const before = this.#alarms().filter((alarm) => keys.has(alarmKey(alarm)));
    await this.#move(before, known);
  }

  /**
   * Volumes of a pool whose health has changed are judged anew; at first those of every pool that is not
   * well, since an earlier process may have died over it.
   */
  #suspect({ containers }: Inventory, alarms: readonly Alarm[]): void {
    const poolIds = new Set(
      alarms
        .filter((each) => each.type === 'StorageObject' && each.objectType === 'BackingStoragePool')
        .map(({ objectId }) => objectId),
    );
    const lying = containers.filter(({ container }) => poolIds.has(container.poolId));
    this.#compliance.suspect(lying.map(({ container }) => container.containerId));
  }

  #alarms(): readonly Alarm[] {
    return [...this.#active.values()].map(({ alarm }) => alarm);
  }

  /**
   * The outcome for some volumes; those that are not among `alarms` are well, gone or without a profile.
   * False: there is room for no more alarms about volumes.
   */
  async #judged(judged: readonly VvolId[], alarms: readonly Alarm[]): Promise<boolean> {
    const ids = new Set<string>(judged);
    const active = this.#alarms().filter(({ type }) => type === 'Compliance');
    const before = active.filter(({ objectId }) => ids.has(objectId));
    const keys = new Set(before.map(alarmKey));
    const known = alarms.filter((alarm) => keys.has(alarmKey(alarm)));
    const more = alarms.filter((alarm) => !keys.has(alarmKey(alarm)));
    const room = Math.max(0, this.#complianceAlarms - active.length + before.length - known.length);
    await this.#move(before, [...known, ...more.slice(0, room)]);
    if (more.length <= room) return true;
    if (!this.#isFull) this.#options.onFull();
    this.#isFull = true;
    return false;
  }

  /** Takes these alarms from `before` to `after`. Gives those that changed. */
  async #move(before: readonly Alarm[], after: readonly Alarm[]): Promise<readonly Alarm[]> {
    const { clock, onChange, store } = this.#options;
    const keys = new Set(after.map(alarmKey));
    const old = new Map(before.map((alarm) => [alarmKey(alarm), alarm]));
    const changes = after.filter((alarm) => {
      const known = old.get(alarmKey(alarm));
      return known === undefined || !saysTheSame(known, alarm);
    });
    const ends = before.filter((alarm) => !keys.has(alarmKey(alarm))).map(ended);
    const all = [...changes, ...ends];
    if (all.length === 0) return all;
    const records = await store.appendAlarms(clock.now(), all, all.flatMap(messageOf));
    for (const record of records) {
      const key = alarmKey(record.alarm);
      if (record.alarm.status === 'Green') this.#active.delete(key);
      else {
        // In order of ids, which an update in place would not keep.
        this.#active.delete(key);
        this.#active.set(key, record);
      }
    }
    await this.#readings.appended();
    onChange(records);
    return all;
  }
}

/** The event that goes with an alarm: of a volume's compliance alone. */
function messageOf({ objectId, type }: Alarm): readonly ProviderMessage[] {
  if (type !== 'Compliance') return [];
  return [
    {
      messageId: changeMessageId('Compliance', 'update'),
      parameters: [{ name: 'objectId', value: objectId }],
      // Ids of volumes in alarms are those that the array gave.
      complianceOf: objectId as VvolId,
    },
  ];
}
