/**
 * What goes wrong around one call: rules on the array's port, the array served by somebody else, parts of the
 * provider that throw, a password check with no place left in its queue. Each is taken back by what it gives.
 */
import type { ArrayErrorKind } from '../../src/model/array.ts';
import { credentialsMessage } from '../support/registered.ts';
import type { Disturbance } from './row.ts';
import { m } from './xml.ts';

/** The array answers a method of its port with this error. */
export function arraySays(method: string, error: ArrayErrorKind): Disturbance {
  return async ({ provider: { administration } }) => {
    const { id } = await administration.faults.add({ on: method, error });
    return () => administration.faults.remove(id);
  };
}

/** The provider cannot find its sessions: whatever is called fails before it has begun. */
export const sessionsFail: Disturbance = async ({ provider: { parts } }) => {
  const { sessions } = parts;
  const fail = () => Promise.reject(new Error('the matrix has broken the sessions'));
  Object.assign(sessions, { find: fail, open: fail });
  return () => {
    // The methods of the class come to light again.
    Reflect.deleteProperty(sessions, 'find');
    Reflect.deleteProperty(sessions, 'open');
  };
};

/** Another provider has been activated for every array. */
export const takenOver: Disturbance = async ({ provider: { parts, uid, versionXml } }) => {
  const { array } = parts;
  const activate = async (providerId: string, url: string) => {
    for (const { arrayId } of await array.arrays())
      await array.activate(arrayId, { providerId, url });
  };
  await activate('another-provider', 'https://192.0.2.7:8443/vasa/version.xml');
  return () => activate(uid, versionXml);
};

/** As many logins as may wait are waiting: each takes a while, by intent. */
export const loginsWait: Disturbance = async (stage) => {
  const { anonymous } = stage.clients;
  const login = `${credentialsMessage()}${m({ caRootCert: 'none' }).text}`;
  const waiting = Array.from({ length: 12 }, () =>
    anonymous.call('registerCACertificatesAndCRLs', login),
  );
  // One after the other from the sockets; those in excess are refused at once.
  await Promise.race(waiting);
  return async () => {
    await Promise.all(waiting);
  };
};
