/**
 * Requests of the transmission phase: their form on the wire, and which of them are refused before the
 * device hears of them.
 */

import type { NbdLimits } from '../limits.ts';
import type { Session } from '../link.ts';
import { NbdError, type NbdErrorName } from '../port.ts';
import { COMMAND, COMMAND_FLAG, MAGIC } from '../protocol.ts';
import { ProtocolViolation } from '../reader.ts';

export interface Request {
  readonly flags: number;
  readonly command: number;
  /** The client's mark, sent back with each reply. */
  readonly cookie: bigint;
  readonly offset: bigint;
  readonly length: number;
}

/** Reads a request's 28 bytes. Throws ProtocolViolation for anything else. */
export function decodeRequest(bytes: Buffer): Request {
  if (bytes.readUInt32BE(0) !== MAGIC.request) throw new ProtocolViolation('not a request');
  return {
    flags: bytes.readUInt16BE(4),
    command: bytes.readUInt16BE(6),
    cookie: bytes.readBigUInt64BE(8),
    offset: bytes.readBigUInt64BE(16),
    length: bytes.readUInt32BE(24),
  };
}

interface Rule {
  /** Flags it may have besides FUA, which any request may. */
  readonly flags: number;
  readonly changes: boolean;
  /** What a range beyond the end is answered with. */
  readonly beyond: NbdErrorName;
}

const RULES: ReadonlyMap<number, Rule> = new Map<number, Rule>([
  [COMMAND.read, { flags: COMMAND_FLAG.dontFragment, changes: false, beyond: 'EINVAL' }],
  [COMMAND.write, { flags: 0, changes: true, beyond: 'ENOSPC' }],
  [COMMAND.flush, { flags: 0, changes: false, beyond: 'EINVAL' }],
  [COMMAND.trim, { flags: 0, changes: true, beyond: 'EINVAL' }],
  [COMMAND.writeZeroes, { flags: COMMAND_FLAG.noHole, changes: true, beyond: 'ENOSPC' }],
  [COMMAND.blockStatus, { flags: COMMAND_FLAG.oneExtent, changes: false, beyond: 'EINVAL' }],
]);

/** Why the request cannot be served; undefined when it can. */
export function refusal(
  request: Request,
  session: Session,
  limits: NbdLimits,
): NbdError | undefined {
  const rule = RULES.get(request.command);
  if (rule === undefined) return new NbdError('EINVAL', 'this server does not know the command');
  if (!flagsFit(request, rule, session)) {
    return new NbdError('EINVAL', 'the command does not have that flag');
  }
  if (rule.changes && session.device.readOnly) {
    return new NbdError('EPERM', 'the export is read-only');
  }
  if (request.offset + BigInt(request.length) > session.device.size) {
    return new NbdError(rule.beyond, 'the range ends beyond the export');
  }
  return lengthRefusal(request, session, limits);
}

function flagsFit(request: Request, rule: Rule, session: Session): boolean {
  const fragmentsOnly = session.structured ? 0 : COMMAND_FLAG.dontFragment;
  const allowed = (rule.flags & ~fragmentsOnly) | COMMAND_FLAG.fua;
  return (request.flags & ~allowed) === 0;
}

function lengthRefusal(
  { command, offset, length }: Request,
  session: Session,
  limits: NbdLimits,
): NbdError | undefined {
  if (command === COMMAND.flush && (offset !== 0n || length !== 0)) {
    return new NbdError('EINVAL', 'a flush has no range');
  }
  if (command === COMMAND.read && length > limits.payloadBytes) {
    return new NbdError('EINVAL', 'the read is longer than one request may be');
  }
  if (command !== COMMAND.blockStatus) return undefined;
  if (!session.allocation) return new NbdError('EINVAL', 'no metadata context was selected');
  return length === 0 ? new NbdError('EINVAL', 'block status of no bytes') : undefined;
}
