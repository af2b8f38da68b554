/** The provider's store with the time measured that its changes take. Questions go through as they are. */
import type { ProviderStore } from '../store/port.ts';

/** Whether a method makes something durable. */
const CHANGES: Readonly<Record<keyof ProviderStore, boolean>> = {
  installation: false,
  users: false,
  saveUser: true,
  removeUser: true,
  registrations: false,
  saveRegistration: true,
  removeRegistration: true,
  providerCertificate: false,
  saveProviderCertificate: true,
  markNotice: true,
  auditHead: false,
  saveAuditHead: true,
  appendChanges: true,
  restartNumbering: true,
  numberedUpTo: false,
  appendSystemEvent: true,
  events: false,
  eventRange: false,
  appendAlarms: true,
  activeAlarms: false,
  alarms: false,
  alarmRange: false,
  judgedUpTo: false,
  saveJudgedUpTo: true,
  copyTo: false,
  close: false,
};

type Method = (...args: never[]) => Promise<unknown>;

/** `told` of each change when it has ended: how long it took, and whether it was made. */
export function measuredStore(
  store: ProviderStore,
  told: (milliseconds: number, isDone: boolean) => void,
): ProviderStore {
  const measured = (method: Method): Method => {
    return async (...args) => {
      const begun = performance.now();
      let isDone = false;
      try {
        const answer = await method(...args);
        isDone = true;
        return answer;
      } finally {
        told(performance.now() - begun, isDone);
      }
    };
  };
  const methods = Object.entries<Method>({ ...store }).map(([name, method]) => {
    return [name, CHANGES[name as keyof ProviderStore] ? measured(method) : method] as const;
  });
  // The same methods under the same names.
  return Object.freeze(Object.fromEntries(methods)) as unknown as ProviderStore;
}
