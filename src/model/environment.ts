// Turns a package into the Python environment it needs when Python serves it: requirements.txt, conda.yaml, python_env.yaml as
// MLflow writes them.
import { formatYaml } from './format-yaml.js';

/**
 * The MLflow whose package format is written here, exactly (`mlflow_version` in MLmodel, and what Python installs to serve it).
 * Python decides by it how to read the file. Who wrote the file is in `metadata.mlctl_version`.
 */
export const MLFLOW_FORMAT_VERSION = '3.17.2';
export const PYTHON_VERSION = '3.11.7';
/** Python's onnx of that environment; it reads the payload, which is plain ONNX of IR version 9 and opset 17. */
export const WRITTEN_ONNX_VERSION = '1.23.2';

/** Pinned versions that were tried together (onnx, onnxruntime and MLflow over the packages of this project's tests). */
export function requirementsOf(options: { readonly textInputs: boolean }): readonly string[] {
  return [
    `mlflow==${MLFLOW_FORMAT_VERSION}`,
    'numpy==2.4.6',
    `onnx==${WRITTEN_ONNX_VERSION}`,
    'onnxruntime==1.32.0',
    // pandas 3 hands onnxruntime its own string arrays, and onnxruntime refuses them.
    ...(options.textInputs ? ['pandas<3'] : []),
  ];
}

interface EnvironmentFiles {
  readonly 'requirements.txt': string;
  readonly 'conda.yaml': string;
  readonly 'python_env.yaml': string;
}

export function formatEnvironment(requirements: readonly string[]): EnvironmentFiles {
  return {
    'requirements.txt': requirements.join('\n'),
    'conda.yaml': formatYaml(
      {
        channels: ['conda-forge'],
        dependencies: [`python=${PYTHON_VERSION}`, 'pip<=23.2.1', { pip: requirements }],
        name: 'mlflow-env',
      },
      { sortKeys: false },
    ),
    'python_env.yaml': formatYaml(
      {
        python: PYTHON_VERSION,
        build_dependencies: ['pip==23.2.1', 'setuptools==65.5.0', 'wheel'],
        dependencies: ['-r requirements.txt'],
      },
      { sortKeys: false },
    ),
  };
}
