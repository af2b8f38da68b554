/**
 * A program that changes users of a data folder until it is killed, as `keelson user` does while no provider runs.
 * Each change that was acknowledged is a line on standard output. Argument: the folder.
 */
import { writeSync } from 'node:fs';
import { configSchema } from '../../src/config/schema.ts';
import { openAdministration } from '../../src/run/offline.ts';

const config = configSchema.parse({ dataDir: process.argv[2], publicNames: ['localhost'] });
const { administration } = await openAdministration(config);
writeSync(1, 'ready\n');
for (let number = 0; ; number += 1) {
  const name = `user-${process.pid}-${number}`;
  await administration.saveUser(name, 'a password of tests');
  writeSync(1, `${name}\n`);
}
