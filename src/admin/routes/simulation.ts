/** Routes of what tests do to a provider: move its clock, have calls of its array fail. */
import { z } from 'zod';
import { LIMITS } from '../../model/limits.ts';
import { clockReport, faultReport, faultSummary } from '../shapes/operator.ts';
import { done, nothing, route } from './route.ts';

export const clockShow = route({
  id: 'clock',
  method: 'GET',
  path: '/clock',
  tag: 'clock',
  about: 'What provider and array take for the time of day.',
  input: nothing,
  answer: clockReport,
  work: (admin) => admin.clock.show(),
});

export const clockMove = route({
  id: 'moveClock',
  method: 'POST',
  path: '/clock/move',
  tag: 'clock',
  about: 'Moves the clock of provider and array, until the restart.',
  input: z.strictObject({
    milliseconds: z.int().min(-LIMITS.clockOffsetMs).max(LIMITS.clockOffsetMs),
  }),
  answer: clockReport,
  changes: ['clock', 'status', 'sessions', 'trust', 'alarms'],
  work: (admin, { milliseconds }) => admin.clock.moveBy(milliseconds),
});

export const clockReset = route({
  id: 'resetClock',
  method: 'POST',
  path: '/clock/reset',
  tag: 'clock',
  about: 'Puts the clock back to the machine’s time.',
  input: nothing,
  answer: clockReport,
  changes: ['clock', 'status', 'sessions', 'trust', 'alarms'],
  work: (admin) => admin.clock.reset(),
});

export const faultList = route({
  id: 'faults',
  method: 'GET',
  path: '/faults',
  tag: 'fault rules',
  about: 'The fault rules in force.',
  input: nothing,
  answer: faultReport,
  work: (admin) => admin.faults.list(),
});

export const faultAdd = route({
  id: 'addFault',
  method: 'POST',
  path: '/faults',
  tag: 'fault rules',
  about: 'Adds a rule, as it is written in the file of rules (docs/fault-rules.md).',
  input: z.strictObject({ rule: z.unknown() }),
  answer: faultSummary,
  changes: ['faults', 'status', 'endpoints', 'inventory', 'containers'],
  work: (admin, { rule }) => admin.faults.add(rule),
});

export const faultClear = route({
  id: 'clearFaults',
  method: 'DELETE',
  path: '/faults',
  tag: 'fault rules',
  about: 'Removes all rules.',
  input: nothing,
  answer: z.strictObject({ count: z.int().describe('rules there were') }),
  changes: ['faults', 'status', 'endpoints', 'inventory', 'containers'],
  work: (admin) => admin.faults.clear(),
});

export const faultRemove = route({
  id: 'removeFault',
  method: 'DELETE',
  path: '/faults/:id',
  tag: 'fault rules',
  about: 'Removes one rule.',
  input: z.strictObject({ id: z.string().min(1).max(64) }),
  answer: done,
  changes: ['faults', 'status', 'endpoints', 'inventory', 'containers'],
  work: async (admin, { id }) => {
    await admin.faults.remove(id);
    return {};
  },
});
