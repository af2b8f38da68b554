/** Hostile input: refused or cut off in time, while everybody else is answered. */
import { writeEnvelope } from '../../wire/envelope.ts';
import { openAndWait, postRaw, type RawRequest } from '../client/raw.ts';
import { expectThat } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { fetchText } from '../world/target.ts';
import type { World } from '../world/world.ts';

const MB = 1024 * 1024;
const DEPTH = 50_000;
const SLOW_SENDERS = 20;
/** What anybody waits for a small answer, at the most. */
const PATIENCE_MS = 10_000;

/** A good request, with `inside` in the place of an id. */
function request({ vcenter }: World, inside: string, before = ''): string {
  const { contract, soap } = vcenter.options;
  const payload = contract.codec.encode('queryArrays', { arrayUniqueId: ['THE-PLACE'] });
  const xml = writeEnvelope(soap, payload).replace('THE-PLACE', inside);
  const end = xml.startsWith('<?xml') ? xml.indexOf('?>') + 2 : 0;
  return xml.slice(0, end) + before + xml.slice(end);
}

/** The provider answers a good question, soon. */
async function isAlive({ vcenter, now }: World): Promise<void> {
  const since = now();
  await vcenter.call('queryArrays', { arrayUniqueId: [] });
  expectThat(
    now() - since < PATIENCE_MS,
    'a good question is answered soon',
    `${now() - since} ms`,
  );
}

/** Each is refused, or the connection is closed; nothing of it succeeds, and the provider lives on. */
async function areRefused(world: World, requests: Readonly<Record<string, RawRequest>>) {
  for (const [what, raw] of Object.entries(requests)) {
    const { status, text } = await postRaw(world.vcenter, raw);
    const isRefused = status === 0 || (status >= 400 && status < 600);
    expectThat(isRefused, `${what} is refused, or cut off`, status);
    expectThat(
      !/root:[^\n]*:0:0:|at .*\(.*:\d+:\d+\)/.test(text),
      `${what} shows nothing of the server`,
    );
    await isAlive(world);
  }
}

const source = (text: string) => ({ text, mark: 'inferred' }) as const;

export const HOSTILE_SCENARIOS: readonly Scenario[] = [
  {
    id: 'hostile.malformed',
    chapter: 'hostile',
    sentence: 'What is no XML, or no SOAP, is refused, and the next good question is answered',
    proves: 'A broken client harms nobody else.',
    source: source('input that is not well-formed is the sender’s fault'),
    async run(world) {
      const good = request(world, 'x');
      await areRefused(world, {
        nothing: { body: '' },
        'plain text': { body: 'hello' },
        'half a message': { body: good.slice(0, good.length / 2) },
        'crossed elements': { body: request(world, '<a><b></a></b>') },
        'XML that is no SOAP': { body: '<a/>' },
        'bytes that are no UTF-8': { body: Buffer.from(request(world, '\u00ff'), 'latin1') },
        'a character that XML has not': { body: request(world, '\u0000') },
        'an unknown element': { body: good.replaceAll('queryArrays', 'queryNothing') },
        'a message of another service': {
          body: good.replaceAll('com.vmware.vim.vasa', 'example.com'),
        },
      });
    },
  },
  {
    id: 'hostile.wrong-content-type',
    chapter: 'hostile',
    sentence: 'A good message under a content type that is not SOAP’s is refused',
    proves: 'Browsers cannot be made to send calls.',
    source: source('text/xml and application/soap+xml are what SOAP has'),
    async run(world) {
      const body = request(world, 'x');
      await areRefused(world, {
        JSON: { body, contentType: 'application/json' },
        'a form': { body, contentType: 'application/x-www-form-urlencoded' },
      });
    },
  },
  {
    id: 'hostile.entities',
    chapter: 'hostile',
    sentence:
      'Entities are not expanded, neither inner nor outer ones: the message is refused at once',
    proves: 'No message fills the memory, or reads the server’s files.',
    source: source('SOAP messages have no document type'),
    async run(world) {
      const lol = Array.from({ length: 12 }, (_, index) => {
        const inner = index === 0 ? 'ha' : `&e${index - 1};`.repeat(10);
        return `<!ENTITY e${index} "${inner}">`;
      });
      const outer = '<!DOCTYPE a [<!ENTITY file SYSTEM "file:///etc/passwd">]>';
      await areRefused(world, {
        'a bomb of entities': { body: request(world, '&e11;', `<!DOCTYPE a [${lol.join('')}]>`) },
        'a file as an entity': { body: request(world, '&file;', outer) },
      });
    },
  },
  {
    id: 'hostile.too-large',
    chapter: 'hostile',
    sentence:
      'Messages that are too long, too deep or have too many attributes are refused or cut off',
    proves: 'No message takes the provider’s memory.',
    source: source('no limits are documented; a provider needs some'),
    async run(world) {
      const deep = '<a>'.repeat(DEPTH) + '</a>'.repeat(DEPTH);
      const attributes = Array.from({ length: 100_000 }, (_, index) => ` a${index}="x"`).join('');
      await areRefused(world, {
        'a deep message': { body: request(world, deep) },
        'a message of many attributes': { body: request(world, `<a${attributes}/>`) },
        'a long message': { body: request(world, `<a>${'x'.repeat(32 * MB)}</a>`) },
      });
    },
  },
  {
    id: 'hostile.slow-senders',
    chapter: 'hostile',
    sentence:
      'Clients that send a part of a message and then nothing keep nobody from being answered',
    proves: 'A few hanging hosts do not stop a data centre.',
    source: source('a host’s call must not wait for another’s'),
    async run(world) {
      const { vcenter, undo } = world;
      const { host, pathname } = new URL(vcenter.options.url);
      const line = `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\n`;
      const starts = [line, `${line}Content-Type: text/xml\r\nContent-Length: 1000\r\n\r\n<a>`];
      for (let sender = 0; sender < SLOW_SENDERS; sender += 1) {
        // A provider may turn them away: what counts is who else is answered.
        const start = starts[sender % starts.length] ?? line;
        const socket = await openAndWait(vcenter, start).catch(() => undefined);
        undo.add('a slow sender', async () => socket?.destroy());
      }
      const { url, trust, timeoutMs } = world.target;
      const welcome = fetchText(url, [trust, world.site.authority.certificatePem], timeoutMs);
      const words = await welcome.then(() => undefined, String);
      expectThat(words === undefined, 'who comes new is answered', words);
      for (let time = 0; time < 5; time += 1) await isAlive(world);
    },
  },
  {
    id: 'hostile.given-up-halfway',
    chapter: 'hostile',
    sentence: 'A connection that is given up in the middle of a message harms nobody',
    proves: 'Networks that fail are no danger.',
    source: source('connections end at any time'),
    async run(world) {
      const { vcenter } = world;
      const { host, pathname } = new URL(vcenter.options.url);
      const start = `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: text/xml\r\nContent-Length: 9999\r\n\r\n<soap`;
      for (let time = 0; time < 10; time += 1) {
        const socket = await openAndWait(vcenter, start);
        socket.destroy();
      }
      await isAlive(world);
    },
  },
];
