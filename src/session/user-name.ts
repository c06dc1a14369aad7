// The name of the user, which MLflow's clients write into `mlflow.user`.
import { userInfo } from 'node:os';
import { readSetting } from '../settings/read-setting.js';
import type { World } from '../world.js';

export function userName(world: World): string {
  const { env } = world;
  const named =
    readSetting(env, 'LOGNAME') ??
    readSetting(env, 'USER') ??
    readSetting(env, 'LNAME') ??
    readSetting(env, 'USERNAME');
  if (named !== undefined) return named;
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
