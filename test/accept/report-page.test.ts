/** The page of a run: whole in itself, safe from what providers answer, and readable. */
import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/accept/report/json.ts';
import { markdownReport } from '../../src/accept/report/markdown.ts';
import { pageReport } from '../../src/accept/report/page.ts';
import { madeUpRun } from './made-up-run.ts';

const page = (run = madeUpRun([{ id: 'volumes.one', calls: [{ operation: 'queryArrays' }] }])) =>
  pageReport(documentOf(run), markdownReport(run));

const between = (text: string, start: string, end: string) => {
  const from = text.indexOf(start) + start.length;
  return text.slice(from, text.indexOf(end, from));
};
const scriptOf = (html: string) => between(html, '<script>', '</script>');
const dataOf = (html: string): unknown =>
  JSON.parse(between(html, '<script type="application/json" id="data">', '</script>'));

// The page's own modules are plain JavaScript for browsers, which the compiler does not look at.
const pageModule = (name: string) =>
  import(new URL(`../../src/accept/report/page/${name}`, import.meta.url).href);

describe('the page', () => {
  it('asks for nothing from outside and runs nothing but its own code', () => {
    const html = page();
    const ours = html.replace(scriptOf(html), '');
    expect(ours).not.toMatch(/\s(src|href)="(?!#)/);
    expect(html).toContain("default-src 'none'");
    const digest = createHash('sha256').update(scriptOf(html)).digest('base64');
    expect(html).toContain(`script-src 'sha256-${digest}'`);
    const style = createHash('sha256').update(between(html, '<style>', '</style>'));
    expect(html).toContain(`style-src 'sha256-${style.digest('base64')}'`);
  });

  it('has a script that can be read, with no module syntax left', () => {
    const script = scriptOf(page());
    expect(() => new Script(script)).not.toThrow();
    expect(script).not.toMatch(/^(import|export) /m);
  });

  it('holds what a provider answers as data, whatever it is', () => {
    const nasty = '</script><script>alert(1)</script><!-- <script> $& $1 ]]> \u2028';
    const run = madeUpRun([
      {
        id: 'volumes.nasty',
        outcome: 'failed',
        reasons: [nasty],
        calls: [{ operation: 'queryArrays', answer: nasty, server: nasty }],
      },
    ]);
    const html = page(run);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toContain('alert(1)</script>');
    expect(dataOf(html)).toMatchObject({ scenarios: [{ reasons: [nasty] }] });
  });

  it('has the facts, claims and statistics of the run', () => {
    const data = dataOf(page());
    expect(data).toMatchObject({
      facts: [
        {
          title: 'Provider (VASA 2.0)',
          things: [
            [
              ['name', 'Example'],
              ['sessionId', '***'],
              ['supportedProfile', 'BlockDeviceProfile'],
            ],
          ],
        },
      ],
      claims: expect.arrayContaining([
        { what: 'API versions', values: ['2.0'] },
        { what: 'Profiles of the provider', values: ['BlockDeviceProfile'] },
      ]),
      statistics: expect.arrayContaining([
        expect.objectContaining({ operation: 'queryArrays', calls: 1, answered: 1 }),
        expect.objectContaining({ operation: 'bindVirtualVolume', calls: 0 }),
      ]),
    });
  });

  it('has a matrix of what is offered, and how the scenarios that need it ended', () => {
    const run = madeUpRun(
      [
        { id: 'volumes.one', needs: ['SCSI'] },
        { id: 'volumes.two', needs: ['SCSI', 'NFS'], outcome: 'skipped' },
      ],
      { offers: ['api 2.0', 'SCSI'] },
    );
    const none = { passed: [], failed: [], skipped: [], known: [] };
    expect(dataOf(page(run))).toMatchObject({
      capabilities: [
        { need: 'NFS', isOffered: false, scenarios: { ...none, skipped: ['volumes.two'] } },
        {
          need: 'SCSI',
          isOffered: true,
          scenarios: { ...none, passed: ['volumes.one'], skipped: ['volumes.two'] },
        },
        {
          need: 'api 2.0',
          isOffered: true,
          scenarios: { ...none, passed: ['volumes.one'], skipped: ['volumes.two'] },
        },
      ],
    });
  });

  it('cuts messages that are too long, and says so', () => {
    const run = madeUpRun([
      { id: 'volumes.long', calls: [{ operation: 'queryArrays', answer: 'x'.repeat(100_000) }] },
    ]);
    const html = page(run);
    expect(html).toMatch(/more characters are in report\.json/);
    expect(html).not.toContain('x'.repeat(70_000));
  });

  it('holds a long message once, however many calls had it', () => {
    const answer = `<v:r xmlns:v="urn:v">${'y'.repeat(6_000)}</v:r>`;
    const polls = Array.from({ length: 4 }, () => ({ operation: 'getEvents', answer }));
    const html = page(madeUpRun([{ id: 'volumes.long', calls: polls }]));
    expect(html.split('y'.repeat(6_000))).toHaveLength(2);
  });
});

describe('XML on the page', () => {
  it('is indented, an element of text alone on one line', async () => {
    const { prettyXml } = await pageModule('xml.js');
    expect(prettyXml('<a><b x="1">t</b><c/><d></d><e>\n<f>u &lt; v</f></e></a>')).toBe(
      '<a>\n  <b x="1">t</b>\n  <c/>\n  <d></d>\n  <e>\n    <f>u &lt; v</f>\n  </e>\n</a>',
    );
  });

  it('loses nothing but white space, well-formed or not', async () => {
    const { prettyXml } = await pageModule('xml.js');
    const pieces = fc.constantFrom(
      '<a>',
      '</a>',
      '<b/>',
      'text',
      '<',
      '>',
      '<!-- c -->',
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        const bare = (text: string) => text.replace(/\s/g, '');
        expect(bare(prettyXml(parts.join('')))).toBe(bare(parts.join('')));
      }),
    );
  });
});

