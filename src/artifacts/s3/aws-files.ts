// Turns the settings into the places of the AWS files: profiles and credentials.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readSetting } from '../../settings/read-setting.js';
import type { World } from '../../world.js';

export function awsFiles(env: World['env']): { readonly config: string; readonly credentials: string } {
  const folder = join(readSetting(env, 'HOME') ?? homedir(), '.aws');
  return {
    config: readSetting(env, 'AWS_CONFIG_FILE') ?? join(folder, 'config'),
    credentials: readSetting(env, 'AWS_SHARED_CREDENTIALS_FILE') ?? join(folder, 'credentials'),
  };
}
