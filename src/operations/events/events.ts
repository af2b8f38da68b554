/**
 * getEvents: numbered changes of the array and notices of the provider, as one client wants them. All
 * clients share one numbering; each sees the types it subscribed to, what it can reach of an array, and the
 * requests to move bindings that are its own.
 */
import type { Change, ChangedEntity } from '../../model/array.ts';
import type { UsageContext } from '../../model/session.ts';
import type { EventRecord, ProviderMessage } from '../../store/port.ts';
import type {
  AnyStorageEvent,
  EntityTypeEnum,
  EventConfigTypeEnum,
  EventTypeEnum,
  GetEvents,
  GetEventsResponse,
  PolicyEnum,
} from '../../wire/generated/vasa-2.0/types.ts';
import { changeMessageId } from '../catalog/event-messages.ts';
import type { SessionContext } from '../context.ts';
import { type Subject, visibility } from '../inventory/visibility.ts';
import { isServed } from '../versions.ts';

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
      eventType: 'Rebind',
      parameterList: [],
      vvolId: vvolIds,
      ...shared,
    };
  const { type, name } = OF_ENTITY[entity];
  return {
    eventConfigType: CONFIG_TYPES[kind],
    eventObjType: name,
    eventType: type,
    objectId: entityId,
    parameterList: [{ parameterName: 'objectId', parameterValue: entityId }],
    ...shared,
  };
}

/** Of the provider's own: a fact for the administrator, or that a volume's compliance has changed. */
function ofMessage(notice: ProviderMessage): AnyStorageEvent {
  const { complianceOf } = notice;
  const kind: AnyStorageEvent =
    complianceOf === undefined
      ? { eventType: 'System', parameterList: [] }
      : {
          eventConfigType: 'Update',
          eventObjType: 'Compliance' satisfies PolicyEnum,
          eventType: 'Policy',
          objectId: complianceOf,
          parameterList: [],
        };
  return {
    ...kind,
    messageId: notice.messageId,
    parameterList: notice.parameters.map(({ name, value }) => ({
      parameterName: name,
      parameterValue: value,
    })),
  };
}

function storageEvent({ eventId, at, body }: EventRecord): AnyStorageEvent {
  const event = body.kind === 'change' ? ofChange(body.change) : ofMessage(body);
  return { eventId, eventTimeStamp: at, ...event };
}

/** Is the event of a type that the client wants and its API has, and, when for one host, its own? */
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

/** What an event is about; undefined: nothing of an array. A request to move bindings names its host. */
function subjectOf({ body }: EventRecord): Subject | undefined {
  if (body.kind === 'system' || body.change.kind === 'rebind') return undefined;
  const { arrayId, entity, entityId, kind } = body.change;
  return { entity, entityId, arrayId, isGone: kind === 'delete' };
}

/**
 * The next events after the last one that the client has, at most 100; an empty list is the usual
 * answer. A repeat gives the same again. Faults: InvalidArgument, LostEvent (docs/protocol-choices.md,
 * "Cursors").
 */
export async function getEvents(
  context: SessionContext,
  { lastEventId }: GetEvents,
): Promise<GetEventsResponse> {
  const { call, provider, session } = context;
  const sees = visibility(context);
  const records = await provider.events.read({
    reader: session,
    view: call.apiVersion,
    after: lastEventId,
    wants: (record) => {
      if (!isFor(session.usageContext, call.apiVersion, record)) return false;
      const subject = subjectOf(record);
      return subject === undefined || sees(subject);
    },
  });
  return { return: records.map(storageEvent) };
}
