/**
 * The declaration as it stands for the containers that there are: ids, generations, and what has changed since
 * the array last told of it. Ids follow from seed and name; a generation rises with each change of a content,
 * also over times in which a thing was not declared. Source: table `policy`.
 */
import type { Container } from '../../src/model/array.ts';
import type { ProfileId } from '../../src/model/ids.ts';
import type {
  CapabilityProfile,
  CapabilitySchema,
  DefaultProfile,
} from '../../src/model/policies.ts';
import type { Db } from '../open.ts';
import { uuidOf } from '../random.ts';
import type { Declaration } from './declaration.ts';
import type { Places } from './written.ts';

/** What clients can ask for. */
export interface Declared {
  readonly schemas: readonly CapabilitySchema[];
  readonly profiles: readonly CapabilityProfile[];
  readonly defaults: readonly DefaultProfile[];
}

/** A change of what is declared; `containerIds` are those that it is of. */
export interface PolicyChange {
  readonly kind: 'new' | 'update' | 'delete';
  readonly entity:
    | 'CapabilitySchema'
    | 'CapabilityProfile'
    | 'DefaultProfile'
    | 'ResourceAssociation';
  readonly entityId: string;
  readonly containerIds: readonly string[];
}

type Kind = 'CapabilitySchema' | 'CapabilityProfile' | 'DefaultProfile';

/** A thing that is declared; its content is what a rise of its generation is told by. */
interface Thing {
  readonly kind: Kind;
  readonly id: string;
  readonly containerIds: readonly Container['containerId'][];
  readonly content: unknown;
}

/** A row of the table. */
export interface PolicyRow {
  readonly kind: Kind;
  readonly policy_id: string;
  readonly generation: bigint;
  readonly content: string | null;
  readonly containers: string;
}

/** Whether a thing is of the container: by name, where `*` is anything, and by protocol. */
function isAt({ names, protocols }: Places, { name, protocol }: Container): boolean {
  if (protocols?.includes(protocol) === false) return false;
  return names?.some((pattern) => matches(pattern, name)) ?? true;
}

function matches(pattern: string, name: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[^A-Za-z0-9]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 'u').test(name);
}

/** The things of the declaration that some container has; the schema is of all. */
function thingsOf(declaration: Declaration, containers: readonly Container[], seed: string) {
  const at = (places: Places) =>
    containers.filter((container) => isAt(places, container)).map((each) => each.containerId);
  const schema = { ...declaration.schema };
  const profiles = declaration.profiles.map(
    ({ name, description, offers, containers: places }) => ({
      kind: 'CapabilityProfile' as const,
      // A profile id has no form of its own.
      id: uuidOf(seed, `capability profile ${name}`) as ProfileId,
      containerIds: at(places),
      content: { name, description, offers },
    }),
  );
  const defaults = declaration.defaults.flatMap(({ containers: places, ...content }) =>
    at(places).map((containerId) => ({
      kind: 'DefaultProfile' as const,
      id: uuidOf(seed, `default profile ${content.name} ${containerId}`) as ProfileId,
      containerIds: [containerId],
      containerId,
      content,
    })),
  );
  return {
    schema: {
      kind: 'CapabilitySchema' as const,
      id: schema.schemaId,
      containerIds: containers.map((each) => each.containerId),
      content: schema,
    },
    profiles: profiles.filter(({ containerIds }) => containerIds.length > 0),
    defaults,
  };
}

