/**
 * Reads one element of a service (the child of a SOAP Body, or a whole document in tests) from the
 * tokenizer's events into a plain object, checking each event against the plan as it comes. Nothing
 * from the wire ever names a property: a name either matches the next field of the plan or is refused.
 *
 * What is absent, nil or left out of a list is docs/wire.md's first table. Order is schema order.
 * Source: XML Schema 1.0 part 1 (xsi:type, xsi:nil, element order) and part 2.
 */
import { LIMITS } from '../model/limits.ts';
import { TYPE_KEY, type UntypedValue } from './descriptor.ts';
import { clipped, MessageError } from './errors.ts';
import { isBlank, SCALARS } from './lexical.ts';
import {
  type ComplexPlan,
  type ElementPlan,
  type FieldPlan,
  isKindOf,
  type ServicePlan,
  type TypePlan,
} from './plan.ts';
import type { ResolvePrefix, Tag } from './tokenizer.ts';
import { attributesOf, resolveQName } from './xsi.ts';

/** An object under construction. */
interface Frame {
  readonly plan: ComplexPlan;
  /** The field of the parent that holds it; undefined for the root. */
  readonly field: FieldPlan | undefined;
  /** The value came in an `xs:anyType` field, so its type goes with it. */
  readonly any: boolean;
  readonly value: Record<string, unknown>;
  /** Index of the field that comes next. */
  next: number;
}

/** An element that holds text only, being read; `type` undefined: it is nil and must be empty. */
interface Leaf {
  readonly field: FieldPlan;
  readonly type: Exclude<TypePlan, ComplexPlan> | undefined;
  text: string;
}

/** What becomes of text in an `xs:anyType` that does not say its type: given as it is, or refused. */
export type Untyped = 'given' | 'refused';

const untyped = (value: string): UntypedValue => ({
  ...{ type: 'xs:anyType', value },
  readAs: (type) => SCALARS[type].read(value),
});

const newValue = (plan: ComplexPlan): Record<string, unknown> => {
  const value: Record<string, unknown> = {};
  for (const field of plan.fields) if (field.many) value[field.name] = [];
  return value;
};

/** One use: `open`, `text` and `close` for the root's descendants and its end, then `result`. */
export class ElementReader {
  readonly #plan: ServicePlan;
  readonly #root: ElementPlan;
  readonly #untyped: Untyped;
  readonly #stack: Frame[] = [];
  // The last of the stack.
  #top: Frame | undefined;
  #leaf: Leaf | undefined;
  #result: unknown;

