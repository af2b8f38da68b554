/** Messages about the array, what is told of it, and fault rules laid over it. */
import type { Message } from './message.ts';

export const ARRAY_MESSAGES = {
  'array.served': {
    level: 'info',
    text: 'the array is served',
    facts: {
      socket: 'path of the socket that providers connect to',
      pid: 'process id',
      module: 'array adapter in use',
    },
    means: '`keelson array serve` is ready for the providers of other processes.',
    causes: [],
    remedy: 'Nothing.',
  },
  'array.peers_too_many': {
    level: 'error',
    text: 'too many providers want to use the array',
    facts: {},
    means: 'A provider was turned away from the socket of `keelson array serve`.',
    causes: [
      'More providers than the array has places for.',
      'A provider that connects again and again.',
    ],
    remedy: 'Stop the providers that are not needed; look into the log of those that restart.',
  },
  'array.peer_broke_protocol': {
    level: 'error',
    text: 'a provider does not keep to the protocol of the array',
    facts: {},
    means:
      'What came over the socket of `keelson array serve` was no call, and the connection was ended.',
    causes: ['The provider is of another release.', 'Something else than a provider connected.'],
    remedy: 'Use the same release for `keelson array serve` and its providers.',
  },
  'array.call_failed': {
    level: 'error',
    text: 'the array failed in a way that adapters must not',
    facts: { method: 'method of the array port that failed' },
    means:
      'The array adapter threw something that is no error of an array. The provider was told that the array failed.',
    causes: ['A mistake in the array adapter.'],
    remedy: 'Send the cause with its stack to the vendor of the adapter.',
  },
} as const satisfies Readonly<Record<`array.${string}`, Message>>;

export const EVENT_MESSAGES = {
  'events.expiry_lost': {
    level: 'error',
    text: 'the event of an expiring certificate is lost',
    facts: {},
    means:
      'vCenter was not told by an event that the provider certificate is near its end. The alarm stands.',
    causes: ['The database cannot be written: the cause says why.'],
    remedy: 'See the cause.',
  },
  'events.numbering_failed': {
    level: 'error',
    text: 'changes of the array could not be numbered',
    facts: {},
    means: 'vCenter and hosts learn of changes later. Nothing is lost: it is tried again.',
    causes: ['The array does not answer.', 'The database cannot be written: the cause says why.'],
    remedy: 'See the cause. Free space on the disk, or bring the array back.',
  },
  'events.numbering_restarted': {
    level: 'warn',
    text: 'the numbering of events begins anew',
    facts: {
      reason:
        '`trimmed`: the array keeps older changes no longer; `behind` or `other`: its data was replaced',
      numbered_up_to: 'the last change of the array that was numbered',
      oldest_kept: 'the oldest change that the array still keeps',
      newest: 'the newest change of the array',
    },
    means:
      'What changed in the array meanwhile is not known in detail. Clients are told by an event to read the inventory anew.',
    causes: [
      'The provider was down for longer than the array keeps its changes (`trimmed`).',
      'The array, or the provider’s data folder, was restored from a backup (`behind`, `other`).',
    ],
    remedy:
      'Nothing; vCenter reads the inventory anew. If nothing was restored, find out why the array’s data is another.',
  },
} as const satisfies Readonly<Record<`events.${string}`, Message>>;

const ALARM = {
  alarm_id: 'number of the alarm, as clients read it',
  alarm_type: 'VASA type of the alarm',
  status: '`Red`, `Yellow` or `Green`',
  object_type: 'VASA type of what it is about',
  object_id: 'what it is about',
  message_id: 'message of the Alarm catalog',
  words: 'that message as vCenter shows it',
};
const COMPLIANCE = {
  status: '`Red`, `Yellow` or `Green`',
  vvol_count: 'how many virtual volumes',
  vvol_ids: 'the first of them',
};

export const ALARM_MESSAGES = {
  'alarms.raised': {
    level: 'warn',
    text: 'an alarm was raised, or became worse or better',
    facts: ALARM,
    means: 'Something in the array or the provider needs attention; vCenter shows it as an alarm.',
    causes: ['The alarm’s own message says what it is about: see the alarms on this page.'],
    remedy: 'See the alarm by its `message_id`.',
  },
  'alarms.ended': {
    level: 'info',
    text: 'an alarm has ended',
    facts: ALARM,
    means: 'What the alarm was about is over; vCenter is told that it is green.',
    causes: [],
    remedy: 'Nothing.',
  },
  'alarms.compliance_raised': {
    level: 'warn',
    text: 'virtual volumes do not meet their storage policy any more',
    facts: COMPLIANCE,
    means: 'What the storage policy of these volumes asks for is not given, or not for certain.',
    causes: [
      'The pool or container that holds them is degraded or has failed: an alarm about it stands near.',
    ],
    remedy:
      'Mend the pool, or move the virtual machines to storage that offers what the policy asks for.',
  },
  'alarms.compliance_ended': {
    level: 'info',
    text: 'virtual volumes meet their storage policy again',
    facts: COMPLIANCE,
    means: 'What the storage policy of these volumes asks for is given again.',
    causes: [],
    remedy: 'Nothing.',
  },
  'alarms.compliance_full': {
    level: 'warn',
    text: 'so many virtual volumes have a compliance alarm that no more get one of their own',
    facts: { most: 'how many have one' },
    means:
      'Further volumes that do not meet their policy have no alarm. Their compliance can still be queried.',
    causes: ['A large pool is degraded or has failed.'],
    remedy: 'Look at the alarms about pools and containers: they say the same in one line.',
  },
  'alarms.look_failed': {
    level: 'error',
    text: 'the states behind alarms could not be looked at',
    facts: {},
    means: 'Alarms may be missing or out of date until this works again.',
    causes: [
      'The array does not answer.',
      'The database cannot be read or written: the cause says why.',
    ],
    remedy: 'See the cause. It is tried again by itself.',
  },
} as const satisfies Readonly<Record<`alarms.${string}`, Message>>;

export const FAULT_RULE_MESSAGES = {
  'faults.rule_added': {
    level: 'warn',
    text: 'a fault rule is in force',
    facts: { rule_id: 'id of the rule', rule: 'what it does', seed: 'start of its chance' },
    means: 'From now on the provider fails on purpose, for a test.',
    causes: ['The operator added the rule, or the file of `faultRules.file` holds it.'],
    remedy: 'On a provider that is no test: `keelson fault clear`, and empty `faultRules.file`.',
  },
  'faults.rule_removed': {
    level: 'warn',
    text: 'a fault rule was removed',
    facts: { rule_id: 'id of the rule' },
    means: 'This rule makes nothing fail any more.',
    causes: ['The operator removed it.'],
    remedy: 'Nothing.',
  },
  'faults.rules_cleared': {
    level: 'warn',
    text: 'all fault rules were removed',
    facts: { count: 'how many there were' },
    means: 'Nothing fails on purpose any more.',
    causes: ['The operator removed them.'],
    remedy: 'Nothing.',
  },
  'faults.injected': {
    level: 'warn',
    text: 'a fault was injected into a call of the array',
    facts: { rule: 'the rule, and what it did', method: 'method of the array port' },
    means:
      'Work of the provider itself, in nobody’s call, failed on purpose. Calls tell it in `injected` of their own line.',
    causes: ['A fault rule.'],
    remedy: 'On a provider that is no test: `keelson fault clear`.',
  },
} as const satisfies Readonly<Record<`faults.${string}`, Message>>;
