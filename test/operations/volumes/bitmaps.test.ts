import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChunkRange } from '../../../src/array/differences.ts';
import { ArrayError } from '../../../src/array/errors.ts';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { Session } from '../../../src/model/session.ts';
import { bytes } from '../../../src/model/units.ts';
import type { Provider } from '../../../src/operations/context.ts';
import {
  allocatedBitmapVirtualVolume,
  unsharedBitmapVirtualVolume,
  unsharedChunksVirtualVolume,
} from '../../../src/operations/volumes/bitmaps.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { expectFaultsOf, faultOf, onTheWire } from '../support.ts';

const VOLUME = 'rfc4122.11111111-6128-4ad2-873b-8ddb1ba45d4f';
const BASE = 'rfc4122.22222222-6128-4ad2-873b-8ddb1ba45d4f';
/** Chunks 0, 9 and 15 of the segment. */
const BITMAP = new Uint8Array([0b0000_0001, 0b1000_0010]);
const SEGMENT = {
  segmentStartOffsetBytes: 65_536n,
  segmentLengthBytes: 1_048_576n,
  chunkSizeBytes: 65_536n,
};
/** Segments that cannot be, of any volume. */
const WRONG = [
  ['a negative start', { ...SEGMENT, segmentStartOffsetBytes: -1n }],
  ['a negative length', { ...SEGMENT, segmentLengthBytes: -1n }],
] as const;
const WRONG_CHUNKS = [
  ['a chunk of no bytes', { ...SEGMENT, chunkSizeBytes: 0n }],
  ['a negative chunk', { ...SEGMENT, chunkSizeBytes: -512n }],
  [
    'more chunks than one answer may have',
    { ...SEGMENT, chunkSizeBytes: 1n, segmentLengthBytes: BigInt(LIMITS.bitmapChunks) + 1n },
  ],
] as const;

let test: TestProvider;
let session: Session;
const fakes: Partial<StorageArrayPort> = {};
beforeAll(async () => {
  test = await openTestProvider({ wrap: (array) => overriding(array, fakes) });
  session = openSession(test.provider);
});
afterEach(() => {
  for (const name of Object.keys(fakes)) delete fakes[name as keyof StorageArrayPort];
});
afterAll(() => test.close());

const mostFirst = (): Provider => ({
  ...test.provider,
  choices: { ...test.provider.choices, bitmapBitOrder: 'mostFirst' },
});

const allocated = async (given: object = {}, provider: Provider = test.provider) => {
  const call = callOf(provider, session, 'allocatedBitmapVirtualVolume');
  const request = { vvolId: VOLUME, ...SEGMENT, ...given };
  const response = await allocatedBitmapVirtualVolume(call, request);
  expect(call.notes).toEqual({ vvol_ids: [VOLUME] });
  return onTheWire('2.0', 'allocatedBitmapVirtualVolume', response).return.chunkBitmap;
};
const unshared = async (given: object = {}, provider: Provider = test.provider) => {
  const call = callOf(provider, session, 'unsharedBitmapVirtualVolume');
  const request = { vvolId: VOLUME, baseVvolId: BASE, ...SEGMENT, ...given };
  const response = await unsharedBitmapVirtualVolume(call, request);
  expect(call.notes).toEqual({ vvol_ids: [VOLUME, BASE] });
  return onTheWire('2.0', 'unsharedBitmapVirtualVolume', response).return.chunkBitmap;
};
const counted = async (given: object = {}) => {
  const call = callOf(test.provider, session, 'unsharedChunksVirtualVolume');
  const request = { vvolId: VOLUME, baseVvolId: BASE, ...SEGMENT, ...given };
  const response = await unsharedChunksVirtualVolume(call, request);
  return onTheWire('2.0', 'unsharedChunksVirtualVolume', response).return;
};

describe('allocatedBitmapVirtualVolume', () => {
  const refused = async (given: object) =>
    (await faultOf('allocatedBitmapVirtualVolume', allocated(given))).fault;

  it('gives the chunks of the segment that hold data, least significant bit first', async () => {
    const asked: unknown[] = [];
    fakes.allocatedChunks = async (...question) => {
      asked.push(question);
      return BITMAP;
    };
    expect(await allocated()).toEqual(BITMAP);
    expect(asked).toEqual([[VOLUME, { start: 65_536n, length: 1_048_576n, chunkSize: 65_536n }]]);
  });

  it('gives them most significant bit first where that is chosen, and leaves the array’s as it is', async () => {
    fakes.allocatedChunks = async () => BITMAP;
    const before = BITMAP.slice();
    expect(await allocated({}, mostFirst())).toEqual(new Uint8Array([0b1000_0000, 0b0100_0001]));
    expect(BITMAP).toEqual(before);
  });

  it.each([...WRONG, ...WRONG_CHUNKS])(
    'refuses %s, before it looks for the volume',
    async (_, given) => {
      fakes.allocatedChunks = () => Promise.reject(new ArrayError('notFound', 'no volume'));
      expect(await refused(given)).toBe('InvalidArgument');
      expect(await refused({})).toBe('NotFound');
    },
  );

  it('refuses what is no id', async () => {
    expect(await refused({ vvolId: 'disk-1' })).toBe('InvalidArgument');
  });

  it('has room for as many chunks as the limit says', async () => {
    let asked: ChunkRange | undefined;
    fakes.allocatedChunks = async (_, range) => {
      asked = range;
      return BITMAP;
    };
    const segmentLengthBytes = BigInt(LIMITS.bitmapChunks) * 4_096n;
    await allocated({ segmentLengthBytes, chunkSizeBytes: 4_096n });
    expect(asked?.length).toBe(segmentLengthBytes);
  });

  it('passes on what the array says', async () => {
    const expected = {
      notFound: 'NotFound',
      invalid: 'InvalidArgument',
      unsupported: 'NotSupported',
      busy: 'VasaProviderBusy',
      failed: 'StorageFault',
    } as const;
    const operation = 'allocatedBitmapVirtualVolume';
    await expectFaultsOf(operation, fakes, 'allocatedChunks', expected, () => allocated());
  });
});

