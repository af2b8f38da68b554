/**
 * The matrix unrolled: for each version, operation and declared fault the tests that prove it, the reason why
 * it never is an answer, or, while somebody is still at work, nothing yet. The tests and the generated page
 * of operations are made from this one list.
 */
import type { FaultName } from '../../src/model/faults.ts';
import type { ApiVersion } from '../support/soap-client.ts';
import { isNever, type Provocation, type Row } from './row.ts';
import { ROWS } from './rows.ts';
import { declaredBy, operationsOf, proofsOf } from './usual.ts';

/** One test: a successful call, or one that brings a fault about. */
export interface Case {
  readonly version: ApiVersion;
  readonly row: Row;
  /** The test's name, as docs/operations.md has it too. */
  readonly name: string;
  /** Undefined: the call succeeds. */
  readonly fault: FaultName | undefined;
  readonly provocation: Provocation | undefined;
}

/** What stands in one field of the matrix. `fault` undefined is success. */
export interface Field {
  readonly version: ApiVersion;
  readonly operation: string;
  readonly fault: FaultName | undefined;
  /** Where the words of it stand, as a path in the repository; undefined: there is no row. */
  readonly file: string | undefined;
  readonly cases: readonly Case[];
  readonly never: string | undefined;
}

function fieldsOf(version: ApiVersion, operation: string): readonly Field[] {
  const [file, rows] = Object.entries(ROWS).find(([, each]) =>
    each.some((row) => isFor(row, version, operation)),
  ) ?? [undefined, []];
  const row = rows.find((each) => isFor(each, version, operation));
  const place = { version, operation, file: file && `test/matrix/rows/${file}` };
  const name = `${operation}: ${row?.succeeds}`;
  const success = { version, fault: undefined, provocation: undefined, name };
  const cases = row === undefined ? [] : [{ ...success, row }];
  return [
    { ...place, fault: undefined, cases, never: undefined },
    ...(declaredBy(operation).get(version) ?? []).map((fault): Field => {
      const proofs = row === undefined ? [] : proofsOf(row, fault);
      const provocations = proofs.flatMap((each) => (isNever(each) ? [] : [each]));
      const isOwn = row?.faults[fault] !== undefined;
      return {
        ...place,
        file: isOwn || row === undefined ? place.file : 'test/matrix/usual.ts',
        fault,
        cases: provocations.flatMap((provocation) => {
          const sentence = `${operation}, ${fault}: ${provocation.when}`;
          return row === undefined ? [] : [{ version, row, fault, provocation, name: sentence }];
        }),
        never: proofs.find(isNever)?.never,
      };
    }),
  ];
}

function isFor({ operation, versions }: Row, version: ApiVersion, wanted: string): boolean {
  return operation === wanted && (versions === undefined || versions.includes(version));
}

/** Every field of the matrix, by version and operation. */
export function matrix(): readonly Field[] {
  const versions: readonly ApiVersion[] = ['2.0', '1.0'];
  return versions.flatMap((version) =>
    operationsOf(version).flatMap((operation) => fieldsOf(version, operation)),
  );
}
