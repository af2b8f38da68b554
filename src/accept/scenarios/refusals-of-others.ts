/** Requests about everything but volumes that must be refused. Data: how they are tried is `refusals.ts`. */
import { randomUUID } from 'node:crypto';
import type { Scenario } from '../scenario.ts';
import { unknownVolume } from '../world/world.ts';
import { refusalsOf } from './refusals.ts';

const NOBODY = 'nothing of this name';
const BLANK = '';
const GARBAGE = 'bm90IGEgY2VydGlmaWNhdGU=';
const vCenter = { by: 'vCenter' } as const;
const policies = { ...vCenter, needs: ['capability profiles'] } as const;
const listOfHostPE = [
  {
    uniqueIdentifier: NOBODY,
    inBandBindCapability: 'None',
    inBandId: { protocolEndpointType: 'SCSI', lunId: `naa.${'6'.repeat(32)}` },
    transportIpAddress: [],
  },
];
export const OTHER_REFUSALS: readonly Scenario[] = [
  refusalsOf('getTaskUpdate', () => ({ taskId: NOBODY }), [
    ['InvalidArgument or NotFound', 'no id', () => ({ taskId: BLANK })],
    ['InvalidArgument or NotFound', 'an unknown task', () => ({ taskId: NOBODY })],
  ]),
  refusalsOf('getCurrentTask', () => ({}), [
    ['InvalidArgument or NotFound', 'an unknown array', () => ({ arrayId: NOBODY })],
  ]),
  refusalsOf('cancelTask', () => ({ taskId: NOBODY }), [
    ['InvalidArgument or NotFound', 'no id', () => ({ taskId: BLANK })],
    ['InvalidArgument or NotFound', 'an unknown task', () => ({ taskId: NOBODY })],
  ]),
  refusalsOf('setPEContext', () => ({ listOfHostPE }), [
    ['StorageFault', 'an unknown endpoint', () => ({ listOfHostPE })],
  ]),
  refusalsOf('setStorageContainerContext', ({ containerId }) => ({ containerId, userId: 'x' }), [
    [
      'InvalidArgument',
      'a container id of a wrong form',
      () => ({ containerId: NOBODY, userId: 'x' }),
    ],
    ['NotFound', 'an unknown container', () => ({ containerId: randomUUID(), userId: 'x' })],
  ]),
  refusalsOf(
    'activateProvider',
    () => ({ entityId: NOBODY }),
    [['InvalidArgument', 'an unknown array', () => ({ entityId: NOBODY })]],
    vCenter,
  ),
  refusalsOf(
    'activateProviderEx',
    () => ({ activationSpec: { entityId: NOBODY } }),
    [
      [
        'InvalidArgument or ActivateProviderFailed',
        'an unknown array',
        () => ({ activationSpec: { entityId: NOBODY } }),
      ],
    ],
    vCenter,
  ),
  refusalsOf('queryStorageContainer', () => ({ containerId: [] })),
  refusalsOf('queryProtocolEndpoint', () => ({ peId: [] })),
  refusalsOf('queryStorageContainerForArray', () => ({ arrayId: NOBODY }), [
    ['InvalidArgument or NotFound', 'an unknown array', () => ({ arrayId: NOBODY })],
  ]),
  refusalsOf('queryProtocolEndpointForArray', () => ({ arrayId: NOBODY }), [
    ['InvalidArgument or NotFound', 'an unknown array', () => ({ arrayId: NOBODY })],
  ]),
  refusalsOf(
    'queryCapabilityMetadata',
    () => ({ schemaId: [] }),
    [['NotFound', 'an unknown schema', () => ({ schemaId: [NOBODY] })]],
    policies,
  ),
  refusalsOf(
    'queryCapabilityProfile',
    () => ({ profileId: [] }),
    [['NotFound', 'an unknown profile', () => ({ profileId: [NOBODY] })]],
    policies,
  ),
  refusalsOf(
    'queryCapabilityProfileForResource',
    () => ({ resourceId: [] }),
    [
      [
        'NotFound or InvalidArgument',
        'an unknown container',
        () => ({ resourceId: [randomUUID()] }),
      ],
    ],
    policies,
  ),
  refusalsOf(
    'queryDefaultProfileForStorageContainer',
    ({ containerId }) => ({ containerId, entityType: [] }),
    [
      [
        'InvalidArgument',
        'a type that VASA has not',
        ({ containerId }) => ({ containerId, entityType: ['Spoon'] }),
      ],
      ['NotFound', 'an unknown container', () => ({ containerId: randomUUID(), entityType: [] })],
      [
        'InvalidArgument or NotFound',
        'a container id of a wrong form',
        () => ({ containerId: NOBODY, entityType: [] }),
      ],
    ],
    policies,
  ),
  refusalsOf(
    'queryComplianceResult',
    () => ({ compliance: [{ objectId: [unknownVolume()] }] }),
    [
      ['NotFound', 'an unknown volume', () => ({ compliance: [{ objectId: [unknownVolume()] }] })],
      [
        'InvalidArgument or NotFound',
        'an id of a wrong form',
        () => ({ compliance: [{ objectId: [NOBODY] }] }),
      ],
    ],
    vCenter,
  ),
  refusalsOf('getEvents', () => ({}), [
    ['InvalidArgument', 'an id below -1', () => ({ lastEventId: -2n })],
    ['InvalidArgument', 'an id above all', () => ({ lastEventId: 2n ** 63n - 1n })],
  ]),
  refusalsOf('getAlarms', () => ({}), [
    ['InvalidArgument', 'an id below -1', () => ({ lastAlarmId: -2n })],
    ['InvalidArgument', 'an id above all', () => ({ lastAlarmId: 2n ** 63n - 1n })],
  ]),
  refusalsOf('queryCatalog', () => ({})),
  refusalsOf('queryCACertificates', () => ({}), [], vCenter),
  refusalsOf('queryCACertificateRevocationLists', () => ({}), [], vCenter),
  refusalsOf(
    'refreshCACertificatesAndCRLs',
    () => ({ caRootCert: [GARBAGE], caCRL: [] }),
    [
      [
        'InvalidCertificate',
        'a root that is no certificate',
        () => ({ caRootCert: [GARBAGE], caCRL: [] }),
      ],
      [
        'InvalidCertificate',
        'a list that is none',
        ({ world }) => ({ caRootCert: [world.site.authority.certificatePem], caCRL: [GARBAGE] }),
      ],
    ],
    vCenter,
  ),
];
