// Turns every class that a recipe trains into how it is evaluated, together with the rest of its family: training loads no others.
import { CLUSTER } from '../cluster/table.js';
import { COMPOSE } from '../compose/table.js';
import { IMPUTE } from '../impute/table.js';
import { LINEAR_MODEL } from '../linear-model/table.js';
import { PIPELINE } from '../pipeline/table.js';
import { PREPROCESSING } from '../preprocessing/table.js';
import { TREE } from '../tree/table.js';
import type { Kind } from '../types.js';

export const TRAINED_EVALUATORS = {
  ...CLUSTER,
  ...COMPOSE,
  ...IMPUTE,
  ...LINEAR_MODEL,
  ...PIPELINE,
  ...PREPROCESSING,
  ...TREE,
} as const satisfies Readonly<Record<Kind, unknown>>;
