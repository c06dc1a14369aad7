// A freshly written graph proven before it is logged: the runtime must answer what the fitted pipeline answers.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import type { Prediction } from '../estimators/types.js';
import { openOnnx } from '../inference/open-onnx.js';
import { PAYLOAD_NAME } from '../model/build-package.js';
import type { Signature } from '../schema/types.js';

/** Softmax and exp differ in the last bits between runtimes; anything beyond is another model. */
const TOLERANCE = 1e-9;

/**
 * The runtime's answers to `rows` and to `example`. Throws BUG where the graph's answer to `rows` is not `expected`:
 * a label differs, or a probability by more than 1e-9.
 */
export async function proveGraph(request: {
  readonly bytes: Uint8Array;
  readonly signature: Signature;
  readonly rows: Table;
  readonly expected: Prediction;
  readonly example: Table;
}): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'mlctl-'));
  try {
    await writeFile(join(folder, PAYLOAD_NAME), request.bytes, { mode: 0o600 });
    const model = await openOnnx({
      packageFolder: folder,
      payload: PAYLOAD_NAME,
      trusted: true,
      timeoutMs: null,
    });
    try {
      compare(await model.predict(request.rows), request.expected);
      return await model.predict(request.example);
    } finally {
      await model.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function compare(answer: Table, expected: Prediction): void {
  const [labels, ...probabilities] = answer.columns;
  const differs = (row: number, what: string): MlctlError =>
    new MlctlError('BUG', `the graph and the fitted pipeline differ in row ${row} of the held-out data: ${what}`);
  for (let row = 0; row < answer.rows; row += 1) {
    if (labels?.values[row] !== expected.labels[row])
      throw differs(row, `label ${String(labels?.values[row])} against ${String(expected.labels[row])}`);
    for (let k = 0; expected.probabilities !== null && k < probabilities.length; k += 1) {
      const found = Number(probabilities[k]!.values[row]);
      const wanted = expected.probabilities[row * probabilities.length + k]!;
      if (!(Math.abs(found - wanted) <= TOLERANCE)) throw differs(row, `probability ${found} against ${wanted}`);
    }
  }
}