describe('unsharedBitmapVirtualVolume', () => {
  const refused = async (given: object) =>
    (await faultOf('unsharedBitmapVirtualVolume', unshared(given))).fault;

  it('gives the chunks that differ, in the order of bits chosen', async () => {
    fakes.unsharedChunks = async () => BITMAP;
    expect(await unshared()).toEqual(BITMAP);
    expect(await unshared({}, mostFirst())).toEqual(new Uint8Array([0b1000_0000, 0b0100_0001]));
  });

  it.each([...WRONG, ...WRONG_CHUNKS])(
    'refuses %s after volumes that are not related',
    async (_, given) => {
      fakes.unsharedChunks = async () => BITMAP;
      expect(await refused(given)).toBe('InvalidArgument');
      fakes.unsharedChunks = () => Promise.reject(new ArrayError('incompatible', 'not related'));
      expect(await refused(given)).toBe('IncompatibleVolume');
      fakes.unsharedChunks = () => Promise.reject(new ArrayError('notFound', 'no volume'));
      expect(await refused(given)).toBe('NotFound');
    },
  );

  it('refuses what is no id, of both, before anything else', async () => {
    fakes.unsharedChunks = () => Promise.reject(new ArrayError('incompatible', 'not related'));
    expect(await refused({ vvolId: 'disk-1' })).toBe('InvalidArgument');
    expect(await refused({ baseVvolId: 'disk-1' })).toBe('InvalidArgument');
  });

  it('passes on what the array says', async () => {
    const expected = {
      notFound: 'NotFound',
      incompatible: 'IncompatibleVolume',
      invalid: 'InvalidArgument',
      unsupported: 'NotSupported',
      busy: 'VasaProviderBusy',
      failed: 'StorageFault',
    } as const;
    const operation = 'unsharedBitmapVirtualVolume';
    await expectFaultsOf(operation, fakes, 'unsharedChunks', expected, () => unshared());
  });
});

describe('unsharedChunksVirtualVolume', () => {
  const refused = async (given: object) =>
    (await faultOf('unsharedChunksVirtualVolume', counted(given))).fault;

  it('says how many of how many chunks of which size differ, from a base or from everybody', async () => {
    const asked: unknown[] = [];
    fakes.countUnshared = async (...question) => {
      asked.push(question);
      return { chunkSize: bytes(4_096n), scanned: 100n, unshared: 7n };
    };
    const answer = { chunkSizeBytes: 4_096n, scannedChunks: 100n, unsharedChunks: 7n };
    expect(await counted()).toEqual(answer);
    expect(await counted({ baseVvolId: undefined })).toEqual(answer);
    const range = { start: 65_536n, length: 1_048_576n };
    expect(asked).toEqual([
      [VOLUME, BASE, range],
      [VOLUME, undefined, range],
    ]);
  });

  it.each(WRONG)('refuses %s after volumes that are not related', async (_, given) => {
    const some = { chunkSize: bytes(4_096n), scanned: 0n, unshared: 0n };
    fakes.countUnshared = async () => some;
    expect(await refused(given)).toBe('InvalidArgument');
    fakes.countUnshared = () => Promise.reject(new ArrayError('incompatible', 'not related'));
    expect(await refused(given)).toBe('IncompatibleVolume');
    expect(await refused({ ...given, vvolId: 'disk-1' })).toBe('InvalidArgument');
    expect(await refused({ ...given, baseVvolId: 'disk-1' })).toBe('InvalidArgument');
  });

  it('passes on what the array says', async () => {
    const expected = {
      notFound: 'NotFound',
      incompatible: 'IncompatibleVolume',
      invalid: 'InvalidArgument',
      unsupported: 'NotSupported',
      busy: 'VasaProviderBusy',
      failed: 'StorageFault',
    } as const;
    const operation = 'unsharedChunksVirtualVolume';
    await expectFaultsOf(operation, fakes, 'countUnshared', expected, () => counted());
  });
});
