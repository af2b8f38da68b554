/**
 * What the tools that people use say of the server: qemu-img, qemu-io, nbdinfo and nbdcopy read, write
 * and map an export, over TCP and over a Unix socket. The device is looked at behind their backs.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nbdUri } from '../../../simulator/nbd/address.ts';
import { listenNbd, type NbdServer } from '../../../simulator/nbd/server.ts';
import { describeWithTool, TOOLS } from '../../support/tools.ts';
import { exportsOf, MemoryDevice, noSpace, PAGE } from './support/memory-device.ts';

const run = promisify(execFile);
const MB = 1024 * 1024;
const SIZE = 16 * MB;

let folder: string;
let devices: Map<string, MemoryDevice>;
let device: MemoryDevice;
let server: NbdServer;
let uri: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-nbd-'));
  device = new MemoryDevice(SIZE);
  devices = new Map([['disk', device]]);
  server = await listenNbd({ exports: exportsOf(devices), port: 0 });
  uri = nbdUri(server.address, 'disk');
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a tool to its end; what it printed. Rejects, with what it said, when it fails. */
async function tool(command: string, ...parameters: readonly string[]): Promise<string> {
  const { stdout } = await run(command, [...parameters]);
  return stdout;
}

/** Runs qemu-io commands in one session, cut at `;`. */
function qemuIo(commands: string): Promise<string> {
  const parameters = commands.split(';').flatMap((command) => ['-c', command.trim()]);
  return tool('qemu-io', '-t', 'writeback', '-f', 'raw', ...parameters, uri);
}

describeWithTool('nbdinfo', TOOLS.nbdinfo, () => {
  test('tells size, flags, block sizes and contexts of an export', async () => {
    const { protocol, exports } = JSON.parse(await tool('nbdinfo', '--json', uri));
    expect(protocol).toBe('newstyle-fixed');
    expect(exports).toHaveLength(1);
    expect(exports[0]).toMatchObject({
      'export-name': 'disk',
      'export-size': SIZE,
      contexts: ['base:allocation'],
      is_read_only: false,
      can_df: true,
      can_flush: true,
      can_fua: true,
      can_multi_conn: true,
      can_trim: true,
      can_zero: true,
      can_cache: false,
      can_fast_zero: false,
      block_size_minimum: 1,
      block_size_preferred: 4096,
      block_size_maximum: 32 * MB,
    });
  });

  test('lists every export, among them a read-only one and one with a name in other letters', async () => {
    devices.set('snapshot', new MemoryDevice(MB, { readOnly: true }));
    devices.set('größe/1', new MemoryDevice(0));
    const listed = JSON.parse(
      await tool('nbdinfo', '--list', '--json', nbdUri(server.address, '')),
    );
    const facts = listed.exports.map((one: Record<string, unknown>) => [
      one['export-name'],
      one['export-size'],
      one['is_read_only'],
    ]);
    expect(facts).toEqual([
      ['disk', SIZE, false],
      ['snapshot', MB, true],
      ['größe/1', 0, false],
    ]);
  });

  test('maps data, zeroes and holes', async () => {
    device.fill(MB, randomBytes(PAGE));
    device.fill(MB + PAGE, Buffer.alloc(PAGE));
    const map = JSON.parse(await tool('nbdinfo', '--map', '--json', uri));
    expect(map).toEqual([
      { offset: 0, length: MB, type: 3, description: 'hole,zero' },
      { offset: MB, length: PAGE, type: 0, description: 'data' },
      { offset: MB + PAGE, length: PAGE, type: 2, description: 'zero' },
      { offset: MB + 2 * PAGE, length: SIZE - MB - 2 * PAGE, type: 3, description: 'hole,zero' },
    ]);
  });

  test('maps more extents than one reply has', async () => {
    const count = 5_000;
    const large = new MemoryDevice(2 * count * PAGE);
    for (let at = 0; at < count; at += 1) large.fill(2 * at * PAGE, Buffer.from([1]));
    devices.set('large', large);
    const map = await tool('nbdinfo', '--map', '--json', nbdUri(server.address, 'large'));
    expect(JSON.parse(map)).toHaveLength(2 * count);
  });

  test('is told that an export does not exist', async () => {
    const asked = tool('nbdinfo', nbdUri(server.address, 'nothing'));
    await expect(asked).rejects.toThrow('No such file or directory for export: nothing');
  });

  test('finds an export at a Unix socket', async () => {
    const path = join(folder, 'nbd.sock');
    const local = await listenNbd({ exports: exportsOf(devices), path });
    const size = await tool('nbdinfo', '--size', nbdUri(local.address, 'disk'));
    await local.close();
    expect(size.trim()).toBe(String(SIZE));
  });
});

