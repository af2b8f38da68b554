/** Goal: a whole provider runs on another array than the simulated one, named in the configuration alone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { systemClock } from '../../src/model/clock.ts';
import { type RunningProvider, startProvider } from '../../src/run/provider.ts';
import { keptLog } from '../log/records.ts';
import { register, type VCenter } from '../support/registered.ts';
import { USER } from '../support/server-process.ts';
import { textOf } from '../support/soap-client.ts';

const MODULE = resolve(import.meta.dirname, '../../docs/examples/memory-array/index.ts');

let folder: string;
let provider: RunningProvider;
let vcenter: VCenter;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-other-array-'));
  const { config } = loadConfig({
    flags: {
      dataDir: join(folder, 'data'),
      port: '0',
      host: '127.0.0.1',
      publicNames: 'localhost',
    },
    environment: {
      KEELSON_ADMIN_USER: USER.name,
      KEELSON_ADMIN_PASSWORD: USER.password,
      KEELSON_ARRAY_MODULE: MODULE,
    },
  });
  provider = await startProvider({ config, clock: systemClock, log: keptLog().log });
  vcenter = await register(provider);
});

afterAll(async () => {
  await provider.close(1_000);
  rmSync(folder, { recursive: true, force: true });
});

describe('a provider on the example array in memory', () => {
  it('serves a volume and its snapshot from making to end, over the wire', async () => {
    const host = await vcenter.host('564d0000-0000-4000-8000-000000000001');
    const id = (vvolId: string) => `<m:vvolId>${vvolId}</m:vvolId>`;
    expect(await host.ask('queryArrays', '')).toContain('Example in memory');
    const containerId = textOf(await host.ask('queryStorageContainer', ''), 'uniqueIdentifier');
    const creation = `<m:containerId>${containerId}</m:containerId><m:vvolType>Data</m:vvolType><m:sizeInMB>64</m:sizeInMB>${pair('m:metadata', 'VMW_VVolName', 'disk.vmdk')}`;
    const task = await host.ask('createVirtualVolume', creation);
    expect(textOf(task, 'taskState')).toBe('Success');
    const vvolId = textOf(task, 'result');
    const search = '<m:searchConstraint><v:key>VMW_VVolName</v:key></m:searchConstraint>';
    expect(textOf(await host.ask('queryVirtualVolume', search), 'return')).toBe(vvolId);

    const binding = `${id(vvolId)}<m:bindContext>Normal</m:bindContext>`;
    expect(textOf(await host.ask('bindVirtualVolume', binding), 'vvolSecondaryId')).toBe('0x1');
    const prepare = `${id(vvolId)}<m:snapType>SnapshotReadOnly</m:snapType>`;
    const snapshotId = textOf(
      await host.ask('prepareToSnapshotVirtualVolume', prepare),
      'snapshotId',
    );
    const take = `<m:snapshotInfo><d:uniqueIdentifier>${snapshotId}</d:uniqueIdentifier>${pair('v:metadata', 'of', vvolId)}<v:vvolId>${snapshotId}</v:vvolId></m:snapshotInfo><m:timeoutMS>9000</m:timeoutMS>`;
    await host.ask('snapshotVirtualVolume', take);
    const info = await host.ask('queryVirtualVolumeInfo', id(snapshotId));
    expect(textOf(info, 'vvolId')).toBe(snapshotId);

    const deletion = async (which: string) =>
      (await host.call('deleteVirtualVolume', id(which))).fault;
    expect(await deletion(vvolId)).toBe('ResourceInUse');
    await host.ask('unbindAllVirtualVolumesFromHost', '');
    expect(await deletion(vvolId)).toBeUndefined();
    expect(await deletion(vvolId)).toBe('NotFound');
    expect(await deletion(snapshotId)).toBeUndefined();
    host.close();
  });
});

function pair(element: string, name: string, value: string): string {
  return `<${element}><d:parameterName>${name}</d:parameterName><d:parameterValue>${value}</d:parameterValue></${element}>`;
}
