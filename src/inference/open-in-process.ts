// Turns a model package into an open model in this process: checked, scanned, opened by onnxruntime. For trusted packages, and
// for all others inside the child process.
import { elementType } from '../data/element-types.js';
import type { Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { removeScratch } from '../files/scratch-folder.js';
import { decodeModel } from '../onnx/decode-model.js';
import { EXTERNAL, type ModelProto } from '../onnx/graph.js';
import { graphValues } from '../onnx/inspect.js';
import { findNarrowDoor, withNarrowDoor } from '../onnx/narrow-door.js';
import { growsWithRows } from '../onnx/scan/grows-with-rows.js';
import { scanDecoded, scanError } from '../onnx/scan.js';
import { walkModel } from '../onnx/walk-model.js';
import { findZipMaps, withoutZipMaps } from '../onnx/zip-map.js';
import { printable } from '../text/printable.js';
import { inTurns } from './in-turns.js';
import { readPayload, type VerifiedFiles } from './read-payload.js';
import { loadRuntime, type Runtime } from './runtime.js';
import { Session } from './session.js';
import { fromTensors } from './tensors/from-tensors.js';
import type { TensorData } from './tensors/tensor-writer.js';
import { joiner, takeRow } from './tensors/through-door.js';
import { toTensors } from './tensors/to-tensors.js';
import type { GraphValue, OpenGraph } from './types.js';

interface OpenHere {
  readonly packageFolder: string;
  readonly payload: string;
  readonly digest: VerifiedFiles;
  /** The folder for copies that the runtime needs as files; it must not exist. */
  readonly copyFolder: string;
  /** A trusted model was judged when it was made or logged. */
  readonly trusted: boolean;
  /** Calls are worth two milliseconds of opening. */
  readonly manyCalls: boolean;
}

export async function openInProcess(request: OpenHere): Promise<OpenGraph> {
  const { packageFolder, payload: payloadPath, digest, copyFolder, trusted, manyCalls } = request;
  const payload = readPayload(packageFolder, payloadPath, digest);
  const model = decodeModel(payload.bytes);
  const findings = scanDecoded(payload.bytes, model, { externalFile: payload.externalFile });
  if (findings.length > 0) throw scanError(payloadPath, findings);
  const zipMaps = findZipMaps(model);
  const { inputs, outputs } = graphValues(model.graph ?? {});
  assertTensors(payloadPath, inputs, outputs, zipMaps);
  const runtime = loadRuntime();
  const door = manyCalls && !hasExternalData(model) ? findNarrowDoor(model, payload.bytes.length) : null;
  // Passed as bytes, so that what was verified and scanned is what is opened. Only external data needs files (given bytes, the
  // runtime would look for it in the current folder): a private copy, hashed while it is made and removed once the runtime has
  // read it.
  let session: Session;
  try {
    if (hasExternalData(model)) {
      if (zipMaps.size > 0)
        throw new MlctlError('MODEL_UNSUPPORTED', `opening ${payloadPath}: ZipMap outputs beside external data`);
      try {
        session = new Session(runtime, payload.copyTo(copyFolder));
      } finally {
        removeScratch(copyFolder);
      }
    } else {
      const bytes = zipMaps.size > 0 ? withoutZipMaps(payload.bytes, zipMaps) : payload.bytes;
      session = new Session(runtime, door ? withNarrowDoor(bytes, door) : bytes);
    }
  } catch (cause) {
    if (cause instanceof MlctlError) throw cause;
    throw new MlctlError('MODEL_UNSUPPORTED', `opening ${payloadPath}: ONNX Runtime refuses it: ${reason(cause)}`, {
      hint: 'export the model for ONNX Runtime 1.30 (opset 26 or below), or convert it again',
      cause,
    });
  }
  // Said now: a function that holds the decoded graph would keep the whole file in memory.
  const grows = trusted || growsWithRows(model);
  const join = joiner(inputs, door?.joined ?? null);
  const shown = outputs.map(({ name }) => ({ name, classes: zipMaps.get(name) ?? null }));
  const compute = (table: Table): Table => {
    // No prototype: a column may be called __proto__.
    const feeds = Object.create(null) as Record<string, InstanceType<Runtime['Tensor']>>;
    for (const { name, type, data, dims } of join(toTensors(table, inputs)))
      feeds[name] = tensorOf(runtime, type, data, dims);
    let answers: ReturnType<Session['run']>;
    try {
      answers = session.run(feeds);
    } catch (cause) {
      throw new MlctlError('MODEL_FAILED', `running the model: ${reason(cause)}`, {
        hint: 'look at the rows: the model itself refused them',
        cause,
      });
    }
    const named = shown.map(({ name }) => {
      const taken = door?.taken.get(name);
      const from = taken?.from ?? name;
      const answer = Object.hasOwn(answers, from) ? answers[from] : undefined;
      if (!answer)
        throw new MlctlError('MODEL_FAILED', `running the model: no answer for the output ${JSON.stringify(name)}`);
      return taken ? takeRow(answer as never, taken.index, name) : answer;
    });
    return fromTensors(shown, named as never, table.rows);
  };
  const run = inTurns(compute, ({ rows }: Table) => rows);
  return {
    inputs,
    outputs,
    growsWithRows: () => grows,
    predict: (table, call) => run(table, call?.signal),
    close: async () => {
      session.release();
      // Windows keeps a file that is in use until now.
      removeScratch(copyFolder);
    },
  };
}

/**
 * From Node 24 on, onnxruntime makes a Float16Array of halves, whose bytes its native part cannot read. A tensor of uint16 that
 * calls itself float16 is read right on every Node.
 */
function tensorOf(runtime: Runtime, type: string, data: TensorData, dims: readonly number[]) {
  if (type !== 'float16') return new runtime.Tensor(type as 'float64', data as Float64Array, dims);
  return Object.defineProperty(new runtime.Tensor('uint16', data as Uint16Array, dims), 'type', { value: type });
}

/** Only tensors can be fed and read, and only of some types; a ZipMap is replaced by the tensor that it was made of. */
function assertTensors(
  payload: string,
  inputs: readonly GraphValue[],
  outputs: readonly GraphValue[],
  zipMaps: ReadonlyMap<string, unknown>,
): void {
  // A graph may leave out the types of its outputs: the runtime infers them.
  const cannot = ({ elementType: type }: GraphValue): boolean => type !== 'undefined' && !elementType(type)?.runs;
  const input = inputs.find(cannot);
  const output = outputs.find((value) => !zipMaps.has(value.name) && cannot(value));
  const odd = input ?? output;
  if (odd === undefined) return;
  const tensor = elementType(odd.elementType) === undefined ? '' : 'a tensor of ';
  throw new MlctlError(
    'MODEL_UNSUPPORTED',
    `opening ${payload}: the ${input ? 'input' : 'output'} ${JSON.stringify(printable(odd.name, 120))} is ${tensor}${printable(odd.elementType, 120)}, which mlctl cannot ${input ? 'feed' : 'read'}; expected a tensor of numbers, booleans or text`,
    {
      hint: 'export the model so that all its inputs and outputs are tensors of float, int, bool or string types',
      details: { name: odd.name, type: odd.elementType },
    },
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
