/** Text for people: through the pager and in colour on a terminal, plainly anywhere else. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Console } from './console.ts';

/** The shell's word for it. */
const NO_SUCH_COMMAND = 127;

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
  // An interrupt is for the pager, which lives on.
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  try {
    const [code] = await once(shown, 'close');
    return code !== NO_SUCH_COMMAND;
  } catch {
    return false;
  } finally {
    process.off('SIGINT', ignore);
  }
}
