// Passes the input example stored with the model through the same caster as any request.
import { exampleRequest } from '../../model/example-request.js';
import { castDocument } from '../../schema/cast.js';
import { plural } from '../../text/numbers.js';
import { known, type SmokeCheck } from '../smoke-check.js';

export const example: SmokeCheck = {
  name: 'example',
  needs: ['signature'],
  async run({ modelPackage }, { mode }) {
    const thePackage = known(modelPackage);
    const { signature } = thePackage.model;
    const body = exampleRequest(thePackage);
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
