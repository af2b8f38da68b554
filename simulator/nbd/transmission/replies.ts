/**
 * Replies of the transmission phase in their form on the wire: simple ones, and the chunks of structured
 * ones. Each function gives the parts of one message.
 */
import type { NbdError, NbdExtent } from '../port.ts';
import { ALLOCATION, CHUNK, CHUNK_DONE, ERROR, EXTENT_FLAG, MAGIC, SIZE } from '../protocol.ts';

type Message = readonly Buffer[];

const NO_ERROR = 0;

const STATUS: Readonly<Record<NbdExtent['kind'], number>> = {
  data: 0,
  zero: EXTENT_FLAG.zero,
  hole: EXTENT_FLAG.zero | EXTENT_FLAG.hole,
};

/** The simple reply of success, with what was read. */
export function simpleSuccess(cookie: bigint, data: Buffer = Buffer.alloc(0)): Message {
  return [simple(cookie, NO_ERROR), data];
}

export function simpleFailure(cookie: bigint, error: NbdError): Message {
  return [simple(cookie, ERROR[error.code])];
}

/** Ends a structured reply that succeeded and has no data of its own. */
export function doneChunk(cookie: bigint): Message {
  return chunk(cookie, CHUNK.none, true, Buffer.alloc(0));
}

/** Bytes as they are at `offset`; `last` when no chunk follows. */
export function dataChunk(cookie: bigint, offset: bigint, data: Buffer, last: boolean): Message {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(offset);
  return chunk(cookie, CHUNK.data, last, place, data);
}

/** So many zeroes at `offset`. */
export function holeChunk(cookie: bigint, offset: bigint, length: number, last: boolean): Message {
  const hole = Buffer.alloc(12);
  hole.writeBigUInt64BE(offset, 0);
  hole.writeUInt32BE(length, 8);
  return chunk(cookie, CHUNK.hole, last, hole);
}

/** Ends a structured reply with an error; its message is cut to so many characters. */
export function errorChunk(cookie: bigint, error: NbdError, characters: number): Message {
  const message = Buffer.from(error.message.slice(0, characters));
  const head = Buffer.alloc(6);
  head.writeUInt32BE(ERROR[error.code], 0);
  head.writeUInt16BE(message.length, 4);
  return chunk(cookie, CHUNK.error, true, head, message);
}

/** The whole answer to a block status request. */
export function statusChunk(cookie: bigint, extents: readonly NbdExtent[]): Message {
  const payload = Buffer.alloc(4 + 8 * extents.length);
  payload.writeUInt32BE(ALLOCATION.id, 0);
  extents.forEach(({ length, kind }, index) => {
    payload.writeUInt32BE(length, 4 + 8 * index);
    payload.writeUInt32BE(STATUS[kind], 8 + 8 * index);
  });
  return chunk(cookie, CHUNK.blockStatus, true, payload);
}

function simple(cookie: bigint, error: number): Buffer {
  const head = Buffer.alloc(SIZE.simpleReply);
  head.writeUInt32BE(MAGIC.simpleReply, 0);
  head.writeUInt32BE(error, 4);
  head.writeBigUInt64BE(cookie, 8);
  return head;
}

function chunk(cookie: bigint, type: number, last: boolean, ...payload: Message): Message {
  const head = Buffer.alloc(SIZE.chunk);
  head.writeUInt32BE(MAGIC.chunk, 0);
  head.writeUInt16BE(last ? CHUNK_DONE : 0, 4);
  head.writeUInt16BE(type, 6);
  head.writeBigUInt64BE(cookie, 8);
  head.writeUInt32BE(
    payload.reduce((sum, part) => sum + part.length, 0),
    16,
  );
  return [head, ...payload];
}
