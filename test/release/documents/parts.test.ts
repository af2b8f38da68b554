/** Goal: the pieces that documents are made with: the changelog's form, marks, links, Markdown, size of files. */
import { describe, expect, it } from 'vitest';
import { readChangelog } from '../../../scripts/release/documents/changelog.ts';
import { sizeText } from '../../../scripts/release/documents/guides/parts.ts';
import { brokenLinks } from '../../../scripts/release/documents/links.ts';
import { rendered, slugOf } from '../../../scripts/release/documents/markdown.ts';
import { filledIn, table } from '../../../scripts/release/documents/template.ts';

describe('the changelog', () => {
  it('is read into releases, groups and lines, fixes told apart', () => {
    const [open, last] = readChangelog(
      '# Changelog\n\n## Unreleased\n\n### Features\n- One\n  of two lines.\n- Fixed: another.\n\n## Keelson 1.2.3 (2026-01-31)\n\nAbout it.\n\n### Safety\n- Safe.\n',
    );
    expect(open).toEqual({
      version: undefined,
      date: undefined,
      introduction: '',
      groups: [
        {
          title: 'Features',
          lines: [
            { isFix: false, text: 'One of two lines.' },
            { isFix: true, text: 'another.' },
          ],
        },
      ],
    });
    expect(last).toMatchObject({ version: '1.2.3', date: '2026-01-31', introduction: 'About it.' });
  });

  it('refuses a heading that is no release', () => {
    expect(() => readChangelog('## Keelson soon\n')).toThrow('## Keelson soon');
  });
});

describe('a text with marks', () => {
  it('gets its facts, and tells a mark or a fact that has no counterpart', () => {
    expect(filledIn('a', 'x {{one}} y', { one: '1' })).toBe('x 1 y');
    expect(() => filledIn('a', '{{two}}', {})).toThrow('{{two}}');
    expect(() => filledIn('a', 'none', { three: '3' })).toThrow('three');
  });

  it('has tables whose cells cannot break them', () => {
    expect(table(['a'], [['x | y\nz']])).toBe('| a |\n|---|\n| x \\| y z |');
  });
});

describe('Markdown', () => {
  const surroundings = {
    documents: new Set(['docs/other.md', 'docs/picture.svg']),
    isInSources: (path: string) => path === 'src/main.ts',
  };
  const htmlOf = (text: string) => rendered('docs/this.md', text, surroundings).html;

  it('becomes a page with the anchors that its links use', () => {
    expect(slugOf('What `keelson` does: 2.0, “now”')).toBe('what-keelson-does-20-now');
    const { title, html } = rendered(
      'docs/this.md',
      '# A `b` c\n\n## Same\n\n## Same\n',
      surroundings,
    );
    expect(title).toBe('A b c');
    expect(html).toMatch(/id="same".*id="same-1"/s);
  });

  it('links to pages of documents, and names what is only in the sources', () => {
    expect(htmlOf('[o](other.md#x)')).toContain('<a href="other.html#x">o</a>');
    expect(htmlOf('![p](picture.svg)')).toContain('src="picture.svg"');
    expect(htmlOf('[s](../src/main.ts) [o](other.md)')).toBe(
      '<p><span class="elsewhere">s</span> <a href="other.html">o</a></p>\n',
    );
  });

  it('lets no HTML through, and marks what is to be filled in', () => {
    expect(htmlOf('a <b>c</b> <!-- note -->')).toBe(
      '<p>a &lt;b&gt;c&lt;/b&gt; </p>\n'.replace(' </p>', '</p>'),
    );
    expect(htmlOf('[FILL IN: a name]')).toContain('<mark>FILL IN: a name</mark>');
  });
});

describe('links', () => {
  const files = (texts: Record<string, string>) =>
    new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));

  it('are told when they lead nowhere', () => {
    const broken = brokenLinks(
      files({
        'a.html':
          '<h1 id="top">x</h1><a href="b/c.html#here">1</a><a href="#top">2</a><a href="#no">3</a>',
        'b/c.html':
          '<p id="here"></p><img src="../gone.png"><a href="http://example.com">4</a><a href="https://example.com">5</a>',
      }),
    );
    expect(broken).toEqual([
      'a.html: #no has no such heading',
      'b/c.html: ../gone.png is not there',
      'b/c.html: http://example.com is no address to link to',
    ]);
  });
});

it('sizes are told in the unit that people use', () => {
  expect([12, 4096, 3_500_000].map(sizeText)).toEqual(['12 bytes', '4 KB', '3.3 MB']);
});
