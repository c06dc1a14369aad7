// The versions that compute here.
import { ONNXRUNTIME_VERSION, VERSION } from '../version.js';
import { LOCK_DIGEST } from './lock-digest.js';
import type { VersionLineage } from './types.js';

export const versionsHere = (): VersionLineage => ({
  mlctl: VERSION,
  node: process.versions.node,
  onnxruntime: ONNXRUNTIME_VERSION,
  lock: LOCK_DIGEST,
  platform: `${process.platform}-${process.arch}`,
});
