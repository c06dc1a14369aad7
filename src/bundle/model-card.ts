// Turns an audited model into the model card of a bill of materials: what it learned from, what it takes, how it was judged.
import type { AuditFacts } from '../checks/audit-facts.js';
import type { SmokeFacts } from '../checks/smoke-check.js';
import { metricValue } from '../documents/json-values.js';
import { describeColumn, describeTensor } from '../schema/describe-schema.js';
import type { Schema } from '../schema/types.js';
import { printable } from '../text/printable.js';
import { dataRef } from './data-ref.js';

const formats = (schema: Schema | null | undefined): { format: string }[] => {
  const words = !schema
    ? []
    : schema.kind === 'columns'
      ? schema.columns.map(describeColumn)
      : schema.tensors.map(describeTensor);
  return words.map((word) => ({ format: printable(word, 300) }));
};

/** A model that answers a label has learned classes; `prediction` is a quantity. */
function taskOf(outputs: Schema | null | undefined): string | null {
  const names = outputs?.kind === 'columns' ? outputs.columns.map(({ name }) => name) : [];
  if (names.includes('label')) return 'classification';
  return names.length === 1 && names[0] === 'prediction' ? 'regression' : null;
}

export function modelCard({ standing: { run }, lineage }: AuditFacts, found: SmokeFacts): Record<string, unknown> {
  const signature = found.modelPackage?.model.signature;
  const estimator = found.model?.details.estimator;
  const task = taskOf(signature?.outputs);
  const metrics = [...(run?.metrics ?? [])].map(([name, { value }]) => ({
    type: printable(name, 200),
    value: String(metricValue(value)),
  }));
  return {
    modelParameters: {
      ...(task === null ? {} : { approach: { type: 'supervised' }, task }),
      ...(typeof estimator === 'string' ? { modelArchitecture: printable(estimator, 200) } : {}),
      datasets: (lineage?.lineage.data ?? []).map((_, at) => ({ ref: dataRef(at) })),
      inputs: formats(signature?.inputs),
      outputs: formats(signature?.outputs),
    },
    quantitativeAnalysis: { performanceMetrics: metrics },
    properties: [...(run?.params ?? [])].map(([name, value]) => ({
      name: printable(`mlflow:param:${name}`, 300),
      value: printable(value, 500),
    })),
  };
}
