// Turns a freshly written graph into a verified one before it is logged: the runtime must answer what the estimator answers.
import type { Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { sha256 } from '../files/digest-folder.js';
import { openOnnx } from '../inference/open-onnx.js';
import { PAYLOAD_NAME } from '../model/build-package.js';
import type { Signature } from '../schema/types.js';

/** Sums, softmax and exp differ in the last bits between runtimes; a larger difference is an error. */
const TOLERANCE = 1e-9;

/**
 * The runtime's answers to `rows` and to `example`. Throws BUG if the graph's answer to `rows` is not `expected`: a label
 * differs, or a number by more than 1e-9 (of its size where that is more than 1).
 */
export async function proveGraph(request: {
  readonly bytes: Uint8Array;
  readonly signature: Signature;
  readonly rows: Table;
  readonly expected: Table;
  readonly example: Table;
}): Promise<Table> {
  const { bytes } = request;
  const model = await openOnnx({
    packageFolder: '',
    payload: PAYLOAD_NAME,
    digest: {
      files: [{ path: PAYLOAD_NAME, size: bytes.byteLength, sha256: sha256(bytes) }],
      bytes: new Map([[PAYLOAD_NAME, bytes]]),
    },
    trusted: true,
    timeoutMs: null,
  });
  try {
    compare(await model.predict(request.rows), request.expected);
    return await model.predict(request.example);
  } finally {
    await model.close();
  }
}

function compare(answer: Table, expected: Table): void {
  const differs = (row: number, column: string, found: unknown, wanted: unknown): MlctlError =>
    new MlctlError(
      'BUG',
      `the graph and the fitted pipeline differ in row ${row} of the held-out data: ${column} ${String(found)} against ${String(wanted)}`,
    );
  expected.columns.forEach(({ name, type, values }, k) => {
    const found = answer.columns[k]?.values ?? [];
    for (let row = 0; row < expected.rows; row += 1) {
      const wanted = values[row];
      const same =
        type === 'double'
          ? Math.abs(Number(found[row]) - Number(wanted)) <= TOLERANCE * Math.max(1, Math.abs(Number(wanted)))
          : found[row] === wanted;
      if (!same) throw differs(row, name, found[row], wanted);
    }
  });
}