describeWithTool('qemu-img', TOOLS.qemuImg, () => {
  test('info tells the size', async () => {
    const info = JSON.parse(await tool('qemu-img', 'info', '--output=json', uri));
    expect(info).toMatchObject({ 'virtual-size': SIZE, format: 'raw' });
  });

  test('map tells data from holes', async () => {
    device.fill(2 * MB, randomBytes(3 * PAGE));
    const map = JSON.parse(await tool('qemu-img', 'map', '--output=json', uri));
    expect(map).toMatchObject([
      { start: 0, length: 2 * MB, zero: true, data: false },
      { start: 2 * MB, length: 3 * PAGE, zero: false, data: true },
      { start: 2 * MB + 3 * PAGE, zero: true, data: false },
    ]);
  });

  test('convert and compare carry an image in and out, sparse as it is', async () => {
    const [source, back] = [join(folder, 'source.raw'), join(folder, 'back.qcow2')];
    const image = Buffer.alloc(SIZE);
    randomBytes(MB).copy(image, 3 * MB);
    randomBytes(PAGE).copy(image, SIZE - PAGE);
    writeFileSync(source, image);

    await tool('qemu-img', 'convert', '-n', '-f', 'raw', '-O', 'raw', source, uri);
    expect(device.content(0, SIZE).equals(image)).toBe(true);
    expect(device.storedBytes).toBe(MB + PAGE);

    await tool('qemu-img', 'convert', '-f', 'raw', '-O', 'qcow2', uri, back);
    const compared = await tool('qemu-img', 'compare', '-f', 'raw', '-F', 'qcow2', uri, back);
    expect(compared).toContain('Images are identical');
  });

  test('compare finds one changed byte', async () => {
    const source = join(folder, 'source.raw');
    writeFileSync(source, device.content(0, SIZE));
    device.fill(5 * MB + 7, Buffer.from([1]));
    const compared = tool('qemu-img', 'compare', '-f', 'raw', '-F', 'raw', uri, source);
    await expect(compared).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining(String(5 * MB)),
    });
  });

  test('keeps a qcow2 image with a snapshot inside an export', async () => {
    await tool('qemu-img', 'create', '-f', 'qcow2', uri, '8M');
    await tool('qemu-img', 'snapshot', '-c', 'first', uri);
    expect(await tool('qemu-img', 'snapshot', '-l', uri)).toContain('first');
    expect(await tool('qemu-img', 'check', '-f', 'qcow2', uri)).toContain('No errors');
  });
});

describeWithTool('qemu-io', TOOLS.qemuIo, () => {
  test('reads what it wrote, at offsets that fit no block', async () => {
    const said = await qemuIo(
      'write -P 0x5a 1000 5000; read -v -P 0x5a 1000 5000; read -P 0 0 1000',
    );
    expect(said).not.toContain('failed');
    expect(device.content(1000, 5000).equals(Buffer.alloc(5000, 0x5a))).toBe(true);
    expect(device.content(6000, 1000).equals(Buffer.alloc(1000))).toBe(true);
  });

  test('discards, and the space is free', async () => {
    device.fill(0, Buffer.alloc(MB, 1));
    expect(await qemuIo('discard 0 512k; read -P 0 0 512k')).not.toContain('failed');
    expect(device.storedBytes).toBe(MB / 2);
    expect(device.calls).toContain(`trim 0+${MB / 2}`);
  });

  test('writes zeroes with and without a hole', async () => {
    device.fill(0, Buffer.alloc(64 * 1024, 1));
    await qemuIo('write -z 0 32k; write -z -u 32k 32k');
    expect(device.calls).toEqual(expect.arrayContaining(['zero 0+32768', 'unmap 32768+32768']));
    expect(device.storedBytes).toBe(32 * 1024);
  });

  test('forces a write through, and flushes', async () => {
    await qemuIo('write -f -P 3 0 4k; flush');
    expect(device.calls).toContain('write 0+4096 fua');
    expect(device.calls).toContain('flush');
  });

  test('is told that there is no space', async () => {
    device.before = async (call) => {
      if (call.startsWith('write')) throw noSpace();
    };
    await expect(run('qemu-io', ['-f', 'raw', '-c', 'write 0 4k', uri])).rejects.toMatchObject({
      stdout: expect.stringContaining('No space left on device'),
    });
  });

  test('cannot open a read-only export for writing', async () => {
    devices.set('snapshot', new MemoryDevice(MB, { readOnly: true }));
    uri = nbdUri(server.address, 'snapshot');
    await expect(qemuIo('write 0 4k')).rejects.toThrow('Permission denied');
  });
});

describeWithTool('nbdcopy', TOOLS.nbdcopy, () => {
  test('copies a file in and out over several connections', async () => {
    const [source, back] = [join(folder, 'source.raw'), join(folder, 'back.raw')];
    const image = Buffer.alloc(SIZE);
    randomBytes(5 * MB + 123).copy(image, 777);
    writeFileSync(source, image);
    await tool('nbdcopy', '--connections=4', '--requests=64', '--flush', source, uri);
    expect(device.content(0, SIZE).equals(image)).toBe(true);
    expect(device.calls).toContain('flush');
    await tool('nbdcopy', '--connections=4', uri, back);
    expect(readFileSync(back).equals(image)).toBe(true);
  });

  test('copies one export to another and leaves its holes out', async () => {
    const other = new MemoryDevice(SIZE);
    devices.set('other', other);
    device.fill(7 * MB, randomBytes(MB));
    await tool('nbdcopy', '--destination-is-zero', uri, nbdUri(server.address, 'other'));
    expect(other.content(0, SIZE).equals(device.content(0, SIZE))).toBe(true);
    expect(other.storedBytes).toBe(MB);
  });

  test('fails when the export is withdrawn under it', async () => {
    const source = join(folder, 'source.raw');
    writeFileSync(source, randomBytes(SIZE));
    device.before = async (call) => {
      if (call.startsWith('write 0+')) void server.withdraw('disk');
    };
    await expect(tool('nbdcopy', source, uri)).rejects.toThrow(/shutdown|transport endpoint/i);
  });
});
