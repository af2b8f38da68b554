/** What the tests of handlers share: one way to call a handler, requests that are right, and faults. */
import { expect } from 'vitest';
import { ArrayError } from '../../src/array/errors.ts';
import type { JobStart } from '../../src/array/jobs.ts';
import type { StorageArrayPort } from '../../src/array/port.ts';
import type { ArrayErrorKind, Job, JobResult } from '../../src/model/array.ts';
import type { FaultName, VasaFault } from '../../src/model/faults.ts';
import type { ArrayId, ContainerId } from '../../src/model/ids.ts';
import type { Session } from '../../src/model/session.ts';
import { epochMs } from '../../src/model/units.ts';
import type { ProviderEvents } from '../../src/operations/events/provider-events.ts';
import { queryProtocolEndpoint, setPEContext } from '../../src/operations/inventory/endpoints.ts';
import { toFault } from '../../src/operations/to-fault.ts';
import { createVirtualVolume } from '../../src/operations/volumes/volumes.ts';
import type { EventRecord } from '../../src/store/port.ts';
import { compileCodec } from '../../src/wire/codec.ts';
import { service as service10 } from '../../src/wire/generated/vasa-1.0/service.ts';
import type { Operations } from '../../src/wire/generated/vasa-2.0/operations.ts';
import { service } from '../../src/wire/generated/vasa-2.0/service.ts';
import type { CreateVirtualVolume } from '../../src/wire/generated/vasa-2.0/types.ts';
import { callOf, type TestProvider } from '../support/provider.ts';

/** The id of the container of this name. */
export async function containerId({ array }: TestProvider, name: string): Promise<ContainerId> {
  const found = (await array.containers()).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no container ${name}`);
  return found.containerId;
}

/** A request that makes a volume of 10 MB, with some of its fields replaced. */
export function createRequest(
  container: string,
  given: Partial<CreateVirtualVolume> = {},
): CreateVirtualVolume {
  return {
    containerId: container,
    vvolType: 'Data',
    sizeInMB: 10n,
    metadata: [{ parameterName: 'VMW_VVolName', parameterValue: 'disk.vmdk' }],
    ...given,
  };
}

/** Makes a volume through the handler and gives its id. */
export async function makeVolume(
  test: TestProvider,
  session: Session,
  given: Partial<CreateVirtualVolume> & { readonly container?: string } = {},
): Promise<string> {
  const { container = 'block', ...fields } = given;
  const request = createRequest(await containerId(test, container), fields);
  const call = callOf(test.provider, session, 'createVirtualVolume');
  const { return: task } = await createVirtualVolume(call, request);
  expect(task.taskState).toBe('Success');
  return String(task.result?.value);
}

/** Has the session name every endpoint of the array, as a host that sees them all. */
export async function seeEndpoints({ provider }: TestProvider, session: Session): Promise<void> {
  const all = await queryProtocolEndpoint(callOf(provider, session, 'queryProtocolEndpoint'), {
    peId: [],
  });
  await setPEContext(callOf(provider, session, 'setPEContext'), { listOfHostPE: all.return });
}

/**
 * The fault that a call ends with; fails when it does not end with one. Checks that the operation
 * declares it: an undeclared fault would be replaced on its way to the client.
 */
export async function faultOf(operation: string, call: Promise<unknown>): Promise<VasaFault> {
  const fault = await call.then(
    () => {
      throw new Error(`${operation} did not fail`);
    },
    (thrown: unknown) => toFault(thrown),
  );
  expect(service.operations[operation]?.faults).toContain(fault.fault satisfies FaultName);
  return fault;
}

const CODECS = { '1.0': compileCodec(service10), '2.0': compileCodec(service) };

/**
 * A response after a trip over the wire: written by the codec of that API version and read again by the
 * one that wrote it. Fails when the handler's response does not fit its description.
 */
export function onTheWire<Name extends keyof Operations>(
  apiVersion: '1.0' | '2.0',
  operation: Name,
  response: Operations[Name]['response'],
): Operations[Name]['response'] {
  const codec = CODECS[apiVersion];
  const output = codec.service.operations[operation]?.output ?? '';
  const text = codec.encode(output, response);
  // The codec reads what the element's generated type says, as the handler's response does.
  return codec.decode(output, text) as Operations[Name]['response'];
}

/** A job of the first array that has done its work within the call that started it. */
export function endedJob(
  { jobId, operation }: JobStart,
  result: JobResult = { kind: 'none' },
): Job {
  return {
    jobId,
    // Ids of arrays are free text; nothing but the brand is missing.
    arrayId: 'array-1' as ArrayId,
    operation,
    state: 'succeeded',
    startedAt: epochMs(1_000),
    endedAt: epochMs(1_000),
    estimatedEndAt: undefined,
    progressPercent: 100,
    cancelable: false,
    cancelled: false,
    result,
    error: undefined,
  };
}

/**
 * Lets `method` of the array fail in each of these ways and checks what the operation answers: the fault
 * of that kind, declared by the operation. `fakes` are what the test's provider puts over the array.
 */
export async function expectFaultsOf<Method extends keyof StorageArrayPort>(
  operation: string,
  fakes: Partial<StorageArrayPort>,
  method: Method,
  expected: Partial<Record<ArrayErrorKind, FaultName>>,
  call: () => Promise<unknown>,
): Promise<void> {
  const kinds = Object.keys(expected) as ArrayErrorKind[];
  for (const kind of kinds) {
    const fail = () => Promise.reject(new ArrayError(kind, `the array says ${kind}`));
    Object.assign(fakes, { [method]: fail });
    const fault = await faultOf(operation, call());
    expect({ kind, fault: fault.fault }).toEqual({ kind, fault: expected[kind] });
    expect(fault.message).toContain(`the array says ${kind}`);
  }
  delete fakes[method];
}

/** Reads everything there is, as a client that polls until it gets an empty list. */
export async function readAll(
  events: ProviderEvents,
  after: bigint | undefined,
  wants: (record: EventRecord) => boolean = () => true,
): Promise<EventRecord[]> {
  const reader = {};
  const all: EventRecord[] = [];
  for (;;) {
    const last = all.at(-1)?.eventId ?? after;
    const batch = await events.read({ reader, view: '2.0', after: last, wants });
    if (batch.length === 0) return all;
    all.push(...batch);
  }
}

/** Positions in the feed of the changes among these events. */
export const sequences = (records: readonly EventRecord[]) =>
  records.flatMap(({ body }) => (body.kind === 'change' ? [body.change.sequence] : []));

/** Everything in the array's feed. */
export const feed = async (array: StorageArrayPort) =>
  (await array.changes(0n, 100_000)).changes.map((each) => each.sequence);
