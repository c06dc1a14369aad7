// Turns a package of any flavor into an open model that the user's own Python runs through MLflow. The model's own code runs with
// the user's rights, so this is done only for who asks for it by a flag.
import { join } from 'node:path';
import { MlctlError } from '../../errors/error.js';
import { makeScratch, removeScratch } from '../../files/scratch-folder.js';
import { writeFolderAtomically } from '../../files/write-folder-atomically.js';
import { filesOf } from '../../model/read-package.js';
import { printable } from '../../text/printable.js';
import { ModelProcess, tookTooMuch } from '../model-process.js';
import type { OpenModel, OpenPythonPayload, RunInPython } from '../types.js';
import type { PythonAnswer } from './read-answer.js';
import { startPython } from './start-python.js';
import { writeRequest } from './write-request.js';

/** Python libraries ask for far more than they use; weights are held several times while they are read. */
const MEMORY_BYTES = 4 * 2 ** 30;
const PAYLOAD = 'the model in Python';

type Request = Omit<OpenPythonPayload, 'payload' | 'trusted'>;

export async function openInPython(request: Request, engine: RunInPython): Promise<OpenModel> {
  const { packageFolder, digest, model, timeoutMs } = request;
  if (!model.flavors.has('python_function'))
    throw new MlctlError('MODEL_UNSUPPORTED', 'MLmodel has no flavor python_function, which Python runs models by', {
      hint: 'log the model again with MLflow in Python',
    });
  const signal = request.signal ?? null;
  engine.warn(
    `the model runs in Python (${printable(engine.command, 200)}): its own code may do there whatever you may do`,
  );
  const scratch = makeScratch();
  const weights = digest.files.reduce((sum, file) => sum + file.size, 0);
  const memoryBytes = (request.memoryBytes ?? MEMORY_BYTES) + 6 * weights;
  const folder = join(scratch, 'model');
  try {
    await writeFolderAtomically(folder, filesOf({ folder: packageFolder, digest }), signal ? { signal } : {});
  } catch (error) {
    removeScratch(scratch);
    throw error;
  }
  const program = startPython({ engine, folder, scratch, memoryBytes });
  const python = new ModelProcess(program, { payload: PAYLOAD, scratch, timeoutMs, signal });
  const ask = async <Kind extends PythonAnswer['kind']>(line: string | null, kind: Kind, doing: string) => {
    const answer = await python.ask(line, doing);
    if (answer.kind === 'failed') throw failed(answer.failure, request, engine.command, memoryBytes);
    if (answer.kind !== kind) throw python.outOfTurn(doing);
    return answer as Extract<PythonAnswer, { kind: Kind }>;
  };
  try {
    const { python: version, mlflow } = await ask(null, 'opened', 'opening');
    return {
      engine: 'python',
      details: { python: printable(version, 40), mlflow: printable(mlflow, 40) },
      growsWithRows: () => false,
      // Python says nothing of its inputs; MLflow checks the rows against the signature.
      compare: () => null,
      predict: async (table, { params } = {}) => {
        const line = writeRequest(table, model.signature, params);
        return (await ask(line, 'predicted', 'running')).table(model.signature?.outputs ?? null);
      },
      close: () => python.close(),
    };
  } catch (error) {
    await python.close();
    throw error;
  }
}

function failed(
  { kind, type, message, name }: Extract<PythonAnswer, { kind: 'failed' }>['failure'],
  { digest }: Request,
  command: string,
  memoryBytes: number,
): MlctlError {
  const shown = printable(command, 200);
  const said = `${printable(type, 80)}: ${printable(message, 600)}`;
  if (kind === 'memory') return tookTooMuch(PAYLOAD, memoryBytes);
  if (kind === 'mlflow')
    return new MlctlError(
      'RUNTIME_MISSING',
      `opening ${PAYLOAD}: ${shown} ${name === 'mlflow' ? 'does not have MLflow' : `cannot import MLflow (${said})`}`,
      { hint: `${shown} -m pip install mlflow, or name another interpreter with --python`, details: { python: shown } },
    );
  const doing = kind === 'load' ? 'opening' : 'running';
  if (name !== null) {
    const lists = digest.files.some(({ path }) => path === 'requirements.txt');
    return new MlctlError(
      'RUNTIME_MISSING',
      `${doing} ${PAYLOAD}: ${shown} does not have the module ${printable(name, 100)}`,
      {
        hint: lists
          ? `install what requirements.txt of the package lists: ${shown} -m pip install -r requirements.txt`
          : `install it: ${shown} -m pip install ${printable(name, 100)}`,
        details: { python: shown, module: printable(name, 100) },
      },
    );
  }
  if (kind === 'load')
    return new MlctlError('MODEL_UNSUPPORTED', `${doing} ${PAYLOAD}: MLflow cannot load it: ${said}`, {
      hint: 'compare the versions in this Python with those in requirements.txt of the package',
      details: { python: shown, exception: printable(type, 80) },
    });
  return new MlctlError('MODEL_FAILED', `${doing} ${PAYLOAD}: ${said}`, {
    hint: 'look at the rows: the model itself refused them',
    details: { exception: printable(type, 80) },
  });
}
