/**
 * Storage policies of the array: what it can promise, what a volume is given of what is asked for it, and
 * whether a change of that moves its data. Source: src/array/policies.ts.
 */
import { createHash } from 'node:crypto';
import { ArrayError } from '../../src/array/errors.ts';
import type { Container } from '../../src/model/array.ts';
import type { CapabilityValue } from '../../src/model/policies.ts';
import { encodeValues } from '../capability-values.ts';
import type { ChangeFeed } from '../changes.ts';
import type { Inventory } from '../inventory.ts';
import type { Db } from '../open.ts';
import type { Declaration, Offer } from './declaration.ts';
import { type Declared, declare, type PolicyChange } from './declared.ts';
import { givenBy } from './matching.ts';
import { nameOf } from './names.ts';
import { Remembered } from './remembered.ts';
import { declarationOf, ownCapabilities } from './shipped.ts';

interface PolicyParts {
  readonly db: Db;
  readonly inventory: Inventory;
  readonly changes: ChangeFeed;
}

export class Policies {
  readonly #parts: PolicyParts;
  readonly #offers = new Remembered<readonly Offer[]>();
  readonly #given = new Remembered<readonly CapabilityValue[]>();
  #own: string | undefined;
  #declaration: Declaration;
  #declared: Declared = { schemas: [], profiles: [], defaults: [] };

  /** Errors: failed (the declaration is wrong). */
  constructor(parts: PolicyParts) {
    this.#parts = parts;
    this.#own = ownCapabilities(parts.db);
    this.#declaration = declarationOf(this.#own);
    parts.db.transaction(() => this.refresh()).exclusive();
  }

  get declaration(): Declaration {
    return this.#declaration;
  }

  get declared(): Declared {
    return this.#declared;
  }

  /**
   * Compares with what was declared before, and tells what has changed; call it inside a transaction, when
   * the inventory has changed. Errors: failed (the declaration is wrong).
   */
  refresh(): void {
    const { db, inventory } = this.#parts;
    const own = ownCapabilities(db);
    const declaration = own === this.#own ? this.#declaration : declarationOf(own);
    const isFirst = db.prepare('SELECT 1 FROM policy LIMIT 1').get() === undefined;
    const seed = db.prepare<[], string>('SELECT seed FROM installation').pluck().get() ?? '';
    const { declared, changes } = declare(db, {
      declaration,
      containers: inventory.containers,
      seed,
    });
    refuseUnmet(declaration, declared);
    this.#own = own;
    this.#declaration = declaration;
    this.#declared = declared;
    this.#offers.forget();
    this.#given.forget();
    // Of a new array nobody knows anything that could have changed.
    const { newest } = this.#parts.changes.page(0n, 1);
    if (!isFirst || newest > 0n) for (const change of changes) this.#tell(change);
  }

  /** The alternatives that the container promises. */
  offersOf({ containerId }: Pick<Container, 'containerId'>): readonly Offer[] {
    return this.#offers.get(containerId, () => offersIn(this.#declared, containerId));
  }

  /** What a volume there is given. Errors: noSpace (nothing there has all that is asked). */
  given(container: Container, asked: readonly CapabilityValue[]): readonly CapabilityValue[] {
    // What is asked may be long, and is kept for a thousand answers.
    const key = createHash('sha256').update(encodeValues(asked)).digest('base64');
    return this.#given.get(`${container.containerId} ${key}`, () => {
      const given = givenBy(this.#declaration, this.offersOf(container), asked);
      if (given !== undefined) return given;
      if (asked.length === 0) return [];
      throw new ArrayError('noSpace', `container ${container.name} cannot give what is asked`);
    });
  }

  /** Whether data has to move so that a volume that was given `before` is given `after`. */
  isMove(before: readonly CapabilityValue[], after: readonly CapabilityValue[]): boolean {
    const placing = (values: readonly CapabilityValue[]) =>
      encodeValues(
        values
          .filter((value) => this.declaration.properties.get(nameOf(value))?.moves === true)
          .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
      );
    return before.length > 0 && placing(before) !== placing(after);
  }

  #tell({ kind, entity, entityId, containerIds }: PolicyChange): void {
    const { inventory, changes } = this.#parts;
    const entries = inventory.containers
      .filter((each) => containerIds.some((id) => id === each.containerId))
      .map((each) => inventory.container(each.containerId));
    const [only, ...others] = entries;
    const isOne = entity === 'ResourceAssociation' || entity === 'DefaultProfile';
    const containerId = isOne && others.length === 0 ? (only?.container.containerId ?? null) : null;
    // Where the containers are gone, nobody knows any more whose they were.
    const told =
      entries.length > 0
        ? entries
        : inventory.containers.map((each) => inventory.container(each.containerId));
    for (const arrayNo of new Set(told.map((entry) => entry.arrayNo))) {
      changes.appendPolicy({ kind, entity, entityId, containerId, arrayNo });
    }
  }
}

function offersIn({ profiles }: Declared, containerId: Container['containerId']) {
  return profiles
    .filter(({ containerIds }) => containerIds.includes(containerId))
    .flatMap(({ offers }) => offers);
}

/** Errors: failed: a default that its container cannot give. */
function refuseUnmet(declaration: Declaration, declared: Declared): void {
  for (const { name, containerId, values } of declared.defaults) {
    const isMet = givenBy(declaration, offersIn(declared, containerId), values) !== undefined;
    if (isMet || values.length === 0) continue;
    const place = `container ${containerId}`;
    throw new ArrayError('failed', `capabilities: nothing in ${place} has all of default ${name}`);
  }
}
