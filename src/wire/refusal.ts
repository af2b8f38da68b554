/**
 * From whatever was thrown to what this operation may answer with: the check against the operation's
 * declared faults, and the last words of every fault's text (release signature and request id).
 *
 * A fault that the operation does not declare is this provider's mistake and becomes StorageFault, with
 * the chain for the log; except that arguments which make no sense are told as a plain Client fault
 * where the description has no InvalidArgument, and that what cannot be done is told by the nearest
 * declared fault (INSTEAD).
 */
import { type FaultName, VasaFault } from '../model/faults.ts';
import type { FaultFunnel } from './call.ts';
import type { ServiceDescriptor } from './descriptor.ts';
import { MessageError } from './errors.ts';
import type { Refusal, RefusalKind } from './fault.ts';
import { EncodeError } from './writer.ts';

export interface RefusalOptions {
  readonly service: ServiceDescriptor;
  readonly toFault: FaultFunnel;
  /** Which release answered. */
  readonly signature: string;
}

/** Never throws, whatever was thrown. `operation` undefined: the request named none. */
export type Refuse = (thrown: unknown, operation: string | undefined, requestId: string) => Refusal;

/** Does `operation` declare `fault`? */
function declares(
  service: ServiceDescriptor,
  operation: string | undefined,
  fault: string,
): boolean {
  return operation !== undefined && service.operations[operation]?.faults.includes(fault) === true;
}

/** That something cannot be done is no mistake: what says so where the operation has not the fault. */
const INSTEAD: Readonly<Partial<Record<FaultName, FaultName>>> = {
  NotSupported: 'NotImplemented',
  NotImplemented: 'StorageFault',
};

function ours(message: string, cause: unknown): VasaFault {
  return new VasaFault('StorageFault', message, { cause });
}

/** The funnel of one service. */
export function createRefuse({ service, toFault, signature }: RefusalOptions): Refuse {
  /** By the funnel; should that fail itself, what it failed with is the cause. */
  const faultOf = (thrown: unknown): VasaFault => {
    try {
      if (thrown instanceof MessageError) return new VasaFault('InvalidArgument', thrown.message);
      return toFault(
        thrown instanceof EncodeError ? ours('the answer could not be written', thrown) : thrown,
      );
    } catch (cause) {
      return ours('the provider failed', cause);
    }
  };
  const declared = (operation: string | undefined, fault: VasaFault): VasaFault => {
    const instead = INSTEAD[fault.fault];
    if (instead === undefined || declares(service, operation, fault.fault)) return fault;
    const { message, cause } = fault;
    return declared(operation, faultOf(new VasaFault(instead, message, { cause })));
  };
  return (thrown, operation, requestId) => {
    const refusal = (
      kind: RefusalKind,
      text: string,
      fault?: VasaFault,
      cause: unknown = fault?.cause,
    ): Refusal => ({ kind, fault, reason: `${text} [${signature}; request ${requestId}]`, cause });

    if (thrown instanceof MessageError && thrown.kind !== 'value') {
      if (thrown.kind === 'busy' && declares(service, operation, 'VasaProviderBusy')) {
        const told = new VasaFault('VasaProviderBusy', thrown.message);
        return refusal('vasa', told.message, told);
      }
      return refusal(thrown.kind, thrown.message);
    }
    const fault = declared(operation, faultOf(thrown));
    if (declares(service, operation, fault.fault)) return refusal('vasa', fault.message, fault);
    if (fault.fault === 'InvalidArgument') {
      return refusal('value', fault.message, undefined, fault.cause);
    }
    const cause = new Error(`${operation} does not declare ${fault.fault}`, { cause: fault });
    if (!declares(service, operation, 'StorageFault')) {
      return refusal('server', fault.message, undefined, cause);
    }
    return refusal('vasa', fault.message, faultOf(ours(fault.message, cause)));
  };
}
