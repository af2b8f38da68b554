/**
 * Brings the rows of arrays and all that they are made of to what an inventory plan says: once when the file
 * is made, and again when the operator changes the plan. Things are the same when their names are. Ids follow
 * from the seed and from numbers that are never given twice; a plan that would take from hosts what they use
 * is refused, and the caller undoes what was written so far.
 */
import { ArrayError } from '../../src/array/errors.ts';
import type { ArrayPlan, InventoryPlan } from '../inventory-schema.ts';
import type { Db } from '../open.ts';
import { hexOf } from '../random.ts';
import { writeClassics, writeGroups, writeLabels } from './classic.ts';
import { writeEndpoints, writeProcessors } from './network.ts';
import { fitPools, writeContainers, writePools } from './pools.ts';
import { compared, type Site } from './site.ts';

/** Where a plan came from, kept to notice options that ask for something else later. */
export type PlanSource = { readonly preset: string } | { readonly inventory: InventoryPlan };

interface ArrayRow {
  readonly array_no: bigint;
  readonly array_id: string;
  readonly name: string;
}

/**
 * Writes the inventory; call it inside a transaction. Errors: inUse (volumes, bindings or space stand in the
 * way), unsupported (an array that is gone).
 */
export function writePlan(db: Db, seed: string, plan: InventoryPlan): void {
  const rows = db
    .prepare<[], ArrayRow>('SELECT array_no, array_id, name FROM array ORDER BY array_no')
    .all();
  const { kept, added, gone } = compared(rows, plan.arrays);
  const [missing] = gone;
  if (missing !== undefined) {
    throw new ArrayError('unsupported', `array ${missing.name}: an array cannot be taken away`);
  }
  for (const [row, array] of kept) {
    updateArray(db, row, array);
    writeArray(siteOf(db, seed, row), array);
  }
  for (const array of added) writeArray(siteOf(db, seed, insertArray(db, seed, array)), array);
}

function siteOf(db: Db, seed: string, { array_no, array_id, name }: ArrayRow): Site {
  const arrayIndex = Number(array_no) - 1;
  return { db, seed, arrayNo: array_no, arrayId: array_id, arrayName: name, arrayIndex };
}

function insertArray(db: Db, seed: string, array: ArrayPlan): ArrayRow {
  const index = db.prepare<[], bigint>('SELECT count(*) FROM array').pluck().get() ?? 0n;
  const row = {
    array_no: index + 1n,
    array_id: `StorageArray:${hexOf(seed, `array ${index}`, 16)}`,
    name: array.name,
  };
  db.prepare(
    `INSERT INTO array (array_no, array_id, name, priority, bindings_per_host_max,
       snapshots_per_volume_max) VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(
    row.array_no,
    row.array_id,
    row.name,
    array.priority,
    array.bindingsPerHost,
    array.snapshotsPerVolume,
  );
  return row;
}

function updateArray(db: Db, { array_no }: ArrayRow, array: ArrayPlan): void {
  db.prepare(
    `UPDATE array SET priority = ?, bindings_per_host_max = ?, snapshots_per_volume_max = ?
     WHERE array_no = ?`,
  ).run(array.priority, array.bindingsPerHost, array.snapshotsPerVolume, array_no);
}

/** Pools shrink and go last, when what lies in them has found its place. */
function writeArray(site: Site, plan: ArrayPlan): void {
  const poolNos = writePools(site, plan);
  const labels = writeLabels(site, plan.labels);
  writeProcessors(site, plan);
  writeContainers(site, plan, poolNos);
  writeEndpoints(site, plan.endpoints);
  writeClassics(site, plan, { poolNos, labelNos: labels.numbers });
  writeGroups(site, plan.hostGroups);
  labels.removeGone();
  fitPools(site, plan);
}
