/** What the parts of a provider tell of their changes, as news for the pages that show them. */
import { LiveFeed } from '../admin/live.ts';
import { requestRow } from '../admin/queries/requests.ts';
import type { StorageArrayPort } from '../array/port.ts';
import type { RecentRequests } from '../log/recent.ts';
import type { Closers } from './closers.ts';

/** A feed that hears of every request. */
export function openLive(recent: RecentRequests, opened: Closers): LiveFeed {
  const live = new LiveFeed();
  const stop = recent.watch((request) =>
    live.answered(String(request.fields.operation), () => requestRow(request)),
  );
  opened.add(async () => stop());
  return live;
}

/** Has the feed told of what the array does by itself, or for another provider. */
export function tellOfArray(live: LiveFeed, array: StorageArrayPort, opened: Closers): void {
  const stop = array.watch(() =>
    live.changed('volumes', 'containers', 'endpoints', 'inventory', 'tasks', 'events'),
  );
  opened.add(async () => stop());
}
