/**
 * Turns an inventory plan and a seed into the rows of arrays, containers and endpoints, once, when the
 * file is made. Ids and addresses: `<array>:ProtocolEndpoint:<n>`, `naa.6` identifiers with a locally
 * administered vendor part (SPC-5), and addresses of the block kept for benchmarks (RFC 2544).
 */
import type { InBandId } from '../src/model/array.ts';
import type { Clock } from '../src/model/clock.ts';
import { bytesFromMB } from '../src/model/units.ts';
import type { Db } from './open.ts';
import type { InventoryPlan } from './options.ts';
import { hexOf, uuidOf } from './random.ts';

type ArrayPlan = InventoryPlan['arrays'][number];
type Protocol = keyof ArrayPlan['endpoints'];

/** Where a plan came from, kept to notice options that ask for something else later. */
export type PlanSource = { readonly preset: string } | { readonly inventory: InventoryPlan };

/** Writes the inventory of a new file; call it inside a transaction. */
export function writePlan(
  db: Db,
  clock: Clock,
  origin: { readonly seed: string; readonly source: PlanSource; readonly plan: InventoryPlan },
): void {
  db.prepare('INSERT INTO installation VALUES (1, ?, ?, ?)').run(
    origin.seed,
    JSON.stringify(origin.source),
    clock.now(),
  );
  origin.plan.arrays.forEach((array, index) => {
    const arrayId = `StorageArray:${hexOf(origin.seed, `array ${index}`, 16)}`;
    const arrayNo = db
      .prepare(
        `INSERT INTO array (array_id, name, priority, bindings_per_host_max,
           snapshots_per_volume_max) VALUES (?, ?, ?, ?, ?)`,
      )
      .run(
        arrayId,
        array.name,
        array.priority,
        array.bindingsPerHost,
        array.snapshotsPerVolume,
      ).lastInsertRowid;
    writeContainers(db, array, arrayNo, (n) =>
      uuidOf(origin.seed, `array ${index} container ${n}`),
    );
    writeEndpoints(db, array, { arrayNo, arrayId, arrayIndex: index, seed: origin.seed });
  });
}

function writeContainers(
  db: Db,
  array: ArrayPlan,
  arrayNo: number | bigint,
  idOf: (index: number) => string,
): void {
  const insert = db.prepare(
    `INSERT INTO container (container_id, array_no, name, protocol, max_volume_bytes,
       physical_total_bytes, logical_limit_bytes) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  array.containers.forEach((plan, index) => {
    insert.run(
      idOf(index),
      arrayNo,
      plan.name,
      plan.protocol,
      bytesFromMB(BigInt(plan.maxVolumeMB)),
      bytesFromMB(BigInt(plan.capacityMB)),
      bytesFromMB(BigInt(logicalLimitMB(plan))),
    );
  });
}

/** The tighter of quota and overcommit; 0 when there is neither. */
function logicalLimitMB(plan: ArrayPlan['containers'][number]): number {
  const limits = [plan.quotaMB, Math.floor(plan.capacityMB * plan.overcommit)].filter(
    (mb) => mb > 0,
  );
  return limits.length === 0 ? 0 : Math.min(...limits);
}

interface EndpointPlace {
  readonly arrayNo: number | bigint;
  readonly arrayId: string;
  readonly arrayIndex: number;
  readonly seed: string;
}

function writeEndpoints(db: Db, array: ArrayPlan, place: EndpointPlace): void {
  const insert = db.prepare(
    `INSERT INTO endpoint (endpoint_id, array_no, protocol, in_band_id, transport_ip_addresses)
     VALUES (?, ?, ?, ?, ?)`,
  );
  let number = 0;
  for (const protocol of ['SCSI', 'NFS', 'NFS4x'] as const) {
    for (let count = 0; count < array.endpoints[protocol]; count += 1) {
      number += 1;
      const addresses = protocol === 'SCSI' ? [] : [dataAddress(place, number)];
      insert.run(
        `${place.arrayId}:ProtocolEndpoint:${number}`,
        place.arrayNo,
        protocol,
        JSON.stringify(inBandIdOf(protocol, place, number)),
        JSON.stringify(addresses),
      );
    }
  }
}

function inBandIdOf(protocol: Protocol, place: EndpointPlace, number: number): InBandId {
  if (protocol === 'SCSI') {
    const vendorPart = hexOf(place.seed, `endpoint ${place.arrayIndex} ${number}`, 25);
    return { protocol, lunId: `naa.6020000${vendorPart}` };
  }
  const at = { ipAddress: dataAddress(place, number), serverMount: '/' };
  if (protocol === 'NFS') return { protocol, ...at };
  return { protocol, ...at, serverMajor: '4', serverMinor: '1', serverScope: place.arrayId };
}

/** Addresses that lead nowhere: nothing serves data behind a simulated endpoint. */
function dataAddress(place: EndpointPlace, number: number): string {
  return `198.18.${place.arrayIndex * 4 + (number >> 8)}.${number & 255}`;
}