  /** `root` is what `tag`, which has just opened, was found to be. */
  constructor(plan: ServicePlan, root: ElementPlan, tag: Tag, untyped: Untyped) {
    this.#plan = plan;
    this.#root = root;
    this.#untyped = untyped;
    const xsi = attributesOf(tag, root.local);
    if (xsi?.nil) throw new MessageError('structure', `${root.local} must not be nil`);
    // The root's type has no name, so there is none that an xsi:type could give.
    if (xsi?.type !== undefined) {
      throw new MessageError('structure', `${root.local} takes no xsi:type`);
    }
    this.#push({
      plan: root.content,
      field: undefined,
      any: false,
      value: newValue(root.content),
      next: 0,
    });
  }

  /** Has the root element closed? */
  get done(): boolean {
    return this.#stack.length === 0;
  }

  /** The finished object. Only after `done`. */
  get result(): unknown {
    return this.#result;
  }

  open(tag: Tag, resolve: ResolvePrefix): void {
    const frame = this.#top;
    if (this.#leaf?.type?.kind === 'any') throw this.#needsType(this.#leaf.field);
    if (frame === undefined || this.#leaf !== undefined) {
      throw this.#error(
        'structure',
        `holds an element, ${clipped(tag.local)}, where only text belongs`,
      );
    }
    const field = this.#advance(frame, tag);
    const xsi = attributesOf(tag, field.name);
    if (xsi === undefined) {
      this.#begin(field, field.type, false);
      return;
    }
    if (xsi.nil) {
      if (!field.nillable) throw this.#error('value', 'must not be nil', field);
      this.#leaf = { field, type: undefined, text: '' };
      return;
    }
    const type = xsi.type === undefined ? field.type : this.#named(xsi.type, field, resolve);
    this.#begin(field, type, field.type.kind === 'any');
  }

  text(piece: string): void {
    if (this.#leaf === undefined) {
      if (!isBlank(piece)) throw this.#error('structure', 'holds text where only elements belong');
      return;
    }
    this.#leaf.text += piece;
    if (this.#leaf.text.length > LIMITS.xmlTextCharacters) {
      throw this.#error('structure', 'has too long a text', this.#leaf.field);
    }
  }

  close(): void {
    if (this.#leaf !== undefined) {
      this.#endLeaf(this.#leaf);
      this.#leaf = undefined;
      return;
    }
    const frame = this.#top;
    if (frame === undefined) throw new Error('an element closed that never opened');
    this.#requireUpTo(frame, frame.plan.fields.length);
    this.#stack.pop();
    this.#top = this.#stack.at(-1);
    if (this.#top === undefined || frame.field === undefined) this.#result = frame.value;
    else if (!frame.any) this.#store(this.#top, frame.field, frame.value);
    else this.#store(this.#top, frame.field, { type: frame.plan.name, value: frame.value });
  }

  #push(frame: Frame): void {
    this.#stack.push(frame);
    this.#top = frame;
  }

  #begin(field: FieldPlan, type: TypePlan, any: boolean): void {
    if (type.kind === 'any' && this.#untyped === 'refused') {
      throw this.#needsType(field);
    }
    if (type.kind !== 'complex') {
      this.#leaf = { field, type, text: '' };
      return;
    }
    const value = newValue(type);
    if (!any && type !== field.type) value[TYPE_KEY] = type.name;
    this.#push({ plan: type, field, any, value, next: 0 });
  }

  #endLeaf({ field, type, text }: Leaf): void {
    if (this.#top === undefined) return;
    if (type === undefined) {
      if (!isBlank(text)) throw this.#error('structure', 'is nil and yet holds a text', field);
      return;
    }
    if (type.kind === 'any') {
      this.#store(this.#top, field, untyped(text));
      return;
    }
    const value = type.scalar.read(text);
    if (value === undefined) {
      throw this.#error('value', `is no value of ${type.name}: "${clipped(text, 40)}"`, field);
    }
    this.#store(this.#top, field, field.type.kind === 'any' ? { type: type.name, value } : value);
  }

  #store(frame: Frame, field: FieldPlan, value: unknown): void {
    const list = frame.value[field.name];
    if (field.many && Array.isArray(list)) list.push(value);
    else frame.value[field.name] = value;
  }

  /** The field that `tag` is, given what came before it; moves the frame on. */
  #advance(frame: Frame, tag: Tag): FieldPlan {
    const { fields } = frame.plan;
    for (let index = frame.next; index < fields.length; index += 1) {
      const field = fields[index];
      if (field === undefined || field.name !== tag.local || field.uri !== tag.uri) continue;
      this.#requireUpTo(frame, index);
      frame.next = field.many ? index : index + 1;
      return field;
    }
    throw this.#misplaced(frame, tag);
  }

  /** Throws when a required field before index `end` has been passed over. */
  #requireUpTo(frame: Frame, end: number): void {
    for (let index = frame.next; index < end; index += 1) {
      const field = frame.plan.fields[index];
      if (field === undefined || !field.required) continue;
      const list = frame.value[field.name];
      if (Array.isArray(list) && list.length > 0) continue;
      throw this.#error('value', 'is missing', field);
    }
  }

  #misplaced(frame: Frame, tag: Tag): MessageError {
    const name = clipped(tag.local);
    const named = frame.plan.fields.filter((field) => field.name === tag.local);
    const match = named.find((field) => field.uri === tag.uri);
    if (match === undefined && named.length > 0) {
      const found = tag.uri === '' ? 'no namespace' : `namespace ${clipped(tag.uri)}`;
      return this.#error('structure', `holds ${name} in ${found}, not in ${named[0]?.uri}`);
    }
    if (match === undefined) return this.#error('structure', `holds an unknown element, ${name}`);
    const repeated = frame.value[match.name] !== undefined && !match.many;
    return this.#error(
      'structure',
      repeated ? `holds ${name} more than once` : `holds ${name} out of the schema's order`,
    );
  }

  /** The type that an `xsi:type` names, if it may stand in for the field's own. */
  #named(name: string, field: FieldPlan, resolve: ResolvePrefix): TypePlan {
    const type = this.#plan.typesByName.get(resolveQName(name, resolve) ?? '');
    if (type === undefined) {
      throw this.#error('structure', `has an unknown xsi:type, ${clipped(name)}`, field);
    }
    const declared = field.type;
    const fits =
      declared.kind === 'any' ||
      type === declared ||
      (declared.kind === 'complex' && type.kind === 'complex' && isKindOf(type, declared));
    if (!fits) {
      throw this.#error(
        'structure',
        `cannot be of type ${type.name}; it is a ${declared.name}`,
        field,
      );
    }
    return type;
  }

  #needsType(field: FieldPlan): MessageError {
    return this.#error('value', 'needs an xsi:type that says what it holds', field);
  }

  /** An error about the element now open, or about `field` within it, with its path from the root. */
  #error(kind: 'structure' | 'value', problem: string, field?: FieldPlan): MessageError {
    const steps = [this.#root.local];
    for (const frame of this.#stack.slice(1)) steps.push(frame.field?.name ?? '');
    for (let at = 1; at < steps.length; at += 1) steps[at] += this.#position(at);
    const leaf = field ?? this.#leaf?.field;
    if (leaf !== undefined) steps.push(leaf.name + this.#memberNumber(this.#top, leaf));
    return new MessageError(kind, `${steps.join('/')} ${problem}`);
  }

  #position(at: number): string {
    const field = this.#stack[at]?.field;
    return field === undefined ? '' : this.#memberNumber(this.#stack[at - 1], field);
  }

  #memberNumber(frame: Frame | undefined, field: FieldPlan): string {
    const list = frame?.value[field.name];
    return Array.isArray(list) ? `[${list.length + 1}]` : '';
  }
}
