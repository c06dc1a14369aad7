// Turns who logs what from where into MLflow's tags: user, source, and the git commit with whether the tree was changed since.
import { userName } from '../session/user-name.js';
import { ONNXRUNTIME_VERSION, VERSION } from '../version.js';
import type { World } from '../world.js';
import { gitState } from './git-state.js';
import { PROCESS_TAG, processMark } from './process-mark.js';

/** Tags of a new run; `sourceName` is the recipe or file that was logged. */
export async function sourceTags(world: World, sourceName: string): Promise<Map<string, string>> {
  const tags = new Map([
    ['mlflow.user', userName(world)],
    ['mlflow.source.name', sourceName],
    ['mlflow.source.type', 'LOCAL'],
    ['mlctl.version', VERSION],
    ['mlctl.node_version', process.versions.node],
    ['mlctl.onnxruntime_version', ONNXRUNTIME_VERSION],
  ]);
  const mark = processMark();
  if (mark !== null) tags.set(PROCESS_TAG, mark);
  const git = await gitState(world);
  if (git) tags.set('mlflow.source.git.commit', git.commit);
  if (git && git.dirty !== null) tags.set('mlctl.git_dirty', String(git.dirty));
  return tags;
}
