// Turns a fitted estimator and the columns it takes into its MLflow signature; the outputs depend on its role.
import type { FeatureColumn } from '../estimators/feature-column.js';
import { answerColumns } from '../estimators/trained/role.js';
import type { Estimator } from '../estimators/types.js';
import type { ColumnSpec, ScalarName, Signature } from '../schema/types.js';

export function estimatorSignature(estimator: Estimator, inputs: readonly FeatureColumn[]): Signature {
  const column = (name: string, scalar: ScalarName, required = true): ColumnSpec => ({
    name,
    type: { kind: 'scalar', scalar },
    required,
  });
  return {
    inputs: { kind: 'columns', columns: inputs.map(({ name, type, required }) => column(name, type, required)) },
    outputs: { kind: 'columns', columns: answerColumns(estimator).map(({ name, type }) => column(name, type)) },
    params: null,
  };
}
