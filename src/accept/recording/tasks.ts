/** Tasks in the answers of a replay: whether they have ended, and which volumes they have made. */
import { payloadOf, type XmlNode } from '../report/tree.ts';

export interface ToldTask {
  readonly taskId: string;
  readonly hasEnded: boolean;
  readonly hasSucceeded: boolean;
  /** What it has made, where that has an id. */
  readonly made: string | undefined;
}

/** The task that an answer is about; undefined: it is about none, or about several. */
export function taskIn(xml: string): ToldTask | undefined {
  const rows = payloadOf(xml)?.children ?? [];
  const [task] = rows;
  if (rows.length !== 1 || task === undefined) return undefined;
  const [taskId, state] = [childOf(task, 'taskId')?.text, childOf(task, 'taskState')?.text];
  if (taskId === undefined || state === undefined) return undefined;
  const hasSucceeded = state === 'Success';
  return {
    ...{ taskId, hasSucceeded, hasEnded: state !== 'Queued' && state !== 'Running' },
    made: hasSucceeded ? madeIn(task) : undefined,
  };
}

/** The result of a task is an id, or has one: of a snapshot that is prepared. */
function madeIn(task: XmlNode): string | undefined {
  const result = childOf(task, 'result');
  const holder = result && result.children.length > 0 ? childOf(result, 'snapshotId') : result;
  return holder?.text || undefined;
}

function childOf(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((each) => each.name === name);
}
