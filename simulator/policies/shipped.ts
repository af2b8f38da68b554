/**
 * The declaration of capabilities that an array has: that of its inventory, else the one in capabilities.yaml
 * beside this module.
 */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readInventoryFile } from '../inventory-file.ts';
import type { Db } from '../open.ts';
import { capabilitiesSchema, type Declaration, readDeclaration } from './declaration.ts';

const SHIPPED = new URL('./capabilities.yaml', import.meta.url);

/** As the inventory of the file has them: the one that it was last changed to, or was made from. */
const inventorySchema = z.object({ capabilities: capabilitiesSchema.optional() });

/** The declaration in force. Errors: failed, naming each mistake with its place. */
export function declarationIn(db: Db): Declaration {
  const own = inventoryOf(db).capabilities;
  return readDeclaration(own ?? readInventoryFile(fileURLToPath(SHIPPED), capabilitiesSchema));
}

function inventoryOf(db: Db): z.infer<typeof inventorySchema> {
  const text = db
    .prepare<[], string>(
      `SELECT json_extract(coalesce(applied, source), '$.inventory') FROM installation`,
    )
    .pluck()
    .get();
  return inventorySchema.parse(JSON.parse(text ?? '{}'));
}
