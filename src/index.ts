// The library: its public names, one by one. Functions take a World, return data and throw MlctlError; nothing prints or exits.

export { smokeExitCode } from './checks/smoke-exit.js';
export { processEnvironment, worldOfProcess } from './env.js';
export { type CodeFacts, ERROR_CODES, type ErrorCode } from './errors/codes.js';
export { type ErrorFacts, MlctlError } from './errors/error.js';
export { doctor } from './operations/doctor.js';
export { modelHistory } from './operations/history.js';
export { loadModel } from './operations/load.js';
export { logExisting } from './operations/log.js';
export { listModels } from './operations/models.js';
export { predict } from './operations/predict.js';
export { promoteModel } from './operations/promote.js';
export { registerModel } from './operations/register.js';
export { rollbackModel } from './operations/rollback.js';
export { listRuns } from './operations/runs.js';
export { smokeModel } from './operations/smoke.js';
export { trainModel } from './operations/train.js';
export type * from './operations/types.js';
export { validate } from './operations/validate.js';
export { castJsonDocument, castRequest } from './schema/cast.js';
export type { EnforcementMode } from './schema/cast-types.js';
export { inferSchema, inferSchemaOfRows } from './schema/infer.js';
export { formatPredictions } from './schema/mlflow/format-predictions.js';
export { formatRefusal } from './schema/mlflow/format-refusal.js';
export { scoreRequest } from './schema/mlflow/score-request.js';
export { formatSignature, parseSignature } from './schema/signature-json.js';
export type {
  ColumnSpec,
  ColumnType,
  ParamSpec,
  ScalarName,
  Schema,
  SchemaFinding,
  Signature,
  TensorSpec,
} from './schema/types.js';
export { VERSION } from './version.js';
export { createWorld, type World } from './world.js';
