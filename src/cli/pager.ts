/** Text for people: through the pager and in colour on a terminal, plainly anywhere else. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Console } from './console.ts';

function isTerminal({ stdout }: Console): boolean {
  return 'isTTY' in stdout && stdout.isTTY === true;
}

/** Whether to colour: on a terminal, unless NO_COLOR (no-color.org) is set. */
export function isColourful(console: Console): boolean {
  return isTerminal(console) && (console.environment['NO_COLOR'] ?? '') === '';
}

/** Prints, by `$PAGER` (default `less -FRX`) on a terminal. Resolves when the reader has seen enough. */
export async function printPaged(text: string, console: Console): Promise<void> {
  const pager = (console.environment['PAGER'] ?? 'less -FRX').trim();
  if (!isTerminal(console) || pager === '' || !(await isShown(text, pager)))
    console.stdout.write(text);
}

/** False when there is no such pager. */
async function isShown(text: string, pager: string): Promise<boolean> {
  // As git does: PAGER is a command line, for the shell to take apart.
  const shown = spawn(pager, { shell: true, stdio: ['pipe', 'inherit', 'inherit'] });
  // A pager that is left early closes its end.
  shown.stdin?.on('error', () => undefined);
  shown.stdin?.end(text);
  try {
    const [code] = await once(shown, 'close');
    return code !== 127;
  } catch {
    return false;
  }
}
