/**
 * The faults that come about in the same way for most operations, so that a row says only what is its own:
 * no session, an array that fails, has too much to do or cannot do it, another active provider.
 */
import type { ArrayErrorKind } from '../../src/model/array.ts';
import type { FaultName } from '../../src/model/faults.ts';
import { service as service10 } from '../../src/wire/generated/vasa-1.0/service.ts';
import { service as service20 } from '../../src/wire/generated/vasa-2.0/service.ts';
import type { ApiVersion } from '../support/soap-client.ts';
import { arraySays, sessionsFail, takenOver } from './disturb.ts';
import type { Proof, Row } from './row.ts';

const SERVICES = { '1.0': service10, '2.0': service20 } as const;

/** The versions in which an operation is proven, and what each declares. */
export function declaredBy(operation: string): ReadonlyMap<ApiVersion, readonly FaultName[]> {
  const versions: readonly ApiVersion[] = ['1.0', '2.0'];
  return new Map(
    versions.flatMap((version) => {
      const found = SERVICES[version].operations[operation];
      // The generated list has names of faults alone; a test of the contract holds them together.
      return found === undefined ? [] : [[version, found.faults as readonly FaultName[]]];
    }),
  );
}

/** Every operation of a version. */
export function operationsOf(version: ApiVersion): readonly string[] {
  return Object.keys(SERVICES[version].operations);
}

/** The proofs of one fault of a row; none when neither the row nor the usual has any. */
export function proofsOf(row: Row, fault: FaultName): readonly Proof[] {
  const own = row.faults[fault];
  if (own === undefined) return usual(row, fault);
  return 'length' in own ? own : [own];
}

function usual(row: Row, fault: FaultName): readonly Proof[] {
  switch (fault) {
    case 'InactiveProvider':
      return [{ when: 'another provider has been activated for the array', during: takenOver }];
    case 'InvalidSession':
      return [{ when: 'the caller has no session', by: 'stranger' }];
    case 'NotImplemented':
      return declaresNotSupported(row)
        ? [{ never: 'it is implemented, and what an array cannot do is NotSupported' }]
        : whenArraySays(row, 'unsupported', 'the array cannot do this');
    case 'NotSupported':
      return whenArraySays(row, 'unsupported', 'the array cannot do this');
    case 'StorageFault':
      return row.work === undefined
        ? [{ when: 'a part of the provider fails', during: sessionsFail, by: 'host' }]
        : whenArraySays(row, 'failed', 'the array fails');
    case 'VasaProviderBusy':
      return whenArraySays(row, 'busy', 'the array has too much to do');
    default:
      return [];
  }
}

function declaresNotSupported({ operation }: Row): boolean {
  return [...declaredBy(operation).values()].some((faults) => faults.includes('NotSupported'));
}

/** None for an operation that asks nothing of the array. */
function whenArraySays(
  { work, refusedIn }: Row,
  error: ArrayErrorKind,
  when: string,
): readonly Proof[] {
  if (work === undefined) return [];
  const where = refusedIn === undefined ? {} : { in: refusedIn };
  return [{ when, during: arraySays(work, error), ...where }];
}
