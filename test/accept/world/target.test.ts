/** What is read out of version.xml, whose element names are not public. */
import { describe, expect, it } from 'vitest';
import { servicesIn } from '../../../src/accept/world/target.ts';

const BASE = 'https://vp.example.com:8443/vasa/version.xml';

describe('servicesIn', () => {
  it('knows versions by id, by vSphere’s name, or by the path, whatever the elements are called', () => {
    const forms = [
      '<a><version id="2.0"><serviceLocation>/two</serviceLocation></version></a>',
      '<a><v><id>version3</id><x:serviceLocation xmlns:x="urn:x">/two</x:serviceLocation></v></a>',
      '<a><serviceLocation>https://vp.example.com:8443/vasa/2.0/two</serviceLocation></a>',
    ];
    const found = forms.map((xml) => servicesIn(xml, BASE).get('2.0'));
    expect(found).toEqual([
      'https://vp.example.com:8443/two',
      'https://vp.example.com:8443/two',
      'https://vp.example.com:8443/vasa/2.0/two',
    ]);
  });

  it('keeps the versions of several entries apart, and leaves out those that it does not speak', () => {
    const entry = (id: string) =>
      `<version id="${id}"><serviceLocation>/${id}</serviceLocation></version>`;
    const services = servicesIn(`<all>${['5.0', '2.0', '1.0'].map(entry).join('')}</all>`, BASE);
    expect([...services]).toEqual([
      ['2.0', 'https://vp.example.com:8443/2.0'],
      ['1.0', 'https://vp.example.com:8443/1.0'],
    ]);
  });

  it('refuses what is no XML, and documents with a document type', () => {
    expect(() => servicesIn('<a>', BASE)).toThrow('version.xml');
    expect(() => servicesIn('<!DOCTYPE a><a/>', BASE)).toThrow('document type');
  });
});
