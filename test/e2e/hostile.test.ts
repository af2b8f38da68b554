/**
 * Goal: whatever strangers do to a provider's port, a host at work is answered each time, memory stays within
 * its bounds, and nothing of it is left behind when they have gone. Every attack is by somebody without a
 * certificate unless it says otherwise; the forms of single requests are in test/wire.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp, createServer, type Socket } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FuzzStage, openFuzzStage } from '../fuzz/stage.ts';
import type { SoapClient } from '../support/soap-client.ts';

const PATH = '/vasa/2.0/vasaService';
const MB = 1024 * 1024;
/** What attackers and provider, which share this process, may have more of than before. */
const ROOM_MB = 200;

let stage: FuzzStage;
let host: SoapClient;
const sockets = new Set<Socket>();

beforeAll(async () => {
  stage = await openFuzzStage();
  host = await stage.vcenter.host('bystander');
});

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  host?.close();
  await stage?.close();
});

function kept<Kind extends Socket>(socket: Kind): Kind {
  sockets.add(socket);
  socket.on('error', () => {});
  socket.once('close', () => sockets.delete(socket));
  return socket;
}

const tcp = (): Socket => kept(connectTcp({ host: '127.0.0.1', port: stage.port }));

async function tls(options: ConnectionOptions = {}): Promise<TLSSocket> {
  const ca = stage.vcenter.authority.certificatePem;
  const where = { host: '127.0.0.1', servername: 'localhost', port: stage.port };
  const socket = kept(connect({ ...where, ca, ...options }));
  await once(socket, 'secureConnect');
  return socket;
}

/** The first flight of a real client. */
async function clientHello(): Promise<Buffer> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const came = once(listener, 'connection');
  const client = connect({ host: '127.0.0.1', port }).on('error', () => {});
  const [accepted] = (await came) as [Socket];
  const [hello] = (await once(accepted, 'data')) as [Buffer];
  client.destroy();
  accepted.destroy();
  listener.close();
  return hello;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const times = <T>(count: number, work: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => work(index));

const head = (length: number, more = '') =>
  `POST ${PATH} HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\nContent-Length: ${length}\r\n${more}\r\n`;

const envelope = (inside: string, before = '') =>
  `${before}<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${inside}</S:Body></S:Envelope>`;

/** One request on a connection of its own; the status of the answer, `0` when there is none. */
async function posted(body: string | Buffer, more = ''): Promise<string> {
  const socket = await tls();
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece));
  // The provider may hang up before all is sent.
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(head(Buffer.byteLength(body), `${more}Connection: close\r\n`));
  socket.end(body);
  await closed;
  return /^HTTP\/1\.1 (\d+)/.exec(Buffer.concat(pieces).toString('latin1'))?.[1] ?? '0';
}

const numbers = (digits: number) =>
  `<m:resizeVirtualVolume xmlns:m="http://com.vmware.vim.vasa/2.0/xsd"><m:vvolId>x</m:vvolId><m:sizeInMB>${'9'.repeat(digits)}</m:sizeInMB></m:resizeVirtualVolume>`;

const MESSAGES: Readonly<Record<string, string | Buffer>> = {
  'a bomb of entities': envelope(
    '&e9;',
    `<!DOCTYPE a [<!ENTITY e0 "ha">${times(9, (at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('')}]>`,
  ),
  'one large entity': envelope(
    '&a;'.repeat(50_000),
    `<!DOCTYPE a [<!ENTITY a "${'x'.repeat(50_000)}">]>`,
  ),
  'an entity that is a file': envelope(
    '&a;',
    '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
  ),
  'nesting without end': envelope('<a>'.repeat(200_000)),
  'attributes without end': envelope(`<a ${times(100_000, (at) => `a${at}=""`).join(' ')}/>`),
  'namespaces without end': envelope(`<a ${times(50_000, (at) => `xmlns:n${at}="u"`).join(' ')}/>`),
  'a name of megabytes': envelope(`<${'a'.repeat(4 * MB)}/>`),
  'a number of megabytes': envelope(numbers(4 * MB)),
  'comments without end': envelope('<!---->'.repeat(500_000)),
  NUL: envelope('\u0000'),
  'bytes that are no UTF-8': Buffer.alloc(MB, 0xff),
  'white space alone': ' '.repeat(7 * MB),
};

