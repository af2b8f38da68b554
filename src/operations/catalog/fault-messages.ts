/**
 * The Fault catalog: one message per VASA fault, and one per reason of a StorageFault, which alone
 * carries a message id on the wire. Nothing here may name a path, a statement or a host of ours.
 */
import { FAULTS, VasaFault } from '../../model/faults.ts';
import { type Messages, type Parameters, parameterList, render } from './text.ts';

const PREFIX = 'Keelson.Fault.';

/** Why a StorageFault was raised. The reason's name, after a prefix, is its message id. */
const STORAGE_FAULT_TEXTS = {
  ArrayFailed: 'The array could not do what was asked: {reason}',
  EndpointUnknown: 'The array has no protocol endpoint {endpoint}.',
  NoEndpoint: 'No protocol endpoint is known for this host: setPEContext has not named one.',
  NotServed: '{reason}',
  ProviderFull: 'The provider cannot store its own data: its disk is full.',
  Unexpected: 'The provider failed unexpectedly.',
} as const satisfies Messages;

type StorageFaultReason = keyof typeof STORAGE_FAULT_TEXTS;

/** A StorageFault with its message id and parameters. `parameters` fill the places of the text. */
export function storageFault(
  reason: StorageFaultReason,
  parameters: Parameters = {},
  cause?: unknown,
): VasaFault {
  const data = { faultMessageId: PREFIX + reason, parameterList: parameterList(parameters) };
  return new VasaFault('StorageFault', render(STORAGE_FAULT_TEXTS[reason], parameters), {
    data,
    cause,
  });
}

/** Message id to text, in order of ids. */
export function faultMessages(): Messages {
  const reasons = Object.entries(STORAGE_FAULT_TEXTS).map(([name, text]) => [PREFIX + name, text]);
  const faults = Object.entries(FAULTS).map(([name, { when, remedy }]) => [
    PREFIX + name,
    `${when} ${remedy}`,
  ]);
  return Object.fromEntries([...reasons, ...faults].sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
}
