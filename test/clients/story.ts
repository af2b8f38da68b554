/**
 * Starts a provider and lets a foreign client tell the story of a first day to it. The client is a process
 * that writes JSON lines: steps it has taken, and the one question it has, to sign the provider's
 * certificate request. The authority is ours and its key never reaches the client.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type Authority, type Issued, makeAuthority } from '../../certs/make.ts';
import { type ServerProcess, startServer, USER } from '../support/server-process.ts';

/** Folder of the contract that the clients are made from. */
export const WSDL = resolve(import.meta.dirname, '../../wsdl/vasa-2.0');

/** What a client said of one step. */
export interface Step {
  readonly step: string;
  readonly [fact: string]: unknown;
}

/** A provider nobody has registered with, and the files a client needs for it. */
interface Scene {
  readonly server: ServerProcess;
  readonly authority: Authority;
  readonly user: { readonly name: string; readonly password: string };
  /** Folder of the files below, and of whatever the client wants to leave. */
  readonly folder: string;
  readonly rootFile: string;
  readonly crlFile: string;
  /** Certificate and key in one file. */
  readonly vcenterFile: string;
  readonly hostFile: string;
  /** Puts a file into the folder; its path. */
  write(name: string, text: string): string;
  end(): Promise<void>;
}

export async function makeScene(): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-story-'));
  const provider = join(folder, 'provider');
  mkdirSync(provider);
  const [server, authority] = await Promise.all([
    startServer(provider),
    makeAuthority({ name: 'Story vCenter CA', key: 'rsa' }),
  ]);
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const both = (issued: Issued) => `${issued.keyPem}${issued.chainPem}`;
  return {
    server,
    authority,
    user: USER,
    folder,
    write,
    rootFile: write('root.pem', authority.certificatePem),
    crlFile: write('crl.pem', await authority.crl()),
    vcenterFile: write(
      'vcenter.pem',
      both(await authority.issueClient({ name: 'vcenter', key: 'rsa' })),
    ),
    hostFile: write('host.pem', both(await authority.issueClient({ name: 'host', key: 'rsa' }))),
    async end() {
      await server.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Runs the client and gives the steps it took. Rejects with what it and the provider said when it fails.
 * `options` become `--name value` pairs.
 */
export async function tellStory(
  scene: Scene,
  command: readonly [string, ...string[]],
  options: Readonly<Record<string, string>>,
): Promise<readonly Step[]> {
  const [program, ...fixed] = command;
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(program, [...fixed, ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  const steps: Step[] = [];
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  for await (const line of createInterface({ input: child.stdout })) {
    const said: unknown = JSON.parse(line);
    if (isSigning(said)) child.stdin.write(`${await signed(scene, said.request)}\n`);
    else if (isStep(said)) steps.push(said);
  }
  const code = await ended;
  if (code === 0) return steps;
  const last = steps.at(-1)?.step ?? 'the start';
  throw new Error(
    `the client failed after "${last}" (exit ${code}):\n${complaints}\nThe provider's log ends:\n${scene.server.output().slice(-4000)}`,
  );
}

async function signed(scene: Scene, request: string): Promise<string> {
  const file = join(scene.folder, 'signed.pem');
  writeFileSync(file, await scene.authority.signRequest(request));
  return file;
}

function isStep(said: unknown): said is Step {
  return typeof said === 'object' && said !== null && 'step' in said;
}

function isSigning(said: unknown): said is { readonly ask: 'sign'; readonly request: string } {
  return typeof said === 'object' && said !== null && 'ask' in said && said.ask === 'sign';
}
