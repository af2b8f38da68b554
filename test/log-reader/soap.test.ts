/** SOAP as lines: what is kept, what is left out, and what becomes of what is no SOAP. */
import { expect, it } from 'vitest';
import { soapLines } from '../../src/log-reader/soap.ts';
import { LIMITS } from '../../src/model/limits.ts';

const envelope = (inner: string) =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="m" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Body>${inner}</s:Body></s:Envelope>`;

it('shows names without prefixes, values, and the type of what has one', () => {
  const body =
    '<m:call><m:id>a &amp; b</m:id><m:one xsi:type="m:Range"><m:min>1</m:min></m:one></m:call>';
  expect(soapLines(envelope(body))).toEqual(['call', '  id: a & b', '  one (Range)', '    min: 1']);
});

it('shows what was hidden as hidden', () => {
  const body = '<m:call><m:providerPassword>[hidden]</m:providerPassword></m:call>';
  expect(soapLines(envelope(body))).toEqual(['call', '  providerPassword: [hidden]']);
});

it('shows half a message as far as it goes, and says so', () => {
  const lines = soapLines(envelope('<m:call><m:id>a</m:id>').slice(0, -24));
  expect(lines.slice(0, 2)).toEqual(['call', '  id: a']);
  expect(lines.at(-1)).toMatch(/^… here it ends: /);
  expect(soapLines('hello')).toEqual([expect.stringMatching(/^… here it ends: /)]);
  expect(soapLines('')).toEqual([expect.stringMatching(/^… here it ends: /)]);
});

it('is bounded, however long or deep the message is', () => {
  const long = soapLines(envelope(`<m:call>${'<m:id>a</m:id>'.repeat(5_000)}</m:call>`));
  expect(long).toHaveLength(LIMITS.logReaderSoapLines + 1);
  expect(long.at(-1)).toBe('…');
  expect(soapLines('<a>'.repeat(100_000)).length).toBeLessThan(LIMITS.logReaderSoapLines);
});
