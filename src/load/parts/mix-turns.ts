/**
 * The order of the steady mix: bind and unbind 40 %, create, task and delete 20 %, information on a volume 20 %,
 * events 10 %, metadata 10 %. A volume is bound before it is unbound, and made before it is deleted. Pure.
 */

export type Turn =
  | 'bind'
  | 'unbind'
  | 'create'
  | 'task'
  | 'delete'
  | 'info'
  | 'events'
  | 'metadata';

/** One round; every connection goes through it again and again. */
export const TURNS: readonly Turn[] = [
  ...(['bind', 'info', 'unbind', 'create', 'events', 'task', 'bind', 'metadata'] as const),
  ...(['unbind', 'info', 'delete', 'bind', 'info', 'unbind', 'events', 'bind'] as const),
  ...(['info', 'unbind', 'create', 'metadata', 'task', 'bind', 'info', 'unbind'] as const),
  ...(['delete', 'events', 'bind', 'metadata', 'unbind', 'info'] as const),
];
