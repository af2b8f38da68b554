/**
 * Service `vasaService`, version 2.0. Generated, do not edit.
 *
 * Generator: scripts/generate.ts
 * Source: wsdl/vasa-2.0
 * SHA-256 of the source: 48b4dfa36362a4555a4c62891942484d5621a94d5308f5ec5a59652456d6751e
 */

import type { ServiceDescriptor } from '../../descriptor.ts';

/** The whole service as data, for the codec. */
export const service: ServiceDescriptor = {
  version: '2.0',
  targetNamespace: 'http://com.vmware.vim.vasa/2.0/',
  serviceName: 'vasaService',
  namespaces: [
    'http://com.vmware.vim.vasa/2.0/xsd',
    'http://data.vasa.vim.vmware.com/xsd',
    'http://compliance.policy.data.vasa.vim.vmware.com/xsd',
    'http://capability.policy.data.vasa.vim.vmware.com/xsd',
    'http://policy.data.vasa.vim.vmware.com/xsd',
    'http://fault.vasa.vim.vmware.com/xsd',
    'http://vvol.data.vasa.vim.vmware.com/xsd',
    'http://statistics.data.vasa.vim.vmware.com/xsd',
    'http://provider.capability.policy.data.vasa.vim.vmware.com/xsd',
    'http://profile.policy.data.vasa.vim.vmware.com/xsd',
    'http://types.capability.policy.data.vasa.vim.vmware.com/xsd',
    'http://placement.policy.data.vasa.vim.vmware.com/xsd',
  ],
  types: {
    Exception: {
      kind: 'complex', local: 'Exception', namespace: 0,
      fields: [
        { name: 'Exception', namespace: 0, type: 'xs:anyType', min: 0, max: 1, nillable: true },
      ],
    },
    ActivationSpec: {
      kind: 'complex', local: 'ActivationSpec', namespace: 1,
      fields: [
        { name: 'currentActiveProviderUrl', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'entityId', namespace: 1, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    AlarmStatusEnum: { kind: 'enumeration', local: 'AlarmStatusEnum', namespace: 1, values: ['Red', 'Green', 'Yellow'] },
    AlarmTypeEnum: { kind: 'enumeration', local: 'AlarmTypeEnum', namespace: 1, values: ['SpaceCapacity', 'Capability', 'StorageObject', 'Object', 'Compliance', 'Manageability'] },
    BackingConfig: {
      kind: 'complex', local: 'BackingConfig', namespace: 1,
      fields: [
        { name: 'autoTieringEnabled', namespace: 1, type: 'xs:boolean', min: 0, max: 1, nillable: false },
        { name: 'deduplicationBackingIdentifier', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'deduplicationEfficiency', namespace: 1, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'performanceOptimizationInterval', namespace: 1, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'thinProvisionBackingIdentifier', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    BackingStoragePool: {
      kind: 'complex', local: 'BackingStoragePool', namespace: 1, base: 'BaseStorageEntity',
      fields: [
        { name: 'capacityInMB', namespace: 1, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'type', namespace: 1, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'usedSpaceInMB', namespace: 1, type: 'xs:long', min: 1, max: 1, nillable: false },
      ],
    },
    BackingStoragePoolTypeEnum: { kind: 'enumeration', local: 'BackingStoragePoolTypeEnum', namespace: 1, values: ['ThinProvisioningPool', 'DeduplicationPool', 'ThinAndDeduplicationCombinedPool'] },
    BaseStorageEntity: {
      kind: 'complex', local: 'BaseStorageEntity', namespace: 1,
      fields: [
        { name: 'uniqueIdentifier', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    BlockEnum: { kind: 'enumeration', local: 'BlockEnum', namespace: 1, values: ['FC', 'ISCSI', 'FCoE', 'Other'] },
    ComplianceAlarm: {
      kind: 'complex', local: 'ComplianceAlarm', namespace: 1, base: 'StorageAlarm',
      fields: [
        { name: 'complianceStatus', namespace: 1, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'operationalStatus', namespace: 1, type: 'OperationalStatus', min: 0, max: 1, nillable: true },
        { name: 'profileId', namespace: 1, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'violatedPolicy', namespace: 1, type: 'PolicyStatus', min: 0, max: 'many', nillable: false },
      ],
    },
    EntitySet: {
      kind: 'complex', local: 'EntitySet', namespace: 1,
      fields: [
        { name: 'entityId', namespace: 1, type: 'xs:string', min: 1, max: 'many', nillable: false },
      ],
    },
    EntityTypeEnum: { kind: 'enumeration', local: 'EntityTypeEnum', namespace: 1, values: ['StorageArray', 'StorageProcessor', 'StoragePort', 'StorageLun', 'StorageFileSystem', 'StorageCapability', 'StorageCapabilitySchema', 'CapabilitySchema', 'CapabilityProfile', 'DefaultProfile', 'ResourceAssociation', 'StorageContainer', 'StorageObject', 'MessageCatalog', 'ProtocolEndpoint', 'VirtualVolumeInfo', 'BackingStoragePool'] },
    EventConfigTypeEnum: { kind: 'enumeration', local: 'EventConfigTypeEnum', namespace: 1, values: ['New', 'Update', 'Delete'] },
    EventPolicyTypeEnum: { kind: 'enumeration', local: 'EventPolicyTypeEnum', namespace: 1, values: ['New', 'Update', 'Delete'] },
    EventTypeEnum: { kind: 'enumeration', local: 'EventTypeEnum', namespace: 1, values: ['System', 'Config', 'Policy', 'ConfigProtocolEndpoint', 'Rebind'] },
    FileSystemEnum: { kind: 'enumeration', local: 'FileSystemEnum', namespace: 1, values: ['NFS', 'Other'] },
    FileSystemInfo: {
      kind: 'complex', local: 'FileSystemInfo', namespace: 1,
      fields: [
        { name: 'fileServerName', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'fileSystemPath', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'ipAddress', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    FileSystemVersionEnum: { kind: 'enumeration', local: 'FileSystemVersionEnum', namespace: 1, values: ['NFSV3_0', 'NFSV4_x', 'Other'] },
    HostInitiatorInfo: {
      kind: 'complex', local: 'HostInitiatorInfo', namespace: 1, base: 'BaseStorageEntity',
      fields: [
        { name: 'iscsiIdentifier', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'nodeWwn', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'portWwn', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    MessageCatalog: {
      kind: 'complex', local: 'MessageCatalog', namespace: 1,
      fields: [
        { name: 'catalogName', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'catalogUri', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'catalogVersion', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'lastModified', namespace: 1, type: 'xs:dateTime', min: 0, max: 1, nillable: true },
        { name: 'locale', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'moduleName', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    MountInfo: {
      kind: 'complex', local: 'MountInfo', namespace: 1,
      fields: [
        { name: 'filePath', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'serverName', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    NameValuePair: {
      kind: 'complex', local: 'NameValuePair', namespace: 1,
      fields: [
        { name: 'parameterName', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'parameterValue', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    PolicyEnum: { kind: 'enumeration', local: 'PolicyEnum', namespace: 1, values: ['Schema', 'Profile', 'Resource', 'Placement', 'Compliance'] },
    ProfileEnum: { kind: 'enumeration', local: 'ProfileEnum', namespace: 1, values: ['BlockDeviceProfile', 'FileSystemProfile', 'CapabilityProfile', 'StorageObjectProfile', 'VirtualVolumeProfile', 'VirtualMetroStorageClusterProfile', 'StatisticsProfile', 'StorageDrsBlockDevice', 'StorageDrsFileSystem'] },
    ProviderProfileEnum: { kind: 'enumeration', local: 'ProviderProfileEnum', namespace: 1, values: ['ProfileBasedManagementProfile'] },
    RemoteReplicationEnum: { kind: 'enumeration', local: 'RemoteReplicationEnum', namespace: 1, values: ['ActiveActive', 'ActivePassive', 'None'] },
    StorageAlarm: {
      kind: 'complex', local: 'StorageAlarm', namespace: 1,
      fields: [
        { name: 'alarmId', namespace: 1, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'alarmTimeStamp', namespace: 1, type: 'xs:dateTime', min: 0, max: 1, nillable: true },
        { name: 'alarmType', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'containerId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'messageId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'objectId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'objectType', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'parameterList', namespace: 1, type: 'NameValuePair', min: 0, max: 'many', nillable: false },
        { name: 'status', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    StorageArray: {
      kind: 'complex', local: 'StorageArray', namespace: 1, base: 'BaseStorageEntity',
      fields: [
        { name: 'alternateName', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: false },
        { name: 'arrayName', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'firmware', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'modelId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'priority', namespace: 1, type: 'xs:int', min: 1, max: 1, nillable: false },
        { name: 'supportedBlock', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: false },
        { name: 'supportedFileSystem', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: false },
        { name: 'supportedProfile', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: false },
        { name: 'vendorId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    StorageCapability: {
      kind: 'complex', local: 'StorageCapability', namespace: 1, base: 'BaseStorageEntity',
      fields: [
        { name: 'capabilityDetail', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'capabilityName', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    StorageCatalogEnum: { kind: 'enumeration', local: 'StorageCatalogEnum', namespace: 1, values: ['Alarm', 'Event', 'Fault', 'Policy'] },
    StorageContainer: {
      kind: 'complex', local: 'StorageContainer', namespace: 1, base: 'BaseStorageEntity',
      fields: [
        { name: 'maxVvolSizeMB', namespace: 1, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'name', namespace: 1, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'protocolEndPointType', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    StorageDrsMigrationCapabilityResult: {
      kind: 'complex', local: 'StorageDrsMigrationCapabilityResult', namespace: 1,
      fields: [
        { name: 'nonRecommendedEntitySet', namespace: 1, type: 'EntitySet', min: 0, max: 'many', nillable: false },
      ],
    },
    StorageEvent: {
      kind: 'complex', local: 'StorageEvent', namespace: 1,
      fields: [
        { name: 'arrayId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'eventConfigType', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'eventId', namespace: 1, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'eventObjType', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'eventTimeStamp', namespace: 1, type: 'xs:dateTime', min: 0, max: 1, nillable: true },
        { name: 'eventType', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'messageId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'objectId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'parameterList', namespace: 1, type: 'NameValuePair', min: 0, max: 'many', nillable: false },
      ],
    },
    StorageFileSystem: {
      kind: 'complex', local: 'StorageFileSystem', namespace: 1, base: 'BaseStorageEntity',
      fields: [
        { name: 'backingConfig', namespace: 1, type: 'BackingConfig', min: 0, max: 1, nillable: true },
        { name: 'fileSystem', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'fileSystemInfo', namespace: 1, type: 'FileSystemInfo', min: 0, max: 'many', nillable: false },
        { name: 'fileSystemVersion', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'nativeSnapshotSupported', namespace: 1, type: 'xs:boolean', min: 0, max: 1, nillable: false },
        { name: 'thinProvisioningStatus', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    StorageLun: {
      kind: 'complex', local: 'StorageLun', namespace: 1, base: 'BaseStorageEntity',
      fields: [
        { name: 'alternateIdentifier', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: false },
        { name: 'backingConfig', namespace: 1, type: 'BackingConfig', min: 0, max: 1, nillable: true },
        { name: 'capacityInMB', namespace: 1, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'displayName', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'drsManagementPermitted', namespace: 1, type: 'xs:boolean', min: 0, max: 1, nillable: false },
        { name: 'esxLunIdentifier', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'thinProvisioned', namespace: 1, type: 'xs:boolean', min: 0, max: 1, nillable: false },
        { name: 'thinProvisioningStatus', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'usedSpaceInMB', namespace: 1, type: 'xs:long', min: 0, max: 1, nillable: false },
      ],
    },
    StoragePort: {
      kind: 'complex', local: 'StoragePort', namespace: 1, base: 'BaseStorageEntity',
      fields: [
        { name: 'alternateName', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: false },
        { name: 'iscsiIdentifier', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'nodeWwn', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'portType', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'portWwn', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    StorageProcessor: {
      kind: 'complex', local: 'StorageProcessor', namespace: 1, base: 'BaseStorageEntity',
      fields: [
        { name: 'spIdentifier', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    UsageContext: {
      kind: 'complex', local: 'UsageContext', namespace: 1,
      fields: [
        { name: 'chapUsername', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: false },
        { name: 'hostGuid', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'hostInitiator', namespace: 1, type: 'HostInitiatorInfo', min: 0, max: 'many', nillable: false },
        { name: 'hostIoIpAddress', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: false },
        { name: 'iscsiInitiatorIpAddress', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: false },
        { name: 'mountPoint', namespace: 1, type: 'MountInfo', min: 0, max: 'many', nillable: false },
        { name: 'sessionTimeoutInSeconds', namespace: 1, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'subscribeEvent', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: false },
        { name: 'vcGuid', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    VasaAssociationObject: {
      kind: 'complex', local: 'VasaAssociationObject', namespace: 1,
      fields: [
        { name: 'associatedId', namespace: 1, type: 'BaseStorageEntity', min: 0, max: 'many', nillable: false },
        { name: 'entityId', namespace: 1, type: 'BaseStorageEntity', min: 0, max: 'many', nillable: false },
      ],
    },
    VasaProviderInfo: {
      kind: 'complex', local: 'VasaProviderInfo', namespace: 1,
      fields: [
        { name: 'defaultNamespace', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'defaultSessionTimeoutInSeconds', namespace: 1, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'maxBatchSize', namespace: 1, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'maxConcurrentRequestsPerSession', namespace: 1, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'name', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'needsExplicitActivation', namespace: 1, type: 'xs:boolean', min: 0, max: 1, nillable: false },
        { name: 'retainVasaProviderCertificate', namespace: 1, type: 'xs:boolean', min: 0, max: 1, nillable: false },
        { name: 'sessionId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'supportedProfile', namespace: 1, type: 'xs:string', min: 1, max: 'many', nillable: false },
        { name: 'supportedVendorModel', namespace: 1, type: 'VendorModel', min: 0, max: 'many', nillable: false },
        { name: 'uid', namespace: 1, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'vasaApiVersion', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'vasaProviderVersion', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    VendorModel: {
      kind: 'complex', local: 'VendorModel', namespace: 1,
      fields: [
        { name: 'modelId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'vendorId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    ComplianceResult: {
      kind: 'complex', local: 'ComplianceResult', namespace: 2,
      fields: [
        { name: 'checkTime', namespace: 2, type: 'xs:dateTime', min: 1, max: 1, nillable: false },
        { name: 'complianceStatus', namespace: 2, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'objectId', namespace: 2, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'operationalStatus', namespace: 2, type: 'OperationalStatus', min: 0, max: 1, nillable: true },
        { name: 'profileId', namespace: 2, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'profileMismatch', namespace: 2, type: 'xs:boolean', min: 1, max: 1, nillable: false },
        { name: 'violatedPolicy', namespace: 2, type: 'PolicyStatus', min: 0, max: 'many', nillable: false },
      ],
    },
    ComplianceStatusEnum: { kind: 'enumeration', local: 'ComplianceStatusEnum', namespace: 2, values: ['compliant', 'nonCompliant', 'unknown'] },
    ComplianceSubject: {
      kind: 'complex', local: 'ComplianceSubject', namespace: 2,
      fields: [
        { name: 'generationId', namespace: 2, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'objectId', namespace: 2, type: 'xs:string', min: 1, max: 'many', nillable: false },
        { name: 'profileId', namespace: 2, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    OperationalStatus: {
      kind: 'complex', local: 'OperationalStatus', namespace: 2,
      fields: [
        { name: 'healthy', namespace: 2, type: 'xs:boolean', min: 0, max: 1, nillable: false },
        { name: 'operationETA', namespace: 2, type: 'xs:dateTime', min: 0, max: 1, nillable: true },
        { name: 'operationProgress', namespace: 2, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'transitional', namespace: 2, type: 'xs:boolean', min: 0, max: 1, nillable: false },
      ],
    },
    PolicyStatus: {
      kind: 'complex', local: 'PolicyStatus', namespace: 2,
      fields: [
        { name: 'currentValue', namespace: 2, type: 'CapabilityInstance', min: 1, max: 1, nillable: false },
        { name: 'expectedValue', namespace: 2, type: 'CapabilityInstance', min: 1, max: 1, nillable: false },
      ],
    },
    CapabilityId: {
      kind: 'complex', local: 'CapabilityId', namespace: 3,
      fields: [
        { name: 'id', namespace: 3, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'namespace', namespace: 3, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    CapabilityInstance: {
      kind: 'complex', local: 'CapabilityInstance', namespace: 3,
      fields: [
        { name: 'capabilityId', namespace: 3, type: 'CapabilityId', min: 1, max: 1, nillable: false },
        { name: 'constraint', namespace: 3, type: 'ConstraintInstance', min: 1, max: 'many', nillable: false },
      ],
    },
    CapabilityMetadata: {
      kind: 'complex', local: 'CapabilityMetadata', namespace: 3,
      fields: [
        { name: 'allowMultipleConstraints', namespace: 3, type: 'xs:boolean', min: 0, max: 1, nillable: false },
        { name: 'capabilityId', namespace: 3, type: 'CapabilityId', min: 1, max: 1, nillable: false },
        { name: 'hint', namespace: 3, type: 'xs:boolean', min: 0, max: 1, nillable: false },
        { name: 'keyId', namespace: 3, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'mandatory', namespace: 3, type: 'xs:boolean', min: 0, max: 1, nillable: false },
        { name: 'propertyMetadata', namespace: 3, type: 'PropertyMetadata', min: 1, max: 'many', nillable: false },
        { name: 'summary', namespace: 3, type: 'ExtendedElementDescription', min: 1, max: 1, nillable: false },
      ],
    },
    ConstraintInstance: {
      kind: 'complex', local: 'ConstraintInstance', namespace: 3,
      fields: [
        { name: 'propertyInstance', namespace: 3, type: 'PropertyInstance', min: 1, max: 'many', nillable: false },
      ],
    },
    GenericTypeInfo: {
      kind: 'complex', local: 'GenericTypeInfo', namespace: 3, base: 'TypeInfo',
      fields: [
        { name: 'genericTypeName', namespace: 3, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    PropertyInstance: {
      kind: 'complex', local: 'PropertyInstance', namespace: 3,
      fields: [
        { name: 'id', namespace: 3, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'value', namespace: 3, type: 'xs:anyType', min: 1, max: 1, nillable: false },
      ],
    },
    PropertyMetadata: {
      kind: 'complex', local: 'PropertyMetadata', namespace: 3,
      fields: [
        { name: 'allowedValue', namespace: 3, type: 'xs:anyType', min: 0, max: 'many', nillable: false },
        { name: 'defaultValue', namespace: 3, type: 'xs:anyType', min: 0, max: 1, nillable: true },
        { name: 'hint', namespace: 3, type: 'xs:boolean', min: 0, max: 1, nillable: false },
        { name: 'id', namespace: 3, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'mandatory', namespace: 3, type: 'xs:boolean', min: 1, max: 1, nillable: false },
        { name: 'requirementsTypeHint', namespace: 3, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'summary', namespace: 3, type: 'ExtendedElementDescription', min: 1, max: 1, nillable: false },
        { name: 'type', namespace: 3, type: 'TypeInfo', min: 1, max: 1, nillable: false },
      ],
    },
    TypeInfo: {
      kind: 'complex', local: 'TypeInfo', namespace: 3,
      fields: [
        { name: 'typeName', namespace: 3, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    ExtendedElementDescription: {
      kind: 'complex', local: 'ExtendedElementDescription', namespace: 4,
      fields: [
        { name: 'key', namespace: 4, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'label', namespace: 4, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'messageArg', namespace: 4, type: 'KeyAnyValue', min: 0, max: 'many', nillable: false },
        { name: 'messageCatalogKeyPrefix', namespace: 4, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'summary', namespace: 4, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    KeyAnyValue: {
      kind: 'complex', local: 'KeyAnyValue', namespace: 4,
      fields: [
        { name: 'key', namespace: 4, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'value', namespace: 4, type: 'xs:anyType', min: 1, max: 1, nillable: false },
      ],
    },
    LocalizableMessage: {
      kind: 'complex', local: 'LocalizableMessage', namespace: 4,
      fields: [
        { name: 'arg', namespace: 4, type: 'KeyAnyValue', min: 0, max: 'many', nillable: false },
        { name: 'key', namespace: 4, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'message', namespace: 4, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    Resource: {
      kind: 'complex', local: 'Resource', namespace: 4,
      fields: [
        { name: 'resourceId', namespace: 4, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'resourceType', namespace: 4, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    ResourceAssociation: {
      kind: 'complex', local: 'ResourceAssociation', namespace: 4,
      fields: [
        { name: 'profileId', namespace: 4, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'resourceId', namespace: 4, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    ActivateProviderFailed: {
      kind: 'complex', local: 'ActivateProviderFailed', namespace: 5, base: 'Exception',
      fields: [],
    },
    InactiveProvider: {
      kind: 'complex', local: 'InactiveProvider', namespace: 5, base: 'Exception',
      fields: [
        { name: 'entityId', namespace: 5, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'entityType', namespace: 5, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    IncompatibleVolume: {
      kind: 'complex', local: 'IncompatibleVolume', namespace: 5, base: 'Exception',
      fields: [],
    },
    InvalidArgument: {
      kind: 'complex', local: 'InvalidArgument', namespace: 5, base: 'Exception',
      fields: [],
    },
    InvalidCertificate: {
      kind: 'complex', local: 'InvalidCertificate', namespace: 5, base: 'Exception',
      fields: [
        { name: 'certificate', namespace: 5, type: 'xs:string', min: 0, max: 'many', nillable: true },
        { name: 'crl', namespace: 5, type: 'xs:string', min: 0, max: 'many', nillable: true },
      ],
    },
    InvalidLogin: {
      kind: 'complex', local: 'InvalidLogin', namespace: 5, base: 'Exception',
      fields: [],
    },
    InvalidProfile: {
      kind: 'complex', local: 'InvalidProfile', namespace: 5, base: 'Exception',
      fields: [],
    },
    InvalidSession: {
      kind: 'complex', local: 'InvalidSession', namespace: 5, base: 'Exception',
      fields: [],
    },
    InvalidStatisticsContext: {
      kind: 'complex', local: 'InvalidStatisticsContext', namespace: 5, base: 'Exception',
      fields: [],
    },
    LostAlarm: {
      kind: 'complex', local: 'LostAlarm', namespace: 5, base: 'Exception',
      fields: [],
    },
    LostEvent: {
      kind: 'complex', local: 'LostEvent', namespace: 5, base: 'Exception',
      fields: [],
    },
    NotCancellable: {
      kind: 'complex', local: 'NotCancellable', namespace: 5, base: 'Exception',
      fields: [],
    },
    NotFound: {
      kind: 'complex', local: 'NotFound', namespace: 5, base: 'Exception',
      fields: [],
    },
    NotImplemented: {
      kind: 'complex', local: 'NotImplemented', namespace: 5, base: 'Exception',
      fields: [],
    },
    NotSupported: {
      kind: 'complex', local: 'NotSupported', namespace: 5, base: 'Exception',
      fields: [],
    },
    OutOfResource: {
      kind: 'complex', local: 'OutOfResource', namespace: 5, base: 'Exception',
      fields: [],
    },
    PermissionDenied: {
      kind: 'complex', local: 'PermissionDenied', namespace: 5, base: 'Exception',
      fields: [],
    },
    ResourceInUse: {
      kind: 'complex', local: 'ResourceInUse', namespace: 5, base: 'Exception',
      fields: [],
    },
    SnapshotTooMany: {
      kind: 'complex', local: 'SnapshotTooMany', namespace: 5, base: 'Exception',
      fields: [],
    },
    StorageFault: {
      kind: 'complex', local: 'StorageFault', namespace: 5, base: 'Exception',
      fields: [
        { name: 'faultMessageId', namespace: 5, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'parameterList', namespace: 5, type: 'NameValuePair', min: 0, max: 'many', nillable: true },
      ],
    },
    Timeout: {
      kind: 'complex', local: 'Timeout', namespace: 5, base: 'Exception',
      fields: [],
    },
    TooMany: {
      kind: 'complex', local: 'TooMany', namespace: 5, base: 'Exception',
      fields: [
        { name: 'maxBatchSize', namespace: 5, type: 'xs:long', min: 0, max: 1, nillable: false },
      ],
    },
    VasaProviderBusy: {
      kind: 'complex', local: 'VasaProviderBusy', namespace: 5, base: 'Exception',
      fields: [],
    },
    BatchErrorResult: {
      kind: 'complex', local: 'BatchErrorResult', namespace: 6,
      fields: [
        { name: 'error', namespace: 6, type: 'xs:anyType', min: 1, max: 'many', nillable: false },
      ],
    },
    BatchReturnStatus: {
      kind: 'complex', local: 'BatchReturnStatus', namespace: 6,
      fields: [
        { name: 'errorResult', namespace: 6, type: 'BatchErrorResult', min: 0, max: 1, nillable: true },
        { name: 'uniqueId', namespace: 6, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    BatchReturnStatusArray: {
      kind: 'complex', local: 'BatchReturnStatusArray', namespace: 6,
      fields: [
        { name: 'batchReturnStatusArray', namespace: 6, type: 'BatchReturnStatus', min: 1, max: 'many', nillable: false },
      ],
    },
    BatchVirtualVolumeHandleResult: {
      kind: 'complex', local: 'BatchVirtualVolumeHandleResult', namespace: 6,
      fields: [
        { name: 'fault', namespace: 6, type: 'xs:anyType', min: 0, max: 1, nillable: true },
        { name: 'vvolHandle', namespace: 6, type: 'VirtualVolumeHandle', min: 0, max: 1, nillable: true },
        { name: 'vvolId', namespace: 6, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'vvolInfo', namespace: 6, type: 'VirtualVolumeInfo', min: 0, max: 1, nillable: true },
        { name: 'vvolLogicalSize', namespace: 6, type: 'xs:long', min: 0, max: 1, nillable: false },
      ],
    },
    BindContextEnum: { kind: 'enumeration', local: 'BindContextEnum', namespace: 6, values: ['Normal', 'RebindStart'] },
    ContainerSpaceStats: {
      kind: 'complex', local: 'ContainerSpaceStats', namespace: 6,
      fields: [
        { name: 'logicalFree', namespace: 6, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'logicalLimit', namespace: 6, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'logicalUsed', namespace: 6, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'objectId', namespace: 6, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'physicalFree', namespace: 6, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'physicalTotal', namespace: 6, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'physicalUsed', namespace: 6, type: 'xs:long', min: 1, max: 1, nillable: false },
      ],
    },
    InBandBindCapabilityEnum: { kind: 'enumeration', local: 'InBandBindCapabilityEnum', namespace: 6, values: ['None', 'LocalBind', 'GlobalBind'] },
    PrepareSnapshotResult: {
      kind: 'complex', local: 'PrepareSnapshotResult', namespace: 6,
      fields: [
        { name: 'parentInfo', namespace: 6, type: 'VirtualVolumeInfo', min: 1, max: 1, nillable: false },
        { name: 'parentStats', namespace: 6, type: 'SpaceStats', min: 1, max: 1, nillable: false },
        { name: 'snapshotId', namespace: 6, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    ProtocolEndpoint: {
      kind: 'complex', local: 'ProtocolEndpoint', namespace: 6, base: 'BaseStorageEntity',
      fields: [
        { name: 'authType', namespace: 6, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'inBandBindCapability', namespace: 6, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'inBandId', namespace: 6, type: 'ProtocolEndpointInbandId', min: 1, max: 1, nillable: false },
        { name: 'transportIpAddress', namespace: 6, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    ProtocolEndpointAuthEnum: { kind: 'enumeration', local: 'ProtocolEndpointAuthEnum', namespace: 6, values: ['System', 'Kerberos5'] },
    ProtocolEndpointInbandId: {
      kind: 'complex', local: 'ProtocolEndpointInbandId', namespace: 6,
      fields: [
        { name: 'ipAddress', namespace: 6, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'lunId', namespace: 6, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'protocolEndpointType', namespace: 6, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'serverMajor', namespace: 6, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'serverMinor', namespace: 6, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'serverMount', namespace: 6, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'serverScope', namespace: 6, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    ProtocolEndpointTypeEnum: { kind: 'enumeration', local: 'ProtocolEndpointTypeEnum', namespace: 6, values: ['NFS', 'SCSI', 'NFS4x'] },
    QueryConstraint: {
      kind: 'complex', local: 'QueryConstraint', namespace: 6,
      fields: [
        { name: 'key', namespace: 6, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'value', namespace: 6, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    RebindEvent: {
      kind: 'complex', local: 'RebindEvent', namespace: 6, base: 'StorageEvent',
      fields: [
        { name: 'vvolId', namespace: 6, type: 'xs:string', min: 1, max: 'many', nillable: false },
      ],
    },
    SnapTypeEnum: { kind: 'enumeration', local: 'SnapTypeEnum', namespace: 6, values: ['SnapshotReadOnly', 'SnapshotReadWrite'] },
    SpaceStats: {
      kind: 'complex', local: 'SpaceStats', namespace: 6,
      fields: [
        { name: 'committed', namespace: 6, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'logical', namespace: 6, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'objectId', namespace: 6, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'unshared', namespace: 6, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'unsharedValid', namespace: 6, type: 'xs:boolean', min: 1, max: 1, nillable: false },
      ],
    },
    TaskInfo: {
      kind: 'complex', local: 'TaskInfo', namespace: 6,
      fields: [
        { name: 'arrayId', namespace: 6, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'cancelable', namespace: 6, type: 'xs:boolean', min: 1, max: 1, nillable: false },
        { name: 'cancelled', namespace: 6, type: 'xs:boolean', min: 1, max: 1, nillable: false },
        { name: 'error', namespace: 6, type: 'xs:anyType', min: 0, max: 1, nillable: true },
        { name: 'estimatedTimeToComplete', namespace: 6, type: 'xs:dateTime', min: 0, max: 1, nillable: true },
        { name: 'name', namespace: 6, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'progress', namespace: 6, type: 'xs:int', min: 1, max: 1, nillable: false },
        { name: 'progressUpdateAvailable', namespace: 6, type: 'xs:boolean', min: 1, max: 1, nillable: false },
        { name: 'result', namespace: 6, type: 'xs:anyType', min: 0, max: 1, nillable: true },
        { name: 'startTime', namespace: 6, type: 'xs:dateTime', min: 1, max: 1, nillable: false },
        { name: 'taskId', namespace: 6, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'taskState', namespace: 6, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    TaskStateEnum: { kind: 'enumeration', local: 'TaskStateEnum', namespace: 6, values: ['Error', 'Queued', 'Running', 'Success'] },
    UnbindContextEnum: { kind: 'enumeration', local: 'UnbindContextEnum', namespace: 6, values: ['Normal', 'RebindStart', 'RebindEnd'] },
    VirtualVolumeBitmapResult: {
      kind: 'complex', local: 'VirtualVolumeBitmapResult', namespace: 6,
      fields: [
        { name: 'chunkBitmap', namespace: 6, type: 'xs:base64Binary', min: 1, max: 1, nillable: false },
      ],
    },
    VirtualVolumeHandle: {
      kind: 'complex', local: 'VirtualVolumeHandle', namespace: 6, base: 'BaseStorageEntity',
      fields: [
        { name: 'peInBandId', namespace: 6, type: 'ProtocolEndpointInbandId', min: 1, max: 1, nillable: false },
        { name: 'vvolSecondaryId', namespace: 6, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    VirtualVolumeInfo: {
      kind: 'complex', local: 'VirtualVolumeInfo', namespace: 6, base: 'BaseStorageEntity',
      fields: [
        { name: 'metadata', namespace: 6, type: 'NameValuePair', min: 0, max: 'many', nillable: false },
        { name: 'vvolId', namespace: 6, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    VirtualVolumeTypeEnum: { kind: 'enumeration', local: 'VirtualVolumeTypeEnum', namespace: 6, values: ['Config', 'Data', 'Swap', 'Memory', 'Other'] },
    VirtualVolumeUnsharedChunksResult: {
      kind: 'complex', local: 'VirtualVolumeUnsharedChunksResult', namespace: 6,
      fields: [
        { name: 'chunkSizeBytes', namespace: 6, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'scannedChunks', namespace: 6, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'unsharedChunks', namespace: 6, type: 'xs:long', min: 1, max: 1, nillable: false },
      ],
    },
    ArrayStatisticsManifest: {
      kind: 'complex', local: 'ArrayStatisticsManifest', namespace: 7,
      fields: [
        { name: 'arrayId', namespace: 7, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'entityStatisticsManifest', namespace: 7, type: 'EntityStatisticsManifest', min: 1, max: 'many', nillable: false },
      ],
    },
    AssociatedStatistics: {
      kind: 'complex', local: 'AssociatedStatistics', namespace: 7,
      fields: [
        { name: 'entityId', namespace: 7, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'statisticsString', namespace: 7, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    CounterCollectedTypeEnum: { kind: 'enumeration', local: 'CounterCollectedTypeEnum', namespace: 7, values: ['Cumulative', 'Absolute'] },
    CounterInfo: {
      kind: 'complex', local: 'CounterInfo', namespace: 7,
      fields: [
        { name: 'counterId', namespace: 7, type: 'xs:int', min: 1, max: 1, nillable: false },
        { name: 'nameValue', namespace: 7, type: 'NameValuePair', min: 0, max: 'many', nillable: false },
      ],
    },
    CounterNameEnum: { kind: 'enumeration', local: 'CounterNameEnum', namespace: 7, values: ['TotalIOs', 'KBytesTransfered', 'IOTimeCounter', 'ReadIOs', 'ReadHitIOs', 'ReadIOTimeCounter', 'ReadHitIOTimeCounter', 'KBytesRead', 'WriteIOs', 'WriteHitIOs', 'WriteIOTimeCounter', 'WriteHitIOTimeCounter', 'KBytesWritten', 'OtherIOs', 'IdleTimeCounter', 'StatisticsTime'] },
    CounterTypeEnum: { kind: 'enumeration', local: 'CounterTypeEnum', namespace: 7, values: ['Uint64', 'String'] },
    CounterUnitEnum: { kind: 'enumeration', local: 'CounterUnitEnum', namespace: 7, values: ['Number', 'KiloByte', 'MilliSecond', 'Timestamp'] },
    EntityStatisticsManifest: {
      kind: 'complex', local: 'EntityStatisticsManifest', namespace: 7,
      fields: [
        { name: 'counterInfo', namespace: 7, type: 'CounterInfo', min: 1, max: 'many', nillable: false },
        { name: 'entityTypeName', namespace: 7, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'maxRetrievalSize', namespace: 7, type: 'xs:int', min: 1, max: 1, nillable: false },
        { name: 'pollingInterval', namespace: 7, type: 'xs:int', min: 1, max: 1, nillable: false },
      ],
    },
    CapabilityMetadataPerCategory: {
      kind: 'complex', local: 'CapabilityMetadataPerCategory', namespace: 8,
      fields: [
        { name: 'capabilityMetadata', namespace: 8, type: 'CapabilityMetadata', min: 1, max: 'many', nillable: false },
        { name: 'category', namespace: 8, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    CapabilitySchema: {
      kind: 'complex', local: 'CapabilitySchema', namespace: 8,
      fields: [
        { name: 'capabilityMetadataPerCategory', namespace: 8, type: 'CapabilityMetadataPerCategory', min: 1, max: 'many', nillable: false },
        { name: 'namespaceInfo', namespace: 8, type: 'NamespaceInfo', min: 1, max: 1, nillable: false },
        { name: 'schemaId', namespace: 8, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'vendorInfo', namespace: 8, type: 'VendorInfo', min: 1, max: 1, nillable: false },
      ],
    },
    NamespaceInfo: {
      kind: 'complex', local: 'NamespaceInfo', namespace: 8,
      fields: [
        { name: 'namespace', namespace: 8, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'version', namespace: 8, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    VendorInfo: {
      kind: 'complex', local: 'VendorInfo', namespace: 8,
      fields: [
        { name: 'info', namespace: 8, type: 'ExtendedElementDescription', min: 1, max: 1, nillable: false },
        { name: 'vendorUuid', namespace: 8, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    CapabilityConstraints: {
      kind: 'complex', local: 'CapabilityConstraints', namespace: 9,
      fields: [
        { name: 'subProfiles', namespace: 9, type: 'SubProfile', min: 0, max: 'many', nillable: false },
      ],
    },
    DefaultProfile: {
      kind: 'complex', local: 'DefaultProfile', namespace: 9, base: 'StorageProfile',
      fields: [
        { name: 'entityType', namespace: 9, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    StorageProfile: {
      kind: 'complex', local: 'StorageProfile', namespace: 9,
      fields: [
        { name: 'constraints', namespace: 9, type: 'CapabilityConstraints', min: 0, max: 1, nillable: true },
        { name: 'createdBy', namespace: 9, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'creationTime', namespace: 9, type: 'xs:dateTime', min: 1, max: 1, nillable: false },
        { name: 'description', namespace: 9, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'generationId', namespace: 9, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'lastUpdatedBy', namespace: 9, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'lastUpdatedTime', namespace: 9, type: 'xs:dateTime', min: 0, max: 1, nillable: true },
        { name: 'name', namespace: 9, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'profileId', namespace: 9, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    SubProfile: {
      kind: 'complex', local: 'SubProfile', namespace: 9,
      fields: [
        { name: 'capability', namespace: 9, type: 'CapabilityInstance', min: 1, max: 'many', nillable: false },
        { name: 'name', namespace: 9, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    SubProfileWithCandidates: {
      kind: 'complex', local: 'SubProfileWithCandidates', namespace: 9, base: 'SubProfile',
      fields: [
        { name: 'candidateCapabilityProfiles', namespace: 9, type: 'xs:string', min: 0, max: 'many', nillable: false },
        { name: 'forceProvision', namespace: 9, type: 'xs:boolean', min: 1, max: 1, nillable: false },
      ],
    },
    BuiltinGenericTypesEnum: { kind: 'enumeration', local: 'BuiltinGenericTypesEnum', namespace: 10, values: ['VMW_RANGE', 'VMW_SET'] },
    BuiltinTypesEnum: { kind: 'enumeration', local: 'BuiltinTypesEnum', namespace: 10, values: ['XSD_LONG', 'XSD_INT', 'XSD_STRING', 'XSD_BOOLEAN', 'XSD_DOUBLE', 'XSD_DATETIME', 'XSD_DURATION'] },
    DiscreteSet: {
      kind: 'complex', local: 'DiscreteSet', namespace: 10,
      fields: [
        { name: 'values', namespace: 10, type: 'xs:anyType', min: 1, max: 'many', nillable: false },
      ],
    },
    Range: {
      kind: 'complex', local: 'Range', namespace: 10,
      fields: [
        { name: 'max', namespace: 10, type: 'xs:anyType', min: 1, max: 1, nillable: false },
        { name: 'min', namespace: 10, type: 'xs:anyType', min: 1, max: 1, nillable: false },
      ],
    },
    TimeSpan: {
      kind: 'complex', local: 'TimeSpan', namespace: 10,
      fields: [
        { name: 'unit', namespace: 10, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'value', namespace: 10, type: 'xs:int', min: 1, max: 1, nillable: false },
      ],
    },
    TimeUnitEnum: { kind: 'enumeration', local: 'TimeUnitEnum', namespace: 10, values: ['SECONDS', 'MINUTES', 'HOURS', 'DAYS', 'WEEKS', 'MONTHS', 'YEARS'] },
    CapacityMetric: {
      kind: 'complex', local: 'CapacityMetric', namespace: 11,
      fields: [
        { name: 'capacityCategory', namespace: 11, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'percentageRemaining', namespace: 11, type: 'xs:long', min: 1, max: 1, nillable: false },
      ],
    },
    ContainerUsage: {
      kind: 'complex', local: 'ContainerUsage', namespace: 11,
      fields: [
        { name: 'capacityInfo', namespace: 11, type: 'CapacityMetric', min: 1, max: 1, nillable: false },
        { name: 'containerId', namespace: 11, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    PlacementSolution: {
      kind: 'complex', local: 'PlacementSolution', namespace: 11,
      fields: [
        { name: 'containerUsage', namespace: 11, type: 'ContainerUsage', min: 0, max: 'many', nillable: false },
        { name: 'subjectAssignment', namespace: 11, type: 'SubjectAssignment', min: 1, max: 'many', nillable: false },
      ],
    },
    ProvisioningSubject: {
      kind: 'complex', local: 'ProvisioningSubject', namespace: 11,
      fields: [
        { name: 'capacityInMB', namespace: 11, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'objectId', namespace: 11, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'profile', namespace: 11, type: 'StorageProfile', min: 1, max: 1, nillable: false },
        { name: 'subjectId', namespace: 11, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    SubjectAssignment: {
      kind: 'complex', local: 'SubjectAssignment', namespace: 11,
      fields: [
        { name: 'containerId', namespace: 11, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'subjectId', namespace: 11, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
  },
  elements: {
    ActivateProviderFailed: {
      local: 'ActivateProviderFailed', namespace: 0,
      fields: [
        { name: 'ActivateProviderFailed', namespace: 0, type: 'ActivateProviderFailed', min: 0, max: 1, nillable: true },
      ],
    },
    InactiveProvider: {
      local: 'InactiveProvider', namespace: 0,
      fields: [
        { name: 'InactiveProvider', namespace: 0, type: 'InactiveProvider', min: 0, max: 1, nillable: true },
      ],
    },
    IncompatibleVolume: {
      local: 'IncompatibleVolume', namespace: 0,
      fields: [
        { name: 'IncompatibleVolume', namespace: 0, type: 'IncompatibleVolume', min: 0, max: 1, nillable: true },
      ],
    },
    InvalidArgument: {
      local: 'InvalidArgument', namespace: 0,
      fields: [
        { name: 'InvalidArgument', namespace: 0, type: 'InvalidArgument', min: 0, max: 1, nillable: true },
      ],
    },
    InvalidCertificate: {
      local: 'InvalidCertificate', namespace: 0,
      fields: [
        { name: 'InvalidCertificate', namespace: 0, type: 'InvalidCertificate', min: 0, max: 1, nillable: true },
      ],
    },
    InvalidLogin: {
      local: 'InvalidLogin', namespace: 0,
      fields: [
        { name: 'InvalidLogin', namespace: 0, type: 'InvalidLogin', min: 0, max: 1, nillable: true },
      ],
    },
    InvalidProfile: {
      local: 'InvalidProfile', namespace: 0,
      fields: [
        { name: 'InvalidProfile', namespace: 0, type: 'InvalidProfile', min: 0, max: 1, nillable: true },
      ],
    },
    InvalidSession: {
      local: 'InvalidSession', namespace: 0,
      fields: [
        { name: 'InvalidSession', namespace: 0, type: 'InvalidSession', min: 0, max: 1, nillable: true },
      ],
    },
    InvalidStatisticsContext: {
      local: 'InvalidStatisticsContext', namespace: 0,
      fields: [
        { name: 'InvalidStatisticsContext', namespace: 0, type: 'InvalidStatisticsContext', min: 0, max: 1, nillable: true },
      ],
    },
    LostAlarm: {
      local: 'LostAlarm', namespace: 0,
      fields: [
        { name: 'LostAlarm', namespace: 0, type: 'LostAlarm', min: 0, max: 1, nillable: true },
      ],
    },
    LostEvent: {
      local: 'LostEvent', namespace: 0,
      fields: [
        { name: 'LostEvent', namespace: 0, type: 'LostEvent', min: 0, max: 1, nillable: true },
      ],
    },
    NotCancellable: {
      local: 'NotCancellable', namespace: 0,
      fields: [
        { name: 'NotCancellable', namespace: 0, type: 'NotCancellable', min: 0, max: 1, nillable: true },
      ],
    },
    NotFound: {
      local: 'NotFound', namespace: 0,
      fields: [
        { name: 'NotFound', namespace: 0, type: 'NotFound', min: 0, max: 1, nillable: true },
      ],
    },
    NotImplemented: {
      local: 'NotImplemented', namespace: 0,
      fields: [
        { name: 'NotImplemented', namespace: 0, type: 'NotImplemented', min: 0, max: 1, nillable: true },
      ],
    },
    NotSupported: {
      local: 'NotSupported', namespace: 0,
      fields: [
        { name: 'NotSupported', namespace: 0, type: 'NotSupported', min: 0, max: 1, nillable: true },
      ],
    },
    OutOfResource: {
      local: 'OutOfResource', namespace: 0,
      fields: [
        { name: 'OutOfResource', namespace: 0, type: 'OutOfResource', min: 0, max: 1, nillable: true },
      ],
    },
    PermissionDenied: {
      local: 'PermissionDenied', namespace: 0,
      fields: [
        { name: 'PermissionDenied', namespace: 0, type: 'PermissionDenied', min: 0, max: 1, nillable: true },
      ],
    },
    ResourceInUse: {
      local: 'ResourceInUse', namespace: 0,
      fields: [
        { name: 'ResourceInUse', namespace: 0, type: 'ResourceInUse', min: 0, max: 1, nillable: true },
      ],
    },
    SnapshotTooMany: {
      local: 'SnapshotTooMany', namespace: 0,
      fields: [
        { name: 'SnapshotTooMany', namespace: 0, type: 'SnapshotTooMany', min: 0, max: 1, nillable: true },
      ],
    },
    StorageFault: {
      local: 'StorageFault', namespace: 0,
      fields: [
        { name: 'StorageFault', namespace: 0, type: 'StorageFault', min: 0, max: 1, nillable: true },
      ],
    },
    Timeout: {
      local: 'Timeout', namespace: 0,
      fields: [
        { name: 'Timeout', namespace: 0, type: 'Timeout', min: 0, max: 1, nillable: true },
      ],
    },
    TooMany: {
      local: 'TooMany', namespace: 0,
      fields: [
        { name: 'TooMany', namespace: 0, type: 'TooMany', min: 0, max: 1, nillable: true },
      ],
    },
    VasaProviderBusy: {
      local: 'VasaProviderBusy', namespace: 0,
      fields: [
        { name: 'VasaProviderBusy', namespace: 0, type: 'VasaProviderBusy', min: 0, max: 1, nillable: true },
      ],
    },
    activateProvider: {
      local: 'activateProvider', namespace: 0,
      fields: [
        { name: 'entityId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    activateProviderEx: {
      local: 'activateProviderEx', namespace: 0,
      fields: [
        { name: 'activationSpec', namespace: 0, type: 'ActivationSpec', min: 1, max: 1, nillable: false },
      ],
    },
    activateProviderExResponse: {
      local: 'activateProviderExResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'TaskInfo', min: 1, max: 1, nillable: false },
      ],
    },
    allocatedBitmapVirtualVolume: {
      local: 'allocatedBitmapVirtualVolume', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'segmentStartOffsetBytes', namespace: 0, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'segmentLengthBytes', namespace: 0, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'chunkSizeBytes', namespace: 0, type: 'xs:long', min: 1, max: 1, nillable: false },
      ],
    },
    allocatedBitmapVirtualVolumeResponse: {
      local: 'allocatedBitmapVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VirtualVolumeBitmapResult', min: 1, max: 1, nillable: false },
      ],
    },
    bindingChangeComplete: {
      local: 'bindingChangeComplete', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 'many', nillable: false },
      ],
    },
    bindingChangeCompleteResponse: {
      local: 'bindingChangeCompleteResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'BatchReturnStatus', min: 1, max: 'many', nillable: false },
      ],
    },
    bindVirtualVolume: {
      local: 'bindVirtualVolume', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 'many', nillable: false },
        { name: 'bindContext', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'containerCookie', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    bindVirtualVolumeResponse: {
      local: 'bindVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'BatchVirtualVolumeHandleResult', min: 1, max: 'many', nillable: false },
      ],
    },
    cancelBindingChange: {
      local: 'cancelBindingChange', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 'many', nillable: false },
      ],
    },
    cancelBindingChangeResponse: {
      local: 'cancelBindingChangeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'BatchReturnStatus', min: 1, max: 'many', nillable: false },
      ],
    },
    cancelTask: {
      local: 'cancelTask', namespace: 0,
      fields: [
        { name: 'taskId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    cloneVirtualVolume: {
      local: 'cloneVirtualVolume', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'newContainerId', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'newProfile', namespace: 0, type: 'StorageProfile', min: 0, max: 1, nillable: true },
        { name: 'metadata', namespace: 0, type: 'NameValuePair', min: 1, max: 'many', nillable: false },
        { name: 'containerCookie', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    cloneVirtualVolumeResponse: {
      local: 'cloneVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'TaskInfo', min: 1, max: 1, nillable: false },
      ],
    },
    copyDiffsToVirtualVolume: {
      local: 'copyDiffsToVirtualVolume', namespace: 0,
      fields: [
        { name: 'srcVVolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'srcBaseVVolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'dstVVolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'containerCookie', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    copyDiffsToVirtualVolumeResponse: {
      local: 'copyDiffsToVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'TaskInfo', min: 1, max: 1, nillable: false },
      ],
    },
    createVirtualVolume: {
      local: 'createVirtualVolume', namespace: 0,
      fields: [
        { name: 'containerId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'vvolType', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'storageProfile', namespace: 0, type: 'StorageProfile', min: 0, max: 1, nillable: true },
        { name: 'sizeInMB', namespace: 0, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'metadata', namespace: 0, type: 'NameValuePair', min: 1, max: 'many', nillable: false },
        { name: 'containerCookie', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    createVirtualVolumeResponse: {
      local: 'createVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'TaskInfo', min: 1, max: 1, nillable: false },
      ],
    },
    deleteVirtualVolume: {
      local: 'deleteVirtualVolume', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'containerCookie', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    fastCloneVirtualVolume: {
      local: 'fastCloneVirtualVolume', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'newProfile', namespace: 0, type: 'StorageProfile', min: 0, max: 1, nillable: true },
        { name: 'metadata', namespace: 0, type: 'NameValuePair', min: 1, max: 'many', nillable: false },
        { name: 'containerCookie', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    fastCloneVirtualVolumeResponse: {
      local: 'fastCloneVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'TaskInfo', min: 1, max: 1, nillable: false },
      ],
    },
    getAlarms: {
      local: 'getAlarms', namespace: 0,
      fields: [
        { name: 'lastAlarmId', namespace: 0, type: 'xs:long', min: 0, max: 1, nillable: false },
      ],
    },
    getAlarmsResponse: {
      local: 'getAlarmsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageAlarm', min: 0, max: 'many', nillable: false },
      ],
    },
    getCurrentTask: {
      local: 'getCurrentTask', namespace: 0,
      fields: [
        { name: 'arrayId', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    getCurrentTaskResponse: {
      local: 'getCurrentTaskResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'TaskInfo', min: 0, max: 'many', nillable: false },
      ],
    },
    getEvents: {
      local: 'getEvents', namespace: 0,
      fields: [
        { name: 'lastEventId', namespace: 0, type: 'xs:long', min: 0, max: 1, nillable: false },
      ],
    },
    getEventsResponse: {
      local: 'getEventsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageEvent', min: 0, max: 'many', nillable: false },
      ],
    },
    getNumberOfEntities: {
      local: 'getNumberOfEntities', namespace: 0,
      fields: [
        { name: 'entityType', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    getNumberOfEntitiesResponse: {
      local: 'getNumberOfEntitiesResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'xs:int', min: 0, max: 1, nillable: false },
      ],
    },
    getTaskUpdate: {
      local: 'getTaskUpdate', namespace: 0,
      fields: [
        { name: 'taskId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    getTaskUpdateResponse: {
      local: 'getTaskUpdateResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'TaskInfo', min: 1, max: 1, nillable: false },
      ],
    },
    prepareForBindingChange: {
      local: 'prepareForBindingChange', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 'many', nillable: false },
        { name: 'destHostId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    prepareForBindingChangeResponse: {
      local: 'prepareForBindingChangeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'TaskInfo', min: 1, max: 1, nillable: false },
      ],
    },
    prepareToSnapshotVirtualVolume: {
      local: 'prepareToSnapshotVirtualVolume', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'storageProfile', namespace: 0, type: 'StorageProfile', min: 0, max: 1, nillable: true },
        { name: 'containerCookie', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'snapType', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    prepareToSnapshotVirtualVolumeResponse: {
      local: 'prepareToSnapshotVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'TaskInfo', min: 1, max: 1, nillable: false },
      ],
    },
    queryArrays: {
      local: 'queryArrays', namespace: 0,
      fields: [
        { name: 'arrayUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryArraysResponse: {
      local: 'queryArraysResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageArray', min: 0, max: 'many', nillable: false },
      ],
    },
    queryAssociatedCapabilityForFileSystem: {
      local: 'queryAssociatedCapabilityForFileSystem', namespace: 0,
      fields: [
        { name: 'fsUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryAssociatedCapabilityForFileSystemResponse: {
      local: 'queryAssociatedCapabilityForFileSystemResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VasaAssociationObject', min: 0, max: 'many', nillable: false },
      ],
    },
    queryAssociatedCapabilityForLun: {
      local: 'queryAssociatedCapabilityForLun', namespace: 0,
      fields: [
        { name: 'lunUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryAssociatedCapabilityForLunResponse: {
      local: 'queryAssociatedCapabilityForLunResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VasaAssociationObject', min: 0, max: 'many', nillable: false },
      ],
    },
    queryAssociatedLunsForPort: {
      local: 'queryAssociatedLunsForPort', namespace: 0,
      fields: [
        { name: 'portUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryAssociatedLunsForPortResponse: {
      local: 'queryAssociatedLunsForPortResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VasaAssociationObject', min: 0, max: 'many', nillable: false },
      ],
    },
    queryAssociatedPortsForProcessor: {
      local: 'queryAssociatedPortsForProcessor', namespace: 0,
      fields: [
        { name: 'spUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryAssociatedPortsForProcessorResponse: {
      local: 'queryAssociatedPortsForProcessorResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VasaAssociationObject', min: 0, max: 'many', nillable: false },
      ],
    },
    queryAssociatedProcessorsForArray: {
      local: 'queryAssociatedProcessorsForArray', namespace: 0,
      fields: [
        { name: 'arrayUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryAssociatedProcessorsForArrayResponse: {
      local: 'queryAssociatedProcessorsForArrayResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VasaAssociationObject', min: 0, max: 'many', nillable: false },
      ],
    },
    queryAssociatedStatisticsForEntity: {
      local: 'queryAssociatedStatisticsForEntity', namespace: 0,
      fields: [
        { name: 'entityTypeName', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'entityId', namespace: 0, type: 'xs:string', min: 1, max: 'many', nillable: false },
      ],
    },
    queryAssociatedStatisticsForEntityResponse: {
      local: 'queryAssociatedStatisticsForEntityResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'AssociatedStatistics', min: 0, max: 'many', nillable: false },
      ],
    },
    queryAssociatedStatisticsManifestForArray: {
      local: 'queryAssociatedStatisticsManifestForArray', namespace: 0,
      fields: [
        { name: 'arrayStatisticsManifest', namespace: 0, type: 'ArrayStatisticsManifest', min: 1, max: 'many', nillable: false },
      ],
    },
    queryAssociatedStatisticsManifestForArrayResponse: {
      local: 'queryAssociatedStatisticsManifestForArrayResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'ArrayStatisticsManifest', min: 0, max: 'many', nillable: false },
      ],
    },
    queryBackingStoragePools: {
      local: 'queryBackingStoragePools', namespace: 0,
      fields: [
        { name: 'storagePoolUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryBackingStoragePoolsResponse: {
      local: 'queryBackingStoragePoolsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'BackingStoragePool', min: 0, max: 'many', nillable: false },
      ],
    },
    queryCACertificateRevocationListsResponse: {
      local: 'queryCACertificateRevocationListsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryCACertificatesResponse: {
      local: 'queryCACertificatesResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryCapabilityMetadata: {
      local: 'queryCapabilityMetadata', namespace: 0,
      fields: [
        { name: 'schemaId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryCapabilityMetadataResponse: {
      local: 'queryCapabilityMetadataResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'CapabilitySchema', min: 0, max: 'many', nillable: false },
      ],
    },
    queryCapabilityProfile: {
      local: 'queryCapabilityProfile', namespace: 0,
      fields: [
        { name: 'profileId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryCapabilityProfileResponse: {
      local: 'queryCapabilityProfileResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageProfile', min: 0, max: 'many', nillable: false },
      ],
    },
    queryCapabilityProfileForResource: {
      local: 'queryCapabilityProfileForResource', namespace: 0,
      fields: [
        { name: 'resourceId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryCapabilityProfileForResourceResponse: {
      local: 'queryCapabilityProfileForResourceResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'ResourceAssociation', min: 0, max: 'many', nillable: false },
      ],
    },
    queryCatalogResponse: {
      local: 'queryCatalogResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'MessageCatalog', min: 0, max: 'many', nillable: false },
      ],
    },
    queryComplianceResult: {
      local: 'queryComplianceResult', namespace: 0,
      fields: [
        { name: 'compliance', namespace: 0, type: 'ComplianceSubject', min: 1, max: 'many', nillable: false },
      ],
    },
    queryComplianceResultResponse: {
      local: 'queryComplianceResultResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'ComplianceResult', min: 0, max: 'many', nillable: false },
      ],
    },
    queryDefaultProfileForStorageContainer: {
      local: 'queryDefaultProfileForStorageContainer', namespace: 0,
      fields: [
        { name: 'containerId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'entityType', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryDefaultProfileForStorageContainerResponse: {
      local: 'queryDefaultProfileForStorageContainerResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'DefaultProfile', min: 0, max: 'many', nillable: false },
      ],
    },
    queryDRSMigrationCapabilityForPerformance: {
      local: 'queryDRSMigrationCapabilityForPerformance', namespace: 0,
      fields: [
        { name: 'srcUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'dstUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'entityType', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    queryDRSMigrationCapabilityForPerformanceResponse: {
      local: 'queryDRSMigrationCapabilityForPerformanceResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'xs:boolean', min: 0, max: 1, nillable: false },
      ],
    },
    queryDrsMigrationCapabilityForPerformanceEx: {
      local: 'queryDrsMigrationCapabilityForPerformanceEx', namespace: 0,
      fields: [
        { name: 'entityId', namespace: 0, type: 'xs:string', min: 1, max: 'many', nillable: false },
      ],
    },
    queryDrsMigrationCapabilityForPerformanceExResponse: {
      local: 'queryDrsMigrationCapabilityForPerformanceExResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageDrsMigrationCapabilityResult', min: 1, max: 1, nillable: false },
      ],
    },
    queryProtocolEndpoint: {
      local: 'queryProtocolEndpoint', namespace: 0,
      fields: [
        { name: 'peId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryProtocolEndpointResponse: {
      local: 'queryProtocolEndpointResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'ProtocolEndpoint', min: 0, max: 'many', nillable: false },
      ],
    },
    queryProtocolEndpointForArray: {
      local: 'queryProtocolEndpointForArray', namespace: 0,
      fields: [
        { name: 'arrayId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    queryProtocolEndpointForArrayResponse: {
      local: 'queryProtocolEndpointForArrayResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryStorageCapabilities: {
      local: 'queryStorageCapabilities', namespace: 0,
      fields: [
        { name: 'capabilityUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryStorageCapabilitiesResponse: {
      local: 'queryStorageCapabilitiesResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageCapability', min: 0, max: 'many', nillable: false },
      ],
    },
    queryStorageContainer: {
      local: 'queryStorageContainer', namespace: 0,
      fields: [
        { name: 'containerId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryStorageContainerResponse: {
      local: 'queryStorageContainerResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageContainer', min: 0, max: 'many', nillable: false },
      ],
    },
    queryStorageContainerForArray: {
      local: 'queryStorageContainerForArray', namespace: 0,
      fields: [
        { name: 'arrayId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    queryStorageContainerForArrayResponse: {
      local: 'queryStorageContainerForArrayResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryStorageFileSystems: {
      local: 'queryStorageFileSystems', namespace: 0,
      fields: [
        { name: 'fsUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryStorageFileSystemsResponse: {
      local: 'queryStorageFileSystemsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageFileSystem', min: 0, max: 'many', nillable: false },
      ],
    },
    queryStorageLuns: {
      local: 'queryStorageLuns', namespace: 0,
      fields: [
        { name: 'lunUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryStorageLunsResponse: {
      local: 'queryStorageLunsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageLun', min: 0, max: 'many', nillable: false },
      ],
    },
    queryStoragePorts: {
      local: 'queryStoragePorts', namespace: 0,
      fields: [
        { name: 'portUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryStoragePortsResponse: {
      local: 'queryStoragePortsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StoragePort', min: 0, max: 'many', nillable: false },
      ],
    },
    queryStorageProcessors: {
      local: 'queryStorageProcessors', namespace: 0,
      fields: [
        { name: 'spUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryStorageProcessorsResponse: {
      local: 'queryStorageProcessorsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageProcessor', min: 0, max: 'many', nillable: false },
      ],
    },
    queryUniqueIdentifiersForEntity: {
      local: 'queryUniqueIdentifiersForEntity', namespace: 0,
      fields: [
        { name: 'entityType', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    queryUniqueIdentifiersForEntityResponse: {
      local: 'queryUniqueIdentifiersForEntityResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryUniqueIdentifiersForFileSystems: {
      local: 'queryUniqueIdentifiersForFileSystems', namespace: 0,
      fields: [
        { name: 'fsUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    queryUniqueIdentifiersForFileSystemsResponse: {
      local: 'queryUniqueIdentifiersForFileSystemsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryUniqueIdentifiersForLuns: {
      local: 'queryUniqueIdentifiersForLuns', namespace: 0,
      fields: [
        { name: 'arrayUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    queryUniqueIdentifiersForLunsResponse: {
      local: 'queryUniqueIdentifiersForLunsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryVirtualVolume: {
      local: 'queryVirtualVolume', namespace: 0,
      fields: [
        { name: 'searchConstraint', namespace: 0, type: 'QueryConstraint', min: 1, max: 'many', nillable: false },
      ],
    },
    queryVirtualVolumeResponse: {
      local: 'queryVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    queryVirtualVolumeInfo: {
      local: 'queryVirtualVolumeInfo', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 'many', nillable: false },
      ],
    },
    queryVirtualVolumeInfoResponse: {
      local: 'queryVirtualVolumeInfoResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VirtualVolumeInfo', min: 0, max: 'many', nillable: false },
      ],
    },
    refreshCACertificatesAndCRLs: {
      local: 'refreshCACertificatesAndCRLs', namespace: 0,
      fields: [
        { name: 'caRootCert', namespace: 0, type: 'xs:string', min: 1, max: 'many', nillable: false },
        { name: 'caCRL', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    registerCACertificatesAndCRLs: {
      local: 'registerCACertificatesAndCRLs', namespace: 0,
      fields: [
        { name: 'providerUserName', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'providerPassword', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'caRootCert', namespace: 0, type: 'xs:string', min: 1, max: 'many', nillable: false },
        { name: 'caCRL', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    registerCACertificatesAndCRLsResponse: {
      local: 'registerCACertificatesAndCRLsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VasaProviderInfo', min: 1, max: 1, nillable: false },
      ],
    },
    registerCASignedProviderCertificate: {
      local: 'registerCASignedProviderCertificate', namespace: 0,
      fields: [
        { name: 'providerCert', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'forceApply', namespace: 0, type: 'xs:boolean', min: 1, max: 1, nillable: false },
      ],
    },
    registerVASACertificate: {
      local: 'registerVASACertificate', namespace: 0,
      fields: [
        { name: 'userName', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'password', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'newCertificate', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    registerVASACertificateResponse: {
      local: 'registerVASACertificateResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VasaProviderInfo', min: 0, max: 1, nillable: true },
      ],
    },
    requestCSRResponse: {
      local: 'requestCSRResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    resizeVirtualVolume: {
      local: 'resizeVirtualVolume', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'sizeInMB', namespace: 0, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'containerCookie', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    resizeVirtualVolumeResponse: {
      local: 'resizeVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'TaskInfo', min: 1, max: 1, nillable: false },
      ],
    },
    revertVirtualVolume: {
      local: 'revertVirtualVolume', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'snapshotVvolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'containerCookie', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    revertVirtualVolumeResponse: {
      local: 'revertVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'TaskInfo', min: 1, max: 1, nillable: false },
      ],
    },
    setContext: {
      local: 'setContext', namespace: 0,
      fields: [
        { name: 'usageContext', namespace: 0, type: 'UsageContext', min: 0, max: 1, nillable: true },
      ],
    },
    setContextResponse: {
      local: 'setContextResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VasaProviderInfo', min: 0, max: 1, nillable: true },
      ],
    },
    setPEContext: {
      local: 'setPEContext', namespace: 0,
      fields: [
        { name: 'listOfHostPE', namespace: 0, type: 'ProtocolEndpoint', min: 0, max: 'many', nillable: false },
      ],
    },
    setStatisticsContext: {
      local: 'setStatisticsContext', namespace: 0,
      fields: [
        { name: 'arrayStatisticsManifest', namespace: 0, type: 'ArrayStatisticsManifest', min: 0, max: 'many', nillable: false },
      ],
    },
    setStorageContainerContext: {
      local: 'setStorageContainerContext', namespace: 0,
      fields: [
        { name: 'containerId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'userId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    setStorageContainerContextResponse: {
      local: 'setStorageContainerContextResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    snapshotVirtualVolume: {
      local: 'snapshotVirtualVolume', namespace: 0,
      fields: [
        { name: 'snapshotInfo', namespace: 0, type: 'VirtualVolumeInfo', min: 1, max: 'many', nillable: false },
        { name: 'timeoutMS', namespace: 0, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'containerCookie', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    snapshotVirtualVolumeResponse: {
      local: 'snapshotVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'BatchReturnStatus', min: 1, max: 'many', nillable: false },
      ],
    },
    spaceStatsForStorageContainer: {
      local: 'spaceStatsForStorageContainer', namespace: 0,
      fields: [
        { name: 'containerId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'capabilityProfileId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: false },
      ],
    },
    spaceStatsForStorageContainerResponse: {
      local: 'spaceStatsForStorageContainerResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'ContainerSpaceStats', min: 1, max: 'many', nillable: false },
      ],
    },
    spaceStatsForVirtualVolume: {
      local: 'spaceStatsForVirtualVolume', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 'many', nillable: false },
      ],
    },
    spaceStatsForVirtualVolumeResponse: {
      local: 'spaceStatsForVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'SpaceStats', min: 0, max: 'many', nillable: false },
      ],
    },
    unbindAllVirtualVolumesFromHost: {
      local: 'unbindAllVirtualVolumesFromHost', namespace: 0,
      fields: [
        { name: 'hostUuid', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    unbindVirtualVolume: {
      local: 'unbindVirtualVolume', namespace: 0,
      fields: [
        { name: 'vvolHandle', namespace: 0, type: 'VirtualVolumeHandle', min: 1, max: 'many', nillable: false },
        { name: 'unbindContext', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
      ],
    },
    unbindVirtualVolumeResponse: {
      local: 'unbindVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'BatchReturnStatus', min: 1, max: 'many', nillable: false },
      ],
    },
    unbindVirtualVolumeFromAllHost: {
      local: 'unbindVirtualVolumeFromAllHost', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 'many', nillable: false },
      ],
    },
    unbindVirtualVolumeFromAllHostResponse: {
      local: 'unbindVirtualVolumeFromAllHostResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'BatchReturnStatus', min: 1, max: 'many', nillable: false },
      ],
    },
    unregisterVASACertificate: {
      local: 'unregisterVASACertificate', namespace: 0,
      fields: [
        { name: 'existingCertificate', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    unsharedBitmapVirtualVolume: {
      local: 'unsharedBitmapVirtualVolume', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'baseVvolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'segmentStartOffsetBytes', namespace: 0, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'segmentLengthBytes', namespace: 0, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'chunkSizeBytes', namespace: 0, type: 'xs:long', min: 1, max: 1, nillable: false },
      ],
    },
    unsharedBitmapVirtualVolumeResponse: {
      local: 'unsharedBitmapVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VirtualVolumeBitmapResult', min: 1, max: 1, nillable: false },
      ],
    },
    unsharedChunksVirtualVolume: {
      local: 'unsharedChunksVirtualVolume', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'baseVvolId', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'segmentStartOffsetBytes', namespace: 0, type: 'xs:long', min: 1, max: 1, nillable: false },
        { name: 'segmentLengthBytes', namespace: 0, type: 'xs:long', min: 1, max: 1, nillable: false },
      ],
    },
    unsharedChunksVirtualVolumeResponse: {
      local: 'unsharedChunksVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VirtualVolumeUnsharedChunksResult', min: 1, max: 1, nillable: false },
      ],
    },
    updateStorageProfileForVirtualVolume: {
      local: 'updateStorageProfileForVirtualVolume', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'newStorageProfile', namespace: 0, type: 'StorageProfile', min: 1, max: 1, nillable: false },
        { name: 'containerCookie', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    updateStorageProfileForVirtualVolumeResponse: {
      local: 'updateStorageProfileForVirtualVolumeResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'TaskInfo', min: 1, max: 1, nillable: false },
      ],
    },
    updateVirtualVolumeMetaData: {
      local: 'updateVirtualVolumeMetaData', namespace: 0,
      fields: [
        { name: 'vvolId', namespace: 0, type: 'xs:string', min: 1, max: 1, nillable: false },
        { name: 'keyValuePair', namespace: 0, type: 'NameValuePair', min: 1, max: 'many', nillable: false },
        { name: 'containerCookie', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
  },
  operations: {
    activateProvider: {
      soapAction: 'urn:activateProvider', input: 'activateProvider', output: null,
      faults: ['InvalidArgument', 'InvalidSession', 'StorageFault', 'VasaProviderBusy'],
    },
    activateProviderEx: {
      soapAction: 'urn:activateProviderEx', input: 'activateProviderEx', output: 'activateProviderExResponse',
      faults: ['ActivateProviderFailed', 'InvalidArgument', 'InvalidSession', 'StorageFault', 'VasaProviderBusy'],
    },
    allocatedBitmapVirtualVolume: {
      soapAction: 'urn:allocatedBitmapVirtualVolume', input: 'allocatedBitmapVirtualVolume', output: 'allocatedBitmapVirtualVolumeResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'NotSupported', 'StorageFault', 'VasaProviderBusy'],
    },
    bindVirtualVolume: {
      soapAction: 'urn:bindVirtualVolume', input: 'bindVirtualVolume', output: 'bindVirtualVolumeResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotImplemented', 'PermissionDenied', 'StorageFault', 'TooMany', 'VasaProviderBusy'],
    },
    bindingChangeComplete: {
      soapAction: 'urn:bindingChangeComplete', input: 'bindingChangeComplete', output: 'bindingChangeCompleteResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    cancelBindingChange: {
      soapAction: 'urn:cancelBindingChange', input: 'cancelBindingChange', output: 'cancelBindingChangeResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    cancelTask: {
      soapAction: 'urn:cancelTask', input: 'cancelTask', output: null,
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotCancellable', 'NotFound', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    cloneVirtualVolume: {
      soapAction: 'urn:cloneVirtualVolume', input: 'cloneVirtualVolume', output: 'cloneVirtualVolumeResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidProfile', 'InvalidSession', 'NotFound', 'NotImplemented', 'NotSupported', 'OutOfResource', 'PermissionDenied', 'ResourceInUse', 'StorageFault', 'VasaProviderBusy'],
    },
    copyDiffsToVirtualVolume: {
      soapAction: 'urn:copyDiffsToVirtualVolume', input: 'copyDiffsToVirtualVolume', output: 'copyDiffsToVirtualVolumeResponse',
      faults: ['InactiveProvider', 'IncompatibleVolume', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'NotSupported', 'PermissionDenied', 'ResourceInUse', 'StorageFault', 'VasaProviderBusy'],
    },
    createVirtualVolume: {
      soapAction: 'urn:createVirtualVolume', input: 'createVirtualVolume', output: 'createVirtualVolumeResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidProfile', 'InvalidSession', 'NotFound', 'NotImplemented', 'OutOfResource', 'PermissionDenied', 'StorageFault', 'VasaProviderBusy'],
    },
    deleteVirtualVolume: {
      soapAction: 'urn:deleteVirtualVolume', input: 'deleteVirtualVolume', output: null,
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'PermissionDenied', 'ResourceInUse', 'StorageFault', 'VasaProviderBusy'],
    },
    fastCloneVirtualVolume: {
      soapAction: 'urn:fastCloneVirtualVolume', input: 'fastCloneVirtualVolume', output: 'fastCloneVirtualVolumeResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidProfile', 'InvalidSession', 'NotFound', 'NotImplemented', 'NotSupported', 'OutOfResource', 'PermissionDenied', 'ResourceInUse', 'SnapshotTooMany', 'StorageFault', 'VasaProviderBusy'],
    },
    getAlarms: {
      soapAction: 'urn:getAlarms', input: 'getAlarms', output: 'getAlarmsResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'LostAlarm', 'StorageFault'],
    },
    getCurrentTask: {
      soapAction: 'urn:getCurrentTask', input: 'getCurrentTask', output: 'getCurrentTaskResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    getEvents: {
      soapAction: 'urn:getEvents', input: 'getEvents', output: 'getEventsResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'LostEvent', 'StorageFault'],
    },
    getNumberOfEntities: {
      soapAction: 'urn:getNumberOfEntities', input: 'getNumberOfEntities', output: 'getNumberOfEntitiesResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'StorageFault'],
    },
    getTaskUpdate: {
      soapAction: 'urn:getTaskUpdate', input: 'getTaskUpdate', output: 'getTaskUpdateResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    prepareForBindingChange: {
      soapAction: 'urn:prepareForBindingChange', input: 'prepareForBindingChange', output: 'prepareForBindingChangeResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    prepareToSnapshotVirtualVolume: {
      soapAction: 'urn:prepareToSnapshotVirtualVolume', input: 'prepareToSnapshotVirtualVolume', output: 'prepareToSnapshotVirtualVolumeResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidProfile', 'InvalidSession', 'NotFound', 'NotImplemented', 'NotSupported', 'OutOfResource', 'PermissionDenied', 'ResourceInUse', 'SnapshotTooMany', 'StorageFault', 'VasaProviderBusy'],
    },
    queryArrays: {
      soapAction: 'urn:queryArrays', input: 'queryArrays', output: 'queryArraysResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'StorageFault'],
    },
    queryAssociatedCapabilityForFileSystem: {
      soapAction: 'urn:queryAssociatedCapabilityForFileSystem', input: 'queryAssociatedCapabilityForFileSystem', output: 'queryAssociatedCapabilityForFileSystemResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault'],
    },
    queryAssociatedCapabilityForLun: {
      soapAction: 'urn:queryAssociatedCapabilityForLun', input: 'queryAssociatedCapabilityForLun', output: 'queryAssociatedCapabilityForLunResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault'],
    },
    queryAssociatedLunsForPort: {
      soapAction: 'urn:queryAssociatedLunsForPort', input: 'queryAssociatedLunsForPort', output: 'queryAssociatedLunsForPortResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault'],
    },
    queryAssociatedPortsForProcessor: {
      soapAction: 'urn:queryAssociatedPortsForProcessor', input: 'queryAssociatedPortsForProcessor', output: 'queryAssociatedPortsForProcessorResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault'],
    },
    queryAssociatedProcessorsForArray: {
      soapAction: 'urn:queryAssociatedProcessorsForArray', input: 'queryAssociatedProcessorsForArray', output: 'queryAssociatedProcessorsForArrayResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault'],
    },
    queryAssociatedStatisticsForEntity: {
      soapAction: 'urn:queryAssociatedStatisticsForEntity', input: 'queryAssociatedStatisticsForEntity', output: 'queryAssociatedStatisticsForEntityResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'InvalidStatisticsContext', 'NotImplemented', 'StorageFault', 'TooMany', 'VasaProviderBusy'],
    },
    queryAssociatedStatisticsManifestForArray: {
      soapAction: 'urn:queryAssociatedStatisticsManifestForArray', input: 'queryAssociatedStatisticsManifestForArray', output: 'queryAssociatedStatisticsManifestForArrayResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    queryBackingStoragePools: {
      soapAction: 'urn:queryBackingStoragePools', input: 'queryBackingStoragePools', output: 'queryBackingStoragePoolsResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    queryCACertificateRevocationLists: {
      soapAction: 'urn:queryCACertificateRevocationLists', input: null, output: 'queryCACertificateRevocationListsResponse',
      faults: ['InvalidSession', 'StorageFault', 'VasaProviderBusy'],
    },
    queryCACertificates: {
      soapAction: 'urn:queryCACertificates', input: null, output: 'queryCACertificatesResponse',
      faults: ['InvalidSession', 'StorageFault', 'VasaProviderBusy'],
    },
    queryCapabilityMetadata: {
      soapAction: 'urn:queryCapabilityMetadata', input: 'queryCapabilityMetadata', output: 'queryCapabilityMetadataResponse',
      faults: ['InactiveProvider', 'InvalidSession', 'NotFound', 'StorageFault', 'VasaProviderBusy'],
    },
    queryCapabilityProfile: {
      soapAction: 'urn:queryCapabilityProfile', input: 'queryCapabilityProfile', output: 'queryCapabilityProfileResponse',
      faults: ['InactiveProvider', 'InvalidSession', 'NotFound', 'StorageFault', 'VasaProviderBusy'],
    },
    queryCapabilityProfileForResource: {
      soapAction: 'urn:queryCapabilityProfileForResource', input: 'queryCapabilityProfileForResource', output: 'queryCapabilityProfileForResourceResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'StorageFault', 'VasaProviderBusy'],
    },
    queryCatalog: {
      soapAction: 'urn:queryCatalog', input: null, output: 'queryCatalogResponse',
      faults: ['InvalidSession', 'StorageFault'],
    },
    queryComplianceResult: {
      soapAction: 'urn:queryComplianceResult', input: 'queryComplianceResult', output: 'queryComplianceResultResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'StorageFault', 'VasaProviderBusy'],
    },
    queryDRSMigrationCapabilityForPerformance: {
      soapAction: 'urn:queryDRSMigrationCapabilityForPerformance', input: 'queryDRSMigrationCapabilityForPerformance', output: 'queryDRSMigrationCapabilityForPerformanceResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotFound', 'StorageFault'],
    },
    queryDefaultProfileForStorageContainer: {
      soapAction: 'urn:queryDefaultProfileForStorageContainer', input: 'queryDefaultProfileForStorageContainer', output: 'queryDefaultProfileForStorageContainerResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'StorageFault', 'VasaProviderBusy'],
    },
    queryDrsMigrationCapabilityForPerformanceEx: {
      soapAction: 'urn:queryDrsMigrationCapabilityForPerformanceEx', input: 'queryDrsMigrationCapabilityForPerformanceEx', output: 'queryDrsMigrationCapabilityForPerformanceExResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    queryProtocolEndpoint: {
      soapAction: 'urn:queryProtocolEndpoint', input: 'queryProtocolEndpoint', output: 'queryProtocolEndpointResponse',
      faults: ['InactiveProvider', 'InvalidSession', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    queryProtocolEndpointForArray: {
      soapAction: 'urn:queryProtocolEndpointForArray', input: 'queryProtocolEndpointForArray', output: 'queryProtocolEndpointForArrayResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    queryStorageCapabilities: {
      soapAction: 'urn:queryStorageCapabilities', input: 'queryStorageCapabilities', output: 'queryStorageCapabilitiesResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault'],
    },
    queryStorageContainer: {
      soapAction: 'urn:queryStorageContainer', input: 'queryStorageContainer', output: 'queryStorageContainerResponse',
      faults: ['InvalidSession', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    queryStorageContainerForArray: {
      soapAction: 'urn:queryStorageContainerForArray', input: 'queryStorageContainerForArray', output: 'queryStorageContainerForArrayResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    queryStorageFileSystems: {
      soapAction: 'urn:queryStorageFileSystems', input: 'queryStorageFileSystems', output: 'queryStorageFileSystemsResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault'],
    },
    queryStorageLuns: {
      soapAction: 'urn:queryStorageLuns', input: 'queryStorageLuns', output: 'queryStorageLunsResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault'],
    },
    queryStoragePorts: {
      soapAction: 'urn:queryStoragePorts', input: 'queryStoragePorts', output: 'queryStoragePortsResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault'],
    },
    queryStorageProcessors: {
      soapAction: 'urn:queryStorageProcessors', input: 'queryStorageProcessors', output: 'queryStorageProcessorsResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault'],
    },
    queryUniqueIdentifiersForEntity: {
      soapAction: 'urn:queryUniqueIdentifiersForEntity', input: 'queryUniqueIdentifiersForEntity', output: 'queryUniqueIdentifiersForEntityResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'StorageFault'],
    },
    queryUniqueIdentifiersForFileSystems: {
      soapAction: 'urn:queryUniqueIdentifiersForFileSystems', input: 'queryUniqueIdentifiersForFileSystems', output: 'queryUniqueIdentifiersForFileSystemsResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'StorageFault'],
    },
    queryUniqueIdentifiersForLuns: {
      soapAction: 'urn:queryUniqueIdentifiersForLuns', input: 'queryUniqueIdentifiersForLuns', output: 'queryUniqueIdentifiersForLunsResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'StorageFault'],
    },
    queryVirtualVolume: {
      soapAction: 'urn:queryVirtualVolume', input: 'queryVirtualVolume', output: 'queryVirtualVolumeResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    queryVirtualVolumeInfo: {
      soapAction: 'urn:queryVirtualVolumeInfo', input: 'queryVirtualVolumeInfo', output: 'queryVirtualVolumeInfoResponse',
      faults: ['InactiveProvider', 'InvalidSession', 'NotImplemented', 'StorageFault', 'TooMany', 'VasaProviderBusy'],
    },
    refreshCACertificatesAndCRLs: {
      soapAction: 'urn:refreshCACertificatesAndCRLs', input: 'refreshCACertificatesAndCRLs', output: null,
      faults: ['InvalidCertificate', 'InvalidSession', 'PermissionDenied', 'StorageFault', 'VasaProviderBusy'],
    },
    registerCACertificatesAndCRLs: {
      soapAction: 'urn:registerCACertificatesAndCRLs', input: 'registerCACertificatesAndCRLs', output: 'registerCACertificatesAndCRLsResponse',
      faults: ['InvalidCertificate', 'InvalidLogin', 'InvalidSession', 'StorageFault', 'VasaProviderBusy'],
    },
    registerCASignedProviderCertificate: {
      soapAction: 'urn:registerCASignedProviderCertificate', input: 'registerCASignedProviderCertificate', output: null,
      faults: ['InvalidCertificate', 'InvalidSession', 'PermissionDenied', 'StorageFault', 'VasaProviderBusy'],
    },
    registerVASACertificate: {
      soapAction: 'urn:registerVASACertificate', input: 'registerVASACertificate', output: 'registerVASACertificateResponse',
      faults: ['InvalidCertificate', 'InvalidLogin', 'InvalidSession', 'StorageFault'],
    },
    requestCSR: {
      soapAction: 'urn:requestCSR', input: null, output: 'requestCSRResponse',
      faults: ['InvalidSession', 'PermissionDenied', 'StorageFault', 'VasaProviderBusy'],
    },
    resizeVirtualVolume: {
      soapAction: 'urn:resizeVirtualVolume', input: 'resizeVirtualVolume', output: 'resizeVirtualVolumeResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'NotSupported', 'OutOfResource', 'PermissionDenied', 'ResourceInUse', 'StorageFault', 'VasaProviderBusy'],
    },
    revertVirtualVolume: {
      soapAction: 'urn:revertVirtualVolume', input: 'revertVirtualVolume', output: 'revertVirtualVolumeResponse',
      faults: ['InactiveProvider', 'IncompatibleVolume', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'NotSupported', 'PermissionDenied', 'ResourceInUse', 'StorageFault', 'VasaProviderBusy'],
    },
    setContext: {
      soapAction: 'urn:setContext', input: 'setContext', output: 'setContextResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'StorageFault'],
    },
    setPEContext: {
      soapAction: 'urn:setPEContext', input: 'setPEContext', output: null,
      faults: ['InvalidSession', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    setStatisticsContext: {
      soapAction: 'urn:setStatisticsContext', input: 'setStatisticsContext', output: null,
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'InvalidStatisticsContext', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    setStorageContainerContext: {
      soapAction: 'urn:setStorageContainerContext', input: 'setStorageContainerContext', output: 'setStorageContainerContextResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    snapshotVirtualVolume: {
      soapAction: 'urn:snapshotVirtualVolume', input: 'snapshotVirtualVolume', output: 'snapshotVirtualVolumeResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'NotSupported', 'PermissionDenied', 'ResourceInUse', 'StorageFault', 'Timeout', 'TooMany', 'VasaProviderBusy'],
    },
    spaceStatsForStorageContainer: {
      soapAction: 'urn:spaceStatsForStorageContainer', input: 'spaceStatsForStorageContainer', output: 'spaceStatsForStorageContainerResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    spaceStatsForVirtualVolume: {
      soapAction: 'urn:spaceStatsForVirtualVolume', input: 'spaceStatsForVirtualVolume', output: 'spaceStatsForVirtualVolumeResponse',
      faults: ['InactiveProvider', 'InvalidSession', 'NotImplemented', 'StorageFault', 'TooMany', 'VasaProviderBusy'],
    },
    unbindAllVirtualVolumesFromHost: {
      soapAction: 'urn:unbindAllVirtualVolumesFromHost', input: 'unbindAllVirtualVolumesFromHost', output: null,
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'StorageFault', 'VasaProviderBusy'],
    },
    unbindVirtualVolume: {
      soapAction: 'urn:unbindVirtualVolume', input: 'unbindVirtualVolume', output: 'unbindVirtualVolumeResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'StorageFault', 'TooMany', 'VasaProviderBusy'],
    },
    unbindVirtualVolumeFromAllHost: {
      soapAction: 'urn:unbindVirtualVolumeFromAllHost', input: 'unbindVirtualVolumeFromAllHost', output: 'unbindVirtualVolumeFromAllHostResponse',
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'StorageFault', 'TooMany', 'VasaProviderBusy'],
    },
    unregisterVASACertificate: {
      soapAction: 'urn:unregisterVASACertificate', input: 'unregisterVASACertificate', output: null,
      faults: ['InvalidCertificate', 'InvalidSession', 'StorageFault'],
    },
    unsharedBitmapVirtualVolume: {
      soapAction: 'urn:unsharedBitmapVirtualVolume', input: 'unsharedBitmapVirtualVolume', output: 'unsharedBitmapVirtualVolumeResponse',
      faults: ['InactiveProvider', 'IncompatibleVolume', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'NotSupported', 'StorageFault', 'VasaProviderBusy'],
    },
    unsharedChunksVirtualVolume: {
      soapAction: 'urn:unsharedChunksVirtualVolume', input: 'unsharedChunksVirtualVolume', output: 'unsharedChunksVirtualVolumeResponse',
      faults: ['InactiveProvider', 'IncompatibleVolume', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'NotSupported', 'StorageFault', 'VasaProviderBusy'],
    },
    updateStorageProfileForVirtualVolume: {
      soapAction: 'urn:updateStorageProfileForVirtualVolume', input: 'updateStorageProfileForVirtualVolume', output: 'updateStorageProfileForVirtualVolumeResponse',
      faults: ['InactiveProvider', 'InvalidProfile', 'InvalidSession', 'NotFound', 'NotSupported', 'OutOfResource', 'PermissionDenied', 'ResourceInUse', 'StorageFault', 'VasaProviderBusy'],
    },
    updateVirtualVolumeMetaData: {
      soapAction: 'urn:updateVirtualVolumeMetaData', input: 'updateVirtualVolumeMetaData', output: null,
      faults: ['InactiveProvider', 'InvalidArgument', 'InvalidSession', 'NotFound', 'NotImplemented', 'PermissionDenied', 'StorageFault', 'VasaProviderBusy'],
    },
  },
};
