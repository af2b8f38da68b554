/**
 * Service `vasaService`, version 1.0. Generated, do not edit.
 *
 * Generator: scripts/generate.ts
 * Source: wsdl/vasa-1.0
 * SHA-256 of the source: 33764eca468ed3a700cbb1057c2fe5f4f517c8f332afa07b0d2f95b0a7b32ebd
 */

import type { ServiceDescriptor } from '../../descriptor.ts';

/** The whole service as data, for the codec. */
export const service: ServiceDescriptor = {
  version: '1.0',
  targetNamespace: 'http://com.vmware.vim.vasa/1.0/',
  serviceName: 'vasaService',
  namespaces: [
    'http://com.vmware.vim.vasa/1.0/xsd',
    'http://data.vasa.vim.vmware.com/xsd',
    'http://fault.vasa.vim.vmware.com/xsd',
  ],
  types: {
    Exception: {
      kind: 'complex', local: 'Exception', namespace: 0,
      fields: [
        { name: 'Exception', namespace: 0, type: 'xs:anyType', min: 0, max: 1, nillable: true },
      ],
    },
    AlarmStatusEnum: { kind: 'enumeration', local: 'AlarmStatusEnum', namespace: 1, values: ['Red', 'Green', 'Yellow'] },
    AlarmTypeEnum: { kind: 'enumeration', local: 'AlarmTypeEnum', namespace: 1, values: ['SpaceCapacity', 'Capability', 'Object'] },
    BaseStorageEntity: {
      kind: 'complex', local: 'BaseStorageEntity', namespace: 1,
      fields: [
        { name: 'uniqueIdentifier', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    BlockEnum: { kind: 'enumeration', local: 'BlockEnum', namespace: 1, values: ['FC', 'ISCSI', 'FCoE', 'Other'] },
    EntityTypeEnum: { kind: 'enumeration', local: 'EntityTypeEnum', namespace: 1, values: ['StorageArray', 'StorageProcessor', 'StoragePort', 'StorageLun', 'StorageCapability', 'StorageFileSystem'] },
    EventConfigTypeEnum: { kind: 'enumeration', local: 'EventConfigTypeEnum', namespace: 1, values: ['New', 'Update', 'Delete'] },
    EventTypeEnum: { kind: 'enumeration', local: 'EventTypeEnum', namespace: 1, values: ['System', 'Config'] },
    FileSystemEnum: { kind: 'enumeration', local: 'FileSystemEnum', namespace: 1, values: ['NFS', 'Other'] },
    FileSystemInfo: {
      kind: 'complex', local: 'FileSystemInfo', namespace: 1,
      fields: [
        { name: 'fileServerName', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'fileSystemPath', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'ipAddress', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    FileSystemVersionEnum: { kind: 'enumeration', local: 'FileSystemVersionEnum', namespace: 1, values: ['NFSV3_0'] },
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
    ProfileEnum: { kind: 'enumeration', local: 'ProfileEnum', namespace: 1, values: ['BlockDeviceProfile', 'FileSystemProfile', 'CapabilityProfile'] },
    RemoteReplicationEnum: { kind: 'enumeration', local: 'RemoteReplicationEnum', namespace: 1, values: ['ActiveActive', 'ActivePassive', 'None'] },
    StorageAlarm: {
      kind: 'complex', local: 'StorageAlarm', namespace: 1,
      fields: [
        { name: 'alarmId', namespace: 1, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'alarmTimeStamp', namespace: 1, type: 'xs:dateTime', min: 0, max: 1, nillable: true },
        { name: 'alarmType', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'messageId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'objectId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'objectType', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'parameterList', namespace: 1, type: 'NameValuePair', min: 0, max: 'many', nillable: true },
        { name: 'status', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    StorageArray: {
      kind: 'complex', local: 'StorageArray', namespace: 1, base: 'BaseStorageEntity',
      fields: [
        { name: 'alternateName', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: true },
        { name: 'arrayName', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'firmware', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'modelId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'supportedBlock', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: true },
        { name: 'supportedFileSystem', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: true },
        { name: 'supportedProfile', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: true },
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
    StorageEvent: {
      kind: 'complex', local: 'StorageEvent', namespace: 1,
      fields: [
        { name: 'eventConfigType', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'eventId', namespace: 1, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'eventObjType', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'eventTimeStamp', namespace: 1, type: 'xs:dateTime', min: 0, max: 1, nillable: true },
        { name: 'eventType', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'messageId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'objectId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'parameterList', namespace: 1, type: 'NameValuePair', min: 0, max: 'many', nillable: true },
      ],
    },
    StorageFileSystem: {
      kind: 'complex', local: 'StorageFileSystem', namespace: 1, base: 'BaseStorageEntity',
      fields: [
        { name: 'fileSystem', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'fileSystemInfo', namespace: 1, type: 'FileSystemInfo', min: 0, max: 'many', nillable: true },
        { name: 'fileSystemVersion', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'nativeSnapshotSupported', namespace: 1, type: 'xs:boolean', min: 0, max: 1, nillable: false },
        { name: 'thinProvisioningStatus', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    StorageLun: {
      kind: 'complex', local: 'StorageLun', namespace: 1, base: 'BaseStorageEntity',
      fields: [
        { name: 'alternateIdentifier', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: true },
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
        { name: 'alternateName', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: true },
        { name: 'iscsiIdentifier', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'nodeWwn', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'portType', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'portWwn', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    StorageProcessor: {
      kind: 'complex', local: 'StorageProcessor', namespace: 1, base: 'BaseStorageEntity',
      fields: [
        { name: 'spIdentifier', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: true },
      ],
    },
    UsageContext: {
      kind: 'complex', local: 'UsageContext', namespace: 1,
      fields: [
        { name: 'chapUsername', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: true },
        { name: 'hostInitiator', namespace: 1, type: 'HostInitiatorInfo', min: 0, max: 'many', nillable: true },
        { name: 'iscsiInitiatorIpAddress', namespace: 1, type: 'xs:string', min: 0, max: 'many', nillable: true },
        { name: 'mountPoint', namespace: 1, type: 'MountInfo', min: 0, max: 'many', nillable: true },
        { name: 'sessionTimeoutInSeconds', namespace: 1, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'vcGuid', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
    VasaAssociationObject: {
      kind: 'complex', local: 'VasaAssociationObject', namespace: 1,
      fields: [
        { name: 'associatedId', namespace: 1, type: 'BaseStorageEntity', min: 0, max: 'many', nillable: true },
        { name: 'entityId', namespace: 1, type: 'BaseStorageEntity', min: 0, max: 'many', nillable: true },
      ],
    },
    VasaProviderInfo: {
      kind: 'complex', local: 'VasaProviderInfo', namespace: 1,
      fields: [
        { name: 'defaultNamespace', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'defaultSessionTimeoutInSeconds', namespace: 1, type: 'xs:long', min: 0, max: 1, nillable: false },
        { name: 'name', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'sessionId', namespace: 1, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'supportedVendorModel', namespace: 1, type: 'VendorModel', min: 0, max: 'many', nillable: true },
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
    eventSystemTypeEnum: { kind: 'enumeration', local: 'eventSystemTypeEnum', namespace: 1, values: ['RemoteMirroredVolume', 'Unknown'] },
    storageCatalogEnum: { kind: 'enumeration', local: 'storageCatalogEnum', namespace: 1, values: ['Alarm', 'Event', 'Fault'] },
    InvalidArgument: {
      kind: 'complex', local: 'InvalidArgument', namespace: 2, base: 'Exception',
      fields: [],
    },
    InvalidCertificate: {
      kind: 'complex', local: 'InvalidCertificate', namespace: 2, base: 'Exception',
      fields: [],
    },
    InvalidLogin: {
      kind: 'complex', local: 'InvalidLogin', namespace: 2, base: 'Exception',
      fields: [],
    },
    InvalidSession: {
      kind: 'complex', local: 'InvalidSession', namespace: 2, base: 'Exception',
      fields: [],
    },
    LostAlarm: {
      kind: 'complex', local: 'LostAlarm', namespace: 2, base: 'Exception',
      fields: [],
    },
    LostEvent: {
      kind: 'complex', local: 'LostEvent', namespace: 2, base: 'Exception',
      fields: [],
    },
    NotFound: {
      kind: 'complex', local: 'NotFound', namespace: 2, base: 'Exception',
      fields: [],
    },
    NotImplemented: {
      kind: 'complex', local: 'NotImplemented', namespace: 2, base: 'Exception',
      fields: [],
    },
    StorageFault: {
      kind: 'complex', local: 'StorageFault', namespace: 2, base: 'Exception',
      fields: [
        { name: 'faultMessageId', namespace: 2, type: 'xs:string', min: 0, max: 1, nillable: true },
        { name: 'parameterList', namespace: 2, type: 'NameValuePair', min: 0, max: 'many', nillable: true },
      ],
    },
  },
  elements: {
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
    InvalidSession: {
      local: 'InvalidSession', namespace: 0,
      fields: [
        { name: 'InvalidSession', namespace: 0, type: 'InvalidSession', min: 0, max: 1, nillable: true },
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
    StorageFault: {
      local: 'StorageFault', namespace: 0,
      fields: [
        { name: 'StorageFault', namespace: 0, type: 'StorageFault', min: 0, max: 1, nillable: true },
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
        { name: 'return', namespace: 0, type: 'StorageAlarm', min: 0, max: 'many', nillable: true },
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
        { name: 'return', namespace: 0, type: 'StorageEvent', min: 0, max: 'many', nillable: true },
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
    queryArrays: {
      local: 'queryArrays', namespace: 0,
      fields: [
        { name: 'arrayUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: true },
      ],
    },
    queryArraysResponse: {
      local: 'queryArraysResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageArray', min: 0, max: 'many', nillable: true },
      ],
    },
    queryAssociatedCapabilityForFileSystem: {
      local: 'queryAssociatedCapabilityForFileSystem', namespace: 0,
      fields: [
        { name: 'fsUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: true },
      ],
    },
    queryAssociatedCapabilityForFileSystemResponse: {
      local: 'queryAssociatedCapabilityForFileSystemResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VasaAssociationObject', min: 0, max: 'many', nillable: true },
      ],
    },
    queryAssociatedCapabilityForLun: {
      local: 'queryAssociatedCapabilityForLun', namespace: 0,
      fields: [
        { name: 'lunUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: true },
      ],
    },
    queryAssociatedCapabilityForLunResponse: {
      local: 'queryAssociatedCapabilityForLunResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VasaAssociationObject', min: 0, max: 'many', nillable: true },
      ],
    },
    queryAssociatedLunsForPort: {
      local: 'queryAssociatedLunsForPort', namespace: 0,
      fields: [
        { name: 'portUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: true },
      ],
    },
    queryAssociatedLunsForPortResponse: {
      local: 'queryAssociatedLunsForPortResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VasaAssociationObject', min: 0, max: 'many', nillable: true },
      ],
    },
    queryAssociatedPortsForProcessor: {
      local: 'queryAssociatedPortsForProcessor', namespace: 0,
      fields: [
        { name: 'spUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: true },
      ],
    },
    queryAssociatedPortsForProcessorResponse: {
      local: 'queryAssociatedPortsForProcessorResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VasaAssociationObject', min: 0, max: 'many', nillable: true },
      ],
    },
    queryAssociatedProcessorsForArray: {
      local: 'queryAssociatedProcessorsForArray', namespace: 0,
      fields: [
        { name: 'arrayUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: true },
      ],
    },
    queryAssociatedProcessorsForArrayResponse: {
      local: 'queryAssociatedProcessorsForArrayResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'VasaAssociationObject', min: 0, max: 'many', nillable: true },
      ],
    },
    queryCatalogResponse: {
      local: 'queryCatalogResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'MessageCatalog', min: 0, max: 'many', nillable: true },
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
    queryStorageCapabilities: {
      local: 'queryStorageCapabilities', namespace: 0,
      fields: [
        { name: 'capabilityUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: true },
      ],
    },
    queryStorageCapabilitiesResponse: {
      local: 'queryStorageCapabilitiesResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageCapability', min: 0, max: 'many', nillable: true },
      ],
    },
    queryStorageFileSystems: {
      local: 'queryStorageFileSystems', namespace: 0,
      fields: [
        { name: 'fsUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: true },
      ],
    },
    queryStorageFileSystemsResponse: {
      local: 'queryStorageFileSystemsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageFileSystem', min: 0, max: 'many', nillable: true },
      ],
    },
    queryStorageLuns: {
      local: 'queryStorageLuns', namespace: 0,
      fields: [
        { name: 'lunUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: true },
      ],
    },
    queryStorageLunsResponse: {
      local: 'queryStorageLunsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageLun', min: 0, max: 'many', nillable: true },
      ],
    },
    queryStoragePorts: {
      local: 'queryStoragePorts', namespace: 0,
      fields: [
        { name: 'portUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: true },
      ],
    },
    queryStoragePortsResponse: {
      local: 'queryStoragePortsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StoragePort', min: 0, max: 'many', nillable: true },
      ],
    },
    queryStorageProcessors: {
      local: 'queryStorageProcessors', namespace: 0,
      fields: [
        { name: 'spUniqueId', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: true },
      ],
    },
    queryStorageProcessorsResponse: {
      local: 'queryStorageProcessorsResponse', namespace: 0,
      fields: [
        { name: 'return', namespace: 0, type: 'StorageProcessor', min: 0, max: 'many', nillable: true },
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
        { name: 'return', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: true },
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
        { name: 'return', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: true },
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
        { name: 'return', namespace: 0, type: 'xs:string', min: 0, max: 'many', nillable: true },
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
    unregisterVASACertificate: {
      local: 'unregisterVASACertificate', namespace: 0,
      fields: [
        { name: 'existingCertificate', namespace: 0, type: 'xs:string', min: 0, max: 1, nillable: true },
      ],
    },
  },
  operations: {
    getAlarms: {
      soapAction: 'urn:getAlarms', input: 'getAlarms', output: 'getAlarmsResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'LostAlarm', 'StorageFault'],
    },
    getEvents: {
      soapAction: 'urn:getEvents', input: 'getEvents', output: 'getEventsResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'LostEvent', 'StorageFault'],
    },
    getNumberOfEntities: {
      soapAction: 'urn:getNumberOfEntities', input: 'getNumberOfEntities', output: 'getNumberOfEntitiesResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'StorageFault'],
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
    queryCatalog: {
      soapAction: 'urn:queryCatalog', input: null, output: 'queryCatalogResponse',
      faults: ['InvalidSession', 'StorageFault'],
    },
    queryDRSMigrationCapabilityForPerformance: {
      soapAction: 'urn:queryDRSMigrationCapabilityForPerformance', input: 'queryDRSMigrationCapabilityForPerformance', output: 'queryDRSMigrationCapabilityForPerformanceResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotFound', 'StorageFault'],
    },
    queryStorageCapabilities: {
      soapAction: 'urn:queryStorageCapabilities', input: 'queryStorageCapabilities', output: 'queryStorageCapabilitiesResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'NotImplemented', 'StorageFault'],
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
    registerVASACertificate: {
      soapAction: 'urn:registerVASACertificate', input: 'registerVASACertificate', output: 'registerVASACertificateResponse',
      faults: ['InvalidCertificate', 'InvalidLogin', 'InvalidSession', 'StorageFault'],
    },
    setContext: {
      soapAction: 'urn:setContext', input: 'setContext', output: 'setContextResponse',
      faults: ['InvalidArgument', 'InvalidSession', 'StorageFault'],
    },
    unregisterVASACertificate: {
      soapAction: 'urn:unregisterVASACertificate', input: 'unregisterVASACertificate', output: null,
      faults: ['InvalidCertificate', 'InvalidSession', 'StorageFault'],
    },
  },
};
