/**
 * What a storm is compared with, a process of its own: TLS that asks for the client's certificate, and says one
 * byte when it has judged it. Its certificate comes by standard input as JSON; its port goes to standard output.
 */
import { json } from 'node:stream/consumers';
import { createServer } from 'node:tls';

const given = (await json(process.stdin)) as { cert: string; key: string; ca: string };
const server = createServer({ ...given, requestCert: true, rejectUnauthorized: true }, (socket) => {
  socket.on('error', () => undefined);
  socket.write('.');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
