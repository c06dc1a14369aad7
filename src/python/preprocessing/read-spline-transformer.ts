// Turns what Python saved of a SplineTransformer into its value.
import type { BSpline } from '../../estimators/preprocessing/b-spline.js';
import type { SplineTransformer } from '../../estimators/preprocessing/spline-transformer.js';
import { Attributes } from '../attributes.js';
import type { Value } from '../value.js';

const MOST_DEGREE = 100;

export function readSplineTransformer(attributes: Attributes): SplineTransformer {
  const value = attributes.get('bsplines_');
  const splines = value.items().map(readSpline);
  const first = splines[0] ?? value.fail('at least one spline');
  if (splines.some(({ degree, width }) => degree !== first.degree || width !== first.width))
    value.fail('splines of one degree and width');
  return {
    ...attributes.fitted('SplineTransformer', splines.length),
    extrapolation: attributes.get('extrapolation').choice('error', 'constant', 'linear', 'continue', 'periodic'),
    include_bias: attributes.get('include_bias').flag(),
    handle_missing: attributes.maybe('handle_missing')?.choice('error', 'zeros') ?? 'error',
    sparse_output: attributes.maybe('sparse_output')?.flag() ?? false,
    bsplines_: splines,
  };
}

function readSpline(value: Value): BSpline {
  const attributes = new Attributes(value);
  if (attributes.kind !== 'BSpline') return value.fail('a BSpline');
  // scipy 1.17 has the arrays under other names
  const named = (name: string) => attributes.maybe(`_${name}`) ?? attributes.get(name);
  const k = attributes.get('k');
  const degree = k.integer(0);
  // the work on each number grows with its square
  if (degree > MOST_DEGREE) return k.unknown(`a degree of at most ${MOST_DEGREE}`);
  const knots = named('t').vector();
  const { values, rows, width } = named('c').matrix();
  const rises = knots.every((knot, i) => Number.isFinite(knot) && (i === 0 || knot >= knots[i - 1]!));
  if (!rises || knots.length < 2 * degree + 2) named('t').fail(`${2 * degree + 2} knots that rise`);
  if (rows < knots.length - degree - 1 || width === 0) named('c').fail('a row for each spline');
  return { degree, knots, coefficients: values, width };
}
