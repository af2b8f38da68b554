/**
 * getEvents: numbered changes of the array and notices of the provider, as one client wants them. All
 * clients share one numbering; each sees the types it subscribed to, and the requests to move bindings
 * that are its own.
 */
import type { Change, ChangedEntity } from '../model/array.ts';
import type { UsageContext } from '../model/session.ts';
import type { EventRecord } from '../store/port.ts';
import type {
  AnyStorageEvent,
  EntityTypeEnum,
  EventConfigTypeEnum,
  EventTypeEnum,
  GetEvents,
  GetEventsResponse,
  PolicyEnum,
} from '../wire/generated/vasa-2.0/types.ts';
import { changeMessageId } from './catalog/event-messages.ts';
import type { SessionContext } from './context.ts';
import { isServed } from './versions.ts';

/** Type of the events about each kind of thing, and its name there. */
const OF_ENTITY: Readonly<
  Record<
    ChangedEntity,
    { readonly type: EventTypeEnum; readonly name: EntityTypeEnum | PolicyEnum }
  >
> = {
  BackingStoragePool: { type: 'Config', name: 'BackingStoragePool' },
  CapabilityProfile: { type: 'Policy', name: 'Profile' },
  CapabilitySchema: { type: 'Policy', name: 'Schema' },
  DefaultProfile: { type: 'Policy', name: 'Profile' },
  ProtocolEndpoint: { type: 'ConfigProtocolEndpoint', name: 'ProtocolEndpoint' },
  ResourceAssociation: { type: 'Policy', name: 'Resource' },
  StorageArray: { type: 'Config', name: 'StorageArray' },
  StorageCapability: { type: 'Config', name: 'StorageCapability' },
  StorageContainer: { type: 'Config', name: 'StorageContainer' },
  StorageFileSystem: { type: 'Config', name: 'StorageFileSystem' },
  StorageLun: { type: 'Config', name: 'StorageLun' },
  StoragePort: { type: 'Config', name: 'StoragePort' },
  StorageProcessor: { type: 'Config', name: 'StorageProcessor' },
  VirtualVolumeInfo: { type: 'Config', name: 'VirtualVolumeInfo' },
};

const CONFIG_TYPES: Readonly<Record<Exclude<Change['kind'], 'rebind'>, EventConfigTypeEnum>> = {
  delete: 'Delete',
  new: 'New',
  update: 'Update',
};

function ofChange(change: Change): AnyStorageEvent {
  const { arrayId, kind, entity, entityId, vvolIds } = change;
  const shared = { arrayId, messageId: changeMessageId(entity, kind) };
  if (kind === 'rebind')
    return {
      $type: 'RebindEvent',
      ...shared,
      eventType: 'Rebind',
      parameterList: [],
      vvolId: vvolIds,
    };
  const { type, name } = OF_ENTITY[entity];
  return {
    ...shared,
    eventConfigType: CONFIG_TYPES[kind],
    eventObjType: name,
    eventType: type,
    objectId: entityId,
    parameterList: [{ parameterName: 'objectId', parameterValue: entityId }],
  };
}

function ofNotice(notice: Extract<EventRecord['body'], { kind: 'system' }>): AnyStorageEvent {
  return {
    eventType: 'System',
    messageId: notice.messageId,
    parameterList: notice.parameters.map(({ name, value }) => ({
      parameterName: name,
      parameterValue: value,
    })),
  };
}

function storageEvent({ eventId, at, body }: EventRecord): AnyStorageEvent {
  const event = body.kind === 'change' ? ofChange(body.change) : ofNotice(body);
  return { ...event, eventId, eventTimeStamp: at };
}

/** Is the event for this client: of a type it wants and its API has, and, when for one host, its own? */
function isFor(context: UsageContext, apiVersion: string, record: EventRecord): boolean {
  const { body } = record;
  if (body.kind === 'change' && body.change.kind === 'rebind') {
    if (body.change.hostId !== context.hostId) return false;
  }
  const { eventType = '', eventObjType } = storageEvent(record);
  const { subscribedEvents } = context;
  return (
    (subscribedEvents.length === 0 || subscribedEvents.includes(eventType)) &&
    isServed(apiVersion, 'EventTypeEnum', eventType) &&
    isServed(apiVersion, 'EntityTypeEnum', eventObjType)
  );
}

/**
 * The next events after the last one that the client has, at most 100; an empty list is the usual
 * answer. A repeat gives the same again. Faults: InvalidArgument, LostEvent (docs/protocol-choices.md,
 * "Cursors").
 */
export async function getEvents(
  { call, provider, session }: SessionContext,
  { lastEventId }: GetEvents,
): Promise<GetEventsResponse> {
  const records = await provider.events.read({
    reader: session,
    view: call.apiVersion,
    after: lastEventId,
    wants: (record) => isFor(session.usageContext, call.apiVersion, record),
  });
  return { return: records.map(storageEvent) };
}
