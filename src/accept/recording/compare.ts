/**
 * What a new answer has otherwise than the recorded one. The same elements must be there with the same values; ids
 * may be other ones but must name the same things; times, measures, addresses and words for people may be what they
 * are, as long as they are of the same form. The order of like elements says nothing.
 */
import { formOf } from '../report/diff/shape.ts';
import type { XmlNode } from '../report/tree.ts';
import { NAMING, natureOf, OF_TASKS } from './elements.ts';
import type { Mapping } from './mapping.ts';

/** What is otherwise in an answer. */
export interface Difference {
  readonly what:
    | 'answered, not refused'
    | 'refused, not answered'
    | 'another fault'
    | 'no answer'
    | 'an answer where there was none'
    | 'another HTTP status'
    | 'wrong in itself'
    | 'element missing'
    | 'element added'
    | 'another type'
    | 'another form'
    | 'another value'
    | 'names another thing'
    | 'one id for two things'
    | 'the task does not end'
    | 'not sent';
  /** Path of elements in the answer; empty: it is about the call as a whole. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** An event that one page of events has, and perhaps a later page of the other side. */
  readonly event?: { readonly side: 'before' | 'after'; readonly id: string };
}

export type Told = (difference: Difference) => void;

export interface Comparing {
  readonly mapping: Mapping;
  readonly tell: Told;
  /** Tasks are under way in one of the two: what changes until they end is not compared. */
  readonly isUnderWay: boolean;
}

/** Compares two elements of the same name, and binds the ids in them. */
export function compareNodes(
  before: XmlNode,
  after: XmlNode,
  comparing: Comparing,
  path: string = before.name,
): void {
  const { tell, mapping } = comparing;
  if (before.type !== after.type)
    tell({
      what: 'another type',
      path,
      before: before.type ?? 'none',
      after: after.type ?? 'none',
    });
  if (before.children.length === 0 && after.children.length === 0) {
    compareTexts(before, after, comparing, path);
    return;
  }
  const names = new Set([...before.children, ...after.children].map(({ name }) => name));
  for (const name of inOrder(names)) {
    if (comparing.isUnderWay && OF_TASKS.has(name)) continue;
    const own = (node: XmlNode) => node.children.filter((each) => each.name === name);
    const { pairs, missing, added } = aligned(own(before), own(after), mapping);
    const below = `${path}/${name}`;
    for (const [one, other] of pairs) compareNodes(one, other, comparing, below);
    for (const each of missing) {
      noteIds(each, mapping);
      if (isOfOthers(each, before.name, mapping)) continue;
      const difference = { path: below, before: shown(each), after: '' };
      tell({ what: 'element missing', ...difference, ...eventIn(each, 'before') });
    }
    for (const each of added) {
      const difference = { path: below, before: '', after: shown(each) };
      tell({ what: 'element added', ...difference, ...eventIn(each, 'after') });
    }
  }
}

/** Where a page of events ends is a provider's own choice. */
function eventIn(row: XmlNode, side: 'before' | 'after'): Pick<Difference, 'event'> {
  const id = row.children.find(({ name }) => name === 'eventId')?.text;
  return id === undefined ? {} : { event: { side, id } };
}

/** Whether a row is an event of something that no replayed call has told of: made by a call that was left out. */
function isOfOthers(row: XmlNode, answer: string, mapping: Mapping): boolean {
  const object = row.children.find(({ name }) => name === 'objectId');
  if (!/^getEvents/.test(answer) || object === undefined) return false;
  return mapping.boundTo(object.name, object.text) === undefined;
}

/** Notes the ids of an answer in whose place nothing came. */
export function noteIds(node: XmlNode, mapping: Mapping): void {
  if (node.children.length === 0 && node.text !== '') mapping.tell(node.name, node.text);
  for (const each of node.children) noteIds(each, mapping);
}

/** Ids that name rows come first, so that what refers to them is known when it is compared. */
function inOrder(names: ReadonlySet<string>): readonly string[] {
  return [...NAMING.filter((each) => names.has(each)), ...names].filter(
    (each, index, all) => all.indexOf(each) === index,
  );
}

function compareTexts(before: XmlNode, after: XmlNode, comparing: Comparing, path: string): void {
  const [one, other] = [before.text, after.text];
  const differs = (what: Difference['what']) =>
    comparing.tell({ what, path, before: clip(one), after: clip(other) });
  if (one === '' || other === '') {
    if (one !== '') noteIds(before, comparing.mapping);
    if (one !== other) differs(one === '' ? 'another value' : 'another form');
    return;
  }
  const nature = natureOf(before.name, one);
  if (nature === 'words' || nature === 'address') return;
  const [form, otherForm] = [formOf(one), formOf(other)];
  if (nature === 'measure' || form === 'time' || form === 'duration') {
    if (form !== otherForm && !(isNumber(form) && isNumber(otherForm))) differs('another form');
    return;
  }
  const mismatch = comparing.mapping.match(before.name, one, other);
  if (mismatch !== undefined) differs(mismatch);
}

