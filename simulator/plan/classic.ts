/**
 * What a plan says of classic datastores: LUNs, file systems, their labels, and who is let at what. How much
 * of a LUN or file system is used is taken from the plan when it is made, and is the operator's from then on.
 */
import { ArrayError } from '../../src/array/errors.ts';
import type { FileSystem } from '../../src/model/discovery.ts';
import { bytesFromMB } from '../../src/model/units.ts';
import type { ArrayPlan, HostGroupPlan } from '../inventory-schema.ts';
import { dataAddress, naaOf } from './network.ts';
import type { PoolNumbers } from './pools.ts';
import { compared, idOf, nextNumber, type Site } from './site.ts';

type ClassicKind = 'StorageLun' | 'StorageFileSystem';
type LunPlan = ArrayPlan['luns'][number];
type FileSystemPlan = ArrayPlan['fileSystems'][number];

/** What only a LUN has (`facts` of its row). */
export interface LunFacts {
  readonly esxLunIdentifier: string;
  /** Numbers of its ports; none: all of the array. */
  readonly ports?: readonly number[];
}

/** What only a file system has. */
export interface FileSystemFacts {
  readonly version: FileSystem['version'];
  readonly exports: FileSystem['exports'];
  readonly nativeSnapshots: boolean;
}

interface ClassicRow {
  readonly classic_no: bigint;
  readonly name: string;
  readonly used_bytes: bigint;
  readonly facts: string;
}

/** Name to number. */
type Numbers = ReadonlyMap<string, bigint>;

interface Places {
  readonly poolNos: PoolNumbers;
  readonly labelNos: Numbers;
}

/** LUNs and file systems. Errors: inUse (more is used than would fit), noSpace (of the pool). */
export function writeClassics(site: Site, plan: ArrayPlan, places: Places): void {
  const naa = (number: number) => naaOf(site, `lun ${site.arrayIndex} ${number}`);
  writeKind(site, 'StorageLun', plan.luns, places, (lun, number, old: LunFacts | undefined) => ({
    esxLunIdentifier: old?.esxLunIdentifier ?? naa(number),
    ...(lun.ports === undefined ? {} : { ports: lun.ports }),
  }));
  writeKind(
    site,
    'StorageFileSystem',
    plan.fileSystems,
    places,
    (one, number, old: FileSystemFacts | undefined): FileSystemFacts => ({
      version: one.version,
      exports: one.exports ?? old?.exports ?? [madeExport(site, one, number)],
      nativeSnapshots: one.nativeSnapshots,
    }),
  );
}

function madeExport(site: Site, { name }: FileSystemPlan, number: number) {
  return {
    serverName: `nas-${number}.array-${site.arrayIndex + 1}.example`,
    path: `/${name.replaceAll(/[^\w.-]/g, '-')}`,
    ipAddress: dataAddress(site, 19, number),
  };
}

function writeKind<Item extends LunPlan | FileSystemPlan, Facts>(
  site: Site,
  kind: ClassicKind,
  items: readonly Item[],
  places: Places,
  factsOf: (item: Item, number: number, old: Facts | undefined) => Facts,
): void {
  const { db, arrayNo } = site;
  const rows = db
    .prepare<[bigint, ClassicKind], ClassicRow>(
      `SELECT classic_no, name, used_bytes, facts FROM classic WHERE array_no = ? AND kind = ?
       ORDER BY classic_no`,
    )
    .all(arrayNo, kind);
  const { kept, added, gone } = compared(rows, items);
  const remove = db.prepare('DELETE FROM classic WHERE classic_no = ?');
  const change = db.prepare(
    `UPDATE classic SET pool_no = ?, label_no = ?, is_thin = ?, is_drs_permitted = ?,
       capacity_bytes = ?, facts = ? WHERE classic_no = ?`,
  );
  const insert = db.prepare(
    `INSERT INTO classic (pool_no, label_no, is_thin, is_drs_permitted, capacity_bytes, facts,
       classic_id, kind, array_no, name, used_bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { classic_no } of gone) remove.run(classic_no);
  for (const [row, item] of kept) {
    refuseSmall(row, item);
    const facts = factsOf(item, 0, JSON.parse(row.facts));
    fitting(item, () =>
      change.run(...valuesOf(item, places), JSON.stringify(facts), row.classic_no),
    );
  }
  for (const item of added) {
    const number = nextNumber(site, kind);
    const facts = JSON.stringify(factsOf(item, number, undefined));
    const used = bytesFromMB(BigInt(item.usedMB));
    const id = idOf(site, kind, number);
    fitting(item, () =>
      insert.run(...valuesOf(item, places), facts, id, kind, arrayNo, item.name, used),
    );
  }
}

function valuesOf(item: LunPlan | FileSystemPlan, { poolNos, labelNos }: Places) {
  return [
    poolNos.named.get(item.pool),
    item.label === undefined ? null : labelNos.get(item.label),
    item.thin ? 1 : 0,
    item.drs ? 1 : 0,
    bytesFromMB(BigInt(item.capacityMB)),
  ];
}

function refuseSmall({ name, used_bytes }: ClassicRow, { capacityMB }: LunPlan | FileSystemPlan) {
  if (used_bytes <= bytesFromMB(BigInt(capacityMB))) return;
  throw new ArrayError('inUse', `${name}: ${used_bytes} bytes of it are used`);
}

/** The account of the pool says no by itself. */
function fitting(item: LunPlan | FileSystemPlan, write: () => unknown): void {
  try {
    write();
  } catch (error) {
    const isFull = error instanceof Error && error.message.includes('reserved_bytes');
    if (!isFull) throw error;
    throw new ArrayError('noSpace', `${item.name}: pool ${item.pool} has too little space`, error);
  }
}

/** Labels by name; those that are gone can be removed when nobody has them any more. */
export function writeLabels(site: Site, labels: ArrayPlan['labels']) {
  const { db, arrayNo } = site;
  const find = db.prepare<[bigint], { label_no: bigint; name: string }>(
    'SELECT label_no, name FROM label WHERE array_no = ? ORDER BY label_no',
  );
  const { kept, added, gone } = compared(find.all(arrayNo), labels);
  const change = db.prepare('UPDATE label SET detail = ? WHERE label_no = ?');
  const insert = db.prepare(
    'INSERT INTO label (label_id, array_no, name, detail) VALUES (?, ?, ?, ?)',
  );
  for (const [{ label_no }, { detail }] of kept) change.run(detail, label_no);
  for (const { name, detail } of added) {
    const number = nextNumber(site, 'StorageCapability');
    insert.run(idOf(site, 'StorageCapability', number), arrayNo, name, detail);
  }
  const numbers: Numbers = new Map(find.all(arrayNo).map(({ name, label_no }) => [name, label_no]));
  const remove = db.prepare('DELETE FROM label WHERE label_no = ?');
  return {
    numbers,
    removeGone: () => {
      for (const { label_no } of gone) remove.run(label_no);
    },
  };
}

/** Host groups are all written anew: nothing points to them. */
export function writeGroups({ db, arrayNo }: Site, groups: readonly HostGroupPlan[]): void {
  db.prepare('DELETE FROM host_group WHERE array_no = ?').run(arrayNo);
  const insert = db.prepare('INSERT INTO host_group (array_no, name, plan) VALUES (?, ?, ?)');
  for (const group of groups) insert.run(arrayNo, group.name, JSON.stringify(group));
}
