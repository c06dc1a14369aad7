// A fitted pipeline to its MLflow signature: its features in, label and one probability a class out.
import type { FittedPipeline } from '../estimators/types.js';
import type { ColumnSpec, ScalarName, Signature } from '../schema/types.js';

export function pipelineSignature(pipeline: FittedPipeline): Signature {
  const { classes } = pipeline.predictor;
  const column = (name: string, scalar: ScalarName, required = true): ColumnSpec => ({
    name,
    type: { kind: 'scalar', scalar },
    required,
  });
  return {
    inputs: {
      kind: 'columns',
      columns: pipeline.inputs.map(({ name, type, required }) => column(name, type, required)),
    },
    outputs: {
      kind: 'columns',
      columns: [
        column('label', classes.type),
        ...(classes.values as readonly (bigint | string)[]).map((label) => column(`probability_${label}`, 'double')),
      ],
    },
    params: null,
  };
}
