/** Goal: the check of dependencies finds what it is there for, and says when it could not look. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judged, readAudit, readExplained } from '../../scripts/dependencies/advisories.ts';
import { isAllowed, packagesOf } from '../../scripts/dependencies/licences.ts';

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const AUDIT = JSON.stringify({
  vulnerabilities: {
    inner: {
      via: [{ url: 'https://github.com/advisories/GHSA-1', title: 'Bad', severity: 'high' }],
    },
    outer: { via: ['inner'] },
  },
});
const FOUND = [{ id: 'GHSA-1', package: 'inner', title: 'Bad', severity: 'high' }];
const REASON = 'The function it is about is never called by us.';

describe('advisories', () => {
  test('are told once, by the package that has them', () => {
    expect(readAudit(AUDIT)).toEqual(FOUND);
    expect(readAudit('{"vulnerabilities":{}}')).toEqual([]);
  });

  test.each(['', 'not JSON', '{}', '{"message":"405","error":{}}'])(
    'cannot be told from %j: nobody was asked',
    (answer) => expect(readAudit(answer)).toBeUndefined(),
  );

  test('need a reason, until its day has passed', () => {
    const own = { id: 'GHSA-1', package: 'inner', reason: REASON, until: '2027-01-01' };
    expect(judged(FOUND, [], '2026-11-23').unexplained).toEqual(FOUND);
    expect(judged(FOUND, [own], '2026-11-23')).toMatchObject({ unexplained: [], idle: [] });
    expect(judged(FOUND, [own], '2027-01-02').unexplained).toEqual(FOUND);
    expect(judged([], [own], '2026-11-23').idle).toEqual([own]);
  });

  test('have reasons that can be read', () => {
    expect(() => readExplained(file('.ci/advisories.json'))).not.toThrow();
    expect(() =>
      readExplained('[{"id":"GHSA-1","package":"x","reason":"","until":"soon"}]'),
    ).toThrow();
  });
});

describe('licences', () => {
  test.each<[string | undefined, boolean]>([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND Apache-2.0', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['SEE LICENSE IN LICENSE', false],
    [undefined, false],
  ])('%s: %s', (licence, allowed) => expect(isAllowed(licence)).toBe(allowed));

  test('of all packages that the product runs with are allowed', () => {
    const packages = packagesOf(file('package-lock.json'));
    expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(['saxes', 'fastify']));
    expect(packages.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
  });
});
