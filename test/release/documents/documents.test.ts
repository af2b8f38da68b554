/**
 * Goal: the documents of a release say what is so: everything there is to say something of is in them, the sums are those
 * of the files, what is linked is there, and making them again gives the same bytes.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { operations } from '../../../scripts/docs/sources.ts';
import type { ReleaseFile } from '../../../scripts/release/contract.ts';
import { makeDocuments, makeDocumentsWith } from '../../../scripts/release/documents/documents.ts';
import { knownIssues } from '../../../scripts/release/documents/guides/release-notes.ts';
import { placeholdersIn, readVendor } from '../../../scripts/release/documents/vendor.ts';
import { QUESTIONS } from '../../../src/accept/report/diff/compare.ts';
import { needsOf } from '../../../src/accept/run.ts';
import { SCENARIOS } from '../../../src/accept/scenarios/all.ts';
import { settings } from '../../../src/config/settings.ts';
import { contextOf, PROGRAMS, RELEASE, sumOf, TREE, unzipped, writeReport } from './made.ts';

const folder = mkdtempSync(join(tmpdir(), 'keelson-documents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files: ReadonlyMap<string, Buffer>;
let withRuns: ReadonlyMap<string, Buffer>;
let documentation: ReadonlyMap<string, Buffer>;

const byPath = (made: readonly ReleaseFile[]) =>
  new Map(made.map(({ path, bytes }) => [path, bytes]));
const ARCHIVE = `keelson-${RELEASE.version}-documentation`;

beforeAll(async () => {
  files = byPath((await makeDocumentsWith(contextOf(), {})).files);
  documentation = unzipped(files.get(`${ARCHIVE}.zip`) ?? Buffer.alloc(0));
  const reports = [
    writeReport(folder, 'before.json', 'Keelson 0.0.9 (2026-01-01) build 00000000'),
    writeReport(folder, 'after.json', RELEASE.signature),
  ];
  withRuns = byPath((await makeDocumentsWith(contextOf(), { reports })).files);
});

const text = (path: string, from = files) => from.get(path)?.toString('utf8') ?? '';
const guide = (name: string) => text(`${ARCHIVE}/${name}`, documentation);

describe('a release’s documents', () => {
  it('are the same bytes each time, on another day too', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-05-06T07:08:09Z') });
    const made = makeDocumentsWith(contextOf(), {}).finally(() => vi.useRealTimers());
    const again = byPath((await made).files);
    expect([...again.keys()]).toEqual([...files.keys()]);
    for (const [path, bytes] of files) expect(again.get(path)?.equals(bytes), path).toBe(true);
  });

  it('are valid HTML', async () => {
    const validator = new HtmlValidate({
      extends: ['html-validate:recommended'],
      // Letters at the beginning were asked for by older HTML; headings that begin with a number are fine.
      rules: { 'valid-id': ['error', { relaxed: true }] },
    });
    // Of the pages under docs/, which one renderer makes, some; of what has a form of its own, all.
    const few = /^site\/documentation\/docs\/(?!(performance|operations|logging)\.)/;
    const pages = [...withRuns].filter(([path]) => path.endsWith('.html') && !few.test(path));
    expect(pages.length).toBeGreaterThan(15);
    for (const [path, bytes] of pages) {
      const { results } = await validator.validateString(bytes.toString('utf8'));
      const told = results.flatMap(({ messages }) => messages);
      expect(told.map(({ line, message }) => `${path}:${line} ${message}`)).toEqual([]);
    }
  });

  it('lead nowhere that is not there, or the release is not made', async () => {
    await expect(makeDocuments(contextOf())).resolves.toHaveLength(files.size);
    const reports = [join(folder, 'gone.json')];
    await expect(makeDocuments({ ...contextOf(), reports })).rejects.toThrow('gone.json');
  });

  it('show every place that is still to be filled in', () => {
    const everything = [...files.values(), ...documentation.values()].join('\n');
    for (const { key, wanted } of placeholdersIn(
      readVendor(join(TREE, 'scripts/release/vendor.yaml')),
    )) {
      // What recognises reports, and where sources are, is shown nowhere.
      if (/\.match$|^hosting\.source$/.test(key)) continue;
      expect(everything, key).toContain(`FILL IN: ${wanted}`);
    }
  });
});

describe('the documentation archive', () => {
  it('holds guides and documents as Markdown and as pages, pictures too', () => {
    for (const name of [
      'release-notes',
      'installation-and-configuration',
      'support-process',
      'licences-and-encryption',
      'third-party-notices',
      'index',
      'docs/footprint',
      'docs/known-issues',
      'docs/troubleshooting',
      'docs/configuration',
    ]) {
      expect(guide(`${name}.md`), name).toMatch(/^# /);
      expect(guide(`${name}.html`), name).toContain('<h1');
    }
    expect(guide('docs/pictures/how-it-works.svg')).toContain('<svg');
  });

  it('has release notes in the usual form, with every known issue', () => {
    const notes = guide('release-notes.md');
    const headings = [...notes.matchAll(/^##+ (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toContain(`${RELEASE.version} (${RELEASE.date})`);
    for (const part of ['Added and changed', 'Fixed', 'Known issues', 'Earlier releases'])
      expect(
        headings.some((each) => each?.startsWith(part)),
        part,
      ).toBe(true);
    const issues = knownIssues(readFileSync(join(TREE, 'docs/known-issues.md'), 'utf8'));
    expect(issues.length).toBeGreaterThan(5);
    for (const { title } of issues) expect(notes).toContain(title);
  });

  it('has an installation guide with the proof case, every setting and every file', () => {
    const installation = guide('installation-and-configuration.md');
    const proofCase = readFileSync(join(TREE, 'docs/examples/proof-case/keelson.yaml'), 'utf8');
    expect(installation).toContain(proofCase.trim());
    for (const { key } of settings()) expect(installation).toContain(`\`${key}\``);
    expect(installation).toMatch(/\| Memory \| (\d+ MB for up to [\d,]+ hosts(; )?)+ \|/);
    for (const { path } of PROGRAMS) expect(installation).toContain(path);
    expect(installation).toContain(`sh ${PROGRAMS[1].path} --accept-eula`);
  });

  it('has licences, notices and the agreement letter by letter', () => {
    const licences = guide('licences-and-encryption.md');
    expect(licences).toContain('| a-component | 1.2.3 | MIT |');
    expect(licences).toContain('TLS 1.2 and 1.3');
    expect(guide('licences-and-encryption.html')).toContain('You may.\n\nYou may not.');
    expect(guide('third-party-notices.html')).toContain('  &lt;Copyright&gt; of *somebody*');
  });

  it('says what to collect and whom to ask', () => {
    const { support } = readVendor(join(TREE, 'scripts/release/vendor.yaml'));
    const process = guide('support-process.md');
    for (const { channel } of support.contacts) expect(process).toContain(channel);
    for (const { name, title } of support.priorities)
      expect(process).toContain(`| ${name} | ${title} |`);
    for (const command of ['keelson support-bundle', 'keelson doctor', 'keelson log'])
      expect(process).toContain(command);
  });
});

describe('the landing page', () => {
  it('has every file with its size, date and sums, which are those of the files', () => {
    const page = text('site/index.html');
    const zip = { path: `${ARCHIVE}.zip`, bytes: files.get(`${ARCHIVE}.zip`) ?? Buffer.alloc(0) };
    for (const { path, bytes } of [...PROGRAMS, zip]) {
      expect(page).toContain(`<a href="../${path}">${path}</a>`);
      for (const algorithm of ['md5', 'sha1', 'sha256'])
        expect(page, `${path} ${algorithm}`).toContain(`<dd>${sumOf(algorithm, bytes)}</dd>`);
    }
    expect(page.match(new RegExp(`<time datetime="${RELEASE.date}">`, 'g'))?.length).toBe(4);
  });

  it('names the release, arrays, priorities, and keeps a place for VMware’s own text', () => {
    const page = text('site/index.html');
    const vendor = readVendor(join(TREE, 'scripts/release/vendor.yaml'));
    expect(page).toContain(RELEASE.signature);
    for (const { definition } of vendor.support.priorities) expect(page).toContain(definition);
    expect(page).toContain('Simulated array');
    expect(page).toContain('text that only VMware may supply');
  });

  it('is told of with a link that leads nowhere', async () => {
    const vendorFile = join(folder, 'vendor.yaml');
    const own = readFileSync(join(TREE, 'scripts/release/vendor.yaml'), 'utf8');
    writeFileSync(vendorFile, own.replace('downloads: ../', 'downloads: files/'));
    const { broken } = await makeDocumentsWith(contextOf(), { vendorFile });
    expect(broken).toContain(`site/index.html: files/${PROGRAMS[0].path} is not there`);
  });
});

describe('the partner kit', () => {
  it('has every capability, operation and scenario in the capability matrix', () => {
    const matrix = text('partner/capability-matrix.md');
    for (const { id, sentence } of SCENARIOS)
      expect(matrix).toContain(`| \`${id}\` | ${sentence.replaceAll('|', '\\|')}`);
    for (const { name, versions } of operations())
      expect(matrix).toContain(`| ${name} | ${versions.join(', ')} |`);
    for (const need of SCENARIOS.flatMap((each) => [...needsOf(each)]))
      expect(matrix).toMatch(new RegExp(`^\\| ${need} \\| not run \\|`, 'm'));
  });

  it('claims nothing without a run, and what the run says with one', () => {
    const without = text('partner/validation-matrix.md');
    expect(without).not.toMatch(/passed/);
    expect(without.match(/not run/gi)?.length).toBeGreaterThan(3);
    const matrix = text('partner/validation-matrix.md', withRuns);
    expect(matrix).toMatch(
      /Simulated array \| 1\.0\.0 \| 1\.0\.0 \|.*VASA 2\.0 \| 1 passed, 1 failed, 0 skipped \| 2026-11-22/,
    );
    expect(matrix).toMatch(/Simulated array .*VASA 1\.0 \| not run/);
    const capabilities = text('partner/capability-matrix.md', withRuns);
    expect(capabilities).toMatch(/`volumes\.made-and-found` .*\| passed \|/);
    expect(capabilities).toMatch(/`volumes\.unknown-is-not-found` .*\| failed \|/);
  });

  it('has nine headings of transferred information', () => {
    const headings = text('partner/transfer-of-information.md').match(/^## \d\. /gm);
    expect(headings).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => `## ${number}. `));
  });

  it('answers the re-certification questions from two runs, and asks for them without', () => {
    expect(text('partner/equivalency-form.md')).toContain('[FILL IN: answers');
    const form = text('partner/equivalency-form.md', withRuns);
    for (const question of QUESTIONS)
      expect(form).toMatch(new RegExp(`^\\| ${question} \\| no \\|`, 'm'));
    expect(form).toContain(RELEASE.signature);
  });
});

describe('a hot fix', () => {
  it('comes with a notification that has the comparison, and the way in and back', async () => {
    const changedBehaviour =
      'Does the provider have to be certified again?\n  bindVirtualVolume yes';
    const from = { version: '0.0.9', date: '2026-01-01', note: 'The one before.' };
    const made = byPath(await makeDocuments(contextOf({ from, changedBehaviour })));
    const notice = text('hotfix/index.md', made);
    expect(notice).toContain('It mends Keelson 0.0.9 (2026-01-01)');
    expect(notice).toContain('      bindVirtualVolume yes');
    expect(notice).toContain(`sh ${PROGRAMS[1].path}`);
    expect(notice).toContain('Install Keelson 0.0.9 again');
    expect([...files.keys()].some((path) => path.startsWith('hotfix/'))).toBe(false);
  });
});
