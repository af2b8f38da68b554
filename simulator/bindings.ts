/**
 * Bindings: which host reaches which volume through which endpoint. They end by unbind alone. Of one
 * host's bindings of a volume exactly one is `bound`; those it is being moved away from are `moving`.
 * Source: the VASA bind, unbind and rebind calls; SCSI subsidiary logical units (SAM-5).
 */
import { ArrayError } from '../src/array/errors.ts';
import type { Binding } from '../src/model/array.ts';
import type { Clock } from '../src/model/clock.ts';
import type { EndpointId, HostId, VvolId } from '../src/model/ids.ts';
import { epochMs } from '../src/model/units.ts';
import { CONTENT_JOBS } from './creation.ts';
import type { Inventory } from './inventory.ts';
import type { Jobs } from './jobs.ts';
import type { Db } from './open.ts';
import type { VolumeRow } from './volume-rows.ts';
import type { Volumes } from './volumes.ts';

interface BindingRow {
  readonly binding_no: bigint;
  readonly vvol_id: VvolId;
  readonly host_id: HostId;
  readonly endpoint_no: bigint;
  readonly secondary_id: string;
  readonly bound_at_ms: bigint;
  readonly state: Binding['state'];
}

interface EndpointChoice {
  readonly endpoint_no: bigint;
  readonly endpoint_id: EndpointId;
}

/** What bindings need of the rest of the array. */
interface BindingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly inventory: Inventory;
  readonly volumes: Volumes;
  readonly jobs: Jobs;
}

const SELECT = `SELECT binding_no, vvol_id, host_id, endpoint_no, secondary_id, bound_at_ms, binding.state AS state
  FROM binding JOIN volume USING (volume_no)`;

export class Bindings {
  readonly #parts: BindingParts;
  readonly #find;
  readonly #ofPair;
  readonly #hostCount;
  readonly #choices;
  readonly #nextSecondary;
  readonly #insert;
  readonly #setState;
  readonly #end;
  readonly #endOfVolume;
  readonly #endOfHost;
  readonly #ended: BindingRow[] = [];

