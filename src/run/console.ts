/**
 * The console of a running provider: its listener with the provider's users, verbs and live updates behind it. It is
 * a help for people and never a condition: where it cannot listen, vCenter and hosts are served all the same.
 */
import type { ConsoleServer } from '../admin/web/server.ts';
import type { Config } from '../config/schema.ts';
import type { Log } from '../log/log.ts';
import { systemClock } from '../model/clock.ts';
import type { RunningProvider } from './provider.ts';

/** Undefined when it is not wanted, or cannot listen, which is in the log. */
export async function openProviderConsole(
  provider: RunningProvider,
  { enabled, host, port }: Config['console'],
  log: Pick<Log, 'notice'>,
): Promise<ConsoleServer | undefined> {
  if (!enabled) return undefined;
  const { users, certificate } = provider.parts.trust;
  try {
    // Loaded only where it is wanted: no command needs it but serve.
    const { openConsole } = await import('../admin/web/server.ts');
    const console = await openConsole({
      host,
      port,
      names: provider.names,
      tls: () => certificate.served(),
      login: (credentials, peerAddress) =>
        users.login(credentials, { peerAddress, certificate: undefined }),
      administrationFor: provider.administrationFor,
      consoleLogin: provider.consoleLogin,
      live: provider.live,
      clock: systemClock,
      failed: (cause) => log.notice('admin.order_failed', { cause }),
    });
    provider.onServed((served) => console.replaceTls(served));
    return console;
  } catch (cause) {
    log.notice('admin.console_unavailable', { host, port, cause });
    return undefined;
  }
}
