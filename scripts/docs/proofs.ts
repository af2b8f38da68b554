/**
 * What docs/operations.md says of one operation beside its handler's comment: arguments and answer from the
 * generated description, and each outcome with the tests that prove it, from the matrix of test/matrix/.
 */
import type { ElementDescriptor, FieldDescriptor } from '../../src/wire/descriptor.ts';
import { service as service10 } from '../../src/wire/generated/vasa-1.0/service.ts';
import { service as service20 } from '../../src/wire/generated/vasa-2.0/service.ts';
import { type Field, matrix } from '../../test/matrix/cases.ts';

/** The description of the newest version that has the operation. */
function described(operation: string) {
  const service = [service20, service10].find((each) => Object.hasOwn(each.operations, operation));
  const found = service?.operations[operation];
  const fields = (element: string | null | undefined): ElementDescriptor['fields'] =>
    (element && service?.elements[element]?.fields) || [];
  return { inputs: fields(found?.input), outputs: fields(found?.output) };
}

function many({ min, max }: FieldDescriptor): string {
  if (max === 'many') return min === 0 ? ', any number' : ', at least one';
  return min === 0 ? ', optional' : '';
}

function fieldText(field: FieldDescriptor): string {
  return `\`${field.name}\` (${field.type.replace('xs:', '')}${many(field)})`;
}

function listText(fields: readonly FieldDescriptor[]): string {
  return fields.length === 0 ? 'none' : fields.map(fieldText).join(', ');
}

/** Arguments and answer in one paragraph. */
export function messagesText(operation: string): string {
  const { inputs, outputs } = described(operation);
  const answer = outputs.map(
    (field) =>
      `${field.type.replace('xs:', '')}${many(field).replace(', optional', ' or nothing')}`,
  );
  return `Arguments: ${listText(inputs)}. Answer: ${answer.join(', ') || 'empty'}.`;
}

/** Of each outcome the causes that tests bring about, as rows of a table. */
export function outcomes(operation: string, versions: readonly string[]): readonly string[] {
  const own = matrix().filter((field) => field.operation === operation);
  const names = [...new Set(own.map(({ fault }) => fault))];
  return names.map((fault) => {
    const fields = own.filter((field) => field.fault === fault);
    const told = [...new Set(fields.flatMap(causes))];
    const only = fields.length < versions.length ? ` (${fields.map((each) => each.version)})` : '';
    return `| ${fault ?? 'success'}${only} | ${told.join('; ')} |`;
  });
}

function causes({ cases, never, file }: Field): readonly string[] {
  if (never !== undefined) return [`*never:* ${never}`];
  return cases.map(
    ({ provocation, row }) => `[${provocation?.when ?? row.succeeds}](../${file ?? ''})`,
  );
}
