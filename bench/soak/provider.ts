/**
 * The provider of a soak over all its processes: a copy of the build, so that a build meanwhile changes nothing, its
 * data folder, the vCenter that it knows, and hosts whose sessions are opened anew after each restart.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Issued } from '../../certs/make.ts';
import { adminClient } from '../../src/admin/client.ts';
import { findSocket } from '../../src/admin/socket.ts';
import { openSession, reached, register, type VCenter } from '../../test/support/registered.ts';
import { type ServerProcess, startServer } from '../../test/support/server-process.ts';
import type { SoapClient } from '../../test/support/soap-client.ts';
import type { Watched } from './sample.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PROBE = join(import.meta.dirname, 'probe.mjs');
/** As many as a host has been seen to keep. */
const CONNECTIONS = 2;

interface Machine {
  readonly id: string;
  readonly identity: Issued;
}

export class SoakedProvider {
  readonly #folder: string;
  readonly #machines: Machine[] = [];
  #server: ServerProcess;
  #vcenter: VCenter;
  #process = 1;

  private constructor(folder: string, server: ServerProcess, vcenter: VCenter) {
    this.#folder = folder;
    this.#server = server;
    this.#vcenter = vcenter;
  }

  /** Starts it for the first time, with so many hosts. `folder` is empty and its own. */
  static async start(folder: string, hosts: number): Promise<SoakedProvider> {
    const program = join(folder, 'program');
    mkdirSync(program);
    for (const name of ['dist', 'wsdl', 'package.json'])
      cpSync(join(ROOT, name), join(program, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(program, 'node_modules'));
    const server = await started(folder);
    const provider = new SoakedProvider(folder, server, await register(server.ready));
    for (let index = 0; index < hosts; index += 1)
      provider.#machines.push({
        id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
        identity: await provider.#vcenter.authority.issueClient(),
      });
    return provider;
  }

  get watched(): Watched {
    return {
      pid: this.#server.ready.pid,
      process: this.#process,
      dataFolder: join(this.#folder, 'data'),
      probeFile: join(this.#folder, 'probe.json'),
    };
  }

  /** A client for each host, with a session. */
  sessions(): Promise<SoapClient[]> {
    return Promise.all(
      this.#machines.map(async ({ id, identity }) => {
        const client = this.#vcenter.client(identity, { connections: CONNECTIONS });
        await openSession(client, id);
        return client;
      }),
    );
  }

  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    return this.#server.end(signal);
  }

  /** Starts it again after its end. */
  async again(): Promise<void> {
    this.#server = await started(this.#folder);
    this.#process += 1;
    this.#vcenter = await reached(this.#vcenter, this.#server.ready);
  }

  async admin(): Promise<ReturnType<typeof adminClient>> {
    const socket = await findSocket(join(this.#folder, 'data'));
    if (socket === undefined) throw new Error('no provider runs');
    return adminClient(socket);
  }

  /** What `keelson array check` says of the stopped provider's array; undefined: all adds up. */
  checked(): string | undefined {
    const main = join(this.#folder, 'program/dist/src/main.js');
    const command = [main, 'array', 'check', '--data-dir', join(this.#folder, 'data')];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
    return status === 0 ? undefined : `array check ended with ${status}: ${stdout}${stderr}`;
  }
}

function started(folder: string): Promise<ServerProcess> {
  return startServer(folder, {
    main: join(folder, 'program/dist/src/main.js'),
    nodeArguments: ['--import', PROBE],
    environment: { SOAK_PROBE: join(folder, 'probe.json'), KEELSON_LOG_STDOUT: 'false' },
  });
}