describe('the filter', () => {
  it('looks at outcome, chapter and words in id, sentence, reasons and operations', async () => {
    const { filtered } = await pageModule('scenarios.js');
    const run = madeUpRun([
      { id: 'volumes.one', calls: [{ operation: 'queryArrays' }] },
      { id: 'volumes.two', outcome: 'failed', reasons: ['found 3'] },
    ]);
    const { scenarios, exchanges } = documentOf(run);
    const byNumber = new Map(exchanges.map((each) => [each.number, each]));
    const ids = (filter: object) =>
      filtered(scenarios, byNumber, {
        ...{ outcomes: new Set(['passed', 'failed']), chapter: '', text: '' },
        ...filter,
      }).map(({ id }: { id: string }) => id);
    expect(ids({})).toEqual(['volumes.one', 'volumes.two']);
    expect(ids({ outcomes: new Set(['failed']) })).toEqual(['volumes.two']);
    expect(ids({ text: 'queryarrays ONE' })).toEqual(['volumes.one']);
    expect(ids({ text: 'found' })).toEqual(['volumes.two']);
    expect(ids({ chapter: 'Binding' })).toEqual([]);
    expect(ids({ chapter: 'Virtual volumes' })).toHaveLength(2);
  });

  it('gives a failed scenario as Markdown with the XML of where it stopped', async () => {
    const { scenarioMarkdown } = await pageModule('scenarios.js');
    const run = madeUpRun([
      {
        id: 'volumes.two',
        outcome: 'failed',
        reasons: ['found 3'],
        calls: [{ operation: 'queryArrays' }],
      },
    ]);
    const { scenarios, exchanges } = documentOf(run);
    const text = scenarioMarkdown(
      scenarios[0],
      new Map(exchanges.map((each) => [each.number, each])),
    );
    expect(text).toContain('### volumes.two: failed');
    expect(text).toContain('- found 3');
    expect(text).toContain('<v:queryArrays xmlns:v="urn:v"/>');
  });
});
