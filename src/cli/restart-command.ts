/**
 * The command that restarts a provider under test (`keelson accept --restart-command`), as a function. It is the
 * user's own, run by the shell; it knows nothing of the runner, nor the runner of it.
 */
import { spawn } from 'node:child_process';

/** For the command alone; that the provider answers again is waited for by the run. */
const ENDS_WITHIN_MS = 120_000;

/**
 * Runs the command each time that it is called. Rejects when it ends with another code than 0, or not within
 * `withinMs` milliseconds. What it writes to standard error is shown.
 */
export function restartBy(command: string, withinMs = ENDS_WITHIN_MS): () => Promise<void> {
  return () =>
    new Promise((resolve, reject) => {
      // Nothing is piped, so that a provider that it leaves running holds nothing open.
      const stdio = ['ignore', 'ignore', 'inherit'] as const;
      const shell = spawn(command, { shell: true, stdio: [...stdio], timeout: withinMs });
      shell.once('error', reject);
      shell.once('exit', (code) => {
        if (code === 0) resolve();
        else if (code === null)
          reject(new Error(`the restart command has not ended in ${withinMs} ms`));
        else reject(new Error(`the restart command ended with ${code}`));
      });
    });
}