  constructor(parts: BindingParts) {
    const { db } = parts;
    this.#parts = parts;
    this.#find = {
      all: db.prepare<[], BindingRow>(`${SELECT} ORDER BY binding_no`),
      ofVolume: db.prepare<[VvolId], BindingRow>(`${SELECT} WHERE vvol_id = ? ORDER BY binding_no`),
      ofHost: db.prepare<[HostId], BindingRow>(`${SELECT} WHERE host_id = ? ORDER BY binding_no`),
    };
    this.#ofPair = db.prepare<[bigint, HostId], BindingRow>(
      `${SELECT} WHERE volume_no = ? AND host_id = ? ORDER BY binding_no`,
    );
    this.#hostCount = db
      .prepare<[HostId], bigint>('SELECT binding_count FROM host WHERE host_id = ?')
      .pluck();
    this.#choices = db.prepare<[bigint, string], EndpointChoice>(
      `SELECT endpoint_no, endpoint_id FROM endpoint
       WHERE array_no = ? AND protocol = ? AND is_online = 1
       ORDER BY binding_count, endpoint_no`,
    );
    this.#nextSecondary = db
      .prepare<[bigint], bigint>(
        `UPDATE endpoint SET last_secondary_no = last_secondary_no + 1 WHERE endpoint_no = ?
         RETURNING last_secondary_no`,
      )
      .pluck();
    this.#insert = db.prepare<[bigint, HostId, bigint, string, number]>(
      `INSERT INTO binding (volume_no, host_id, endpoint_no, secondary_id, state, bound_at_ms)
       VALUES (?, ?, ?, ?, 'bound', ?)`,
    );
    this.#setState = db.prepare<[Binding['state'], bigint]>(
      'UPDATE binding SET state = ? WHERE binding_no = ?',
    );
    this.#end = db.prepare<[bigint]>('DELETE FROM binding WHERE binding_no = ?');
    this.#endOfVolume = db.prepare<[bigint]>('DELETE FROM binding WHERE volume_no = ?');
    this.#endOfHost = db.prepare<[HostId]>('DELETE FROM binding WHERE host_id = ?');
  }

  bind(
    vvolId: VvolId,
    hostId: HostId,
    options: { readonly candidates: readonly EndpointId[]; readonly rebind: boolean },
  ): Binding {
    const { volumes, jobs } = this.#parts;
    const volume = volumes.row(vvolId);
    if (jobs.isAtWorkOn(volume.volume_no, CONTENT_JOBS)) {
      throw new ArrayError('busy', `a job is about to give volume ${vvolId} another content`);
    }
    const held = this.#ofPair.all(volume.volume_no, hostId);
    const present = held.find((row) => row.state === 'bound');
    if (present !== undefined && !options.rebind) return this.#fromRow(present);
    const choice = this.#choose(volume, options.candidates, held);
    if (present !== undefined) {
      if (choice.endpoint_no === present.endpoint_no) return this.#fromRow(present);
      this.#setState.run('moving', present.binding_no);
    }
    const there = held.find((row) => row.endpoint_no === choice.endpoint_no);
    if (there === undefined) this.#insertBinding(volume, hostId, choice);
    else this.#setState.run('bound', there.binding_no);
    return this.#present(volume, hostId);
  }

  unbind(
    vvolId: VvolId,
    hostId: HostId,
    only: { readonly endpointId: EndpointId; readonly secondaryId: string } | undefined,
  ): void {
    const { inventory, volumes } = this.#parts;
    const held = this.#ofPair.all(volumes.row(vvolId).volume_no, hostId);
    const isMeant = (row: BindingRow) =>
      only === undefined ||
      (row.secondary_id === only.secondaryId &&
        inventory.endpointByNo(row.endpoint_no).endpointId === only.endpointId);
    for (const row of held.filter(isMeant)) {
      this.#end.run(row.binding_no);
      this.#ended.push(row);
    }
    const left = held.filter((row) => !isMeant(row));
    const latest = left.at(-1);
    // The host has given up its move: what it still holds is where it stays.
    if (latest !== undefined && left.every((row) => row.state === 'moving')) {
      this.#setState.run('bound', latest.binding_no);
    }
  }

  unbindFromAllHosts(vvolId: VvolId): void {
    this.#ended.push(...this.#find.ofVolume.all(vvolId));
    this.#endOfVolume.run(this.#parts.volumes.row(vvolId).volume_no);
  }

  unbindAllFromHost(hostId: HostId): void {
    this.#ended.push(...this.#find.ofHost.all(hostId));
    this.#endOfHost.run(hostId);
  }

  /** Hosts and volumes that have lost their last binding since this was asked; after a commit. */
  takeUnbound(): readonly { readonly hostId: HostId; readonly vvolId: VvolId }[] {
    const ended = this.#ended
      .splice(0)
      .map((row) => ({ hostId: row.host_id, vvolId: row.vvol_id }));
    return ended.filter((place) => this.#rows(place).length === 0);
  }

  /** Oldest first. */
  list(of: { readonly vvolId?: VvolId; readonly hostId?: HostId }): readonly Binding[] {
    return this.#rows(of).map((row) => this.#fromRow(row));
  }

  #rows({ vvolId, hostId }: { readonly vvolId?: VvolId; readonly hostId?: HostId }): BindingRow[] {
    if (vvolId === undefined) {
      return hostId === undefined ? this.#find.all.all() : this.#find.ofHost.all(hostId);
    }
    const rows = this.#find.ofVolume.all(vvolId);
    return hostId === undefined ? rows : rows.filter((row) => row.host_id === hostId);
  }

  /**
   * The online endpoint of the volume's array and family, among the candidates, with the fewest
   * bindings. A move prefers one that the host does not use for this volume; but a move under way goes
   * where it was going, so that a repeated call changes nothing.
   */
  #choose(
    volume: VolumeRow,
    candidates: readonly EndpointId[],
    held: readonly BindingRow[],
  ): EndpointChoice {
    const { container, arrayNo } = this.#parts.inventory.containerByNo(volume.container_no);
    const wanted = new Set(candidates);
    const fit = this.#choices
      .all(arrayNo, container.protocol)
      .filter((choice) => wanted.has(choice.endpoint_id));
    const present = held.find((row) => row.state === 'bound');
    const onPresent = fit.find((choice) => choice.endpoint_no === present?.endpoint_no);
    if (held.length > 1 && onPresent !== undefined) return onPresent;
    const isFree = (choice: EndpointChoice) =>
      !held.some((row) => row.endpoint_no === choice.endpoint_no);
    const choice = fit.find(isFree) ?? onPresent ?? fit[0];
    if (choice === undefined) {
      throw new ArrayError(
        'failed',
        `no endpoint of the host is online for volume ${volume.vvol_id}`,
      );
    }
    return choice;
  }

  #insertBinding(volume: VolumeRow, hostId: HostId, choice: EndpointChoice): void {
    const { inventory, clock } = this.#parts;
    const { container, bindingsPerHost } = inventory.containerByNo(volume.container_no);
    if ((this.#hostCount.get(hostId) ?? 0n) >= bindingsPerHost) {
      throw new ArrayError('noSpace', `a host has at most ${bindingsPerHost} bindings`);
    }
    const secondaryId =
      container.protocol === 'SCSI'
        ? // Never used again, so that a late request of a host cannot reach another volume. A production
          // array has fewer logical unit numbers and would wait before it uses one again.
          `0x${(this.#nextSecondary.get(choice.endpoint_no) ?? 0n).toString(16)}`
        : // On NFS a Config volume is a directory, which hosts expect to end in a slash.
          `${container.containerId}/${volume.vvol_id}${volume.type === 'Config' ? '/' : ''}`;
    this.#insert.run(volume.volume_no, hostId, choice.endpoint_no, secondaryId, clock.now());
  }

  #present(volume: VolumeRow, hostId: HostId): Binding {
    const row = this.#ofPair.all(volume.volume_no, hostId).find((held) => held.state === 'bound');
    if (row === undefined) throw new ArrayError('failed', `volume ${volume.vvol_id} is not bound`);
    return this.#fromRow(row);
  }

  #fromRow(row: BindingRow): Binding {
    const { endpointId, inBandId } = this.#parts.inventory.endpointByNo(row.endpoint_no);
    return {
      vvolId: row.vvol_id,
      hostId: row.host_id,
      endpointId,
      inBandId,
      secondaryId: row.secondary_id,
      boundAt: epochMs(Number(row.bound_at_ms)),
      state: row.state,
    };
  }
}
