/** Goal: the pages made from tables are what the tables say, and say something of everything in them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultsPage } from '../../scripts/docs/faults-page.ts';
import { operationsPage } from '../../scripts/docs/operations-page.ts';
import { PAGES } from '../../scripts/docs/pages.ts';
import { arrayErrors, operations } from '../../scripts/docs/sources.ts';
import { FAULT_OF_ARRAY_ERROR } from '../../src/array/errors.ts';
import { FAULTS } from '../../src/model/faults.ts';
import { operationTable } from '../../src/operations/table.ts';
import { service as service20 } from '../../src/wire/generated/vasa-2.0/service.ts';
import { GROUND_ROWS } from '../crash/ground/rows.ts';

const DOCS = new URL('../../docs/', import.meta.url);

describe('a page made from tables', () => {
  it.each(Object.entries(PAGES))(
    'is up to date: %s (else run npm run docs)',
    async (name, page) => {
      expect(readFileSync(new URL(name, DOCS), 'utf8')).toBe(await page());
    },
  );

  it('links to headings and files that are there', () => {
    const page = operationsPage();
    const headings = new Set(
      [...page.matchAll(/^### (\w+)$/gm)].map(([, name = '']) => name.toLowerCase()),
    );
    const links = [...page.matchAll(/\]\((#|\.\.\/)([^)]+)\)/g)];
    expect(links.length).toBeGreaterThan(80);
    for (const [, kind, target = ''] of links)
      if (kind === '#') expect(headings).toContain(target);
      else expect(readFileSync(new URL(`../${target}`, DOCS), 'utf8')).not.toBe('');
  });
});

describe('the page of operations', () => {
  it('has a row for each operation of the contract, and a text for each that is served', () => {
    const page = operationsPage();
    for (const name of Object.keys(service20.operations))
      expect(page).toMatch(new RegExp(`^\\| \\[?${name}[\\] ]`, 'm'));
    const served = operations().filter((each) => each.handler !== undefined);
    expect(served.map((each) => each.name).sort()).toEqual(Object.keys(operationTable).sort());
    for (const { handler } of served) expect(handler?.comment.length).toBeGreaterThan(15);
  });

  it('has a table of outcomes for each: success and every declared fault, each proven or reasoned away', () => {
    const sections = operationsPage().split(/^### /m).slice(1);
    const told = new Map(sections.map((text) => [text.split('\n')[0], text]));
    for (const { name, faults } of operations())
      for (const outcome of ['success', ...faults])
        expect(told.get(name), `${name} ${outcome}`).toMatch(
          new RegExp(`^\\| ${outcome}(?: \\([\\d.]+\\))? \\| (\\[|\\*never:\\*)`, 'm'),
        );
  });
});

describe('the page of reliability', () => {
  it('names for each row a test that is there', () => {
    for (const { proof, breaks } of GROUND_ROWS)
      expect(readFileSync(new URL(`../${proof.file}`, DOCS), 'utf8'), breaks).toContain(proof.test);
  });
});

describe('the page of faults', () => {
  it('says of every fault when it comes, what to do, and who declares it', () => {
    const page = faultsPage();
    const sections = new Map(page.split(/^## /m).map((text) => [text.split('\n')[0], text]));
    for (const [name, { when, remedy }] of Object.entries(FAULTS)) {
      expect(sections.get(name)).toContain(when);
      expect(sections.get(name)).toContain(remedy);
    }
    expect(sections.get('TooMany')).toMatch(/declared by \| .*spaceStatsForVirtualVolume/);
    expect(sections.get('StorageFault')).toContain('declared by | every operation');
  });

  it('names every kind of error of an array under the fault that it becomes', () => {
    expect(Object.fromEntries(arrayErrors().map(({ kind, fault }) => [kind, fault]))).toEqual(
      FAULT_OF_ARRAY_ERROR,
    );
  });
});
