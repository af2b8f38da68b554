/**
 * The message catalogs: the texts behind every message id that this provider sends, as files that
 * vCenter fetches, and queryCatalog, which says where they are. The files are made from the same tables
 * as the messages themselves, so that no id is without a text.
 */
import type { CapabilitySchema } from '../model/policies.ts';
import type { MessageCatalog, QueryCatalogResponse } from '../wire/generated/vasa-2.0/types.ts';
import { alarmMessages } from './catalog/alarm-messages.ts';
import { eventMessages } from './catalog/event-messages.ts';
import { faultMessages } from './catalog/fault-messages.ts';
import { LOCALES, type Locale, type Messages } from './catalog/text.ts';
import type { ProviderIdentity, SessionContext } from './context.ts';
import { policyMessages } from './policies/metadata.ts';
import { isServed } from './versions.ts';

type CatalogRow = ProviderIdentity['catalogs'][number];
type CatalogName = CatalogRow['catalogName'];

const NAMES: readonly CatalogName[] = ['Alarm', 'Event', 'Fault', 'Policy'];

/** The catalogs that are the release's; that of policies is the array's. */
const TEXTS: Readonly<Record<Exclude<CatalogName, 'Policy'>, () => Messages>> = {
  Alarm: alarmMessages,
  Event: eventMessages,
  Fault: faultMessages,
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

/** Message id to text in one language. */
function textsOf(
  name: CatalogName,
  locale: Locale,
  schemas: readonly CapabilitySchema[],
): Readonly<Record<string, string>> {
  if (name === 'Policy') return policyMessages(schemas, locale);
  const messages = Object.entries(TEXTS[name]());
  return Object.fromEntries(messages.map(([id, texts]) => [id, texts[locale]]));
}

/** What would end a text or its line early; only an array's own texts can have it. */
function inQuotes(text: string): string {
  return `"${text.replaceAll('"', "'").replaceAll(/[\\\r\n]+/g, ' ')}"`;
}

/** What the catalogs are made of. */
export interface CatalogSource {
  /** Release signature and version. */
  readonly signature: string;
  readonly version: string;
  readonly releasedAtMs: number;
  /** What the array declared when it was opened. */
  readonly schemas: readonly CapabilitySchema[];
  readonly openedAtMs: number;
}

/**
 * All catalogs of a release, one for each name and language. They are as old as the release, so that a
 * client that has a file of this date need not fetch it again; that of policies is as old as the provider's
 * start, since the array may have been changed before it.
 */
export function messageCatalogs(source: CatalogSource): Catalogs {
  const { openedAtMs, releasedAtMs, schemas, signature, version } = source;
  const rows = LOCALES.flatMap((locale) =>
    NAMES.map((catalogName) => ({
      catalogName,
      locale,
      uri: `/vasa/catalog/${locale}/${catalogName.toLowerCase()}.vmsg`,
      version,
      lastModifiedMs: catalogName === 'Policy' ? openedAtMs : releasedAtMs,
    })),
  );
  const files = rows.map(({ catalogName, lastModifiedMs, locale, uri }): [string, CatalogFile] => {
    const texts = Object.entries(textsOf(catalogName, locale, schemas));
    const lines = texts.map(([id, text]) => `${id} = ${inQuotes(text)}\n`);
    const body = `# ${catalogName} catalog, ${locale}. ${signature}\n\n${lines.join('')}`;
    return [uri, { body, lastModifiedMs }];
  });
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
