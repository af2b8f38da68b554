/**
 * Goal: on broken ground a start ends with one line that says what is wrong, and with its exit code; nothing is made
 * worse; and after the way back that the table tells, everything acknowledged is there.
 */
import { chmodSync, cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endingOf } from '../../../src/cli/exit.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { openLog } from '../../../src/log/log.ts';
import { systemClock as clock } from '../../../src/model/clock.ts';
import { packageRoot } from '../../../src/run/places.ts';
import { type RunningProvider, startProvider } from '../../../src/run/provider.ts';
import { register } from '../../support/registered.ts';
import { USER } from '../../support/server-process.ts';
import { textOf, textsOf } from '../../support/soap-client.ts';
import type { Ground } from './row.ts';
import { BROKEN_STARTS } from './starts.ts';

const room = realpathSync(mkdtempSync(join(tmpdir(), 'keelson-ground-')));
const good = join(room, 'good');
const backup = join(room, 'backup.tar');
/** Where another user may read it, wherever this tree lies. */
const versionXml = join(room, 'version.xml');
let volume: string;
let made = 0;

/** Rejects as the program would end. */
function started(data: string): Promise<RunningProvider> {
  const config = configSchema.parse({
    dataDir: data,
    port: 0,
    host: '127.0.0.1',
    publicNames: ['localhost'],
    admin: { user: USER.name, password: USER.password },
    versionXml,
  });
  const parts = { release: 'test', level: 'error', stream: undefined, files: undefined } as const;
  return startProvider({ config, clock, log: openLog({ ...parts, clock }) });
}

beforeAll(async () => {
  // One of the rows has another user come as far as the data folder.
  chmodSync(room, 0o755);
  cpSync(join(packageRoot(), 'wsdl/version.xml'), versionXml);
  chmodSync(versionXml, 0o644);
  const provider = await started(good);
  const vcenter = await register(provider);
  const host = await vcenter.host('00000000-0000-4000-8000-000000000001');
  const [container] = textsOf(await host.ask('queryStorageContainer', ''), 'uniqueIdentifier');
  const metadata =
    '<m:metadata><d:parameterName>VMW_VVolType</d:parameterName><d:parameterValue>Data</d:parameterValue></m:metadata>';
  const message = `<m:containerId>${container}</m:containerId><m:vvolType>Data</m:vvolType><m:sizeInMB>8</m:sizeInMB>${metadata}`;
  volume = textOf(await host.ask('createVirtualVolume', message), 'result');
  host.close();
  await provider.administration.backup(backup);
  await provider.close(1_000);
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

/** A data folder of its own, as the provider left it. */
function ground(): Ground {
  made += 1;
  const data = join(room, `data-${made}`);
  cpSync(good, data, { recursive: true });
  return { data, copy: good, backup };
}

/** Code and line of a start that must fail. */
async function failure(data: string): Promise<{ readonly code: number; readonly text: string }> {
  try {
    const provider = await started(data);
    await provider.close(0);
  } catch (error) {
    return endingOf(error);
  }
  throw new Error('it started');
}

async function expectWhole(data: string): Promise<void> {
  const provider = await started(data);
  try {
    const { array, store, trust } = provider.parts;
    const all = { after: undefined, limit: 9 };
    const found = await array.findVolumes([{ key: 'VMW_VVolType', value: 'Data' }], all);
    expect(found.items).toEqual([volume]);
    expect((await store.users()).map(({ userName }) => userName)).toEqual([USER.name]);
    expect(trust.registrations.all()).toHaveLength(1);
    expect(trust.certificate.record().installedBy).not.toBe('self-signed');
  } finally {
    await provider.close(0);
  }
}

describe('a start', () => {
  it.each(BROKEN_STARTS.map((each) => [each.breaks, each] as const))(
    'where %s says so, and after the way back all is there',
    async (_, { breakIt, line, exit }) => {
      const place = ground();
      const mend = await breakIt(place);
      if (mend === undefined) return;
      try {
        const keys = readable(() => readdirSync(join(place.data, 'keys'))).join();
        const { code, text } = await failure(place.data);
        const said = text.replaceAll(place.data, 'DATA').replaceAll(keys, 'KEY.pem');
        expect(said.split('\n'), said).toHaveLength(2);
        const [begin = '', more] = `keelson: ${line}`.split('…');
        expect(more === undefined ? said.trimEnd() : said.slice(0, begin.length)).toBe(begin);
        expect(code).toBe(exit);
        expect(await failure(place.data), 'it is the same the next time').toEqual({ code, text });
      } finally {
        await mend();
      }
      await expectWhole(place.data);
    },
  );
});

function readable(read: () => string[]): string[] {
  try {
    return read();
  } catch {
    return ['no key can be seen'];
  }
}
