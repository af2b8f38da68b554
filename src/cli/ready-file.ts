/** The ready file: JSON by which automation learns that a process listens, and where. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { RELEASE } from '../release/release.ts';
import type { RunningProvider } from '../run/provider.ts';

export type OnClose = (close: () => Promise<void>) => void;

/** What the ready file holds; docs/configuration.md. */
export interface ReadyFile {
  readonly versionXml: string;
  readonly port: number;
  readonly pid: number;
  readonly certificateFile: string;
  readonly adminSocket: string;
  readonly healthUrl: string;
  /** Left out when there is no console. */
  readonly consoleUrl?: string;
  readonly dataDirectory: string;
  readonly release: string;
}

/** What it holds of an array that is served (`keelson array serve`). */
export interface ArrayReadyFile {
  readonly arraySocket: string;
  readonly pid: number;
  readonly dataDirectory: string;
  readonly release: string;
}

/** What is to be told of a provider that listens. */
export function readyFacts(
  provider: RunningProvider,
  adminSocket: string,
  healthUrl: string,
  consoleUrl: string | undefined,
): ReadyFile {
  const { versionXml, port, certificateFile, dataDirectory } = provider;
  const places = { versionXml, port, pid: process.pid, certificateFile, adminSocket, healthUrl };
  const shown = consoleUrl === undefined ? {} : { consoleUrl };
  return { ...places, ...shown, dataDirectory, release: RELEASE.signature };
}

/**
 * Written beside and renamed, so that whoever waits for the file reads all of it. A place that cannot be
 * written is found out here; what a provider that was killed left there is taken away.
 */
export function prepareReadyFile(
  file: string | undefined,
  onClose: OnClose,
): { publish(ready: ReadyFile | ArrayReadyFile): void } {
  if (file === undefined) return { publish: () => undefined };
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, '');
  rmSync(file, { force: true });
  onClose(async () => {
    rmSync(beside, { force: true });
    rmSync(file, { force: true });
  });
  return {
    publish: (ready) => {
      writeFileSync(beside, `${JSON.stringify(ready, null, 2)}\n`);
      renameSync(beside, file);
    },
  };
}
