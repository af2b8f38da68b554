/**
 * A scene: a prepared incident, as support staff meet them, that is played on a real provider. What it leaves
 * is the folder of the log, and what the log ought to tell.
 */
import type { SceneSettings, Stage, Staging } from './stage.ts';
import { onStage } from './stage.ts';

export interface Scene extends SceneSettings {
  /** Kebab-case. */
  readonly id: string;
  /** What a person who was there would say. */
  readonly title: string;
  /** Plays it, and gives what a reader of the log has to find: ids, fingerprints, names. */
  play(stage: Stage): Promise<Readonly<Record<string, string>>>;
}

/** Plays a scene; its log files go to `directory`, which must exist. Gives what a reader must find. */
export function playScene(
  scene: Scene,
  directory: string,
  { verbose = false, standing = false }: Partial<Omit<Staging, 'directory'>> = {},
): Promise<Readonly<Record<string, string>>> {
  return onStage(scene, { directory, verbose, standing }, (stage) => scene.play(stage));
}
