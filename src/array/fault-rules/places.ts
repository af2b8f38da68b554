/**
 * A call as rules see it. Where its volumes lie is asked of the array, and only when a rule wants to
 * know; what the array does not (yet) have lies nowhere.
 */
import type { ContainerId } from '../../model/ids.ts';
import type { StorageArrayPort } from '../port.ts';
import type { FacedCall, FaultRules } from './rules.ts';
import { type PortMethod, type Subject, WORK_OF_OPERATION } from './subject.ts';

interface Facing {
  readonly port: StorageArrayPort;
  readonly rules: FaultRules;
  readonly caller: { readonly operation: string; readonly hostId: string | undefined } | undefined;
  readonly method: PortMethod;
  readonly subject: Subject;
}

/** What the rules are held against. */
export async function facedCall({
  port,
  rules,
  caller,
  method,
  subject,
}: Facing): Promise<FacedCall> {
  const { vvolIds = [], hostId, arrayId, containerId } = subject;
  const isWork = caller !== undefined && WORK_OF_OPERATION[caller.operation] === method;
  const containers = rules.askPlaces ? await containersOf(port, subject) : [containerId];
  const arrays = rules.askPlaces ? await arraysOf(port, containers) : [];
  return {
    method,
    operation: isWork ? caller.operation : undefined,
    hosts: present([caller?.hostId, hostId]),
    volumes: vvolIds,
    containers: present(containers),
    arrays: present([arrayId, ...arrays]),
  };
}

async function containersOf(
  port: StorageArrayPort,
  { vvolIds = [], containerId }: Subject,
): Promise<readonly (ContainerId | undefined)[]> {
  if (vvolIds.length === 0) return [containerId];
  const volumes = await port.volumes(vvolIds);
  return [containerId, ...volumes.map((volume) => volume.containerId)];
}

async function arraysOf(
  port: StorageArrayPort,
  containerIds: readonly (ContainerId | undefined)[],
): Promise<readonly string[]> {
  const containers = await port.containers();
  return containers.flatMap(({ containerId, arrayId }) =>
    containerIds.includes(containerId) ? [arrayId] : [],
  );
}

function present(words: readonly (string | undefined)[]): readonly string[] {
  return words.filter((word) => word !== undefined);
}
