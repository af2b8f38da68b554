/**
 * What a storm is compared with, a process of its own: TLS that asks for the client's certificate, and says one
 * byte when it has judged it. Its certificate comes by standard input as one line of JSON, its port goes to
 * standard output; it ends when its standard input does, so that it does not outlive who started it.
 */
import { createInterface } from 'node:readline';
import { createServer } from 'node:tls';

const lines = createInterface({ input: process.stdin });
lines.once('line', (line) => {
  const given = JSON.parse(line) as { cert: string; key: string; ca: string };
  const options = { ...given, requestCert: true, rejectUnauthorized: true };
  const server = createServer(options, (socket) => {
    socket.on('error', () => undefined);
    socket.write('.');
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
  });
});
lines.once('close', () => process.exit());
