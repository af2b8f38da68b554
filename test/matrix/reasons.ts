/** Why some declared faults are never an answer, in the words of docs/operations.md. */
export const NEVER = {
  busy: { never: 'nothing in it waits for the array or has a queue' },
  open: { never: 'it needs no session' },
  permission: { never: 'every session may use every volume and every container' },
} as const;
