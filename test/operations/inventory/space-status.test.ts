import { describe, expect, it } from 'vitest';
import { bytes } from '../../../src/model/units.ts';
import { spaceStatus } from '../../../src/operations/inventory/space-status.ts';

const status = (capacity: bigint, promised: bigint, used: bigint) =>
  spaceStatus({ capacity: bytes(capacity), promised: bytes(promised), used: bytes(used) });

describe('the colour of a pool', () => {
  it('is Green as long as all that is promised fits into it', () => {
    expect(status(1_000n, 999n, 999n)).toBe('Green');
    expect(status(1_000n, 1_000n, 999n)).toBe('Red');
  });

  it('is Yellow above half, Red above four fifths, to the byte', () => {
    expect(status(1_000n, 2_000n, 500n)).toBe('Green');
    expect(status(1_000n, 2_000n, 501n)).toBe('Yellow');
    expect(status(1_000n, 2_000n, 800n)).toBe('Yellow');
    expect(status(1_000n, 2_000n, 801n)).toBe('Red');
  });

  it('is Green for a pool of nothing', () => {
    expect(status(0n, 0n, 0n)).toBe('Green');
  });
});
