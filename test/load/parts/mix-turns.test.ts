/** The steady mix: its proportions, and that its calls can be made in its order. */
import { describe, expect, it } from 'vitest';
import { TURNS, type Turn } from '../../../src/load/parts/mix-turns.ts';

const share = (...turns: readonly Turn[]) =>
  TURNS.filter((turn) => turns.includes(turn)).length / TURNS.length;

describe('the steady mix', () => {
  it('has the proportions that are said', () => {
    expect(share('bind', 'unbind')).toBeCloseTo(0.4);
    expect(share('create', 'task', 'delete')).toBeCloseTo(0.2);
    expect(share('info')).toBeCloseTo(0.2);
    expect(share('events')).toBeCloseTo(0.1);
    expect(share('metadata')).toBeCloseTo(0.1);
  });

  it('binds before it unbinds, and makes before it deletes, round after round', () => {
    const state = { isBound: false, step: 0 };
    for (const turn of [...TURNS, ...TURNS]) {
      if (turn === 'bind' || turn === 'unbind') {
        expect(state.isBound).toBe(turn === 'unbind');
        state.isBound = turn === 'bind';
      }
      const step = ['create', 'task', 'delete'].indexOf(turn);
      if (step < 0) continue;
      expect(step).toBe(state.step);
      state.step = (step + 1) % 3;
    }
    expect(state).toEqual({ isBound: false, step: 0 });
  });
});
