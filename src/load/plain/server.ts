/**
 * Starts the server that a storm is compared with, in a process of its own: mutual TLS, and nothing else. Its
 * certificate is of the run's own authority, with a key of the kind that the provider's has.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Authority } from '../../../certs/make.ts';

export interface PlainServer {
  readonly port: number;
  end(): Promise<void>;
}

const PROGRAM = fileURLToPath(import.meta.url.replace(/server(\.\w+)$/, 'server-process$1'));
/** From source, tests among others, it has to be told how to read TypeScript. */
const READING = PROGRAM.endsWith('.ts') ? ['--import', 'tsx'] : [];

/** Rejects when it does not listen. */
export async function startPlainServer(
  authority: Authority,
  key: 'rsa' | 'ecdsa',
): Promise<PlainServer> {
  const { chainPem, keyPem } = await authority.issueServer({ hosts: ['127.0.0.1'], key });
  const child = spawn(process.execPath, [...READING, PROGRAM], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = () => {
    child.kill('SIGKILL');
    return gone;
  };
  const given = { cert: chainPem, key: keyPem, ca: authority.certificatePem };
  child.stdin.write(`${JSON.stringify(given)}\n`);
  for await (const line of createInterface({ input: child.stdout }))
    return { port: Number(line), end };
  throw new Error('the server that the storm is compared with has not started');
}