function isNumber(form: string): boolean {
  return form === 'integer' || form === 'number';
}

interface Aligned {
  readonly pairs: readonly (readonly [XmlNode, XmlNode])[];
  readonly missing: readonly XmlNode[];
  readonly added: readonly XmlNode[];
}

/** Which of the new rows stands for which recorded one: the one of that id, else one that is alike, else the next. */
function aligned(before: readonly XmlNode[], after: readonly XmlNode[], mapping: Mapping): Aligned {
  const [one] = before;
  const [other] = after;
  if (before.length === 1 && after.length === 1 && one !== undefined && other !== undefined)
    return { pairs: [[one, other]], missing: [], added: [] };
  const pairs: (readonly [XmlNode, XmlNode])[] = [];
  const left = { before: [...before], after: [...after] };
  const pairBy = (
    keyOfBefore: (node: XmlNode) => string | undefined,
    keyOfAfter: (node: XmlNode) => string | undefined,
  ) => {
    const places = new Map<string, XmlNode[]>();
    for (const each of left.after) {
      const key = keyOfAfter(each);
      const row = key === undefined ? undefined : places.get(key);
      if (row !== undefined) row.push(each);
      else if (key !== undefined) places.set(key, [each]);
    }
    const taken = new Set<XmlNode>();
    left.before = left.before.filter((each) => {
      const key = keyOfBefore(each);
      const found = key === undefined ? undefined : places.get(key)?.shift();
      if (found === undefined) return true;
      pairs.push([each, found]);
      taken.add(found);
      return false;
    });
    left.after = left.after.filter((each) => !taken.has(each));
  };
  const named = namedBy(mapping);
  pairBy(named.before, named.after);
  pairBy(
    (each) => likeness(each, mapping, 'before'),
    (each) => likeness(each, mapping, 'after'),
  );
  const missing: XmlNode[] = [];
  for (const each of left.before) {
    const [next] = left.after;
    const mayBe =
      next !== undefined && named.before(each) === undefined && !contradict(each, next, mapping);
    if (mayBe) pairs.push([each, next]);
    else missing.push(each);
    if (mayBe) left.after.shift();
  }
  return { pairs, missing, added: left.after };
}

/** Whether two rows name different things, as far as that is known. */
function contradict(before: XmlNode, after: XmlNode, mapping: Mapping): boolean {
  return before.children.some((each) => {
    if (natureOf(each.name, each.text) !== 'id' || each.children.length > 0) return false;
    const bound = mapping.boundTo(each.name, each.text);
    const other = after.children.find(({ name }) => name === each.name);
    if (other === undefined) return false;
    return bound === undefined ? mapping.isTaken(other.name, other.text) : bound !== other.text;
  });
}

function namedBy(mapping: Mapping) {
  return {
    before: (node: XmlNode) => {
      const id = namingOf(node);
      return id && mapping.boundTo(id.name, id.text);
    },
    after: (node: XmlNode) => namingOf(node)?.text,
  };
}

/** The element that names a row: the row itself where it is an id, else the best of its own elements. */
function namingOf(node: XmlNode): XmlNode | undefined {
  if (node.children.length === 0) return natureOf(node.name, node.text) === 'id' ? node : undefined;
  for (const name of NAMING) {
    const found = node.children.find((each) => each.name === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A row as text, without what two providers need not have alike. */
function likeness(node: XmlNode, mapping: Mapping, side: 'before' | 'after'): string {
  if (node.children.length === 0) {
    const nature = natureOf(node.name, node.text);
    const form = formOf(node.text);
    const isAny = nature === 'measure' || nature === 'address' || nature === 'words';
    if (isAny || form === 'time' || form === 'duration') return node.name;
    return `${node.name}=${mapping.plain(node.name, node.text, side)}`;
  }
  const parts = node.children.map((each) => likeness(each, mapping, side)).sort();
  return `${node.name} ${node.type ?? ''}(${parts.join(',')})`;
}

const SHOWN_CHARACTERS = 120;

function clip(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

function shown(node: XmlNode): string {
  const text = (each: XmlNode): string =>
    each.children.length === 0
      ? each.text
      : `${each.children.map((child) => `${child.name}: ${text(child)}`).join(', ')}`;
  return clip(text(node));
}
