/** Goal: what is secret by name, shape, place or because it is known does not pass; what only looks like it does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import {
  finderOf,
  secretsOfConfig,
  secretsOfEnvironment,
  secretsOfProcess,
} from '../../../src/support/bundle/known-secrets.ts';
import { hideNamedValues } from '../../../src/support/bundle/named-values.ts';
import { createRedactor } from '../../../src/support/bundle/redactor.ts';

const plain = () => createRedactor({ known: undefined, bodies: 'redacted' });

describe('names with values in a text', () => {
  it.each([
    ['password=hush', 'password=[hidden]'],
    ['"apiKey": "hush, hush"', '"apiKey": [hidden]'],
    ['\\"token\\":\\"hush\\",\\"n\\":1', '\\"token\\":[hidden],\\"n\\":1'],
    ['Authorization: Bearer hu.sh', 'Authorization: [hidden]'],
    ['login: password=hush user=who', 'login: password=[hidden] user=who'],
    ['?session_id=hush&n=1', '?session_id=[hidden]&n=1'],
  ])('%s', (text, hidden) => {
    expect(hideNamedValues(text, '[hidden]')).toEqual({ text: hidden, count: 1 });
  });

  it.each([
    'the password is wrong',
    'at Tokenizer.next (/opt/src/wire/tokenizer.ts:120:3)',
    'user=who outcome=ok',
    'password=[hidden]',
    'CREATE TABLE user (password_hash TEXT NOT NULL)',
  ])('lets pass: %s', (text) => {
    expect(hideNamedValues(text, '[hidden]')).toEqual({ text, count: 0 });
  });

  it('takes no more than its share of time for hostile text', () => {
    const text = 'password'.repeat(20_000) + ':'.repeat(20_000);
    expect(hideNamedValues(text, '[hidden]').text.length).toBeGreaterThan(0);
  });
});

describe('data', () => {
  it('is hidden below a secret name whatever its form, and counted', () => {
    const redactor = plain();
    const given = {
      a: { password: 'x', tokens: ['y', 1], hasPassword: true, secret: { deep: 'z' } },
    };
    expect(redactor.data('f.json', given)).toEqual({
      a: { password: '[hidden]', tokens: '[hidden]', hasPassword: true, secret: '[hidden]' },
    });
    expect(redactor.report()).toEqual([{ file: 'f.json', rule: 'name', count: 3 }]);
  });

  it('keeps everything else as it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[b-d]{1,5}$/), fc.integer()), (given) => {
        expect(plain().data('f', given)).toEqual(given);
      }),
    );
  });

  it('hides users in URLs', () => {
    expect(plain().text('f', 'see https://who:hush@vp.example.com/x')).toBe(
      'see https://[hidden]@vp.example.com/x',
    );
  });
});

describe('secrets that are known', () => {
  it('come from the environment and the configuration by their names', () => {
    expect(
      secretsOfEnvironment({ PATH: '/bin', MY_TOKEN: 't', KEELSON_ADMIN_PASSWORD: 'p' }),
    ).toEqual(['t', 'p']);
    const config = configSchema.parse({
      array: { options: { login: { password: 'x', user: 'u' } } },
    });
    expect(secretsOfConfig(config)).toEqual(['x']);
  });

  it('come from the environment that a process was started with', async () => {
    const env = { KEELSON_ADMIN_PASSWORD: 'of another process', PLAIN: 'of no interest' };
    const child = spawn('sleep', ['60'], { env: { PATH: process.env['PATH'], ...env } });
    try {
      await once(child, 'spawn');
      expect(secretsOfProcess(child.pid ?? 0)).toEqual(['of another process']);
    } finally {
      child.kill('SIGKILL');
    }
    expect(secretsOfProcess(2 ** 30)).toEqual([]);
  });

  it('are found wherever they stand in base64, hex or plain text', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 40 }),
        fc.string({ maxLength: 9 }),
        fc.string({ maxLength: 9 }),
        (secret, before, after) => {
          const known = finderOf([secret], []);
          const redactor = createRedactor({ known, bodies: 'none' });
          const text = `${before}${secret}${after}`;
          for (const form of [
            text,
            Buffer.from(text).toString('base64'),
            Buffer.from(text).toString('hex'),
          ])
            redactor.text('f', `${form} `);
          const counts = redactor.report().find(({ rule }) => rule === 'known');
          expect(counts?.count).toBeGreaterThanOrEqual(3);
        },
      ),
    );
  });

  it('are not looked for when they are so short that any word has them', () => {
    expect(finderOf(['abc'], [])).toBeUndefined();
  });
});
