/**
 * Other people's tools take the contract: gSOAP, JAX-WS, zeep and libxml2 each read it, without a warning
 * that matters, and find in it what is there.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/generate/generate.ts';
import { describeWithTool, PYTHON, TOOLS } from '../support/tools.ts';

const VERSIONS = [
  { version: '2.0', operations: 74 },
  { version: '1.0', operations: 22 },
] as const;

const folderOf = (version: string): string => join(ROOT, 'wsdl', `vasa-${version}`);
const wsdlOf = (version: string): string => join(folderOf(version), 'vasaService.wsdl');

let scratch = '';

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'keelson-wsdl-'));
});

afterEach(() => {
  rmSync(scratch, { recursive: true });
});

/** Runs a command in the scratch folder; fails the test, showing the output, unless it exits with 0. */
function run(command: string, ...parameters: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, parameters, {
    cwd: scratch,
    encoding: 'utf8',
  });
  const output = `${stdout}${stderr}`;
  expect({ status, error, output }).toMatchObject({ status: 0, error: undefined });
  return output;
}

const complaints = (output: string): readonly string[] =>
  output.split('\n').filter((line) => /warning|error\b/i.test(line) && !line.startsWith('Note:'));

describeWithTool('gSOAP', [TOOLS.wsdl2h, TOOLS.soapcpp2], () => {
  test.each(VERSIONS)('makes a client of VASA $version', ({ version, operations }) => {
    const reading = run('wsdl2h', '-N', 'vasa', '-o', 'vasa.h', wsdlOf(version));
    expect(complaints(reading)).toEqual([]);
    const compiling = run('soapcpp2', '-x', '-C', '-j', '-I/usr/share/gsoap/import', 'vasa.h');
    expect(complaints(compiling)).toEqual([]);
    const header = readFileSync(join(scratch, 'vasa.h'), 'utf8');
    const actions = header.match(/(?<=^\/\/gsoap \w+\s+service method-input-action:\s).*/gm);
    expect(actions).toHaveLength(2 * operations);
    expect(new Set(actions).size).toBe(operations);
    expect(readdirSync(scratch)).toEqual(
      expect.arrayContaining([
        'soapvasaServiceSoap11BindingProxy.h',
        'soapvasaServiceSoap12BindingProxy.h',
      ]),
    );
  });
});

