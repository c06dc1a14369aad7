// Turns a new ONNX package into the text of its `MLmodel`: the keys that Python's MLflow 3 writes, in its order.
import { formatSignature } from '../schema/format-signature.js';
import type { Signature } from '../schema/types.js';
import { MLFLOW_FORMAT_VERSION, PYTHON_VERSION, WRITTEN_ONNX_VERSION } from './environment.js';
import { formatYaml, type Writable } from './format-yaml.js';

interface MlModelFacts {
  /** File name of the payload. */
  readonly payload: string;
  readonly signature: Signature | null;
  readonly inputExample: 'dataframe' | 'ndarray' | null;
  readonly runId: string | null;
  /** `m-…`; null on 2.x servers, where only `modelUuid` is written. */
  readonly modelId: string | null;
  readonly modelUuid: string;
  readonly artifactPath: string | null;
  /** ms since 1970. */
  readonly createdAt: number;
  /** Bytes of payload and examples. */
  readonly sizeBytes: number;
  readonly metadata?: ReadonlyMap<string, Writable>;
}

/** Python's `str(datetime)`: a space, microseconds, no zone. */
function formatUtcTime(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)}000`;
}

function signatureEntries(signature: Signature | null): [string, Writable][] {
  if (signature === null) return [];
  const { inputs, outputs, params } = formatSignature(signature);
  return [
    ['is_signature_from_type_hint', false],
    ['signature', { inputs, outputs, params }],
    ['type_hint_from_example', false],
  ];
}

export function formatMlModel(facts: MlModelFacts): string {
  const entries: [string, Writable][] = [
    [
      'flavors',
      {
        onnx: {
          code: null,
          data: facts.payload,
          onnx_session_options: null,
          onnx_version: WRITTEN_ONNX_VERSION,
          // Python's default names CUDA first and then warns at every load on a machine without it.
          providers: ['CPUExecutionProvider'],
        },
        python_function: {
          data: facts.payload,
          env: { conda: 'conda.yaml', virtualenv: 'python_env.yaml' },
          loader_module: 'mlflow.onnx',
          python_version: PYTHON_VERSION,
        },
      },
    ],
    ['mlflow_version', MLFLOW_FORMAT_VERSION],
    ['model_size_bytes', facts.sizeBytes],
    ['model_uuid', facts.modelUuid],
    ['prompts', null],
    ['utc_time_created', formatUtcTime(facts.createdAt)],
    ...signatureEntries(facts.signature),
  ];
  if (facts.artifactPath !== null) entries.push(['artifact_path', facts.artifactPath]);
  if (facts.modelId !== null) entries.push(['model_id', facts.modelId]);
  if (facts.runId !== null) entries.push(['run_id', facts.runId]);
  if (facts.metadata !== undefined && facts.metadata.size > 0) entries.push(['metadata', facts.metadata]);
  if (facts.inputExample !== null) {
    entries.push([
      'saved_input_example_info',
      {
        artifact_path: 'input_example.json',
        serving_input_path: 'serving_input_example.json',
        type: facts.inputExample,
        ...(facts.inputExample === 'dataframe' ? { pandas_orient: 'split' } : {}),
      },
    ]);
  }
  return formatYaml(new Map(entries));
}