/** By what they do. Each ends when its client has done its worst. */
const ATTACKS: Readonly<Record<string, () => Promise<void>>> = {
  'a ClientHello byte by byte': async () => {
    const hello = await clientHello();
    await Promise.all(
      times(30, async () => {
        const socket = tcp();
        for (const byte of hello) {
          socket.write(Buffer.from([byte]));
          await pause(2);
        }
      }),
    );
  },
  'ClientHellos that break off': async () => {
    const hello = await clientHello();
    for (const socket of times(200, tcp)) socket.write(hello.subarray(0, hello.length / 2));
    await pause(300);
  },
  'handshakes that are begun and left': async () => {
    const hello = await clientHello();
    for (const socket of times(100, tcp)) socket.write(hello);
    await pause(300);
  },
  'handshakes followed by silence': async () => {
    await Promise.all(times(60, () => tls()));
  },
  renegotiation: async () => {
    const socket = await tls({ maxVersion: 'TLSv1.2' });
    const refused = new Promise<Error | null>((resolve) => {
      socket.renegotiate({}, resolve);
      socket.once('close', () => resolve(new Error('closed')));
    });
    expect(await refused).toBeInstanceOf(Error);
  },
  'a chain of a hundred certificates': async () => {
    const { identity, vcenter } = stage;
    const cert = identity.certificatePem + vcenter.authority.certificatePem.repeat(100);
    const socket = await tls({ cert, key: identity.keyPem }).catch(() => undefined);
    socket?.destroy();
  },
  'garbage in place of TLS': async () => {
    for (const socket of times(200, tcp)) socket.write(Buffer.alloc(4_096, 0x16));
    await pause(200);
  },
  'connections that are reset': async () => {
    for (const socket of times(300, tcp)) socket.once('connect', () => socket.resetAndDestroy());
    await pause(200);
  },
  'bodies that drip': async () => {
    const slow = await Promise.all(times(40, () => tls()));
    for (const socket of slow) socket.write(head(1_000));
    for (let drop = 0; drop < 20; drop += 1) {
      for (const socket of slow) socket.write(' ');
      await pause(20);
    }
  },
  'headers that drip': async () => {
    const slow = await Promise.all(times(40, () => tls()));
    for (const socket of slow) socket.write(`POST ${PATH} HTTP/1.1\r\nHost: h\r\n`);
    for (let drop = 0; drop < 20; drop += 1) {
      for (const socket of slow) socket.write(`A${drop}: b\r\n`);
      await pause(20);
    }
  },
  'questions without end, and read no answer': async () => {
    for (const socket of await Promise.all(times(20, () => tls()))) {
      socket.pause();
      socket.write(`GET ${PATH}?wsdl HTTP/1.1\r\nHost: h\r\n\r\n`.repeat(2_000));
    }
    await pause(500);
  },
  'questions, and read no answer': async () => {
    for (const socket of await Promise.all(times(60, () => tls()))) {
      socket.pause();
      socket.write(`GET ${PATH}?wsdl HTTP/1.1\r\nHost: h\r\n\r\n`.repeat(8));
    }
    await pause(500);
  },
  'half-closed connections': async () => {
    for (const socket of await Promise.all(times(40, () => tls()))) {
      socket.end(head(100).slice(0, -10));
    }
    await pause(200);
  },
};

/** Works like a host until it is told to stop; how often. Rejects when it is not answered. */
async function atWork(isOver: () => boolean): Promise<number> {
  let calls = 0;
  while (!isOver()) {
    await host.ask('getEvents', '');
    await host.ask('queryStorageContainer', '');
    calls += 2;
  }
  return calls;
}

describe('while strangers', () => {
  test.each(Object.entries(ATTACKS))('send %s, a host is answered', async (_, attack) => {
    const before = process.memoryUsage.rss();
    let over = false;
    const bystander = atWork(() => over);
    await attack().finally(() => {
      over = true;
    });
    expect(await bystander).toBeGreaterThan(0);
    expect((process.memoryUsage.rss() - before) / MB).toBeLessThan(ROOM_MB);
    for (const socket of sockets) socket.destroy();
    // A new host comes in, too.
    const another = await stage.vcenter.host(`newcomer-${randomUUID()}`);
    another.close();
  });

  test.each(Object.entries(MESSAGES))(
    'send %s, they are refused and a host is answered',
    async (_, body) => {
      const before = process.memoryUsage.rss();
      expect(['0', '400', '413', '500', '503']).toContain(await posted(body));
      await host.ask('getEvents', '');
      expect((process.memoryUsage.rss() - before) / MB).toBeLessThan(ROOM_MB);
    },
  );
});