describeWithTool('JAX-WS', TOOLS.wsimport, () => {
  test.each(VERSIONS)('makes and compiles a client of VASA $version', ({ version, operations }) => {
    const output = run('wsimport', '-extension', '-keep', '-d', '.', wsdlOf(version));
    // The protocol has the empty Bodies, and JAX-WS knows no SOAP 1.2 binding that it calls standard.
    const expected =
      /Non unique body parts! .* have the same request body block|non-standard SOAP 1.2 binding/;
    expect(complaints(output).filter((line) => !expected.test(line))).toEqual([]);
    const made = readdirSync(scratch, { recursive: true, encoding: 'utf8' });
    const port = made.find((path) => path.endsWith('VasaServicePortType.java')) ?? '';
    const methods = readFileSync(join(scratch, port), 'utf8').match(/@WebMethod\(/g) ?? [];
    expect(methods).toHaveLength(operations);
    const sources = made.filter(
      (path) => path.endsWith('.java') && !path.endsWith('package-info.java'),
    );
    for (const source of sources) expect(made).toContain(source.replace(/\.java$/, '.class'));
  });
});

const ZEEP = `
import json, sys, zeep
client = zeep.Client(sys.argv[1])
json.dump({
    port.name: len(port.binding.all())
    for service in client.wsdl.services.values()
    for port in service.ports.values()
}, sys.stdout)
`;

describeWithTool('zeep', TOOLS.zeep, () => {
  test.each(VERSIONS)(
    'finds the operations of VASA $version on both ports',
    ({ version, operations }) => {
      expect(JSON.parse(run(PYTHON, '-c', ZEEP, wsdlOf(version)))).toEqual({
        vasaServiceHttpSoap11Endpoint: operations,
        vasaServiceHttpSoap12Endpoint: operations,
      });
    },
  );
});

const MESSAGES = 'http://com.vmware.vim.vasa/2.0/xsd';
const VVOL = 'http://vvol.data.vasa.vim.vmware.com/xsd';
const DATA = 'http://data.vasa.vim.vmware.com/xsd';
const FAULT = 'http://fault.vasa.vim.vmware.com/xsd';

/** A child of a Body: a bind result with a handle, whose id comes from its base, and a fault. */
const VALID = `<m:bindVirtualVolumeResponse xmlns:m="${MESSAGES}" xmlns:v="${VVOL}" xmlns:d="${DATA}"
    xmlns:f="${FAULT}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <m:return>
    <v:vvolHandle>
      <d:uniqueIdentifier>naa.600</d:uniqueIdentifier>
      <v:peInBandId><v:protocolEndpointType>SCSI</v:protocolEndpointType></v:peInBandId>
      <v:vvolSecondaryId>0x1</v:vvolSecondaryId>
    </v:vvolHandle>
    <v:vvolId>rfc4122.1</v:vvolId>
  </m:return>
  <m:return>
    <v:fault xsi:type="f:TooMany"><f:maxBatchSize>9007199254740993</f:maxBatchSize></v:fault>
    <v:vvolId>rfc4122.2</v:vvolId>
  </m:return>
</m:bindVirtualVolumeResponse>`;

const HANDLE = /<d:uniqueIdentifier>naa.600<\/d:uniqueIdentifier>/;

/** What each broken document shows. */
const INVALID: readonly (readonly [string, string])[] = [
  [
    "a base's child after the type's own",
    VALID.replace(HANDLE, '').replace(
      '</v:vvolHandle>',
      '<d:uniqueIdentifier>naa.600</d:uniqueIdentifier></v:vvolHandle>',
    ),
  ],
  [
    'an inherited child in the namespace of the derived type',
    VALID.replaceAll('d:uniqueIdentifier', 'v:uniqueIdentifier'),
  ],
  ["a fault's field that is no number", VALID.replace('9007199254740993', 'many')],
  ['an element that nobody declared', VALID.replace('</m:return>', '<v:more/></m:return>')],
];

describeWithTool('xmllint', TOOLS.xmllint, () => {
  const lint = (document: string): ReturnType<typeof spawnSync> => {
    writeFileSync(join(scratch, 'document.xml'), document);
    const schema = join(folderOf('2.0'), 'messages.xsd');
    return spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, 'document.xml'], {
      cwd: scratch,
      encoding: 'utf8',
    });
  };

  test('accepts a valid message and says nothing else', () => {
    expect(lint(VALID)).toMatchObject({ status: 0, stderr: 'document.xml validates\n' });
  });

  test.each(INVALID)('refuses %s', (_, document) => {
    expect(lint(document)).toMatchObject({ status: 3 });
  });

  test.each(VERSIONS)('compiles every schema of VASA $version by itself', ({ version }) => {
    writeFileSync(join(scratch, 'other.xml'), '<other/>');
    for (const name of readdirSync(folderOf(version)).filter((each) => each.endsWith('.xsd'))) {
      const schema = join(folderOf(version), name);
      const { status, stderr } = spawnSync(
        'xmllint',
        ['--noout', '--schema', schema, 'other.xml'],
        { cwd: scratch, encoding: 'utf8' },
      );
      // 3: the document is not of this schema. 5 would be: the schema does not compile.
      expect({ name, status }).toEqual({ name, status: 3 });
      expect(complaints(stderr)).toEqual([
        expect.stringContaining('No matching global declaration'),
      ]);
    }
  });
});

describe('libxml2 in this process', () => {
  beforeAll(() => {
    xmlRegisterFsInputProviders();
  });

  function validate(version: string, document: string): void {
    const path = join(folderOf(version), 'messages.xsd');
    const schema = XmlDocument.fromString(readFileSync(path, 'utf8'), { url: path });
    const validator = XsdValidator.fromDoc(schema);
    const parsed = XmlDocument.fromString(document);
    try {
      validator.validate(parsed);
    } finally {
      parsed.dispose();
      validator.dispose();
      schema.dispose();
    }
  }

  test('accepts a valid message', () => {
    expect(() => validate('2.0', VALID)).not.toThrow();
  });

  test.each(INVALID)('refuses %s', (_, document) => {
    expect(() => validate('2.0', document)).toThrow();
  });

  test('accepts a message of VASA 1.0 and refuses the same in the namespace of 2.0', () => {
    const message =
      '<getEvents xmlns="http://com.vmware.vim.vasa/1.0/xsd"><lastEventId>-1</lastEventId></getEvents>';
    expect(() => validate('1.0', message)).not.toThrow();
    expect(() => validate('1.0', message.replace('1.0', '2.0'))).toThrow();
  });
});
