/**
 * Controllers, ports and protocol endpoints of a plan. Names and addresses: world wide names and `naa.6`
 * identifiers with a locally administered vendor part (SPC-5, FC-FS), iSCSI names (RFC 3720), and addresses of
 * the block kept for benchmarks (RFC 2544). They lead nowhere: nothing serves data there.
 */
import { ArrayError } from '../../src/array/errors.ts';
import type { InBandId } from '../../src/model/array.ts';
import type { ArrayPlan } from '../inventory-schema.ts';
import { hexOf } from '../random.ts';
import { counted, idOf, nextNumber, type Site } from './site.ts';

const ENDPOINT_KINDS = ['SCSI', 'NFS', 'NFS4x'] as const;
const PORT_KINDS = ['FC', 'ISCSI', 'FCoE'] as const;

type EndpointKind = (typeof ENDPOINT_KINDS)[number];
type PortKind = (typeof PORT_KINDS)[number];

/** The names of a port (`facts` of its row). */
export interface PortFacts {
  readonly portWwn?: string;
  readonly nodeWwn?: string;
  readonly iscsiIdentifier?: string;
}

interface EndpointRow {
  readonly endpoint_no: bigint;
  readonly endpoint_id: string;
  readonly binding_count: bigint;
}

/** Errors: inUse (one that is bound would go). */
export function writeEndpoints(site: Site, wanted: ArrayPlan['endpoints']): void {
  const { db, arrayNo } = site;
  const find = db.prepare<[bigint, EndpointKind], EndpointRow>(
    `SELECT endpoint_no, endpoint_id, binding_count FROM endpoint
     WHERE array_no = ? AND protocol = ? ORDER BY endpoint_no`,
  );
  const insert = db.prepare(
    `INSERT INTO endpoint (endpoint_id, array_no, protocol, in_band_id, transport_ip_addresses)
     VALUES (?, ?, ?, ?, ?)`,
  );
  for (const kind of ENDPOINT_KINDS) {
    const { gone, more } = counted(find.all(arrayNo, kind), wanted[kind]);
    for (const { endpoint_no, endpoint_id, binding_count } of gone) {
      if (binding_count > 0n) {
        throw new ArrayError('inUse', `endpoint ${endpoint_id}: it has ${binding_count} bindings`);
      }
      db.prepare('DELETE FROM endpoint WHERE endpoint_no = ?').run(endpoint_no);
    }
    for (let count = 0; count < more; count += 1) {
      const number = nextNumber(site, 'ProtocolEndpoint');
      const addresses = kind === 'SCSI' ? [] : [dataAddress(site, 18, number)];
      const inBandId = JSON.stringify(inBandIdOf(site, kind, number));
      const id = idOf(site, 'ProtocolEndpoint', number);
      insert.run(id, arrayNo, kind, inBandId, JSON.stringify(addresses));
    }
  }
}

function inBandIdOf(site: Site, protocol: EndpointKind, number: number): InBandId {
  if (protocol === 'SCSI') {
    return { protocol, lunId: naaOf(site, `endpoint ${site.arrayIndex} ${number}`) };
  }
  const at = { ipAddress: dataAddress(site, 18, number), serverMount: '/' };
  if (protocol === 'NFS') return { protocol, ...at };
  return { protocol, ...at, serverMajor: '4', serverMinor: '1', serverScope: site.arrayId };
}

/** `naa.` and 32 digits that follow from what they identify. */
export function naaOf({ seed }: Site, what: string): string {
  return `naa.6020000${hexOf(seed, what, 25)}`;
}

/** Address of the thing of that number; `net` is 18 or 19. */
export function dataAddress({ arrayIndex }: Site, net: 18 | 19, number: number): string {
  return `198.${net}.${arrayIndex * 4 + ((number >> 8) & 3)}.${number & 255}`;
}

/** Each controller has the same ports. */
export function writeProcessors(site: Site, plan: ArrayPlan): void {
  const { db, arrayNo } = site;
  const find = db
    .prepare<[bigint], bigint>(
      'SELECT processor_no FROM processor WHERE array_no = ? ORDER BY processor_no',
    )
    .pluck();
  const { gone, more } = counted(find.all(arrayNo), plan.processors);
  for (const processorNo of gone) {
    db.prepare('DELETE FROM port WHERE processor_no = ?').run(processorNo);
    db.prepare('DELETE FROM processor WHERE processor_no = ?').run(processorNo);
  }
  const insert = db.prepare(
    'INSERT INTO processor (processor_id, array_no, identifiers) VALUES (?, ?, ?)',
  );
  for (let count = 0; count < more; count += 1) {
    const number = nextNumber(site, 'StorageProcessor');
    const names = JSON.stringify([`${site.arrayName} controller ${number}`]);
    insert.run(idOf(site, 'StorageProcessor', number), arrayNo, names);
  }
  for (const processorNo of find.all(arrayNo)) writePorts(site, processorNo, plan.ports);
}

function writePorts(site: Site, processorNo: bigint, wanted: ArrayPlan['ports']): void {
  const { db } = site;
  const find = db
    .prepare<[bigint, PortKind], bigint>(
      'SELECT port_no FROM port WHERE processor_no = ? AND protocol = ? ORDER BY port_no',
    )
    .pluck();
  const insert = db.prepare(
    'INSERT INTO port (port_id, processor_no, protocol, facts) VALUES (?, ?, ?, ?)',
  );
  for (const kind of PORT_KINDS) {
    const { gone, more } = counted(find.all(processorNo, kind), wanted[kind]);
    for (const portNo of gone) db.prepare('DELETE FROM port WHERE port_no = ?').run(portNo);
    for (let count = 0; count < more; count += 1) {
      const number = nextNumber(site, 'StoragePort');
      const facts = JSON.stringify(factsOf(site, kind, number));
      insert.run(idOf(site, 'StoragePort', number), processorNo, kind, facts);
    }
  }
}

function factsOf({ seed, arrayIndex }: Site, kind: PortKind, number: number): PortFacts {
  const node = hexOf(seed, `node ${arrayIndex}`, 9);
  if (kind === 'ISCSI')
    return { iscsiIdentifier: `iqn.2024-01.org.keelson:array.${node}:port.${number}` };
  return {
    portWwn: wwnOf(hexOf(seed, `port ${arrayIndex} ${number}`, 9)),
    nodeWwn: wwnOf(node),
  };
}

/** 64 bits, pairs of digits between colons. */
function wwnOf(digits: string): string {
  return `5020000${digits}`.replace(/..(?=.)/g, '$&:');
}
