/** Providers whose answers are wrong in themselves, whatever was asked: XML, SOAP, HTTP, fault. */
import { answerOf, faultOf, type Mutant } from './mutant.ts';

const ENVELOPE_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const ENVELOPE_12 = 'http://www.w3.org/2003/05/soap-envelope';

export const ANSWER_MUTANTS: readonly Mutant[] = [
  {
    id: 'child-in-another-namespace',
    sentence: 'A child of an answer lies in no namespace',
    caughtBy: 'volumes.made-and-found',
    says: /queryVirtualVolumeInfo.*(cannot be read|does not fit)/s,
    answer: answerOf('queryVirtualVolumeInfo', (body) =>
      body.replace(/<(\w+):vvolId>([^<]*)<\/\1:vvolId>/, '<vvolId xmlns="">$2</vvolId>'),
    ),
  },
  {
    id: 'children-out-of-order',
    sentence: 'The children of an answer come in another order than the schema has them',
    caughtBy: 'inventory.space-of-volumes',
    says: /spaceStatsForVirtualVolume.*(cannot be read|does not fit)/s,
    answer: answerOf('spaceStatsForVirtualVolume', (body) =>
      body.replace(
        /(<(\w+:)?committed>[^<]*<\/\2?committed>)(<(\w+:)?logical>[^<]*<\/\4?logical>)/,
        '$3$1',
      ),
    ),
  },
  {
    id: 'child-left-out',
    sentence: 'A child that the schema demands is left out',
    caughtBy: 'inventory.space-of-volumes',
    says: /spaceStatsForVirtualVolume.*(cannot be read|does not fit)/s,
    answer: answerOf('spaceStatsForVirtualVolume', (body) =>
      body.replace(/<(\w+:)?unsharedValid>[^<]*<\/\1?unsharedValid>/, ''),
    ),
  },
  {
    id: 'child-of-its-own',
    sentence: 'An answer has a child that the schema has not',
    caughtBy: 'inventory.space-of-volumes',
    says: /spaceStatsForVirtualVolume.*(cannot be read|does not fit)/s,
    answer: answerOf('spaceStatsForVirtualVolume', (body) =>
      body.replace(/(<\/(\w+:)?unsharedValid>)/, '$1<$2vendorSays>yes</$2vendorSays>'),
    ),
  },
  {
    id: 'number-with-a-fraction',
    sentence: 'A whole number is written with a fraction',
    caughtBy: 'inventory.space-of-volumes',
    says: /spaceStatsForVirtualVolume.*(cannot be read|does not fit)/s,
    answer: answerOf('spaceStatsForVirtualVolume', (body) =>
      body.replace(/(logical>\d+)</, '$1.0<'),
    ),
  },
  {
    id: 'boolean-in-capitals',
    sentence: 'A truth value is written with a capital letter',
    caughtBy: 'inventory.space-of-volumes',
    says: /spaceStatsForVirtualVolume.*(cannot be read|does not fit)/s,
    answer: answerOf('spaceStatsForVirtualVolume', (body) =>
      body.replace(/(unsharedValid>)t/, '$1T').replace(/(unsharedValid>)f/, '$1F'),
    ),
  },
  {
    id: 'answer-of-another-operation',
    sentence: 'A question is answered with the element of another operation',
    caughtBy: 'tasks.current-are-those-under-way',
    says: /the response is queryArraysResponse, not getCurrentTaskResponse/,
    answer: answerOf('getCurrentTask', (body) =>
      body.replaceAll('getCurrentTaskResponse', 'queryArraysResponse'),
    ),
  },
  {
    id: 'untyped-result-of-a-task',
    sentence: 'The result of a task does not say of what type it is',
    caughtBy: 'snapshots.two-steps',
    says: /the type of the task’s result|cannot be read|does not fit/,
    answer: answerOf('prepareToSnapshotVirtualVolume', (body) =>
      body.replace(/(<(?:\w+:)?result[^>]*?) \w+:type="[^"]*"/, '$1'),
    ),
  },
  {
    id: 'empty-answer',
    sentence: 'A question is answered with an empty Body',
    caughtBy: 'tasks.current-are-those-under-way',
    says: /getCurrentTask was answered with an empty Body instead of getCurrentTaskResponse/,
    answer: answerOf('getCurrentTask', (body) => body.replace(/(Body>).*(<\/\w+:Body>)/s, '$1$2')),
  },
  {
    id: 'answer-in-the-other-soap',
    sentence: 'A question in SOAP 1.1 is answered with an envelope of 1.2',
    caughtBy: 'tasks.current-are-those-under-way',
    says: /asked in SOAP 1\.1, answered in SOAP 1\.2/,
    answer: answerOf('getCurrentTask', (body) => body.replace(ENVELOPE_11, ENVELOPE_12)),
  },
  {
    id: 'fault-in-the-other-soap',
    sentence: 'A fault in answer to SOAP 1.1 has an envelope of 1.2',
    caughtBy: 'volumes.unknown-is-not-found',
    says: /asked in SOAP 1\.1, answered in SOAP 1\.2|cannot be read/,
    answer: faultOf('deleteVirtualVolume', ({ body }) => ({
      body: body.replace(ENVELOPE_11, ENVELOPE_12),
    })),
  },
  {
    id: 'success-with-another-status',
    sentence: 'A success is sent with HTTP 202',
    caughtBy: 'tasks.current-are-those-under-way',
    says: /a response with HTTP 202/,
    answer: (good) =>
      good.facts.operation === 'getCurrentTask' && good.status === 200
        ? { ...good, status: 202 }
        : good,
  },
  {
    id: 'fault-with-http-200',
    sentence: 'A fault is sent with HTTP 200, as if it were a success',
    caughtBy: 'volumes.unknown-is-not-found',
    says: /a fault with HTTP 200/,
    answer: faultOf('deleteVirtualVolume', () => ({ status: 200 })),
  },
  {
    id: 'fault-without-detail',
    sentence: 'A fault does not say of what type it is',
    caughtBy: 'volumes.unknown-is-not-found',
    says: /an unknown volume: expected "NotFound", found undefined/,
    answer: faultOf('deleteVirtualVolume', ({ body }) => ({
      body: body.replace(/<detail>.*<\/detail>/s, ''),
    })),
  },
  {
    id: 'undeclared-fault',
    sentence: 'An operation answers with a fault that it does not declare',
    caughtBy: 'volumes.unknown-is-not-found',
    says: /deleteVirtualVolume does not declare InvalidLogin/,
    answer: faultOf('deleteVirtualVolume', ({ body }) => ({
      body: body.replaceAll('NotFound', 'InvalidLogin'),
    })),
  },
  {
    id: 'fault-in-another-namespace',
    sentence: 'The typed detail of a fault lies in a namespace of the vendor’s',
    caughtBy: 'volumes.unknown-is-not-found',
    says: /cannot be read/,
    answer: faultOf('deleteVirtualVolume', ({ body }) => ({
      body: body.replace(/http:\/\/com\.vmware\.vim\.vasa\/2\.0\/(?:\w+\/)*xsd/g, 'urn:vendor'),
    })),
  },
  {
    id: 'every-fault-the-same',
    sentence: 'Whatever goes wrong is a StorageFault',
    caughtBy: 'volumes.deleted-is-gone',
    says: /the second deletion: expected "NotFound", found "StorageFault"/,
    answer: faultOf('deleteVirtualVolume', ({ body }) => ({
      body: body.replaceAll('NotFound', 'StorageFault'),
    })),
  },
  {
    id: 'answer-cut-short',
    sentence: 'An answer ends in the middle',
    caughtBy: 'tasks.current-are-those-under-way',
    says: /the answer cannot be read/,
    answer: answerOf('getCurrentTask', (body) => body.slice(0, -20)),
  },
  {
    id: 'control-character-in-an-answer',
    sentence: 'A text holds a character that XML cannot carry',
    caughtBy: 'volumes.made-and-found',
    says: /the answer cannot be read/,
    answer: answerOf('queryVirtualVolumeInfo', (body) => body.replace('made as', 'made\u0001as')),
  },
  {
    id: 'big-numbers-rounded',
    sentence: 'Numbers of 64 bits pass through doubles, and lose their last digits',
    caughtBy: 'policies.mismatch-is-told',
    says: /mismatch/,
    handlers: {
      queryComplianceResult:
        (good) =>
        (context, { compliance }) =>
          good(context, {
            compliance: compliance.map(({ generationId, ...rest }) =>
              generationId === undefined
                ? rest
                : { ...rest, generationId: BigInt(Number(generationId)) },
            ),
          }),
    },
  },
  {
    id: 'no-fault-is-typed',
    sentence: 'No fault of any operation says of what type it is',
    caughtBy: 'refusals',
    says: /found undefined|untyped/,
    answer: (good) =>
      good.status === 200
        ? good
        : { ...good, body: good.body.replace(/<detail>.*<\/detail>/s, '') },
  },
  {
    id: 'every-fault-with-http-200',
    sentence: 'Every fault of every operation is sent with HTTP 200',
    caughtBy: 'refusals',
    says: /a fault with HTTP 200/,
    answer: (good) => (good.status === 200 ? good : { ...good, status: 200 }),
  },
];
