/** Certification logs: what is untouched verifies, and each way of tampering is found and named. */
import { createHash, verify, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, list } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAuthority, makeSelfSignedClient } from '../../certs/make.ts';
import { writeCertification } from '../../src/accept/report/certification/certify.ts';
import {
  type Signer,
  signDigest,
  signerOf,
} from '../../src/accept/report/certification/signature.ts';
import { verifyCertification } from '../../src/accept/report/certification/verify.ts';
import { writeReports } from '../../src/accept/report/folder.ts';
import { madeUpRun } from './made-up-run.ts';

const RUN = madeUpRun([{ id: 'volumes.one', calls: [{ operation: 'queryArrays' }] }]);
const NAMES = [
  'report.html',
  'report.json',
  'junit.xml',
  'summary.md',
  'manifest.json',
  'signature.xml',
];
/** The made-up run is of a fixed day. */
const LONG_AGO = { notBefore: Date.UTC(2020, 0), notAfter: Date.UTC(2040, 0) };

let root: string;
let shared: Signer;
let serial = 0;
beforeAll(async () => {
  shared = await makeSelfSignedClient({ ...LONG_AGO, key: 'rsa' });
  root = mkdtempSync(join(tmpdir(), 'keelson-certification-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A signed report in a folder of its own, to be tampered with and packed again. */
async function certified({ signer }: { signer?: Signer } = { signer: shared }) {
  serial += 1;
  const folder = join(root, `${serial}`);
  const files = writeReports(folder, RUN);
  const made = await writeCertification(folder, RUN, { files, madeBy: 'Test 1', signer });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const edit = (name: string, change: (text: string) => string) => {
    const changed = change(read(name));
    expect(changed).not.toBe(read(name));
    write(name, changed);
  };
  const archive = join(folder, 'certification.tar.gz');
  const repacked = (names: readonly string[] = NAMES) => {
    create({ file: archive, cwd: folder, sync: true, gzip: true }, [...names]);
    return archive;
  };
  return { folder, made, read, write, edit, archive, repacked };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a certification log', () => {
  it('holds every file of the report, and verifies with the certificate beside it', async () => {
    const { archive, read, made } = await certified({});
    expect(made).toContain(archive);
    const found: string[] = [];
    list({ file: archive, sync: true, onReadEntry: ({ path }) => found.push(path) });
    expect(found).toEqual(NAMES);
    const { problems, signer, isIdentified, manifest } = verifyCertification(
      archive,
      read('certification.pem'),
    );
    expect(problems).toEqual([]);
    expect(isIdentified).toBe(true);
    expect(signer?.subject).toMatch(/Keelson acceptance run of 2026-11-22/);
    expect(manifest).toMatchObject({ madeBy: 'Test 1', run: { passed: 1, calls: 2 } });
    expect(Object.keys(manifest?.files ?? {})).toEqual(NAMES.slice(0, 4));
  });

  it('verifies without a certificate, and says that who signed is not proven', async () => {
    const { archive } = await certified();
    expect(verifyCertification(archive)).toMatchObject({ problems: [], isIdentified: false });
  });

  it('can be signed with an own key, RSA or ECDSA, and is trusted by the authority behind it', async () => {
    const authority = await makeAuthority(LONG_AGO);
    for (const key of ['rsa', 'ecdsa'] as const) {
      const issued = await authority.issueClient({ ...LONG_AGO, key });
      const { archive } = await certified({
        signer: signerOf(issued.certificatePem, issued.keyPem),
      });
      for (const trust of [issued.certificatePem, authority.certificatePem])
        expect(verifyCertification(archive, trust)).toMatchObject({
          problems: [],
          isIdentified: true,
        });
    }
  });

  it('is signed as the standard says, computed here without the library', async () => {
    const { read } = await certified();
    const text = read('signature.xml');
    const part = (pattern: RegExp) => pattern.exec(text)?.[1] ?? '';
    const expanded = (xml: string) => xml.replace(/<(\w+)([^<>]*?)\s*\/>/g, '<$1$2></$1>');
    const bare = expanded(text.replace(/<Signature .*<\/Signature>/s, '').trim());
    expect(part(/<DigestValue>([^<]+)/)).toBe(createHash('sha256').update(bare).digest('base64'));
    const info = expanded(part(/(<SignedInfo>.*<\/SignedInfo>)/s)).replace(
      '<SignedInfo>',
      '<SignedInfo xmlns="http://www.w3.org/2000/09/xmldsig#">',
    );
    const value = Buffer.from(part(/<SignatureValue>([^<]+)/), 'base64');
    const { publicKey } = new X509Certificate(shared.certificatePem);
    expect(verify('sha256', Buffer.from(info), publicKey, value)).toBe(true);
  });

  it('is not signed with a key that is not that of the certificate, or is too weak', async () => {
    const [one, other] = [await makeSelfSignedClient(), await makeSelfSignedClient()];
    expect(() => signerOf(one.certificatePem, other.keyPem)).toThrow(/not that of/);
    const weak = await makeSelfSignedClient({ key: 'rsa-1024' });
    expect(() => signerOf(weak.certificatePem, weak.keyPem)).toThrow(/2048 bits/);
    expect(() => signerOf('nonsense', one.keyPem)).toThrow(RangeError);
  });
});

describe('tampering', () => {
  it('is found in each file of the report', async () => {
    for (const name of NAMES.slice(0, 4)) {
      const log = await certified();
      log.edit(name, (text) => `${text} `);
      expect(verifyCertification(log.repacked()).problems).toEqual([`${name} was changed`]);
    }
  });

  it('is found when a file is missing, added or there twice', async () => {
    const log = await certified();
    expect(verifyCertification(log.repacked(NAMES.slice(1))).problems).toEqual([
      'report.html is missing',
    ]);
    log.write('more.txt', 'more');
    expect(verifyCertification(log.repacked([...NAMES, 'more.txt'])).problems).toEqual([
      'more.txt was added',
    ]);
    expect(() => verifyCertification(log.repacked([...NAMES, 'report.json']))).toThrow(/twice/);
  });

  it('is found when a result is changed and the manifest with it', async () => {
    const log = await certified();
    log.edit('summary.md', (text) => text.replace('1 passed', '9 passed'));
    const manifest = JSON.parse(log.read('manifest.json'));
    manifest.files['summary.md'].sha256 = sha256(log.read('summary.md'));
    log.write('manifest.json', JSON.stringify(manifest));
    expect(verifyCertification(log.repacked()).problems).toEqual(['manifest.json was changed']);
    log.edit('signature.xml', (text) =>
      text.replace(/sha256="[0-9a-f]+"/, `sha256="${sha256(log.read('manifest.json'))}"`),
    );
    expect(verifyCertification(log.repacked()).problems).toEqual([
      expect.stringMatching(/signature\.xml is not valid/),
    ]);
  });

  it('is found when all is signed again with another key', async () => {
    const log = await certified();
    const trusted = log.read('certification.pem');
    const other = await makeSelfSignedClient({ ...LONG_AGO, key: 'rsa' });
    log.write('signature.xml', signDigest(sha256(log.read('manifest.json')), other));
    expect(verifyCertification(log.repacked()).problems).toEqual([]);
    expect(verifyCertification(log.repacked(), trusted).problems).toEqual([
      'it was signed with another key than the trusted one',
    ]);
  });

  it('is found when another certificate is put into the signature', async () => {
    const log = await certified();
    const other = await makeSelfSignedClient({ ...LONG_AGO, key: 'rsa' });
    log.edit('signature.xml', (text) =>
      text.replace(/(<X509Certificate>)[^<]+/, `$1${other.der.toString('base64')}`),
    );
    expect(verifyCertification(log.repacked(), other.certificatePem).problems).toEqual([
      expect.stringMatching(/signature\.xml is not valid/),
    ]);
  });

  it('is found when manifest or signature is missing or nonsense', async () => {
    const log = await certified();
    const without = (name: string) =>
      verifyCertification(log.repacked(NAMES.filter((each) => each !== name))).problems;
    expect(without('manifest.json')).toContain('manifest.json is missing');
    expect(without('signature.xml')).toEqual(['signature.xml is missing']);
    log.write('manifest.json', '{}');
    expect(verifyCertification(log.repacked()).problems).toContain('manifest.json was changed');
  });

  it('is found when the certificate was not valid at the time of the run', async () => {
    const late = await makeSelfSignedClient({
      notBefore: Date.UTC(2030, 0),
      notAfter: Date.UTC(2031, 0),
    });
    const { archive } = await certified({ signer: late });
    expect(verifyCertification(archive).problems).toEqual([
      'the certificate was not valid at the time of the run',
    ]);
  });

  it('is found in the report folder too, and what is signed by nobody does not count there', async () => {
    const { folder, write, read } = await certified();
    expect(verifyCertification(folder, read('certification.pem')).problems).toEqual([]);
    write('notes.txt', 'a note');
    expect(verifyCertification(folder).problems).toEqual(['notes.txt was added']);
    rmSync(join(folder, 'notes.txt'));
    rmSync(join(folder, 'summary.md'));
    symlinkSync('/etc/hostname', join(folder, 'summary.md'));
    expect(verifyCertification(folder).problems).toEqual(['summary.md was changed']);
    rmSync(join(folder, 'manifest.json'));
    expect(verifyCertification(folder).problems).toEqual(['manifest.json is missing']);
    expect(() => verifyCertification(root)).toThrow(/is no report folder/);
  });

  it('does not follow links, and refuses what is no archive', async () => {
    const log = await certified();
    mkdirSync(join(log.folder, 'inner'));
    symlinkSync('/etc/passwd', join(log.folder, 'link'));
    expect(() => verifyCertification(log.repacked([...NAMES, 'link']))).toThrow(/no plain file/);
    expect(() => verifyCertification(log.repacked([...NAMES, 'inner']))).toThrow(/no plain file/);
    log.write('certification.tar.gz', 'nonsense');
    expect(() => verifyCertification(log.archive)).toThrow(/no certification log/);
    expect(() => verifyCertification(join(log.folder, 'none'))).toThrow(/ENOENT/);
  });
});

describe('a signature file of another shape', () => {
  const forge = async (change: (text: string) => string) => {
    const log = await certified();
    log.edit('signature.xml', change);
    return verifyCertification(log.repacked()).problems;
  };

  it.each<[string, (text: string) => string]>([
    ['a comment in a digest', (text) => text.replace('<DigestValue>', '<DigestValue><!-- x -->')],
    ['a comment beside', (text) => text.replace('<Signature ', '<!-- x --><Signature ')],
    ['CDATA', (text) => text.replace(/<SignatureValue>([^<]+)/, '<SignatureValue><![CDATA[$1]]>')],
    ['a document type', (text) => `<!DOCTYPE certification>${text}`],
    ['an instruction', (text) => `<?xml-stylesheet href="x"?>${text}`],
    [
      'a second signature',
      (text) => text.replace(/<Signature .*<\/Signature>/s, (signature) => signature + signature),
    ],
    [
      'a second SignedInfo',
      (text) => text.replace(/<SignedInfo>.*<\/SignedInfo>/s, (info) => info + info),
    ],
    [
      'the signed part moved aside for another',
      (text) =>
        text.replace(
          /<manifest [^>]*\/>/,
          (part) => `<manifest name="manifest.json" sha256="${'0'.repeat(64)}"/><old>${part}</old>`,
        ),
    ],
    [
      'a weaker algorithm',
      (text) => text.replace('2001/04/xmldsig-more#rsa-sha256', '2000/09/xmldsig#rsa-sha1'),
    ],
    [
      'HMAC',
      (text) => text.replace('2001/04/xmldsig-more#rsa-sha256', '2000/09/xmldsig#hmac-sha1'),
    ],
    ['the algorithm of another key', (text) => text.replace('#rsa-sha256', '#ecdsa-sha256')],
    ['a reference elsewhere', (text) => text.replace('URI=""', 'URI="#x"')],
    ['an Id', (text) => text.replace('<manifest ', '<manifest Id="x" ')],
    ['another namespace', (text) => text.replace('urn:keelson:certification:1', 'urn:other')],
    ['a part cut off', (text) => text.slice(0, -60)],
  ])('is refused: %s', async (_what, change) => {
    expect(await forge(change)).toEqual([expect.stringMatching(/signature\.xml is not valid/)]);
  });
});
