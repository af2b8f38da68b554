/**
 * Reads the body of a request, which anybody may send, within its limit. Node has seen to it that the body
 * is as long as was announced, and that it comes in time. Knows no XML.
 */
import type { IncomingMessage } from 'node:http';
import { MessageError } from './errors.ts';

/** Whether anything follows the headers. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * The whole body. Rejects with MessageError of kind `size` above `limit` bytes, of which no more is kept;
 * with Node's error when the client breaks off.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = (): void => {
      // What still comes is dropped: a client that may not finish would not see the answer.
      request.resume();
      reject(new MessageError('size', 'the request is too large'));
    };
    request.on('error', reject);
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      tooLarge();
      return;
    }
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > limit) tooLarge();
      else parts.push(part);
    });
    request.on('end', () => {
      const [only] = parts;
      resolve(only !== undefined && parts.length === 1 ? only : Buffer.concat(parts));
    });
  });
}
