/**
 * The message catalogs: the texts behind every message id that this provider sends, as files that
 * vCenter fetches. They are made from the same tables as the messages themselves, and from what the array
 * declares at the moment, so that no id is without a text.
 */
import type { CapabilitySchema } from '../../model/policies.ts';
import { policyMessages } from '../policies/metadata.ts';
import { alarmMessages } from './alarm-messages.ts';
import { eventMessages } from './event-messages.ts';
import { faultMessages } from './fault-messages.ts';
import { LOCALES, type Locale, type Messages } from './text.ts';

type CatalogName = 'Alarm' | 'Event' | 'Fault' | 'Policy';

const NAMES: readonly CatalogName[] = ['Alarm', 'Event', 'Fault', 'Policy'];

/** The catalogs that are the release's; that of policies is the array's. */
const TEXTS: Readonly<Record<Exclude<CatalogName, 'Policy'>, () => Messages>> = {
  Alarm: alarmMessages,
  Event: eventMessages,
  Fault: faultMessages,
};

/** One file, as served at its path. */
interface CatalogFile {
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
}

/** A file as queryCatalog lists it. */
interface CatalogRow {
  readonly catalogName: CatalogName;
  readonly locale: Locale;
  readonly uri: string;
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
interface CatalogSource {
  /** Release signature and version. */
  readonly signature: string;
  readonly version: string;
  readonly releasedAtMs: number;
  /** What the array declared when it was opened. */
  readonly schemas: readonly CapabilitySchema[];
  readonly openedAtMs: number;
}

const ROWS: readonly CatalogRow[] = LOCALES.flatMap((locale) =>
  NAMES.map((catalogName) => ({
    catalogName,
    locale,
    uri: `/vasa/catalog/${locale}/${catalogName.toLowerCase()}.vmsg`,
  })),
);

/**
 * All catalogs, one for each name and language. They are as old as the release, so that a client that has a
 * file of this date need not fetch it again; that of policies is as old as what the array declares: as the
 * provider's start, since it may have been changed before, or as its last change.
 */
export class MessageCatalogs {
  readonly #signature: string;
  readonly #files = new Map<string, CatalogFile>();
  readonly version: string;

  constructor({ openedAtMs, releasedAtMs, schemas, signature, version }: CatalogSource) {
    this.#signature = signature;
    this.version = version;
    for (const row of ROWS) {
      const lastModified = row.catalogName === 'Policy' ? openedAtMs : releasedAtMs;
      this.#files.set(row.uri, { body: this.#bodyOf(row, schemas), lastModified });
    }
  }

  /** Path below the server's root to file; its files change with `declare`. */
  get files(): ReadonlyMap<string, CatalogFile> {
    return this.#files;
  }

  /** Every catalog, with the time of its last change in milliseconds. */
  rows(): readonly (CatalogRow & Pick<CatalogFile, 'lastModified'>)[] {
    return ROWS.map((row) => ({
      ...row,
      lastModified: this.#files.get(row.uri)?.lastModified ?? 0,
    }));
  }

  /** Takes over what the array declares now; a file whose texts are the same stays as old as it is. */
  declare(schemas: readonly CapabilitySchema[], now: number): void {
    for (const row of ROWS.filter(({ catalogName }) => catalogName === 'Policy')) {
      const body = this.#bodyOf(row, schemas);
      if (body !== this.#files.get(row.uri)?.body)
        this.#files.set(row.uri, { body, lastModified: now });
    }
  }

  #bodyOf({ catalogName, locale }: CatalogRow, schemas: readonly CapabilitySchema[]): string {
    const texts = Object.entries(textsOf(catalogName, locale, schemas));
    const lines = texts.map(([id, text]) => `${id} = ${inQuotes(text)}\n`);
    return `# ${catalogName} catalog, ${locale}. ${this.#signature}\n\n${lines.join('')}`;
  }
}
