/**
 * Rows of pools, controllers, ports and labels as the records that cross the port, frozen. A port is no healthier
 * than its controller.
 */
import type { Health, Pool, Port, Processor, StorageCapability } from '../src/model/discovery.ts';
import type { ArrayId } from '../src/model/ids.ts';
import { bytes } from '../src/model/units.ts';
import type { Db } from './open.ts';
import type { PortFacts } from './plan/network.ts';

/** A pool but for what is used of it. */
export type PoolFacts = Omit<Pool, 'used' | 'promised'> & {
  /** What lies in it shares something slow. */
  readonly isSpinning: boolean;
};

interface PoolRow {
  readonly pool_id: string;
  readonly array_id: ArrayId;
  readonly name: string;
  readonly kind: Pool['kind'];
  readonly medium: 'flash' | 'spinning';
  readonly health: Health;
  readonly capacity_bytes: bigint;
}

/** In the order in which they were made, as all others. */
export function readPools(db: Db): readonly PoolFacts[] {
  return db
    .prepare<[], PoolRow>(
      'SELECT pool.*, array_id FROM pool JOIN array USING (array_no) ORDER BY array_no, pool_no',
    )
    .all()
    .map(({ pool_id, array_id, name, kind, medium, health, capacity_bytes }) =>
      Object.freeze({
        poolId: pool_id,
        arrayId: array_id,
        name,
        kind,
        capacity: bytes(capacity_bytes),
        isSpinning: medium === 'spinning',
        health,
      }),
    );
}

interface ProcessorRow {
  readonly processor_id: string;
  readonly array_id: ArrayId;
  readonly identifiers: string;
  readonly health: Health;
}

export function readProcessors(db: Db): readonly Processor[] {
  return db
    .prepare<[], ProcessorRow>(
      `SELECT processor.*, array_id FROM processor JOIN array USING (array_no)
       ORDER BY array_no, processor_no`,
    )
    .all()
    .map(({ processor_id, array_id, identifiers, health }) =>
      Object.freeze({
        processorId: processor_id,
        arrayId: array_id,
        identifiers: JSON.parse(identifiers),
        health,
      }),
    );
}

interface PortRow {
  readonly port_id: string;
  readonly processor_id: string;
  readonly array_id: ArrayId;
  readonly protocol: Port['protocol'];
  readonly facts: string;
  readonly health: Health;
  readonly processor_health: Health;
}

/** A port with its array. */
export interface PortEntry {
  readonly port: Port;
  readonly arrayId: ArrayId;
}

export function readPorts(db: Db): readonly PortEntry[] {
  return db
    .prepare<[], PortRow>(
      `SELECT port.*, processor_id, array_id, processor.health AS processor_health
       FROM port JOIN processor USING (processor_no) JOIN array USING (array_no)
       ORDER BY array_no, processor_no, port_no`,
    )
    .all()
    .map((row) => {
      const facts: PortFacts = JSON.parse(row.facts);
      const port: Port = Object.freeze({
        portId: row.port_id,
        processorId: row.processor_id,
        protocol: row.protocol,
        portWwn: facts.portWwn,
        nodeWwn: facts.nodeWwn,
        iscsiIdentifier: facts.iscsiIdentifier,
        alternateNames: [],
        health: worse(row.health, row.processor_health),
      });
      return { port, arrayId: row.array_id };
    });
}

export function readLabels(db: Db): readonly StorageCapability[] {
  return db
    .prepare<[], { label_id: string; array_id: ArrayId; name: string; detail: string }>(
      'SELECT label.*, array_id FROM label JOIN array USING (array_no) ORDER BY array_no, label_no',
    )
    .all()
    .map(({ label_id, array_id, name, detail }) =>
      Object.freeze({ capabilityId: label_id, arrayId: array_id, name, detail }),
    );
}

/** The number at the end of an id. */
export function numberOf(id: string): number {
  return Number(id.slice(id.lastIndexOf(':') + 1));
}

const HEALTHS: readonly Health[] = ['healthy', 'degraded', 'failed'];

/** The worse of two. */
export function worse(one: Health, other: Health): Health {
  return HEALTHS.indexOf(one) > HEALTHS.indexOf(other) ? one : other;
}
