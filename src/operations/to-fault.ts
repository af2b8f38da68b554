/**
 * The one funnel from whatever was thrown to the VASA fault a client gets (docs/adr/0006-fault-funnel.md).
 * Called in two places only: the dispatcher's catch and the rows of a batch. What a client reads is
 * neutral; the thrown thing goes along as `cause`, for the log alone.
 */
import { ArrayError, FAULT_OF_ARRAY_ERROR } from '../array/errors.ts';
import { VasaFault } from '../model/faults.ts';
import { StoreError } from '../store/errors.ts';
import type { FaultFunnel } from '../wire/call.ts';
import { storageFault } from './catalog/fault-messages.ts';

function ofArrayError(error: ArrayError): VasaFault {
  const fault = FAULT_OF_ARRAY_ERROR[error.kind];
  if (fault === 'StorageFault')
    return storageFault('ArrayFailed', { reason: error.message }, error);
  return new VasaFault(fault, error.message, { cause: error });
}

/** The fault that stands for `thrown`. A StorageFault always carries a message id of the Fault catalog. */
export const toFault: FaultFunnel = (thrown) => {
  if (thrown instanceof ArrayError) return ofArrayError(thrown);
  if (thrown instanceof VasaFault) {
    if (thrown.fault !== 'StorageFault' || thrown.data !== undefined) return thrown;
    return storageFault('NotServed', { reason: thrown.message }, thrown.cause);
  }
  if (thrown instanceof StoreError && thrown.kind === 'full')
    return storageFault('ProviderFull', {}, thrown);
  return storageFault('Unexpected', {}, thrown);
};
