/**
 * Copies what the compiler leaves behind into dist: the SQL that the store and the simulated array read
 * beside their own module, the array's declaration of capabilities, the report’s page, and the console. The WSDL is read from the package root and is not copied.
 */
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

for (const room of ['src', 'simulator']) {
  for (const name of readdirSync(join(root, room), { recursive: true })) {
    if (!/\.(sql|yaml|html|css|js|svg)$/.test(name)) continue;
    const target = join(root, 'dist', room, name);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(root, room, name), target);
  }
}
