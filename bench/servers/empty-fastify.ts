/**
 * What is compared with: Fastify over HTTPS that reads the request's body and answers an empty document:
 * the price of TLS, HTTP and the framework alone. Its certificate comes by standard input, as JSON.
 */
import { json } from 'node:stream/consumers';
import Fastify from 'fastify';
import { z } from 'zod';

const Identity = z.object({ cert: z.string(), key: z.string(), ca: z.string() });

const https = { ...Identity.parse(await json(process.stdin)), requestCert: true };
const server = Fastify({ https });
server.addContentTypeParser('text/xml', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
server.post('/service', (_, reply) => reply.type('text/xml; charset=utf-8').send('<empty/>'));
await server.listen({ host: 'localhost', port: 0 });
const address = server.server.address();
process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
