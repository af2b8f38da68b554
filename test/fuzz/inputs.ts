/** Inputs without end: a request of some operation, as it should be or with a few mistakes in it. */
import { LIMITS } from '../../src/model/limits.ts';
import type { ApiVersion } from '../support/soap-client.ts';
import { messageMaker } from './messages.ts';
import { BYTES, TREE } from './mutations.ts';
import type { Pool } from './pool.ts';
import type { Random } from './random.ts';
import { type Input, SERVICES } from './stage.ts';
import { type Element, written } from './tree.ts';

const ENVELOPES = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;

/** Content of SOAP headers: none mostly. */
const HEADERS: readonly string[] = [
  '<S:Header/>',
  '<S:Header><a xmlns="urn:a" S:mustUnderstand="1"/></S:Header>',
  '<S:Header><a xmlns="urn:a"><b>c</b></a></S:Header>',
  `<S:Header>${'<a xmlns="urn:a">'.repeat(30)}${'</a>'.repeat(30)}</S:Header>`,
  '<S:Header/><S:Header/>',
  '<S:Body/>',
];

/** Logins take a third of a second each, and five that fail lock everybody out: seldom. */
const SLOW: ReadonlySet<string> = new Set([
  'registerVASACertificate',
  'registerCACertificatesAndCRLs',
]);

export interface MadeInput {
  readonly input: Input;
  /** The mistakes that were made in it. */
  readonly mistakes: readonly string[];
}

/** A source of inputs. `others`: bytes that mutations may begin with as well. */
export function inputsFrom(random: Random, pool: Pool, others: readonly Input[]): () => MadeInput {
  const makers = {
    '1.0': messageMaker(SERVICES['1.0'], random, pool),
    '2.0': messageMaker(SERVICES['2.0'], random, pool),
  } as const;
  const operationOf = (version: ApiVersion): string => {
    const operation = random.pick(makers[version].operations);
    return SLOW.has(operation) && random.chance(0.97) ? operationOf(version) : operation;
  };
  const enveloped = (
    version: ApiVersion,
    soap: '1.1' | '1.2',
    root: Element | undefined,
  ): string => {
    const header = random.chance(0.03) ? random.pick(HEADERS) : '';
    const uri = ENVELOPES[random.chance(0.01) ? '1.2' : soap];
    const body = root === undefined ? '' : written(root);
    const names = `xmlns:S="${uri}" ${makers[version].declarations}`;
    return `<?xml version="1.0" encoding="UTF-8"?><S:Envelope ${names}>${header}<S:Body>${body}</S:Body></S:Envelope>`;
  };
  const damaged = (bytes: Buffer, mistakes: string[]): Buffer => {
    const kind = random.pick(Object.keys(BYTES));
    mistakes.push(kind);
    return BYTES[kind]?.(bytes, random) ?? bytes;
  };

  return () => {
    const mistakes: string[] = [];
    if (others.length > 0 && random.chance(0.05)) {
      const other = random.pick(others);
      return { input: { ...other, body: damaged(other.body, mistakes) }, mistakes };
    }
    const version = random.chance(0.8) ? '2.0' : '1.0';
    const soap = random.chance(0.7) ? '1.1' : '1.2';
    const operation = operationOf(version);
    const root = makers[version].request(operation);
    for (
      let count = random.pick([0, 0, 0, 0, 1, 1, 2, 3]);
      count > 0 && root !== undefined;
      count -= 1
    ) {
      const kind = random.pick(Object.keys(TREE));
      mistakes.push(kind);
      TREE[kind]?.(root, random);
    }
    let body = Buffer.from(enveloped(version, soap, root));
    if (random.chance(0.2)) body = Buffer.from(damaged(body, mistakes));
    // Of a longer one nothing gets as far as the door that is played on.
    body = body.subarray(0, LIMITS.requestBodyBytes);
    const isNamed = root === undefined || random.chance(0.5);
    const named = random.chance(0.99)
      ? `urn:${operation}`
      : random.pick(['urn:nothing', 'urn:', 'urn:setContext']);
    return { input: { version, soap, action: isNamed ? named : undefined, body }, mistakes };
  };
}
