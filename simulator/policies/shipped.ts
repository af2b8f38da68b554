/**
 * The declaration of capabilities that an array has: that of its inventory, else the one in capabilities.yaml
 * beside this module.
 */
import { fileURLToPath } from 'node:url';
import { readInventoryFile } from '../inventory-file.ts';
import type { Db } from '../open.ts';
import { capabilitiesSchema, type Declaration, readDeclaration } from './declaration.ts';

const SHIPPED = new URL('./capabilities.yaml', import.meta.url);

/** What the inventory of the file declares (the one last applied, else the one it was made from), as JSON. */
export function ownCapabilities(db: Db): string | undefined {
  const question = `SELECT json_extract(coalesce(applied, source), '$.inventory.capabilities')
    FROM installation`;
  return db.prepare<[], string | null>(question).pluck().get() ?? undefined;
}

/** The declaration that `own` stands for. Errors: failed, naming each mistake with its place. */
export function declarationOf(own: string | undefined): Declaration {
  if (own !== undefined) return readDeclaration(capabilitiesSchema.parse(JSON.parse(own)));
  return readDeclaration(readInventoryFile(fileURLToPath(SHIPPED), capabilitiesSchema));
}