/** Brings the table to the declaration; gives what clients can ask for, and what has changed. In a transaction. */
export function declare(
  db: Db,
  from: {
    readonly declaration: Declaration;
    readonly containers: readonly Container[];
    readonly seed: string;
  },
): { readonly declared: Declared; readonly changes: readonly PolicyChange[] } {
  const { schema, profiles, defaults } = thingsOf(from.declaration, from.containers, from.seed);
  const things: readonly Thing[] = [schema, ...profiles, ...defaults];
  const before = db.prepare<[], PolicyRow>('SELECT * FROM policy ORDER BY kind, policy_id').all();
  const found = ({ kind, id }: Thing) =>
    before.find((row) => row.kind === kind && row.policy_id === id);
  const save = db.prepare<[Kind, string, bigint, string | null, string]>(
    'INSERT OR REPLACE INTO policy VALUES (?, ?, ?, ?, ?)',
  );
  const told = things.map((thing) => {
    const row = found(thing);
    const next = nextOf(thing, row);
    const { generation, content, containers } = next;
    if (row?.content !== content || row.containers !== containers) {
      save.run(thing.kind, thing.id, generation, content, containers);
    }
    return { thing, ...next };
  });
  const gone = before.filter(
    (row) =>
      row.content !== null &&
      !things.some(({ kind, id }) => kind === row.kind && id === row.policy_id),
  );
  for (const row of gone) save.run(row.kind, row.policy_id, row.generation, null, '[]');
  const generations = new Map(told.map(({ thing, generation }) => [thing.id, generation]));
  const generationOf = ({ id }: Thing) => generations.get(id) ?? 1n;
  return {
    declared: Object.freeze({
      schemas: Object.freeze([schema.content]),
      profiles: Object.freeze(
        profiles.map(({ kind: _, id: profileId, content, ...rest }) =>
          Object.freeze({
            ...content,
            ...rest,
            profileId,
            generationId: generations.get(profileId) ?? 1n,
          }),
        ),
      ),
      defaults: Object.freeze(
        defaults.map((thing) => {
          const { id: profileId, containerId, content } = thing;
          return Object.freeze({
            ...content,
            profileId,
            containerId,
            generationId: generationOf(thing),
          });
        }),
      ),
    }),
    changes: [...told.flatMap(({ changes }) => changes), ...gone.flatMap(endOf)],
  };
}

/** What the row of a thing becomes, and what there is to tell of that. */
function nextOf(thing: Thing, row: PolicyRow | undefined) {
  const content = textOf(thing.content);
  const containers = JSON.stringify(thing.containerIds);
  const isOther = row?.content !== content;
  const generation = (row?.generation ?? 0n) + (isOther ? 1n : 0n);
  const { kind: entity, id: entityId, containerIds } = thing;
  const kind = row === undefined || row.content === null ? 'new' : 'update';
  const own: readonly PolicyChange[] = isOther ? [{ kind, entity, entityId, containerIds }] : [];
  return { generation, content, containers, changes: [...own, ...associations(thing, row)] };
}

/** Containers that a profile has come to, or gone from. */
function associations({ kind, containerIds }: Thing, row: PolicyRow | undefined): PolicyChange[] {
  if (kind !== 'CapabilityProfile') return [];
  const earlier: readonly string[] = JSON.parse(row?.containers ?? '[]');
  return [
    ...containerIds.filter((id) => !earlier.includes(id)).map((id) => association('new', id)),
    ...earlier
      .filter((id) => !containerIds.some((present) => present === id))
      .map((id) => association('delete', id)),
  ];
}

function association(kind: 'new' | 'delete', containerId: string): PolicyChange {
  return {
    kind,
    entity: 'ResourceAssociation',
    entityId: containerId,
    containerIds: [containerId],
  };
}

function endOf(row: PolicyRow): readonly PolicyChange[] {
  const containerIds: readonly string[] = JSON.parse(row.containers);
  const own: PolicyChange = {
    kind: 'delete',
    entity: row.kind,
    entityId: row.policy_id,
    containerIds,
  };
  if (row.kind !== 'CapabilityProfile') return [own];
  return [own, ...containerIds.map((id) => association('delete', id))];
}

/** A bigint has no form of its own in JSON; here it is only compared. */
function textOf(content: unknown): string {
  return JSON.stringify(content, (_, each: unknown) =>
    typeof each === 'bigint' ? `${each}n` : each,
  );
}
