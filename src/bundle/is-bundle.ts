// Turns a folder into whether `audit --bundle` wrote it, and not a model.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const RECORD_FILE = 'audit.json';

export const isBundle = (folder: string): boolean =>
  existsSync(join(folder, RECORD_FILE)) && !existsSync(join(folder, 'MLmodel'));
