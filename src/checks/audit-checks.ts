// The checks of smoke that an audit does again, in their order. A package that names another run than the store does is still
// judged: the line `registry` says so.
import { example } from './smoke/example.js';
import { golden } from './smoke/golden.js';
import { integrity } from './smoke/integrity.js';
import { load } from './smoke/load.js';
import { packageCheck } from './smoke/package.js';
import { predict } from './smoke/predict.js';
import { rescore } from './smoke/rescore.js';
import { resolve } from './smoke/resolve.js';
import { signature } from './smoke/signature.js';
import type { SmokeCheck } from './smoke-check.js';

const judged: SmokeCheck = {
  ...packageCheck,
  async run(facts, tools) {
    const verdict = await packageCheck.run(facts, tools);
    return verdict.status === 'fail'
      ? { ...verdict, status: 'warn', details: { ...verdict.details, false_origin: true } }
      : verdict;
  },
};

export const AUDIT_CHECKS: readonly SmokeCheck[] = [
  resolve,
  integrity,
  judged,
  signature,
  load,
  example,
  predict,
  golden,
  rescore,
];
