/** Runs a command line in this process, with streams and environment of its own. */
import { PassThrough, Readable, Writable } from 'node:stream';
import { runProgram } from '../../src/cli/program.ts';

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function sink(): { readonly stream: Writable; readonly text: () => string } {
  const parts: Buffer[] = [];
  const stream = new Writable({
    write(part: Buffer, _encoding, done) {
      parts.push(part);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(parts).toString() };
}

/** `input` is what stands on standard input. */
export async function keelson(
  args: readonly string[],
  more: { readonly environment?: Record<string, string>; readonly input?: string } = {},
): Promise<Said> {
  const stdout = sink();
  const stderr = sink();
  const stdin = more.input === undefined ? new PassThrough().end() : Readable.from([more.input]);
  const code = await runProgram(args, {
    environment: more.environment ?? {},
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}
