/**
 * Reads the body of a request, which anybody may send, within its limit. Node has seen to it that the body
 * is as long as was announced, and that it comes in time. Knows no XML.
 */
import type { IncomingMessage } from 'node:http';
import type { HoldBytes } from './body-budget.ts';
import { MessageError } from './errors.ts';

/** Whether anything follows the headers. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * The whole body. Rejects with MessageError of kind `size` above `limit` bytes, of which no more is kept;
 * with Node's error when the client breaks off; with what `hold` throws. `hold` is told of the bytes as soon
 * as they are announced, or as they come.
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  hold: HoldBytes,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let parts: Buffer[] = [];
    let isRefused = false;
    /** Whether so many bytes may come. */
    const mayBe = (bytes: number): boolean => {
      if (isRefused) return false;
      try {
        if (bytes > limit) throw new MessageError('size', 'the request is too large');
        hold(bytes);
        return true;
      } catch (error) {
        isRefused = true;
        parts = [];
        // What still comes is dropped: a client that may not finish would not see the answer.
        request.resume();
        reject(error);
        return false;
      }
    };
    request.on('error', reject);
    if (!mayBe(Number(request.headers['content-length'] ?? 0))) return;
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (mayBe(length)) parts.push(part);
    });
    request.on('end', () => {
      const [only] = parts;
      resolve(only !== undefined && parts.length === 1 ? only : Buffer.concat(parts));
    });
  });
}
