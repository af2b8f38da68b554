/**
 * Makes files fit to be the array in the place of others: they must be whole and of an inventory that the
 * options allow, their feed must not be taken for a continuation of the old one, and no address that was
 * given out may be given to something else.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { Clock } from '../src/model/clock.ts';
import { openContent } from './content/content.ts';
import { openInventory } from './inventory.ts';
import { type Db, openDatabase } from './open.ts';
import type { Options } from './options.ts';
import type { PolicyRow } from './policies/declared.ts';

/** What the array that is replaced has given out. */
export interface GivenOut {
  /** Last sequence of its feed. */
  readonly sequence: bigint;
  /** Endpoint to the last number of a secondary id there. */
  readonly secondaries: ReadonlyMap<string, bigint>;
  /** Who serves its arrays: that is the providers' agreement, and no state of the storage. */
  readonly active: readonly ActiveRow[];
  /** What it has declared of policies: no generation of a profile may stand for two contents. */
  readonly policies: readonly PolicyRow[];
}

interface ActiveRow {
  readonly array_id: string;
  readonly provider_id: string;
  readonly url: string;
  readonly term: bigint;
}

export function givenOut(db: Db): GivenOut {
  const rows = db
    .prepare<[], { endpoint_id: string; last_secondary_no: bigint }>(
      'SELECT endpoint_id, last_secondary_no FROM endpoint',
    )
    .all();
  return {
    sequence: lastSequence(db),
    secondaries: new Map(rows.map((row) => [row.endpoint_id, row.last_secondary_no])),
    active: db
      .prepare<[], ActiveRow>(
        'SELECT array_id, provider_id, url, term FROM active_provider JOIN array USING (array_no)',
      )
      .all(),
    policies: db.prepare<[], PolicyRow>('SELECT * FROM policy').all(),
  };
}

/** Tables that say what the array is made of, parents first, and what is different in an empty one. */
const INVENTORY: readonly (readonly [table: string, empty: Readonly<Record<string, unknown>>])[] = [
  ['installation', {}],
  ['array', { health: 'healthy' }],
  ['last_number', {}],
  // Triggers count what LUNs and file systems hold.
  ['pool', { health: 'healthy', reserved_bytes: 0 }],
  ['processor', { health: 'healthy' }],
  ['port', { health: 'healthy' }],
  ['label', {}],
  ['classic', { health: 'healthy' }],
  ['host_group', {}],
  ['policy', {}],
  ['container', { volume_count: 0, logical_used_bytes: 0 }],
  ['endpoint', { is_online: 1, binding_count: 0 }],
];

/** Makes an empty array in an empty folder, with the inventory and the ids of the one in `db`. */
export function makeEmpty(folder: string, db: Db): void {
  const fresh = openDatabase(folder);
  try {
    fresh
      .transaction(() => {
        for (const [table, empty] of INVENTORY) copyRows(db, fresh, table, empty);
      })
      .exclusive();
    openContent(fresh, folder).close();
  } finally {
    fresh.close();
  }
}

function copyRows(from: Db, to: Db, table: string, other: Readonly<Record<string, unknown>>): void {
  const rows = from.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all();
  for (const row of rows) {
    const made = { ...row, ...other };
    const columns = Object.keys(made);
    const places = columns.map((column) => `@${column}`);
    to.prepare(`INSERT INTO ${table} (${columns.join()}) VALUES (${places.join()})`).run(made);
  }
}

/**
 * Proves that the closed array in `folder` can be opened, and makes it go on behind `given`. Errors:
 * incompatible (of another inventory than the options ask for), failed (damaged, newer).
 */
export function adopt(folder: string, given: GivenOut, clock: Clock, options: Options): void {
  const db = openDatabase(folder);
  try {
    fits(db, clock, options);
    openContent(db, folder).close();
    db.transaction(() => {
      restartFeed(db, clock, given.sequence);
      const raise = db.prepare<[bigint, string]>(
        `UPDATE endpoint SET last_secondary_no = max(last_secondary_no, ?) WHERE endpoint_id = ?`,
      );
      for (const [endpointId, number] of given.secondaries) raise.run(number, endpointId);
      keepActive(db, given.active);
      keepPolicies(db, given.policies);
    }).exclusive();
  } finally {
    db.close();
  }
}

function keepActive(db: Db, rows: readonly ActiveRow[]): void {
  db.exec('DELETE FROM active_provider');
  const keep = db.prepare<[ActiveRow]>(
    `INSERT INTO active_provider (array_no, provider_id, url, term)
     SELECT array_no, @provider_id, @url, @term FROM array WHERE array_id = @array_id`,
  );
  for (const row of rows) keep.run(row);
}

/** Opening compares them with what is declared for the containers of these files. */
function keepPolicies(db: Db, rows: readonly PolicyRow[]): void {
  db.exec('DELETE FROM policy');
  const keep = db.prepare<[PolicyRow]>(
    'INSERT INTO policy VALUES (@kind, @policy_id, @generation, @content, @containers)',
  );
  for (const row of rows) keep.run(row);
}

function fits(db: Db, clock: Clock, options: Options): void {
  try {
    openInventory(db, clock, options);
  } catch (error) {
    if (!(error instanceof ArrayError)) throw error;
    throw new ArrayError('incompatible', `not the same inventory: ${error.message}`, error);
  }
}

/**
 * Empties the feed and begins it anew behind a gap, with a change of each array: whoever had read to any
 * point of either feed sees that something is missing.
 */
function restartFeed(db: Db, clock: Clock, sequence: bigint): void {
  const last = lastSequence(db);
  const gap = (last > sequence ? last : sequence) + 1n;
  db.exec(`DELETE FROM change; UPDATE feed SET feed_id = lower(hex(randomblob(16)))`);
  db.prepare<[bigint, number]>(
    `INSERT INTO change (sequence, at_ms, array_no, kind, entity, entity_id, vvol_ids)
     SELECT ? + row_number() OVER (ORDER BY array_no), ?, array_no, 'update', 'StorageArray', array_id, '[]'
     FROM array`,
  ).run(gap, clock.now());
}

function lastSequence(db: Db): bigint {
  const question = `SELECT seq FROM sqlite_sequence WHERE name = 'change'`;
  return db.prepare<[], bigint>(question).pluck().get() ?? 0n;
}
