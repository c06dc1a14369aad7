// Passes the input example stored with the model through the same caster as any request.
import { MlctlError } from '../../errors/error.js';
import type { ModelPackage } from '../../model/read-package.js';
import { castDocument } from '../../schema/cast.js';
import { plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import { known, type SmokeCheck } from '../smoke-check.js';

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: false }).decode(bytes);

/** The example as the text of a request: from the file that MLflow keeps for this, else from the example itself. */
function requestOf({ model, digest }: ModelPackage): string | null {
  const { inputExample } = model;
  if (inputExample === null) return null;
  const bytesOf = (path: string): Uint8Array => {
    const bytes = digest.bytes.get(path);
    if (bytes) return bytes;
    throw new MlctlError('LIMIT_EXCEEDED', `the input example "${printable(path, 120)}" is larger than mlctl reads`, {
      hint: 'an input example should be a few rows; log the model again with a smaller one',
    });
  };
  if (inputExample.servingPath !== null) return decode(bytesOf(inputExample.servingPath));
  const text = decode(bytesOf(inputExample.path));
  if (inputExample.type === 'dataframe')
    return `{"dataframe_${inputExample.orient === 'records' ? 'records' : 'split'}": ${text}}`;
  return `{"inputs": ${text}}`;
}

export const example: SmokeCheck = {
  name: 'example',
  needs: ['signature'],
  async run({ modelPackage }, { mode }) {
    const thePackage = known(modelPackage);
    const { signature } = thePackage.model;
    const body = requestOf(thePackage);
    if (body === null || signature === null)
      return { status: 'skip', message: 'the model was logged without an input example' };
    const cast = await castDocument(body, 'json', signature, mode);
    if (!cast.ok) {
      const [first] = cast.findings;
      const more = cast.total > 1 ? ` (and ${cast.total - 1} more)` : '';
      return {
        status: 'fail',
        message: `the input example breaks the signature: ${first?.message ?? 'refused'}${more}`,
        hint:
          mode === 'strict'
            ? 'if Python MLflow accepts this example, try --schema mlflow; else log the model again with an example that matches'
            : 'log the model again with an example that matches',
        details: { findings: cast.findings, total: cast.total },
      };
    }
    const { table, warnings } = cast;
    return {
      status: 'pass',
      message: `${plural(table.rows, 'row')} of ${plural(table.columns.length, 'column')} ${table.rows === 1 ? 'matches' : 'match'} the signature`,
      details: { rows: table.rows, ...(warnings.length > 0 ? { warnings } : {}) },
      facts: { example: { table, body } },
    };
  },
};
