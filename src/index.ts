// The library: its public names, one by one. Functions take a World, return data and throw MlctlError; nothing prints or exits.
export { processEnvironment, worldOfProcess } from './env.js';
export { type CodeFacts, ERROR_CODES, type ErrorCode } from './errors/codes.js';
export { type ErrorFacts, MlctlError } from './errors/error.js';
export type * from './operations/types.js';
export type { EnforcementMode } from './schema/cast-types.js';
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
