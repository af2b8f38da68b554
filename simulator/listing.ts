/**
 * What an operator looks through: the volumes of a container, what was made of a volume, the hosts with bindings.
 * Each page is read along an index. A page's token is the number of its last volume, or the id of its last host.
 */
import type { BoundHost, ListingPort, PageWish } from '../src/array/listing.ts';
import type { Page } from '../src/array/page.ts';
import type { HostId, VvolId } from '../src/model/ids.ts';
import { epochMs } from '../src/model/units.ts';
import type { Access } from './access.ts';
import { placeOf } from './finding.ts';
import type { Inventory } from './inventory.ts';
import type { Db } from './open.ts';
import type { NumberedRow } from './volume-rows.ts';

interface HostRow {
  readonly host_id: HostId;
  readonly binding_count: bigint;
  readonly oldest: bigint;
  readonly newest: bigint;
}

interface ListingParts {
  readonly db: Db;
  readonly inventory: Inventory;
}

/** The methods of the port. */
export function listingMethods({ db, inventory }: ListingParts, { read }: Access): ListingPort {
  const inContainer = db.prepare<[bigint, bigint, number], NumberedRow>(
    `SELECT volume_no, vvol_id FROM volume
     WHERE container_no = ? AND volume_no > ? AND state = 'live' ORDER BY volume_no LIMIT ?`,
  );
  const madeOf = db.prepare<[VvolId, bigint, number], NumberedRow>(
    `SELECT volume_no, vvol_id FROM volume
     WHERE parent_no = (SELECT volume_no FROM volume WHERE vvol_id = ?)
       AND volume_no > ? AND state = 'live' ORDER BY volume_no LIMIT ?`,
  );
  // Bindings are numbered as they come, so that a host's first and last are its oldest and newest.
  const hosts = db.prepare<[string, number], HostRow>(
    `SELECT host_id, binding_count,
       (SELECT bound_at_ms FROM binding WHERE binding.host_id = host.host_id
        ORDER BY binding_no LIMIT 1) AS oldest,
       (SELECT bound_at_ms FROM binding WHERE binding.host_id = host.host_id
        ORDER BY binding_no DESC LIMIT 1) AS newest
     FROM host WHERE host_id > ? AND binding_count > 0 ORDER BY host_id LIMIT ?`,
  );
  return {
    containerVolumes: (containerId, page) =>
      read(() => {
        const { containerNo } = inventory.container(containerId);
        return volumePage(inContainer.all(containerNo, placeOf(page), page.limit), page);
      }),
    volumesMadeOf: (vvolId, page) =>
      read(() => volumePage(madeOf.all(vvolId, placeOf(page), page.limit), page)),
    boundHosts: (page) =>
      read(() => {
        placeOf({ after: undefined, limit: page.limit });
        return hostPage(hosts.all(page.after ?? '', page.limit), page);
      }),
  };
}

function volumePage(rows: readonly NumberedRow[], { limit }: PageWish): Page<VvolId> {
  const next = rows.length < limit ? undefined : rows.at(-1)?.volume_no;
  return { items: rows.map(({ vvol_id }) => vvol_id), next: next?.toString() };
}

function hostPage(rows: readonly HostRow[], { limit }: PageWish): Page<BoundHost> {
  const items = rows.map(({ host_id, binding_count, oldest, newest }) => ({
    hostId: host_id,
    bindings: Number(binding_count),
    oldestAt: epochMs(Number(oldest)),
    newestAt: epochMs(Number(newest)),
  }));
  return { items, next: rows.length < limit ? undefined : rows.at(-1)?.host_id };
}
