/** The judge of gSOAP's recordings: it must find what is wrong, or the gSOAP story proves little. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describeWithTool, TOOLS } from '../support/tools.ts';
import { checkAnswers, recordedAnswers } from './gsoap/recordings.ts';
import { WSDL } from './story.ts';

const folder = mkdtempSync(join(tmpdir(), 'keelson-recordings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NAMESPACES = `xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://com.vmware.vim.vasa/2.0/xsd" xmlns:d="http://data.vasa.vim.vmware.com/xsd" xmlns:v="http://vvol.data.vasa.vim.vmware.com/xsd" xmlns:f="http://fault.vasa.vim.vmware.com/xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`;
const answer = (body: string) => `<e:Envelope ${NAMESPACES}><e:Body>${body}</e:Body></e:Envelope>`;

const HANDLE =
  '<v:vvolHandle><d:uniqueIdentifier>a</d:uniqueIdentifier><v:peInBandId><v:protocolEndpointType>SCSI</v:protocolEndpointType></v:peInBandId><v:vvolSecondaryId>1</v:vvolSecondaryId></v:vvolHandle>';
const bound = (item: string) =>
  answer(
    `<m:bindVirtualVolumeResponse><m:return>${item}<v:vvolId>a</v:vvolId></m:return></m:bindVirtualVolumeResponse>`,
  );

function recorded(...bodies: string[]): Buffer[] {
  const http = bodies.map(
    (body) => `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  writeFileSync(join(folder, '1.http'), http.join(''));
  return recordedAnswers(folder);
}

test('answers are taken out of one recorded connection', () => {
  expect(recorded('<ä/>', '<b/>').map(String)).toEqual(['<ä/>', '<b/>']);
});

describeWithTool('the schema check', TOOLS.xmllint, () => {
  test('takes a right answer, a typed fault of an item, and an empty Body', async () => {
    const item = '<v:fault xsi:type="f:InvalidArgument"/>';
    const right = [bound(HANDLE), bound(item), answer('')];
    await expect(checkAnswers(recorded(...right), WSDL, folder)).resolves.toBeUndefined();
  });

  test.each([
    ['a child in the wrong namespace', bound(HANDLE.replaceAll('d:unique', 'v:unique'))],
    [
      'children out of order',
      bound(
        HANDLE.replace(
          /(<v:peInBandId>.*<\/v:peInBandId>)(.*)<\/v:vvolHandle>/,
          '$2$1</v:vvolHandle>',
        ),
      ),
    ],
    ['a type that is none', bound('<v:fault xsi:type="f:Nonsense"/>')],
    ['a response nobody declared', answer('<m:bindResponse/>')],
    ['two children of Body', answer('<m:queryArraysResponse/><m:queryArraysResponse/>')],
    [
      'a fault without the contract’s detail',
      answer(
        '<e:Fault><faultcode>e:Server</faultcode><faultstring>x</faultstring><detail><f:InvalidSession/></detail></e:Fault>',
      ),
    ],
  ])('finds %s', async (_, wrong) => {
    await expect(checkAnswers(recorded(wrong), WSDL, folder)).rejects.toThrow();
  });
});
