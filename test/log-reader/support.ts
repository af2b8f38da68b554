/** Logs of scenes for tests: each is played once, into a folder that goes when the tests have ended. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playScene, type Scene } from '../support/scenes/scene.ts';

export interface Played {
  readonly folder: string;
  /** What a reader has to find. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Plays scenes side by side; `remove` takes their folders away. */
export async function played(
  scenes: readonly Scene[],
  verbose = false,
): Promise<{ readonly of: ReadonlyMap<string, Played>; remove(): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'keelson-played-'));
  const all = await Promise.all(
    scenes.map(async (scene) => {
      const folder = await mkdtemp(join(root, `${scene.id}-`));
      return [scene.id, { folder, facts: await playScene(scene, folder, { verbose }) }] as const;
    }),
  );
  return { of: new Map(all), remove: () => rm(root, { recursive: true, force: true }) };
}
