/**
 * What the texts of elements are, by the elements' names: which are ids that a provider chooses, which are measured,
 * which are addresses, which are words for people. All others are values that two providers that behave alike have
 * alike. Source: the schemas in wsdl/.
 */

/** Names of things: another provider has other ones, but names the same thing by the same one. */
const IDS: ReadonlySet<string> = new Set([
  ...['alarmId', 'alternateIdentifier', 'arrayId', 'candidateCapabilityProfiles', 'containerId'],
  ...[
    'containerCookie',
    'deduplicationBackingIdentifier',
    'entityId',
    'esxLunIdentifier',
    'eventId',
  ],
  ...['iscsiIdentifier', 'lunId', 'nodeWwn', 'objectId', 'portWwn', 'profileId', 'resourceId'],
  ...['result', 'return', 'schemaId', 'serverScope', 'snapshotId', 'spIdentifier', 'subjectId'],
  ...['taskId', 'thinProvisionBackingIdentifier', 'uid', 'uniqueId', 'uniqueIdentifier'],
  ...['vendorUuid', 'vvolId', 'vvolSecondaryId'],
]);

/** Which id names a row, where it has several: the first of these. */
export const NAMING: readonly string[] = [
  ...['vvolId', 'uniqueId', 'taskId', 'eventId', 'alarmId', 'snapshotId', 'uniqueIdentifier'],
  ...['objectId', 'profileId', 'subjectId', 'containerId', 'entityId', 'resourceId', 'counterId'],
];

/** What is measured, and is never the same twice. */
const MEASURES: ReadonlySet<string> = new Set([
  ...['committed', 'logicalFree', 'logicalUsed', 'operationProgress', 'percentageRemaining'],
  ...['physicalFree', 'physicalTotal', 'physicalUsed', 'progress', 'statisticsString', 'unshared'],
  ...['usedSpaceInMB', 'deduplicationEfficiency'],
]);

/** Where a provider or its ports are. */
const ADDRESSES: ReadonlySet<string> = new Set([
  ...['currentActiveProviderUrl', 'fileServerName', 'ipAddress', 'transportIpAddress'],
]);

/** Words for people, of faults. */
const WORDS: ReadonlySet<string> = new Set(['faultstring', 'Text', 'message']);

/** What a task tells while it is under way; only its end is compared. */
export const OF_TASKS: ReadonlySet<string> = new Set([
  ...['cancelable', 'cancelled', 'error', 'estimatedTimeToComplete', 'progress'],
  ...['progressUpdateAvailable', 'result', 'taskState'],
]);

/** Bits, which look like ids and are none. */
const BITS: ReadonlySet<string> = new Set(['chunkBitmap']);

export type Nature = 'id' | 'measure' | 'address' | 'words' | 'bits' | 'value';

/** Elements of many types: what they hold is an id unless it is one of these. */
const MIXED: ReadonlySet<string> = new Set(['result', 'return']);
const NO_ID = /^(-?\d+|true|false|\{\{.*)$/s;

/** What this text is in this element. */
export function natureOf(element: string, text = ''): Nature {
  if (MIXED.has(element) && NO_ID.test(text)) return 'value';
  if (IDS.has(element)) return 'id';
  if (MEASURES.has(element)) return 'measure';
  if (ADDRESSES.has(element)) return 'address';
  if (WORDS.has(element)) return 'words';
  return BITS.has(element) ? 'bits' : 'value';
}

/** Requests call some ids otherwise than the answers that they come from. */
const ALIASES: Readonly<Record<string, string>> = {
  lastEventId: 'eventId',
  lastAlarmId: 'alarmId',
};

export function plainName(element: string): string {
  return ALIASES[element] ?? element;
}
