// The library: its public names, one by one. A verb takes a request and perhaps options, returns data and throws MlctlError; nothing prints or exits.

export { auditExitCode } from './checks/audit-exit-code.js';
export type { DoctorRequest } from './checks/doctor/request.js';
export type { SettingDocument } from './checks/doctor/settings.js';
export type { RepairDocument } from './checks/doctor/store.js';
export { smokeExitCode } from './checks/smoke-exit-code.js';
export type { ArtifactDocument } from './documents/artifact.js';
export type {
  AuditAllDocument,
  AuditBundleDocument,
  AuditCounts,
  AuditDocument,
  AuditedVersionDocument,
  AuditLineDocument,
  AuditLineId,
  AuditVerdict,
  EvidenceDocument,
  MadeDocument,
} from './documents/audit.js';
export type { CheckDocument, CheckName, DoctorCheckDocument, DoctorCheckName } from './documents/check.js';
export type { ConflictDocument } from './documents/conflict.js';
export type { ContractChangeDocument, ContractDocument, MetricChangeDocument } from './documents/contract.js';
export type {
  DiffDocument,
  DiffSideDocument,
  FileChangeDocument,
  LineageChangeDocument,
  MetricDifferenceDocument,
  OutputDifferenceDocument,
  PartChangeDocument,
  ValueChangeDocument,
} from './documents/diff.js';
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
export type { PoolState } from './inference/types.js';
export { audit, auditAll } from './library/audit-models.js';
export { diff } from './library/diff.js';
export { describe, doctor, smoke, validate } from './library/judge-models.js';
export { artifacts, models, predict, runs } from './library/list-models.js';
export { load } from './library/load.js';
export { convert, init, log, train } from './library/make-models.js';
export { history, promote, register, rollback } from './library/move-models.js';
export { report } from './library/report.js';
export { reproduce } from './library/reproduce.js';
export { makeSigningKey, sign, verify } from './library/sign-models.js';
export type { StreamOptions } from './library/streams-of.js';
export type {
  LoadOptions,
  Model,
  ModelFacts,
  PredictedColumns,
  PredictedRow,
  PredictOptions,
  WatchedModel,
  WatchOptions,
  WorldOptions,
} from './library/types.js';
export { watch } from './library/watch.js';
export type {
  DataLineage,
  GitLineage,
  Lineage,
  RecipeLineage,
  SplitLineage,
  VersionLineage,
} from './lineage/types.js';
export type { DigestPair } from './model/types.js';
export type { ArtifactsDocument, ArtifactsRequest } from './operations/artifacts.js';
export type { AuditRequest } from './operations/audit.js';
export type { AuditAllRequest } from './operations/audit-all.js';
export type { ConvertDocument, ConvertRequest } from './operations/convert.js';
export type { DiffRequest } from './operations/diff.js';
export type { DoctorDocument } from './operations/doctor.js';
export type { HistoryDocument, HistoryRequest } from './operations/history.js';
export type { InitDocument, InitRequest } from './operations/init.js';
export type { LoadDocument, LoadRequest } from './operations/load.js';
export type { LogRequest } from './operations/log.js';
export type { MakeSigningKeyRequest, SigningKeyDocument } from './operations/make-signing-key.js';
export type {
  ModelsDocument,
  ModelsRequest,
  ModelVersionDocument,
  RegisteredModelDocument,
} from './operations/models.js';
export type { PredictDocument, PredictRequest } from './operations/predict.js';
export type { PromoteContractDocument, PromoteDocument, PromoteRequest } from './operations/promote.js';
export type { RegisterDocument, RegisterRequest } from './operations/register.js';
export type { ReportDocument, ReportRequest } from './operations/report.js';
export type { ReproduceRequest } from './operations/reproduce.js';
export type { RollbackDocument, RollbackRequest } from './operations/rollback.js';
export type { RunDocument, RunsDocument, RunsRequest } from './operations/runs.js';
export type { SignDocument, SignRequest } from './operations/sign.js';
export type { SmokeRequest } from './operations/smoke.js';
export type { TrainRequest } from './operations/train.js';
export type { ValidateDocument, ValidateRequest } from './operations/validate.js';
export type { VerifyDocument, VerifyRequest } from './operations/verify.js';
export type { Identical, Outcome, ReproduceDocument, ReproductionDifference } from './reproduction/types.js';
export type { InputStream, OutputStream, Streams } from './rows/streams.js';
export { castJsonDocument } from './schema/cast.js';
export type { EnforcementMode } from './schema/cast-types.js';
export type { PlainColumns, PlainList, PlainRow, PlainSplit } from './schema/form-of-plain.js';
export { formatSignature } from './schema/format-signature.js';
export { inferSchema, inferSchemaOfRows } from './schema/infer.js';
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
export type { StoreOptions } from './session/stores.js';
export type { Binding, SignaturePart, SignatureVerdict, Statement } from './signing/types.js';
export { VERSION } from './version.js';
export { createWorld, type World } from './world.js';
