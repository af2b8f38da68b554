/**
 * What handshakes are compared with: Node's own HTTPS server that asks for a client's certificate, checks
 * it, and answers nothing. Its certificate comes by standard input, as JSON.
 */
import { createServer } from 'node:https';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

const Identity = z.object({ cert: z.string(), key: z.string(), ca: z.string() });

const server = createServer(
  { ...Identity.parse(await json(process.stdin)), requestCert: true },
  (_, response) => response.end('<empty/>'),
);
server.listen(0, 'localhost', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
