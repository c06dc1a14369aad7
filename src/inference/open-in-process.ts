// Turns a model package into an open model in this process: checked, scanned, opened by onnxruntime. For trusted packages, and
// for all others inside the child process.
import { MlctlError } from '../errors/error.js';
import { removeScratch } from '../files/scratch-folder.js';
import { decodeModel } from '../onnx/decode-model.js';
import { EXTERNAL, type ModelProto } from '../onnx/graph.js';
import { graphValues } from '../onnx/inspect.js';
import { growsWithRows } from '../onnx/scan/grows-with-rows.js';
import { scanDecoded, scanError } from '../onnx/scan.js';
import { walkModel } from '../onnx/walk-model.js';
import { findZipMaps, withoutZipMaps } from '../onnx/zip-map.js';
import { printable } from '../text/printable.js';
import { fromTensors } from './from-tensors.js';
import { readPayload, type VerifiedFiles } from './read-payload.js';
import { loadRuntime, type Runtime, SESSION_OPTIONS } from './runtime.js';
import { toTensors } from './to-tensors.js';
import type { GraphValue, OpenGraph } from './types.js';

type Session = Awaited<ReturnType<Runtime['InferenceSession']['create']>>;

interface OpenHere {
  readonly packageFolder: string;
  readonly payload: string;
  readonly digest: VerifiedFiles;
  /** The folder for copies that the runtime needs as files; it must not exist. */
  readonly copyFolder: string;
}

export async function openInProcess(request: OpenHere): Promise<OpenGraph> {
  const { packageFolder, payload: payloadPath, digest, copyFolder } = request;
  const payload = readPayload(packageFolder, payloadPath, digest);
  const model = decodeModel(payload.bytes);
  const findings = scanDecoded(payload.bytes, model, { externalFile: payload.externalFile });
  if (findings.length > 0) throw scanError(payloadPath, findings);
  const zipMaps = findZipMaps(model);
  const runtime = loadRuntime();
  // Passed as bytes, so that what was verified and scanned is what is opened. Only external data needs files (given bytes, the
  // runtime would look for it in the current folder): a private copy, hashed while it is made and removed once the runtime has
  // read it.
  let session: Session;
  try {
    if (hasExternalData(model)) {
      if (zipMaps.size > 0)
        throw new MlctlError('MODEL_UNSUPPORTED', `opening ${payloadPath}: ZipMap outputs beside external data`);
      try {
        session = await runtime.InferenceSession.create(payload.copyTo(copyFolder), SESSION_OPTIONS);
      } finally {
        removeScratch(copyFolder);
      }
    } else {
      const bytes = zipMaps.size > 0 ? withoutZipMaps(payload.bytes, zipMaps) : payload.bytes;
      session = await runtime.InferenceSession.create(bytes, SESSION_OPTIONS);
    }
  } catch (cause) {
    if (cause instanceof MlctlError) throw cause;
    throw new MlctlError('MODEL_UNSUPPORTED', `opening ${payloadPath}: ONNX Runtime refuses it: ${reason(cause)}`, {
      hint: 'export the model for ONNX Runtime 1.30 (opset 26 or below), or convert it again',
      cause,
    });
  }
  const { inputs, outputs } = graphValues(model.graph ?? {});
  const opened = {
    inputs: inputs.map(({ name, elementType, shape }) => ({ name, elementType, shape: shape ?? [] })),
    outputs: outputs.map(({ name, elementType, shape }) => ({
      name,
      elementType,
      shape: shape ?? [],
      classes: zipMaps.get(name) ?? null,
    })),
  };
  assertTensors(payloadPath, opened.inputs, opened.outputs);
  return {
    inputs: opened.inputs,
    outputs: opened.outputs.map(({ name, elementType, shape }) => ({ name, elementType, shape })),
    growsWithRows: () => growsWithRows(model),
    predict: async (table) => {
      // No prototype: a column may be called __proto__.
      const feeds = Object.create(null) as Record<string, InstanceType<Runtime['Tensor']>>;
      for (const { name, type, data, dims } of toTensors(table, opened.inputs)) {
        feeds[name] = new runtime.Tensor(type as 'float64', data as Float64Array, dims);
      }
      const answers = await run(session, feeds);
      const named = opened.outputs.map(({ name }) => {
        const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
        if (!answer)
          throw new MlctlError('MODEL_FAILED', `running the model: no answer for the output ${JSON.stringify(name)}`);
        return answer;
      });
      return fromTensors(opened.outputs, named as never, table.rows);
    },
    close: async () => {
      await session.release();
      // Windows keeps a file that is in use until now.
      removeScratch(copyFolder);
    },
  };
}

async function run(session: Session, feeds: Parameters<Session['run']>[0]) {
  try {
    return await session.run(feeds);
  } catch (cause) {
    throw new MlctlError('MODEL_FAILED', `running the model: ${reason(cause)}`, {
      hint: 'look at the rows: the model itself refused them',
      cause,
    });
  }
}

function assertTensors(
  payload: string,
  inputs: readonly GraphValue[],
  outputs: readonly (GraphValue & { classes: readonly string[] | null })[],
): void {
  const odd =
    inputs.find(({ elementType }) => elementType.includes('(')) ??
    outputs.find(({ elementType, classes }) => !classes && elementType.includes('('));
  if (odd)
    throw new MlctlError(
      'MODEL_UNSUPPORTED',
      `opening ${payload}: ${JSON.stringify(odd.name)} is ${odd.elementType}, expected a tensor`,
    );
}

function hasExternalData(model: ModelProto): boolean {
  let found = false;
  walkModel(model, {
    tensor(tensor) {
      found ||= tensor.dataLocation === EXTERNAL;
    },
  });
  return found;
}

/** The runtime's first line, after the name of the node that failed, if any: mlctl names nodes after what can make them fail. */
function reason(cause: unknown): string {
  const text = String(cause instanceof Error ? cause.message : cause);
  const name = between(text, "Name:'", "' Status Message: ");
  const status = text.slice(text.indexOf(' Status Message: ') + ' Status Message: '.length);
  const said = name ? `${name} (${between(text, 'while running ', ' node.') ?? 'node'}: ${status})` : text;
  return printable(said.split('\n')[0] ?? '', 500);
}

function between(text: string, before: string, after: string): string | null {
  const from = text.indexOf(before);
  const to = text.indexOf(after, from);
  return from < 0 || to < 0 ? null : text.slice(from + before.length, to);
}
