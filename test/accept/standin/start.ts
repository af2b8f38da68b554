/**
 * Builds and starts the stand-in: a small provider that is not ours, in Java, whose messages are JAX-WS's.
 * Built from the contract in wsdl/, started on a free port with a certificate made for it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeAuthority } from '../../../certs/make.ts';
import { ROOT } from '../../../scripts/generate/generate.ts';

const OWN = import.meta.dirname;
const JARS = ['jaxws-tools.jar', 'jaxws-rt.jar'].map((name) => `/usr/share/jaxws/lib/${name}`);

/** Who may register with it. */
export const STAND_IN_USER = { name: 'keeper', password: 'a password of tests' } as const;

export interface StandIn {
  /** URL of version.xml. */
  readonly url: string;
  /** PEM: the authority of its certificate. */
  readonly trust: string;
  /** Ends it; what clients have left in it, in words. */
  end(): Promise<string>;
}

function run(command: string, parameters: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(command, parameters, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stdout}${stderr}`);
}

function javaIn(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((name) => name.endsWith('.java')).map((name) => join(folder, name));
}

/** Generates its messages from the contract and compiles them with it. Gives the class path. */
function build(folder: string): string {
  const [sources, classes] = [join(folder, 'generated'), join(folder, 'classes')];
  for (const each of [sources, classes]) mkdirSync(each);
  const wsdl = join(ROOT, 'wsdl/vasa-2.0/vasaService.wsdl');
  const bindings = join(OWN, 'plain.xjb');
  run('wsimport', ['-quiet', '-Xnocompile', '-extension', '-b', bindings, '-s', sources, wsdl]);
  const jars = JARS.join(':');
  const files = [...javaIn(sources), ...javaIn(join(OWN, 'java'))];
  run('javac', [
    '-nowarn',
    '-proc:none',
    '-encoding',
    'UTF-8',
    '-cp',
    jars,
    '-d',
    classes,
    ...files,
  ]);
  return `${classes}:${jars}`;
}

/** Builds it in an empty folder and starts it. Rejects with its words when it does not come up. */
export async function startStandIn(folder: string): Promise<StandIn> {
  const path = build(folder);
  const authority = await makeAuthority({ name: 'Stand-in CA' });
  const { chainPem, keyPem } = await authority.issueServer();
  const [chainFile, keyFile] = [join(folder, 'chain.pem'), join(folder, 'key.pem')];
  writeFileSync(chainFile, chainPem);
  writeFileSync(keyFile, keyPem, { mode: 0o600 });
  const { name, password } = STAND_IN_USER;
  const java = spawn('java', ['-cp', path, 'StandIn', chainFile, keyFile, name, password]);
  let errors = '';
  java.stderr.setEncoding('utf8').on('data', (piece: string) => {
    errors += piece;
  });
  const lines = createInterface(java.stdout)[Symbol.asyncIterator]();
  const port = await lines.next();
  if (port.done === true) throw new Error(`the stand-in did not start: ${errors}`);
  return {
    url: `https://localhost:${port.value}/version.xml`,
    trust: authority.certificatePem,
    async end() {
      const gone = once(java, 'exit');
      java.stdin.end();
      const { value } = await lines.next();
      await gone;
      return String(value);
    },
  };
}
