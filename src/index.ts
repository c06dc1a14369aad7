// The library: its public names, one by one. Functions take a World, return data and throw MlctlError; nothing prints or exits.

export type { DoctorRequest } from './checks/doctor/request.js';
export type { SettingDocument } from './checks/doctor/settings.js';
export type { RepairDocument } from './checks/doctor/store.js';
export { smokeExitCode } from './checks/smoke-exit-code.js';
export type { ArtifactDocument } from './documents/artifact.js';
export type { CheckDocument, CheckName, DoctorCheckDocument, DoctorCheckName } from './documents/check.js';
export type { ConflictDocument } from './documents/conflict.js';
export type { ContractChangeDocument, ContractDocument, MetricChangeDocument } from './documents/contract.js';
export type { ErrorDocument } from './documents/error.js';
export type { LineageDocument } from './documents/lineage.js';
export type { LoggedDocument } from './documents/logged.js';
export type { MoveDocument, PlaceMoveDocument } from './documents/move.js';
export type { ResolvedDocument } from './documents/resolved.js';
export type { SignatureDocument } from './documents/signature-document.js';
export type { SmokeDocument } from './documents/smoke.js';
export { processEnvironment, worldOfProcess } from './env.js';
export { type CodeFacts, ERROR_CODES, type ErrorCode } from './errors/codes.js';
export { type ErrorFacts, MlctlError } from './errors/error.js';
export { load } from './library/load.js';
export type {
  LoadOptions,
  Model,
  PredictedColumns,
  PredictedRow,
  PredictOptions,
  WorldOptions,
} from './library/types.js';
export type { DigestPair } from './model/types.js';
export { type ArtifactsDocument, type ArtifactsRequest, listArtifacts } from './operations/artifacts.js';
export { type DoctorDocument, doctor } from './operations/doctor.js';
export { type HistoryDocument, type HistoryRequest, modelHistory } from './operations/history.js';
export { type InitDocument, type InitRequest, initRecipe } from './operations/init.js';
export { type LoadDocument, type LoadRequest, loadModel } from './operations/load.js';
export { type LogRequest, logExisting } from './operations/log.js';
export {
  listModels,
  type ModelsDocument,
  type ModelsRequest,
  type ModelVersionDocument,
  type RegisteredModelDocument,
} from './operations/models.js';
export { type PredictDocument, type PredictRequest, predict } from './operations/predict.js';
export { type PromoteDocument, type PromoteRequest, promoteModel } from './operations/promote.js';
export { type RegisterDocument, type RegisterRequest, registerModel } from './operations/register.js';
export { type RollbackDocument, type RollbackRequest, rollbackModel } from './operations/rollback.js';
export { listRuns, type RunDocument, type RunsDocument, type RunsRequest } from './operations/runs.js';
export { type SmokeRequest, smokeModel } from './operations/smoke.js';
export { type TrainRequest, trainModel } from './operations/train.js';
export { type ValidateDocument, type ValidateRequest, validate } from './operations/validate.js';
export type { InputStream, OutputStream, Streams } from './rows/streams.js';
export { castJsonDocument } from './schema/cast.js';
export type { EnforcementMode } from './schema/cast-types.js';
export { formatSignature } from './schema/format-signature.js';
export { inferSchema, inferSchemaOfRows } from './schema/infer.js';
export { scoreRequest } from './schema/mlflow/wire/score-request.js';
export { parseSignature } from './schema/parse-signature.js';
export { SchemaError } from './schema/schema-error.js';
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
export { castRequest } from './scoring/cast-request.js';
export { formatPredictions } from './scoring/format-predictions.js';
export { formatRefusal } from './scoring/format-refusal.js';
export type { StoreOptions } from './session/stores.js';
export { VERSION } from './version.js';
export { createWorld, type World } from './world.js';
