// Turns what Python saved of a CalibratedClassifierCV into its value.
import type {
  CalibratedClassifierCV,
  CalibratedMember,
  Calibrator,
} from '../../estimators/calibration/calibrated-classifier.js';
import type { AnyLabels } from '../../estimators/fitted.js';
import { Attributes } from '../attributes.js';
import { classesOf } from '../classes-of.js';
import type { ReadPart } from '../reader.js';
import type { Value } from '../value.js';
import { readIsotonicRegression } from './read-isotonic-regression.js';

export function readCalibratedClassifier(attributes: Attributes, read: ReadPart): CalibratedClassifierCV {
  const classes_ = attributes.get('classes_').labels();
  const members = attributes
    .get('calibrated_classifiers_')
    .items()
    .map((member) => readMember(new Attributes(member), classes_, read));
  const first = members[0] ?? attributes.get('calibrated_classifiers_').fail('at least one classifier');
  return {
    kind: 'CalibratedClassifierCV',
    featuresIn: first.estimator.featuresIn,
    dtype: 'float64',
    classes_,
    members,
  };
}

/** Before version 1.2 the estimator was called base_estimator. */
function readMember(attributes: Attributes, classes: AnyLabels, read: ReadPart): CalibratedMember {
  const inner = attributes.maybe('estimator') ?? attributes.get('base_estimator');
  const estimator = read(inner);
  const method = attributes.get('method').choice('sigmoid', 'isotonic', 'temperature');
  const given = attributes.maybe('calibrators') ?? attributes.get('calibrators_');
  const calibrators = given.items();
  const placeOf = new Map<unknown, number>([...classes.values].map((label, place) => [label, place]));
  const known = (classesOf(inner) ?? inner.fail('a classifier')).values;
  const places = Int32Array.from({ length: known.length }, (_, k) => placeOf.get(known[k]) ?? -1);
  if (method === 'temperature') {
    const only = calibrators[0] ?? given.fail('one calibrator');
    const beta_ = new Attributes(only).get('beta_').number();
    return { estimator, places, calibration: { method, beta_ } };
  }
  if (places.includes(-1)) inner.fail('a classifier of the same classes');
  const expected = classes.values.length === 2 ? 1 : known.length;
  if (calibrators.length !== expected) given.fail(`${expected} calibrators`);
  return { estimator, places, calibration: { method: 'each', calibrators: calibrators.map(readCalibrator) } };
}

function readCalibrator(value: Value): Calibrator {
  const attributes = new Attributes(value);
  if (attributes.kind === 'IsotonicRegression') return { kind: 'isotonic', line: readIsotonicRegression(attributes) };
  if (attributes.kind !== '_SigmoidCalibration') return value.unknown('a _SigmoidCalibration or an IsotonicRegression');
  return { kind: 'sigmoid', a_: attributes.get('a_').number(), b_: attributes.get('b_').number() };
}
