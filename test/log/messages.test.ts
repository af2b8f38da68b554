/**
 * Goal: the catalogue is closed both ways. Whatever the program says in its log is in it, under an id that is
 * said somewhere; and every line finds its explanation.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  MESSAGES,
  type MessageId,
  messageOf,
  subjectOf,
} from '../../src/log/messages/catalogue.ts';
import { CONNECTION_FAILURES, connectionFailureOf } from '../../src/log/messages/connections.ts';
import { EVENTS, explanationOf, lineIdOf } from '../../src/log/messages/lines.ts';
import { OUTCOMES } from '../../src/log/messages/outcomes.ts';
import { wireLog } from '../../src/log/wire-log.ts';
import { FAULTS } from '../../src/model/faults.ts';
import { fullRecord, keptLog } from './records.ts';

const SRC = join(import.meta.dirname, '../../src');
const IDS = Object.keys(MESSAGES) as MessageId[];

/** Sources of the program but for the catalogue itself, by path. */
function sources(): ReadonlyMap<string, string> {
  const names = readdirSync(SRC, { encoding: 'utf8', recursive: true });
  return new Map(
    names
      .filter((name) => name.endsWith('.ts') && !name.startsWith('log/messages/'))
      .map((name) => [name, readFileSync(join(SRC, name), 'utf8')]),
  );
}

describe('messages of the log', () => {
  it('are each said by some source', () => {
    const text = [...sources().values()].join('\n');
    expect(IDS.filter((id) => !text.includes(`'${id}'`))).toEqual([]);
  });

  it('are the only thing that notices say: no source gives words of its own', () => {
    const calls = [...sources()].flatMap(([name, text]) =>
      [...text.matchAll(/\.notice\(([^,]*),/g)].map(([, first = '']) => ({ name, first })),
    );
    expect(calls.length).toBeGreaterThan(15);
    for (const { name, first } of calls) {
      const quoted = [...first.matchAll(/'([^']*)'/g)].map(([, text = '']) => text);
      const ids = quoted.filter((text) => !['Green', 'Yellow', 'Red'].includes(text));
      expect(
        ids.filter((id) => messageOf(id) === undefined),
        name,
      ).toEqual([]);
      if (ids.length === 0) expect(first.trim(), name).toBe('id');
    }
  });

  it.each(IDS)(
    '%s has an id of dotted lower-case words, words without facts, and all answers',
    (id) => {
      const { text, means, remedy, facts } = MESSAGES[id];
      expect(id).toMatch(/^[a-z]+(\.[a-z]+(_[a-z]+)*)+$/);
      expect(text).toMatch(/^[a-z][^\n{}$]*[^.]$/);
      for (const sentence of [means, remedy]) expect(sentence).toMatch(/^([A-Z`]|vCenter).*\.$/);
      for (const name of Object.keys(facts)) expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(subjectOf(id)).toBe(id.split('.')[0]);
    },
  );

  it('are known by their own ids alone', () => {
    expect(messageOf('constructor')).toBeUndefined();
    expect(messageOf('trust.unheard_of')).toBeUndefined();
  });
});

describe('the id of a line', () => {
  it('is in the line, whatever its kind, and is explained', () => {
    const { log, lines, clock } = keptLog();
    const wire = wireLog(log);
    wire.finished(fullRecord());
    wire.finished(fullRecord({ outcome: 'NotFound' }));
    wire.finished(fullRecord({ outcome: 'constructor' }));
    wire.bodies(fullRecord(), '<a/>', '<b/>');
    wire.connectionFailed({ remoteAddress: 'a', code: 'NO_TLS', message: 'm' });
    wire.shedding({ 'connection crowded': 2 });
    log.line('info', 'stopped', { exit_code: 0 }, 'm');
    log.verbose.on({ kind: 'everything' }, 60);
    clock.moveBy(61_000);
    log.verbose.active();
    const ids = lines().map(({ id }) => `${id}`);
    expect(ids).toEqual([
      'request.ok',
      'request.NotFound',
      'request.Server',
      'bodies',
      'connection_failed.no_tls',
      'load.shedding',
      'stopped',
      'verbose_on',
      'verbose_off',
    ]);
    for (const id of ids) expect(explanationOf(id), id).toBeDefined();
  });

  it('is explained for every outcome, every fault, every failure and every kind', () => {
    for (const name of [...Object.keys(OUTCOMES), ...Object.keys(FAULTS)])
      expect(explanationOf(lineIdOf('request', { outcome: name }))?.means).toBe(
        OUTCOMES[name]?.means,
      );
    for (const name of Object.keys(CONNECTION_FAILURES))
      expect(explanationOf(`connection_failed.${name}`)).toBeDefined();
    for (const name of Object.keys(EVENTS)) expect(explanationOf(name)).toBeDefined();
    for (const id of ['', 'request', 'request.', 'notice', 'toString', 'request.toString'])
      expect(explanationOf(id), id).toBeUndefined();
  });
});

describe('a failed connection', () => {
  it.each([
    ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_UNKNOWN', 'certificate_unknown'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', 'certificate_unknown'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'certificate_unknown'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'certificate_expired'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'certificate_refused'],
    ['ERR_SSL_NO_SHARED_CIPHER', 'no_common_tls'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'no_common_tls'],
    ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'broken_tls'],
    ['HPE_INVALID_METHOD', 'bad_http'],
    ['HPE_HEADER_OVERFLOW', 'headers_too_large'],
    ['EWHATEVER', 'other'],
  ])('with code %s is explained as %s', (code, name) => {
    expect(connectionFailureOf(code)).toBe(name);
  });

  it('is explained by a row of its own for every code that the program itself gives', () => {
    const wire = [...sources()].filter(([name]) => name.startsWith('wire/'));
    const codes = wire.flatMap(([, text]) =>
      [...text.matchAll(/(?:named\(|failed\(socket, )'([A-Z_]+)'/g)].map(([, code = '']) => code),
    );
    expect(new Set(codes)).toEqual(
      new Set(['ANSWER_TIMEOUT', 'CONNECT', 'ERR_TLS_HANDSHAKE_TIMEOUT', 'NO_TLS', 'PIPELINE']),
    );
    for (const code of codes)
      expect(['other', 'broken_tls', 'bad_http'], code).not.toContain(connectionFailureOf(code));
  });
});
