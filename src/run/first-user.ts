/**
 * The user that a first start makes. A password that was made for it is of use only once somebody has seen it: when the
 * start fails, the user goes again, and the next start makes and shows another.
 */
import type { Config } from '../config/schema.ts';
import type { Provider } from '../operations/context.ts';
import type { Audit } from './audit/audit.ts';
import type { Closers } from './closers.ts';

/** `generatedPassword` is to be shown once. */
export type FirstUser = NonNullable<Awaited<ReturnType<Provider['trust']['users']['ensureFirst']>>>;

/** Makes the user where there is none; undefined where there is. `isStarted` is asked at the end. */
export async function makeFirstUser(
  { trust: { users } }: Pick<Provider, 'trust'>,
  { user, password }: Config['admin'],
  { audit, opened, isStarted }: { audit: Audit; opened: Closers; isStarted: () => boolean },
): Promise<FirstUser | undefined> {
  const made = await users.ensureFirst(user, password);
  if (made === undefined) return undefined;
  audit.told('user.save', made.userName, { first: true });
  opened.add(async () => {
    if (isStarted() || made.generatedPassword === undefined) return;
    await users.remove(made.userName);
    audit.told('user.remove', made.userName, { unseen: true });
  });
  return made;
}
