// The lines of an audit in the order of the contract.
import { bytes } from './audit/bytes.js';
import { code } from './audit/code.js';
import { data } from './audit/data.js';
import { dependencies } from './audit/dependencies.js';
import { golden } from './audit/golden.js';
import { history } from './audit/history.js';
import { recipe } from './audit/recipe.js';
import { record } from './audit/record.js';
import { registry } from './audit/registry.js';
import { reproduction } from './audit/reproduction.js';
import { rescore } from './audit/rescore.js';
import { run } from './audit/run.js';
import { signature } from './audit/signature.js';
import type { AuditLine } from './audit-line.js';

export const AUDIT_LINES: readonly AuditLine[] = [
  bytes,
  registry,
  run,
  record,
  data,
  recipe,
  code,
  dependencies,
  golden,
  rescore,
  reproduction,
  history,
  signature,
];
