/** queryCatalog: where the message catalogs are, which vCenter fetches and renders texts from. */
import type { MessageCatalog, QueryCatalogResponse } from '../../wire/generated/vasa-2.0/types.ts';
import type { SessionContext } from '../context.ts';
import { isServed } from '../versions.ts';

/**
 * Where the catalogs are, and how old. That of policies holds what the array declares at this moment; of an
 * array that does not answer, what it declared last.
 */
export async function queryCatalog({
  call,
  provider: { array, catalogs, clock, identity },
}: SessionContext): Promise<QueryCatalogResponse> {
  const schemas = await array.capabilitySchemas().catch(() => undefined);
  if (schemas !== undefined) catalogs.declare(schemas, clock.now());
  const rows = catalogs
    .rows()
    .filter(({ catalogName }) => isServed(call.apiVersion, 'StorageCatalogEnum', catalogName));
  return {
    return: rows.map(
      ({ catalogName, lastModified, locale, uri }): MessageCatalog => ({
        catalogName,
        catalogUri: uri,
        catalogVersion: catalogs.version,
        lastModified,
        locale,
        moduleName: identity.name,
      }),
    ),
  };
}
