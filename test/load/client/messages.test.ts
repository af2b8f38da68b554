/** Requests made from templates say what was filled in, as the product's own codec reads them. */
import { describe, expect, it } from 'vitest';
import { unbindOf } from '../../../src/load/client/handles.ts';
import { HOLE, Messages, NUMBER_HOLE, requestText } from '../../../src/load/client/messages.ts';
import { compileCodec } from '../../../src/wire/codec.ts';
import { service } from '../../../src/wire/generated/vasa-2.0/service.ts';

const codec = compileCodec(service);
const messages = new Messages(codec, 'https://vp.example.com:8443/vasa/2.0/service');
const contentOf = (body: string) => /<[\w.-]+:Body>(.*)<\/[\w.-]+:Body>/s.exec(body)?.[1] ?? '';

describe('a message', () => {
  it('is filled with texts and numbers in their order', () => {
    const bind = messages.template('bindVirtualVolume', {
      vvolId: [HOLE, HOLE],
      bindContext: 'Normal',
    });
    const { body } = bind.fill('one', 'two &amp; three');
    expect(codec.decode('bindVirtualVolume', contentOf(body))).toMatchObject({
      vvolId: ['one', 'two & three'],
      bindContext: 'Normal',
    });
    const events = messages.template('getEvents', { lastEventId: NUMBER_HOLE }).fill('42');
    expect(codec.decode('getEvents', contentOf(events.body))).toEqual({ lastEventId: 42n });
  });

  it('takes as many texts as it has holes', () => {
    expect(() => messages.template('getTaskUpdate', { taskId: HOLE }).fill()).toThrow('1 holes');
  });

  it('expects the response element, and no fault where there is none', () => {
    expect(messages.message('getEvents', {})).toMatchObject({ expect: 'getEventsResponse' });
    expect(messages.message('deleteVirtualVolume', { vvolId: 'v' })).toMatchObject({
      expect: 'Body',
      refuse: 'Fault',
    });
  });

  it('goes over the wire with its action, length and session', () => {
    const message = messages.message('getTaskUpdate', { taskId: 'ä' });
    const text = requestText(message, 'abc');
    expect(text).toMatch(
      /^POST \/vasa\/2\.0\/service HTTP\/1\.1\r\nHost: vp\.example\.com:8443\r\n/,
    );
    expect(text).toContain('\r\nSOAPAction: "urn:getTaskUpdate"\r\n');
    expect(text).toContain('\r\nCookie: VASASESSIONID=abc\r\n');
    const length = Number(/Content-Length: (\d+)/.exec(text)?.[1]);
    expect(Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4))).toHaveLength(length);
    expect(requestText(message, undefined)).not.toContain('Cookie');
  });
});

describe('unbindOf', () => {
  it('gives the handle back as the bind has told it', () => {
    const handle = {
      uniqueIdentifier: 'a & b',
      peInBandId: { protocolEndpointType: 'NFS', ipAddress: '192.0.2.1', serverMount: '/pe' },
      vvolSecondaryId: '.vvol/1',
    };
    const row = { vvolId: 'v', vvolLogicalSize: 1n, vvolHandle: handle };
    const answer = codec.encode('bindVirtualVolumeResponse', { return: [row] });
    const { body, refuse } = unbindOf(messages)(answer);
    expect(refuse).toBe('errorResult');
    expect(codec.decode('unbindVirtualVolume', contentOf(body))).toMatchObject({
      vvolHandle: [handle],
      unbindContext: 'Normal',
    });
  });
});
