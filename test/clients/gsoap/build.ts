/**
 * Makes the gSOAP clients: C++ classes from `wsdl/` by wsdl2h and soapcpp2, then the compiler. Half a minute
 * of work, so that each program is kept under `node_modules/.cache` by a digest of everything it is made of.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const HERE = import.meta.dirname;
const CACHE = resolve(HERE, '../../../node_modules/.cache/keelson-gsoap');
/** Debian's library is built with these; `struct soap` has another size without them. */
const FLAGS = ['-DWITH_OPENSSL', '-DWITH_COOKIES', '-DWITH_GZIP', '-DWITH_DOM', '-DWITH_IPV6'];
const COMPILE = ['-std=c++17', '-O0', '-w', ...FLAGS, '-I.', `-I${HERE}`, '-c'];
const PROXY = 'soapvasaServiceSoap11BindingProxy';

/** A program of this folder, and the contract it is made from. */
interface Story {
  /** Its file is `<name>.cpp`. */
  readonly name: string;
  readonly wsdlFolder: string;
  /** Prefixes for the contract's namespaces, a file of this folder. */
  readonly typemap: string;
}

/** Path of the program, built when it is not there. Rejects with the tool's output when a tool fails. */
export async function buildStory({ name, wsdlFolder, typemap }: Story): Promise<string> {
  const program = join(CACHE, `${name}-${await digest(wsdlFolder)}`);
  if (existsSync(program)) return program;
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'build-'));
  const inFolder = { cwd: folder, maxBuffer: 1 << 24 };
  try {
    const wsdl = join(wsdlFolder, 'vasaService.wsdl');
    await run('wsdl2h', ['-o', 'vasa.h', '-t', join(HERE, typemap), wsdl], inFolder);
    appendFileSync(join(folder, 'vasa.h'), readFileSync(join(HERE, 'scalars.h')));
    // Client only, no sample messages, one shared soap context.
    await run(
      'soapcpp2',
      ['-C', '-L', '-x', '-w', '-j', '-I/usr/share/gsoap/import', 'vasa.h'],
      inFolder,
    );
    await Promise.all([
      run('g++', [...COMPILE, 'soapC.cpp'], inFolder),
      run('g++', [...COMPILE, `${PROXY}.cpp`, join(HERE, `${name}.cpp`)], inFolder),
    ]);
    const libraries = ['-lgsoapssl++', '-lssl', '-lcrypto', '-lz'];
    await run('g++', ['-o', name, `${name}.o`, 'soapC.o', `${PROXY}.o`, ...libraries], inFolder);
    renameSync(join(folder, name), program);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return program;
}

async function digest(wsdlFolder: string): Promise<string> {
  const hash = createHash('sha256');
  const { stdout, stderr } = await run('soapcpp2', ['-V']);
  hash.update(stdout + stderr);
  for (const folder of [wsdlFolder, HERE]) {
    for (const name of readdirSync(folder).sort())
      hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}
