/**
 * The Fault catalog: one message per VASA fault, and one per reason of a StorageFault, which alone
 * carries a message id on the wire. Nothing here may name a path, a statement or a host of ours.
 */
import { FAULTS, type FaultName, VasaFault } from '../../model/faults.ts';
import { GERMAN_FAULTS } from './fault-texts-de.ts';
import { inOrder, type Messages, type ParametersOf, parameterList, render } from './text.ts';

const PREFIX = 'Keelson.Fault.';

/** Why a StorageFault was raised. The reason's name, after a prefix, is its message id. */
const STORAGE_FAULT_TEXTS = {
  ArrayFailed: {
    en: 'The array could not do what was asked: {reason}',
    de: 'Das Array konnte den Auftrag nicht ausführen: {reason}',
  },
  EndpointUnknown: {
    en: 'The array has no protocol endpoint {endpoint}.',
    de: 'Das Array hat keinen Protokollendpunkt {endpoint}.',
  },
  NoEndpoint: {
    en: 'No protocol endpoint is known for this host: setPEContext has not named one.',
    de: 'Für diesen Host ist kein Protokollendpunkt bekannt: setPEContext hat keinen genannt.',
  },
  NotServed: { en: '{reason}', de: '{reason}' },
  ProviderFull: {
    en: 'The provider cannot store its own data: its disk is full.',
    de: 'Der Provider kann seine eigenen Daten nicht speichern: Sein Datenträger ist voll.',
  },
  Unexpected: {
    en: 'The provider failed unexpectedly.',
    de: 'Im Provider ist ein unerwarteter Fehler aufgetreten.',
  },
} as const satisfies Messages;

export type StorageFaultReason = keyof typeof STORAGE_FAULT_TEXTS;

/** A StorageFault with its message id and parameters, which fill the places of the text. */
export function storageFault<Reason extends StorageFaultReason>(
  reason: Reason,
  parameters: ParametersOf<(typeof STORAGE_FAULT_TEXTS)[Reason]['en']>,
  cause?: unknown,
): VasaFault {
  const data = { faultMessageId: PREFIX + reason, parameterList: parameterList(parameters) };
  return new VasaFault('StorageFault', render(STORAGE_FAULT_TEXTS[reason].en, parameters), {
    data,
    cause,
  });
}

/** Message id to text, in order of ids. */
export function faultMessages(): Messages {
  const reasons = Object.entries(STORAGE_FAULT_TEXTS).map(
    ([name, texts]) => [PREFIX + name, texts] as const,
  );
  // The keys of a constant record are its names.
  const faults = (Object.keys(FAULTS) as FaultName[]).map((name) => {
    const { when, remedy } = FAULTS[name];
    return [PREFIX + name, { en: `${when} ${remedy}`, de: GERMAN_FAULTS[name] }] as const;
  });
  return inOrder([...reasons, ...faults]);
}
