/**
 * What each request does on the device, and how it is answered. Requests that come here have passed
 * request.ts; what the device refuses or fails at becomes the error of the reply.
 */

import type { NbdLimits } from '../limits.ts';
import type { Link, Session } from '../link.ts';
import { type NbdDevice, NbdError } from '../port.ts';
import { COMMAND, COMMAND_FLAG } from '../protocol.ts';
import { ConnectionEnded } from '../reader.ts';
import { extentsOf } from './extents.ts';
import * as replies from './replies.ts';
import type { Request } from './request.ts';

/** Serves one request to the end of its reply. Rejects with ConnectionEnded when the client is gone. */
export async function serve(
  link: Link,
  session: Session,
  request: Request,
  data: Buffer,
): Promise<void> {
  try {
    if (request.command === COMMAND.read) await read(link, session, request);
    else if (request.command === COMMAND.blockStatus) await blockStatus(link, session, request);
    else {
      await change(session.device, request, data);
      await succeed(link, session, request);
    }
  } catch (error) {
    if (error instanceof ConnectionEnded) throw error;
    await refuse(link, session, request, toNbdError(link, error));
  }
}

/** Answers a request with an error. */
export function refuse(
  { writer, limits }: Link,
  session: Session,
  { cookie }: Request,
  error: NbdError,
): Promise<void> {
  return session.structured
    ? writer.send(...replies.errorChunk(cookie, error, limits.messageCharacters))
    : writer.send(...replies.simpleFailure(cookie, error));
}

/** Bytes that the request holds in memory while it is served. */
export function memoryOf(request: Request, session: Session, limits: NbdLimits): number {
  if (request.command === COMMAND.write) return request.length;
  if (request.command !== COMMAND.read) return 0;
  const most = isChunked(request, session) ? limits.chunkBytes : limits.payloadBytes;
  return Math.min(request.length, most);
}

async function change(device: NbdDevice, request: Request, data: Buffer): Promise<void> {
  const { command, flags, offset, length } = request;
  if (command === COMMAND.flush) return device.flush();
  // Devices know no empty ranges, and there is nothing to do for one.
  if (length === 0) return;
  const fua = (flags & COMMAND_FLAG.fua) !== 0;
  if (command === COMMAND.write) return device.write(offset, data, { fua });
  if (command === COMMAND.trim) return device.trim(offset, length, { fua });
  const mayHole = (flags & COMMAND_FLAG.noHole) === 0;
  return device.writeZeroes(offset, length, { fua, mayHole });
}

async function read(link: Link, session: Session, request: Request): Promise<void> {
  const { cookie, offset, length } = request;
  if (length === 0) return succeed(link, session, request);
  if (isChunked(request, session)) return readInChunks(link, session.device, request);
  const data = await readExactly(session.device, offset, length);
  await link.writer.send(
    ...(session.structured
      ? replies.dataChunk(cookie, offset, data, true)
      : replies.simpleSuccess(cookie, data)),
  );
}

/** Sends data as it is read, and holes by their length alone. */
async function readInChunks(
  { writer, limits }: Link,
  device: NbdDevice,
  { cookie, offset, length }: Request,
): Promise<void> {
  const end = offset + BigInt(length);
  let at = offset;
  while (at < end) {
    const extents = await extentsOf(device, at, Number(end - at), limits.statusExtents);
    for (const extent of extents) {
      const until = at + BigInt(extent.length);
      if (extent.kind !== 'data') {
        await writer.send(...replies.holeChunk(cookie, at, extent.length, until === end));
        at = until;
      }
      while (at < until) {
        const size = Math.min(limits.chunkBytes, Number(until - at));
        const data = await readExactly(device, at, size);
        const next = at + BigInt(size);
        await writer.send(...replies.dataChunk(cookie, at, data, next === end));
        at = next;
      }
    }
  }
}

async function blockStatus(
  { writer, limits }: Link,
  { device }: Session,
  { cookie, flags, offset, length }: Request,
): Promise<void> {
  const most = (flags & COMMAND_FLAG.oneExtent) === 0 ? limits.statusExtents : 1;
  await writer.send(...replies.statusChunk(cookie, await extentsOf(device, offset, length, most)));
}

function succeed({ writer }: Link, session: Session, { cookie }: Request): Promise<void> {
  return writer.send(
    ...(session.structured ? replies.doneChunk(cookie) : replies.simpleSuccess(cookie)),
  );
}

function isChunked(request: Request, session: Session): boolean {
  return session.structured && (request.flags & COMMAND_FLAG.dontFragment) === 0;
}

async function readExactly(device: NbdDevice, offset: bigint, length: number): Promise<Buffer> {
  const data = await device.read(offset, length);
  if (data.length === length) return data;
  throw new RangeError(`a device read ${data.length} bytes instead of ${length} at ${offset}`);
}

function toNbdError(link: Link, error: unknown): NbdError {
  if (error instanceof NbdError) return error;
  link.failed(error);
  return new NbdError('EIO', 'the device failed');
}
