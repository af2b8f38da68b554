/**
 * Which provider of an active/passive group serves each array: kept in the file, so that it outlives every
 * provider. Knows nothing of what an active provider may do that another may not.
 */
import type { ActiveProvider } from '../src/array/activation.ts';
import { ArrayError } from '../src/array/errors.ts';
import type { ArrayId } from '../src/model/ids.ts';
import type { ChangeFeed } from './changes.ts';
import type { Db } from './open.ts';

interface ActiveRow {
  readonly array_id: ArrayId;
  readonly provider_id: string;
  readonly url: string;
  readonly term: bigint;
}

export class Activation {
  readonly #changes: ChangeFeed;
  readonly #all;
  readonly #arrayNo;
  readonly #take;

  constructor({ db, changes }: { readonly db: Db; readonly changes: ChangeFeed }) {
    this.#changes = changes;
    this.#all = db.prepare<[], ActiveRow>(
      `SELECT array_id, provider_id, url, term
       FROM active_provider JOIN array USING (array_no) ORDER BY array_no`,
    );
    this.#arrayNo = db
      .prepare<[ArrayId], bigint>('SELECT array_no FROM array WHERE array_id = ?')
      .pluck();
    // A provider that is reached elsewhere from now on has taken nothing over.
    this.#take = db.prepare<[bigint, string, string]>(
      `INSERT INTO active_provider (array_no, provider_id, url, term) VALUES (?, ?, ?, 1)
       ON CONFLICT DO UPDATE SET
         term = term + (provider_id <> excluded.provider_id),
         provider_id = excluded.provider_id, url = excluded.url
       WHERE provider_id <> excluded.provider_id OR url <> excluded.url`,
    );
  }

  /** See `activeProviders` of the port. */
  all(): ReadonlyMap<ArrayId, ActiveProvider> {
    return new Map(
      this.#all
        .all()
        .map(({ array_id, provider_id, url, term }) => [
          array_id,
          { providerId: provider_id, url, term },
        ]),
    );
  }

  /** See `activate` of the port; call it inside a transaction. Errors: notFound. */
  activate(
    arrayId: ArrayId,
    provider: { readonly providerId: string; readonly url: string },
  ): void {
    const arrayNo = this.#arrayNo.get(arrayId);
    if (arrayNo === undefined) throw new ArrayError('notFound', `no array ${arrayId}`);
    const { changes } = this.#take.run(arrayNo, provider.providerId, provider.url);
    if (changes > 0) this.#changes.appendArray({ arrayNo, arrayId });
  }
}
