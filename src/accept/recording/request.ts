/** A recorded request as a replay sends it: with its own password, certificates and sessions, and the new ids. */
import type { Target } from '../world/target.ts';
import { withLeaves } from './leaves.ts';
import type { Mapping } from './mapping.ts';
import { CREDENTIAL, isPassword, isUser, OTHER_PASSWORD, PASSWORD, USER } from './redaction.ts';
import type { Twins } from './twins.ts';

/** Thrown when a request needs what never came. */
export class Unsendable extends Error {
  override readonly name = 'Unsendable';
}

/** Sent where the recording had a password that was not the right one. */
const WRONG_PASSWORD = 'not the password';

export interface RequestOptions {
  readonly target: Pick<Target, 'user' | 'password'>;
  readonly mapping: Mapping;
  readonly twins: Twins;
}

/** The request to send. Rejects with Unsendable. Its own values are noted in the mapping either way. */
export async function requestOf(recorded: string, options: RequestOptions): Promise<string> {
  const { mapping, target } = options;
  noteRequest(recorded, mapping);
  const credentials = await credentialsIn(recorded, options.twins);
  return withLeaves(recorded, (name, text) => {
    if (isPassword(name))
      return { [PASSWORD]: target.password, [OTHER_PASSWORD]: WRONG_PASSWORD }[text] ?? text;
    if (isUser(name)) return text === USER ? target.user : text;
    const filled = text.replace(CREDENTIAL, (whole) => credentials.get(whole) ?? whole);
    if (filled !== text || text === '') return filled;
    const substituted = mapping.substitute(name, text);
    if ('missing' in substituted)
      throw new Unsendable(`${name} ${substituted.missing} was never given in the replay`);
    return substituted.text;
  });
}

/** Notes what a recorded request says, sent or not. */
function noteRequest(recorded: string, mapping: Mapping): void {
  withLeaves(recorded, (name, text) => {
    if (text !== '') mapping.ask(name, text);
    return text;
  });
}

async function credentialsIn(text: string, twins: Twins): Promise<ReadonlyMap<string, string>> {
  const made = new Map<string, string>();
  for (const [whole, kind, number, isBare] of text.matchAll(CREDENTIAL)) {
    const pem = await pemOf(twins, kind === 'list', Number(number));
    made.set(whole, isBare === undefined ? pem : bareOf(pem));
  }
  return made;
}

async function pemOf(twins: Twins, isList: boolean, number: number): Promise<string> {
  try {
    if (isList) return await twins.list(number);
    return (await twins.certificate(number)).certificate.toString('pem');
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new Unsendable(words, { cause: error });
  }
}

function bareOf(pem: string): string {
  return pem.replace(/-----[A-Z0-9 ]+-----/g, '').replace(/\s/g, '');
}
