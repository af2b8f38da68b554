/**
 * The faults that come about in the same way for most operations, so that a row says only what is its own:
 * no session, an array that fails, has too much to do or cannot do it, another active provider.
 */
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
  return Array.isArray(own) ? own : [own as Proof];
}

function usual(row: Row, fault: FaultName): readonly Proof[] {
  const { work, refusedIn } = row;
  const where = refusedIn === undefined ? {} : { in: refusedIn };
  switch (fault) {
    case 'InvalidSession':
      return [{ when: 'the caller has no session', by: 'stranger' }];
    case 'StorageFault':
      return work === undefined
        ? [{ when: 'a part of the provider fails', during: sessionsFail, by: 'host' }]
        : [{ when: 'the array fails', during: arraySays(work, 'failed'), ...where }];
    case 'VasaProviderBusy':
      if (work === undefined) return [];
      return [{ when: 'the array has too much to do', during: arraySays(work, 'busy'), ...where }];
    case 'NotSupported':
      if (work === undefined) return [];
      return [{ when: 'the array cannot do this', during: arraySays(work, 'unsupported') }];
    case 'NotImplemented':
      return [...declaredBy(row.operation).values()].some((each) => each.includes('NotSupported'))
        ? [{ never: 'it is implemented, and what an array cannot do is NotSupported' }]
        : work === undefined
          ? []
          : [{ when: 'the array cannot do this', during: arraySays(work, 'unsupported') }];
    case 'InactiveProvider':
      return [{ when: 'another provider has been activated for the array', during: takenOver }];
    default:
      return [];
  }
}
