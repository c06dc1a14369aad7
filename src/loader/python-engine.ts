// Turns the wish to run a model in Python into the interpreter and its environment; only a caller's own request says it, no
// setting and no file.
import { resolve } from 'node:path';
import { MlctlError } from '../errors/error.js';
import type { RunInPython } from '../inference/types.js';
import { programEnvironment } from '../settings/program-environment.js';
import type { World } from '../world.js';

export interface EngineOptions {
  /** Run the model, and with it its own code, in the user's Python; left out, mlctl runs it itself. */
  readonly engine?: 'python';
  /** The interpreter: a path, or a name on the PATH; `python3` if left out. */
  readonly python?: string;
}

/** Where Python and its libraries are, and how many threads they use; the two of MLflow may forbid to run a model's code. */
const NEEDED =
  /^(?:HOME|USER|LOGNAME|USERPROFILE|APPDATA|LOCALAPPDATA|WINDIR|TMP|TZ|LANG|LC_\w+|VIRTUAL_ENV|CONDA_PREFIX|PYTHONPATH|PYTHONHOME|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|JAVA_HOME|SPARK_HOME|HF_HOME|CUDA_\w+|\w+_NUM_THREADS|MLFLOW_ALLOW_MODEL_CODE_EXECUTION|MLFLOW_ALLOW_PICKLE_DESERIALIZATION)$/i;

/** Null if mlctl is to run the model itself. */
export function pythonEngine(world: World, { engine, python }: EngineOptions): RunInPython | null {
  if (engine === undefined) {
    if (python === undefined) return null;
    throw new MlctlError('USAGE', 'a Python interpreter is named, but the model does not run in Python', {
      hint: 'add --engine python, or leave out --python',
    });
  }
  const command = python ?? (process.platform === 'win32' ? 'python' : 'python3');
  return {
    command: /[\\/]/.test(command) ? resolve(world.cwd, command) : command,
    environment: programEnvironment(world.env, NEEDED),
    note: world.note,
    warn: world.warn,
  };
}
