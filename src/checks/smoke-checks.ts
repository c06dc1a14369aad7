// The checks of smoke in the order of the contract (§5).
import type { CheckName } from '../documents/check.js';
import { example } from './smoke/example.js';
import { golden } from './smoke/golden.js';
import { guard } from './smoke/guard.js';
import { integrity } from './smoke/integrity.js';
import { latency } from './smoke/latency.js';
import { load } from './smoke/load.js';
import { output } from './smoke/output.js';
import { packageCheck } from './smoke/package.js';
import { predict } from './smoke/predict.js';
import { rescore } from './smoke/rescore.js';
import { resolve } from './smoke/resolve.js';
import { signature } from './smoke/signature.js';
import type { SmokeCheck } from './smoke-check.js';

export const SMOKE_CHECKS: readonly SmokeCheck[] = [
  resolve,
  integrity,
  packageCheck,
  signature,
  load,
  example,
  predict,
  output,
  golden,
  guard,
  rescore,
  latency,
];

export const CHECK_NAMES: readonly CheckName[] = SMOKE_CHECKS.map(({ name }) => name);
