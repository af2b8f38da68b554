/** Goal: version.xml is filled from its template, and a template that could not be served is refused at the start. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/errors.ts';
import { packageRoot } from '../../src/run/places.ts';
import { fillVersionXml, readVersionXml } from '../../src/run/version-xml.ts';

const folder = mkdtempSync(join(tmpdir(), 'keelson-version-'));

function templateOf(text: string): string {
  const file = join(folder, 'template.xml');
  writeFileSync(file, text);
  return file;
}

describe('version.xml', () => {
  it('names the services of VASA 2.0 and 1.0 where they are, the newest first', () => {
    const filled = fillVersionXml(readVersionXml(undefined), {
      host: 'vp.example',
      port: 8443,
      uid: 'u',
    });
    const entries = [...filled.matchAll(/<version id="(.*)">\s*<serviceLocation>(.*)<\/s/g)];
    expect(entries.map(([, id, location]) => [id, location])).toEqual([
      ['2.0', 'https://vp.example:8443/vasa/2.0/vasaService'],
      ['1.0', 'https://vp.example:8443/vasa/1.0/vasaService'],
    ]);
    expect(filled).not.toContain('{{');
  });

  it('an operator’s template is served with its places filled', () => {
    const template = readVersionXml(templateOf('<v a="{{host}}" b="{{port}}" c="{{uid}}"/>'));
    expect(fillVersionXml(template, { host: '[::1]', port: 1, uid: 'u-1' })).toBe(
      '<v a="[::1]" b="1" c="u-1"/>',
    );
  });

  it.each([
    ['<v>{{bsae}}</v>', /unknown placeholder \{\{bsae\}\}/],
    ['<v>', /not well-formed/],
    ['', /not well-formed/],
  ])('template %j is refused', (text, message) => {
    const read = () => readVersionXml(templateOf(text));
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(message);
  });

  it('the package root is where package.json is', () => {
    expect(JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')).name).toBe(
      'keelson',
    );
  });
});
