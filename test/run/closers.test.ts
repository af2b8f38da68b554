/** Goal: whatever was opened is closed, in reverse order, once, also when one of them fails. */
import { describe, expect, it } from 'vitest';
import { closers } from '../../src/run/closers.ts';

describe('closers', () => {
  it('close in reverse order, each once, with a last word before the first-opened', async () => {
    const order: string[] = [];
    const opened = closers();
    for (const name of ['log', 'store', 'server']) opened.add(async () => void order.push(name));
    await opened.close(() => order.push('last word'));
    await opened.close(() => order.push('again'));
    expect(order).toEqual(['server', 'store', 'last word', 'log']);
  });

  it('one that fails does not keep the others open, and its failure is told', async () => {
    const order: string[] = [];
    const opened = closers();
    opened.add(async () => void order.push('first'));
    opened.add(() => Promise.reject(new Error('stuck')));
    opened.add(async () => void order.push('last'));
    await expect(opened.close(() => order.push('not said'))).rejects.toThrow('stuck');
    expect(order).toEqual(['last', 'first']);
  });
});
