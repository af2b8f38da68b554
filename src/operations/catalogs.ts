/**
 * The message catalogs: the texts behind every message id that this provider sends, as files that
 * vCenter fetches, and queryCatalog, which says where they are. The files are made from the same tables
 * as the messages themselves, so that no id is without a text.
 */
import type { MessageCatalog, QueryCatalogResponse } from '../wire/generated/vasa-2.0/types.ts';
import { eventMessages } from './catalog/event-messages.ts';
import { faultMessages } from './catalog/fault-messages.ts';
import { LOCALES, type Locale, type Messages } from './catalog/text.ts';
import type { ProviderIdentity, SessionContext } from './context.ts';
import { isServed } from './versions.ts';

type CatalogRow = ProviderIdentity['catalogs'][number];

/** Texts of a catalog by name. No alarm and no capability has been published yet. */
const TEXTS: Readonly<Record<CatalogRow['catalogName'], () => Messages>> = {
  Alarm: () => ({}),
  Event: eventMessages,
  Fault: faultMessages,
  Policy: () => ({}),
};

/** One file, as served at its path. */
export interface CatalogFile {
  readonly body: string;
  readonly lastModifiedMs: number;
}

export interface Catalogs {
  /** Path below the server's root to file. */
  readonly files: ReadonlyMap<string, CatalogFile>;
  /** For `ProviderIdentity.catalogs`. */
  readonly rows: readonly CatalogRow[];
}

function fileText(name: string, locale: Locale, signature: string, messages: Messages): string {
  const lines = Object.entries(messages).map(([id, texts]) => `${id} = "${texts[locale]}"\n`);
  return `# ${name} catalog, ${locale}. ${signature}\n\n${lines.join('')}`;
}

/**
 * All catalogs of a release. Their version and date are the release's: a client that has a file of this
 * date need not fetch it again.
 */
export function messageCatalogs(release: {
  readonly signature: string;
  readonly version: string;
  readonly releasedAtMs: number;
}): Catalogs {
  const { signature, version, releasedAtMs: lastModifiedMs } = release;
  const names = Object.keys(TEXTS) as CatalogRow['catalogName'][];
  const rows = LOCALES.flatMap((locale) =>
    names.map((catalogName) => ({
      catalogName,
      locale,
      uri: `/vasa/catalog/${locale}/${catalogName.toLowerCase()}.vmsg`,
      version,
      lastModifiedMs,
    })),
  );
  const files = rows.map(({ catalogName, locale, uri }): [string, CatalogFile] => [
    uri,
    { body: fileText(catalogName, locale, signature, TEXTS[catalogName]()), lastModifiedMs },
  ]);
  return { files: new Map(files), rows };
}

/** Where the catalogs are. */
export async function queryCatalog({
  call,
  provider: { identity },
}: SessionContext): Promise<QueryCatalogResponse> {
  const rows = identity.catalogs.filter(({ catalogName }) =>
    isServed(call.apiVersion, 'StorageCatalogEnum', catalogName),
  );
  return {
    return: rows.map(
      (row): MessageCatalog => ({
        catalogName: row.catalogName,
        catalogUri: row.uri,
        catalogVersion: row.version,
        lastModified: row.lastModifiedMs,
        locale: row.locale,
        moduleName: identity.name,
      }),
    ),
  };
}
