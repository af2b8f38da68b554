/**
 * The steady mix as the `soap` package's server answers it: from memory, without a check of anything, in answers
 * of the same size as Keelson's. Plain functions from request to response, as the package wants them.
 */
import { randomUUID } from 'node:crypto';

interface Volume {
  readonly vvolId: string;
  readonly metadata: { parameterName: string; parameterValue: string }[];
  boundBy: number;
}

/** Everything it holds. Volumes that nobody has made are made when they are first named. */
const volumes = new Map<string, Volume>();
const tasks = new Map<string, string>();

function volumeOf(vvolId: string): Volume {
  const known = volumes.get(vvolId);
  if (known !== undefined) return known;
  const metadata = ['VMW_VVolName', 'VMW_VVolType', 'VMW_VmID'].map((parameterName) => ({
    parameterName,
    parameterValue: 'load Data',
  }));
  const made = { vvolId, metadata, boundBy: 0 };
  volumes.set(vvolId, made);
  return made;
}

function taskOf(taskId: string) {
  return {
    cancelable: false,
    cancelled: false,
    name: 'createVirtualVolume',
    progress: 100,
    progressUpdateAvailable: true,
    result: { attributes: { 'xsi:type': 'xsd:string' }, $value: tasks.get(taskId) ?? '' },
    startTime: new Date().toISOString(),
    taskId,
    taskState: 'Success',
  };
}

const infoOf = ({ vvolId, metadata }: Volume) => ({ uniqueIdentifier: vvolId, metadata, vvolId });

export const listOf = <Item>(given: Item | readonly Item[]): readonly Item[] =>
  Array.isArray(given) ? given : [given as Item];

export const mixHandlers = {
  unbindVirtualVolume: ({ vvolHandle }: { vvolHandle: unknown }) => ({
    return: listOf(vvolHandle).map(() => ({ uniqueId: 'rfc4122.unbound' })),
  }),
  createVirtualVolume: () => {
    const [taskId, vvolId] = [randomUUID(), `rfc4122.${randomUUID()}`];
    volumeOf(vvolId);
    tasks.set(taskId, vvolId);
    return { return: taskOf(taskId) };
  },
  getTaskUpdate: ({ taskId }: { taskId: string }) => ({ return: taskOf(taskId) }),
  deleteVirtualVolume: ({ vvolId }: { vvolId: string }) => {
    volumes.delete(vvolId);
    return {};
  },
  queryVirtualVolumeInfo: ({ vvolId }: { vvolId: string | string[] }) => ({
    return: listOf(vvolId).map((each) => infoOf(volumeOf(each))),
  }),
  getEvents: () => ({}),
  updateVirtualVolumeMetaData: (request: {
    vvolId: string;
    keyValuePair: Volume['metadata'][number] | Volume['metadata'];
  }) => {
    const { metadata } = volumeOf(request.vvolId);
    for (const pair of listOf(request.keyValuePair)) {
      const at = metadata.findIndex(({ parameterName }) => parameterName === pair.parameterName);
      if (at < 0) metadata.push(pair);
      else metadata[at] = pair;
    }
    return {};
  },
};
