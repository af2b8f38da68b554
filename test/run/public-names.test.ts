/** Goal: the provider's names are those configured, else those by which this machine is reached. */
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { publicNames } from '../../src/run/public-names.ts';

describe('public names', () => {
  it('configured ones are taken as they are, the first in URLs', async () => {
    expect(await publicNames(['vp.example', '192.0.2.1', 'vp.example'], '0.0.0.0')).toEqual({
      names: ['vp.example', '192.0.2.1'],
      urlHost: 'vp.example',
    });
  });

  it('an IPv6 address stands in brackets in URLs and without them in the certificate', async () => {
    expect(await publicNames(['2001:db8::1'], '::')).toEqual({
      names: ['2001:db8::1'],
      urlHost: '[2001:db8::1]',
    });
  });

  it('listening on one address, that address is the name', async () => {
    expect(await publicNames([], '127.0.0.1')).toEqual({
      names: ['127.0.0.1'],
      urlHost: '127.0.0.1',
    });
  });

  it('listening everywhere, the machine’s name and all its addresses are', async () => {
    const { names, urlHost } = await publicNames([], '0.0.0.0');
    expect(names).toEqual(expect.arrayContaining([hostname(), 'localhost', '127.0.0.1']));
    expect(names.filter((name) => name.includes('%'))).toEqual([]);
    expect(names.map((name) => (name.includes(':') ? `[${name}]` : name))).toContain(urlHost);
  });
});
