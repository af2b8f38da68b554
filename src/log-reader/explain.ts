/**
 * What a fault or a line means and what to do, from the product's own lists: a refused caller by the reason of
 * its refusal, any other call by its fault, everything else by the id of its line.
 */
import { explanationOf } from '../log/messages/lines.ts';
import type { Explanation } from '../model/explanation.ts';
import { CERTIFICATE_REFUSALS, SESSION_REFUSALS, withoutSessionFor } from '../model/refusals.ts';
import { type Call, type Entry, faultsOf } from './entry.ts';

export interface Explained extends Explanation {
  /** The same for all that have the same explanation. */
  readonly key: string;
}

const NONE: Explanation = { means: '', causes: [], remedy: '' };

/** Why a caller was refused; undefined when it was not, or for a reason that this release does not know. */
function ofRefusal(refusal: string | undefined): Explained | undefined {
  if (refusal === undefined) return undefined;
  const ofSession = withoutSessionFor(refusal);
  const table: Readonly<Record<string, Explanation>> =
    ofSession === undefined ? CERTIFICATE_REFUSALS : SESSION_REFUSALS;
  const word = ofSession ?? refusal.slice(0, refusal.indexOf(':'));
  const found = Object.hasOwn(table, word) ? table[word] : undefined;
  return found && { key: `refusal ${word}`, ...found };
}

/** The explanation of one fault of a call. */
export function explainedFault({ refusal }: Call, fault: string): Explained {
  const ofSession = fault === 'InvalidSession' ? ofRefusal(refusal) : undefined;
  return ofSession ?? explainedId(`request.${fault}`);
}

/** The explanation of the line with this id; empty texts when this release has none. */
export function explainedId(id: string): Explained {
  return { key: id, ...(explanationOf(id) ?? NONE) };
}

/** The explanations that belong to an entry. */
export function explainedEntry({ call, id, log }: Entry): readonly Explained[] {
  if (log !== 'provider') return [];
  const all =
    call === undefined
      ? [explainedId(id)]
      : faultsOf(call).map((each) => explainedFault(call, each));
  return all.filter(({ means }) => means !== '');
}
