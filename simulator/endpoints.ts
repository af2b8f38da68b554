/**
 * Endpoints that fail and return, and planned moves of bindings. When an endpoint fails, hosts that are
 * bound there are asked to bind anew; their bindings stay until they end them.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { Clock } from '../src/model/clock.ts';
import type { EndpointId, HostId, VvolId } from '../src/model/ids.ts';
import type { ChangeFeed } from './changes.ts';
import type { Inventory } from './inventory.ts';
import type { Plan, Work } from './job-runner.ts';
import type { Db } from './open.ts';
import type { Volumes } from './volumes.ts';

interface EndpointParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly inventory: Inventory;
  readonly volumes: Volumes;
  readonly changes: ChangeFeed;
}

interface BoundRow {
  readonly host_id: HostId;
  readonly vvol_ids: string;
}

export class Endpoints {
  readonly #parts: EndpointParts;
  readonly #find;
  readonly #set;
  readonly #bound;
  readonly #prepare;
  readonly #end;

  constructor(parts: EndpointParts) {
    const { db } = parts;
    this.#parts = parts;
    this.#find = db.prepare<
      [EndpointId],
      { endpoint_no: bigint; array_no: bigint; is_online: bigint }
    >('SELECT endpoint_no, array_no, is_online FROM endpoint WHERE endpoint_id = ?');
    this.#set = db.prepare<[number, bigint]>(
      'UPDATE endpoint SET is_online = ? WHERE endpoint_no = ?',
    );
    this.#bound = db.prepare<[bigint], BoundRow>(
      `SELECT host_id, json_group_array(vvol_id ORDER BY binding_no) AS vvol_ids
       FROM binding JOIN volume USING (volume_no)
       WHERE endpoint_no = ? AND binding.state = 'bound' GROUP BY host_id ORDER BY host_id`,
    );
    this.#prepare = db.prepare<[bigint, HostId, number]>(
      `INSERT INTO binding_change (volume_no, destination_host_id, prepared_at_ms) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET destination_host_id = excluded.destination_host_id,
         prepared_at_ms = excluded.prepared_at_ms`,
    );
    this.#end = db.prepare<[bigint]>('DELETE FROM binding_change WHERE volume_no = ?');
  }

  /** Takes an endpoint out of service or back into it. As it is: nothing happens. Errors: notFound. */
  setOnline(endpointId: EndpointId, online: boolean): void {
    const { changes } = this.#parts;
    const row = this.#find.get(endpointId);
    if (row === undefined) throw new ArrayError('notFound', `no endpoint ${endpointId}`);
    if ((row.is_online === 1n) === online) return;
    this.#set.run(online ? 1 : 0, row.endpoint_no);
    const arrayNo = row.array_no;
    changes.appendEndpoint({ endpointId, arrayNo });
    if (online) return;
    for (const { host_id: hostId, vvol_ids } of this.#bound.all(row.endpoint_no)) {
      const vvolIds: readonly VvolId[] = JSON.parse(vvol_ids);
      changes.appendRebind({ endpointId, arrayNo, hostId, vvolIds });
    }
  }

  prepareChange(vvolIds: readonly VvolId[], destination: HostId): Plan {
    const { volumes, inventory, clock } = this.#parts;
    return {
      kind: 'prepareBindingChange',
      request: { vvolIds: JSON.stringify(vvolIds), destination },
      begin: () => {
        const rows = vvolIds.map((vvolId) => volumes.row(vvolId));
        const [first] = rows;
        if (first === undefined) throw new ArrayError('invalid', 'a move of no volume');
        for (const row of rows) this.#prepare.run(row.volume_no, destination, clock.now());
        const { arrayNo } = inventory.containerByNo(first.container_no);
        return { arrayNo, isWorked: true };
      },
    };
  }

  works(): Readonly<Record<'prepareBindingChange', Work>> {
    return { prepareBindingChange: { finish: () => ({ kind: 'none' }) } };
  }

  /** Bindings end by unbind alone, so both outcomes leave them as they are. Repeatable. Errors: notFound. */
  endChange(vvolId: VvolId): void {
    this.#end.run(this.#parts.volumes.row(vvolId).volume_no);
  }
}
