import { describe, expect, it } from 'vitest';
import type { VasaAssociationObject } from '../../../src/wire/generated/vasa-2.0/types.ts';
import { discovery, NOTHING, ONE_LUN } from './storage.ts';

const { arrayId, ask, having, refused } = discovery();

/** Owner and what belongs to it, by their ids. */
const pairs = (answer: readonly VasaAssociationObject[]) =>
  answer.map(({ associatedId, entityId }) => [
    ...entityId.map((each) => each.uniqueIdentifier),
    associatedId.map((each) => each.uniqueIdentifier),
  ]);

const CASES = [
  ['queryAssociatedProcessorsForArray', 'arrayUniqueId', [{ processors: [] }]],
  ['queryAssociatedPortsForProcessor', 'spUniqueId', [{ processors: [] }, { ports: [] }]],
  ['queryAssociatedLunsForPort', 'portUniqueId', [{ features: {} }, { ports: [] }]],
  ['queryAssociatedCapabilityForLun', 'lunUniqueId', [{ features: {} }]],
  ['queryAssociatedCapabilityForFileSystem', 'fsUniqueId', [{ features: {} }]],
] as const;

describe.each(CASES)('%s', (name, argument, absences) => {
  // The operations differ in the name of their one argument alone.
  const request = (...ids: readonly string[]) => ({ [argument]: ids }) as never;

  it('leaves unknown ids out, and answers InvalidArgument for a blank one', async () => {
    expect((await ask(name, request('none'))).return).toEqual([]);
    expect(await refused(name, request('none', ' '))).toBe('InvalidArgument');
  });

  it('shows nothing to a session that named nothing', async () => {
    const { return: found } = await ask(name, request('sp-a', 'lun-1'), { context: NOTHING });
    expect(found).toEqual([]);
  });

  it('answers NotImplemented where no array has one side of it', async () => {
    for (const absent of absences)
      await having(absent, async () =>
        expect(await refused(name, request('none'))).toBe('NotImplemented'),
      );
  });
});

describe('the associations', () => {
  it('go from arrays to controllers, ports, LUNs and labels', async () => {
    const processors = await ask('queryAssociatedProcessorsForArray', { arrayUniqueId: [] });
    expect(pairs(processors.return)).toEqual([
      [arrayId(0), ['sp-a', 'sp-b']],
      [arrayId(1), ['sp-other']],
    ]);
    const ports = await ask('queryAssociatedPortsForProcessor', { spUniqueId: [] });
    expect(pairs(ports.return)).toEqual([
      ['sp-a', ['port-1']],
      ['sp-b', ['port-2']],
      ['sp-other', []],
    ]);
    const luns = await ask('queryAssociatedLunsForPort', { portUniqueId: ['port-2', 'port-1'] });
    expect(pairs(luns.return)).toEqual([
      ['port-1', ['lun-1', 'lun-2', 'lun-3', 'lun-fixed']],
      ['port-2', ['lun-2', 'lun-3', 'lun-fixed']],
    ]);
  });

  it('give each LUN and file system its one label, or none', async () => {
    const lunUniqueId = ['lun-1', 'lun-2'];
    const luns = await ask('queryAssociatedCapabilityForLun', { lunUniqueId });
    expect(pairs(luns.return)).toEqual([
      ['lun-1', ['gold']],
      ['lun-2', []],
    ]);
    const files = await ask('queryAssociatedCapabilityForFileSystem', { fsUniqueId: [] });
    expect(pairs(files.return)).toEqual([
      ['fs-1', ['gold']],
      ['fs-2', []],
    ]);
  });

  it('name nothing on either side that the session does not see', async () => {
    const request = { portUniqueId: ['port-1', 'port-2'] };
    const luns = await ask('queryAssociatedLunsForPort', request, { context: ONE_LUN });
    expect(pairs(luns.return)).toEqual([['port-1', ['lun-1']]]);
    const ports = await ask(
      'queryAssociatedPortsForProcessor',
      { spUniqueId: [] },
      { context: ONE_LUN },
    );
    expect(pairs(ports.return)).toEqual([
      ['sp-a', ['port-1']],
      ['sp-b', []],
    ]);
  });

  it('must be asked for LUNs by id', async () => {
    const request = { lunUniqueId: [] };
    expect(await refused('queryAssociatedCapabilityForLun', request)).toBe('InvalidArgument');
  });
});
