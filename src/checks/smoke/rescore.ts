// Scores the evaluation rows of the run again and compares with the logged metrics.
import { GOLDEN_TOLERANCE } from '../../model/golden-tolerance.js';
import { relativeDifference } from '../../model/relative-difference.js';
import type { Signature } from '../../schema/types.js';
import { grouped, shortNumber } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import { known, type SmokeCheck } from '../smoke-check.js';

/** Compares metrics by the names under which they were logged. */
export const rescore: SmokeCheck = {
  name: 'rescore',
  needs: ['load', 'signature'],
  async run({ found, model, modelPackage }, tools) {
    const evaluation = await tools.evaluation(known(found));
    if ('missing' in evaluation) return { status: 'skip', message: evaluation.missing };
    const signature = known(modelPackage).model.signature as Signature;
    const { castCsv } = await import('../../schema/cast.js');
    const { scoreAgain } = await import('../score-again.js');
    const cast = castCsv(evaluation.rows, signature);
    if (!cast.ok) {
      return {
        status: 'fail',
        message: `the evaluation rows break the signature: ${cast.findings[0]?.message ?? 'refused'}`,
        hint: 'the run was evaluated on other columns than the signature names; train again',
        details: { findings: cast.findings, total: cast.total },
      };
    }
    const scored = await scoreAgain(await known(model).predict(cast.table), evaluation.labels);
    if (typeof scored === 'string') return { status: 'skip', message: scored };
    const compared = [...scored.metrics].flatMap(([name, value]) => {
      const logged = evaluation.metrics.get(name);
      return logged === undefined ? [] : [{ name, logged, value, apart: relativeDifference(logged, value) }];
    });
    if (compared.length === 0)
      return {
        status: 'skip',
        message: `the run did not log any of these metrics: ${[...scored.metrics.keys()].join(', ')}`,
        facts: { evaluated: scored },
      };
    const shown = (value: number): number | string => (Number.isFinite(value) ? value : String(value));
    const details = {
      rows: cast.table.rows,
      tolerance: GOLDEN_TOLERANCE,
      metrics: Object.fromEntries(compared.map(({ name, value }) => [name, shown(value)])),
      logged: Object.fromEntries(compared.map(({ name, logged }) => [name, shown(logged)])),
    };
    const wrong = compared.filter(({ apart }) => !(apart <= GOLDEN_TOLERANCE));
    if (wrong.length > 0) {
      const told = wrong.map(
        ({ name, logged, value }) => `${printable(name, 60)} is ${value}, but the run logged ${logged}`,
      );
      return {
        status: 'fail',
        message: `scoring the ${cast.table.rows} evaluation rows again gave other metrics: ${told.join('; ')}`,
        hint: 'this is not the model that was evaluated, or the evaluation rows were changed; train again with the recipe of the run and compare',
        details,
        facts: { evaluated: scored },
      };
    }
    const figures = compared.map(({ name, value }) => `${name} ${shortNumber(value)}`).join(', ');
    return {
      status: 'pass',
      message: `scoring the ${grouped(cast.table.rows)} evaluation rows again gave the logged metrics: ${figures}`,
      details,
      facts: { evaluated: scored },
    };
  },
};
