/**
 * The rules of a client's place in a numbered list, the same for events and alarms. Pure.
 * Source: docs/protocol-choices.md, "Cursors".
 */
import { type FaultName, VasaFault } from '../../model/faults.ts';
import { invalid } from '../arguments.ts';

/** Bounds of what is kept: `oldest` > `newest` when nothing is. */
export interface Range {
  readonly oldest: bigint;
  readonly newest: bigint;
}

/** Asks for everything from the start of what is kept. */
export function fromTheStart(after: bigint | undefined): boolean {
  return after === undefined || after === -1n;
}

/** The fault that says which entries a client can no longer get: those of a lost numbering, too. */
export function lostBetween(
  fault: Extract<FaultName, 'LostEvent' | 'LostAlarm'>,
  after: bigint,
  oldest: bigint,
): VasaFault {
  const things = fault === 'LostEvent' ? 'events' : 'alarms';
  return new VasaFault(fault, `${things} ${after + 1n} to ${oldest - 1n} are no longer kept`);
}

/**
 * The id after which the answer begins. `after` is the last id the client has; an id given out earlier
 * is as good as the last one while what follows it is kept, so that a lost answer can be asked for again.
 * Faults: InvalidArgument (below -1, or above every id given out), `lost` (what follows is not kept any
 * more, or the id is of a numbering that is lost: a new numbering begins above all of an old one).
 */
export function placeAfter(
  { oldest, newest }: Range,
  after: bigint | undefined,
  lost: Extract<FaultName, 'LostEvent' | 'LostAlarm'>,
): bigint {
  if (after === undefined || after === -1n) return oldest - 1n;
  if (after < -1n) throw invalid(`an id cannot be ${after}`);
  if (after > newest) throw invalid(`the id ${after} has not been given out`);
  if (after + 1n < oldest) throw lostBetween(lost, after, oldest);
  return after;
}
