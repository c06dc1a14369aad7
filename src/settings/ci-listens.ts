// Turns the environment into whether the runner of a CI job listens, which takes some lines for commands.
import type { World } from '../world.js';
import { readSetting } from './read-setting.js';

export const ciListens = (env: World['env']): boolean =>
  readSetting(env, 'GITHUB_ACTIONS') ||
  readSetting(env, 'GITLAB_CI') ||
  readSetting(env, 'TF_BUILD') ||
  readSetting(env, 'TEAMCITY_VERSION') !== undefined;
