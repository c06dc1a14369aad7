// The error that data breaks a signature, with its findings.
import { type ErrorFacts, MlctlError } from '../errors/error.js';
import type { SchemaFinding } from './types.js';

/**
 * Its code is SCHEMA_VIOLATION and its exit code 5.
 *
 * @example
 * try {
 *   await model.predict(rows);
 * } catch (error) {
 *   if (error instanceof SchemaError) response.status(400).json(error.findings);
 *   else throw error;
 * }
 */
export class SchemaError extends MlctlError {
  /** At most 20, in the order of the rows. */
  readonly findings: readonly SchemaFinding[];

  constructor(findings: readonly SchemaFinding[], message: string, facts: ErrorFacts = {}) {
    super('SCHEMA_VIOLATION', message, facts);
    this.name = 'SchemaError';
    this.findings = findings;
  }
}
