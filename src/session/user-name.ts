// Who works here: the name that MLflow's clients write into `mlflow.user`.
import { userInfo } from 'node:os';
import type { World } from '../world.js';

export function userName(world: World): string {
  const { LOGNAME, USER, LNAME, USERNAME } = world.env;
  const named = LOGNAME ?? USER ?? LNAME ?? USERNAME;
  if (named) return named;
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
