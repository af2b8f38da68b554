/** The audit trail in a data folder and whether it stands, by what the provider remembers of its end. */
import { readTrailFiles } from '../audit/files.ts';
import { type TrailFile, type TrailVerdict, verifyTrail } from '../audit/verify.ts';
import type { Clock } from '../model/clock.ts';
import type { DatabaseCopy } from './database-copy.ts';
import type { Installation } from './installation.ts';

/**
 * The trail's files, oldest first, and what is to be thought of them; where nobody tells what the provider remembers,
 * by their chain alone. Rejects when they cannot be read.
 */
export async function auditTrail(
  installation: Installation,
  copy: DatabaseCopy,
  clock: Clock,
): Promise<{ readonly files: readonly TrailFile[]; readonly verdict: TrailVerdict }> {
  // The end first: meanwhile the files may only grow.
  const head = await headOf(installation, copy, clock).catch(() => undefined);
  const files = readTrailFiles(installation.dataDir);
  return { files, verdict: verifyTrail(files, head) };
}

async function headOf({ answering }: Installation, copy: DatabaseCopy, clock: Clock) {
  if (answering !== undefined) {
    const head = await answering.admin.auditHead();
    return head.seq === 0 ? undefined : head;
  }
  const store = await copy.openStore(clock);
  try {
    return await store.auditHead();
  } finally {
    await store.close();
  }
}
