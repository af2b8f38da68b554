/**
 * What the commands need of the process they run in, so that tests can stand in for it: streams and
 * environment. Nothing else in the product reads the environment.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { LIMITS } from '../model/limits.ts';
import { StartError } from '../run/start-error.ts';

export interface Console {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean | undefined };
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * A password: from a file's first line, else typed twice without being shown, else the first line of
 * standard input. Never from the command line, which everybody on the machine can read.
 */
export async function readPassword(console: Console, file: string | undefined): Promise<string> {
  const password =
    file === undefined ? await askPassword(console) : firstLine(readFileSync(file, 'utf8'));
  if (password === '') throw new StartError('usage', 'the password is empty');
  if (password.length > LIMITS.credentialCharacters) {
    throw new StartError(
      'usage',
      `a password has at most ${LIMITS.credentialCharacters} characters`,
    );
  }
  return password;
}

/** Whether the person at the terminal says yes. Without a terminal nobody is there to say so. */
export async function isConfirmed(console: Console, question: string): Promise<boolean> {
  if (console.stdin.isTTY !== true) return false;
  const answer = await readLine(console, false, `${question} [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? '';
}

async function askPassword(console: Console): Promise<string> {
  if (console.stdin.isTTY !== true) return readLine(console, false, '');
  const first = await readLine(console, true, 'Password: ');
  const second = await readLine(console, true, 'The same again: ');
  if (first !== second) throw new StartError('usage', 'the two passwords differ');
  return first;
}

function readLine(console: Console, terminal: boolean, prompt: string): Promise<string> {
  console.stderr.write(prompt);
  // Without an output, readline echoes nothing, also on a terminal.
  const lines = createInterface({ input: console.stdin, terminal });
  return new Promise((resolve) => {
    let line = '';
    lines.once('line', (text) => {
      line = text;
      lines.close();
    });
    lines.once('close', () => {
      if (terminal) console.stderr.write('\n');
      resolve(line);
    });
  });
}
