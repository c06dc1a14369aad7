// Turns features into the answer of an estimator that takes what others answer (sklearn.ensemble.Stacking*).
import { MlctlError } from '../../errors/error.js';
import type { Parts, Row } from '../evaluator.js';
import type { AnyLabels, Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { sideBySide } from '../frames/side-by-side.js';
import { stackFrames } from '../frames/stack-frames.js';
import { encodedClasses } from '../label-places.js';
import { stepName } from '../step-name.js';
import { classVotes } from './class-votes.js';
import { predictNumbers } from './predict-numbers.js';

type StackMethod = 'predict' | 'predict_proba' | 'decision_function';

interface Stacking<Kind extends string> extends Fitted<Kind> {
  /** Without those that were dropped. */
  readonly estimators_: readonly { readonly part: Part; readonly method: StackMethod }[];
  readonly final_estimator_: Part;
  /** The columns themselves come along, behind the answers. */
  readonly passthrough: boolean;
}

export interface StackingClassifier extends Stacking<'StackingClassifier'> {
  /** The last estimator knows the classes by their places in it. */
  readonly classes_: AnyLabels;
}

export type StackingRegressor = Stacking<'StackingRegressor'>;

/** `twoClasses`: the probability of the first class is left out, because it says nothing beside that of the second. */
function answersOf(model: Stacking<string>, frame: Frame, parts: Parts, twoClasses: boolean): Frame {
  const blocks = model.estimators_.map(({ part, method }) => {
    const { values, width } = method === 'predict' ? predictNumbers(part, frame, parts) : parts[method](part, frame);
    const skip = twoClasses && method === 'predict_proba' && width !== null ? 1 : 0;
    return { values, width: width ?? 1, skip };
  });
  const { values, width } = sideBySide(frame.rows, blocks);
  const answers = frameOfMatrix(frame.rows, width, values);
  if (!model.passthrough) return answers;
  const both = [answers, frame].map((one) => ({ frame: one, prefix: '' }));
  return stackFrames(frame.rows, both, stepName(model.kind), frame.sparse !== undefined);
}

const classAnswers = (model: StackingClassifier, frame: Frame, parts: Parts): Frame =>
  answersOf(model, frame, parts, model.classes_.values.length === 2);

const hasMethod: NonNullable<Row<Stacking<string>>['has']> = (model, method, parts) =>
  method === 'transform' || parts.has(model.final_estimator_, method);

export const STACKING_CLASSIFIER: Row<StackingClassifier> = {
  role: 'classifier',
  anyWidth: true,
  has: hasMethod,
  transform: classAnswers,
  predict: (model, frame, parts) => {
    const { classes_: classes, final_estimator_: final } = model;
    const codes = classVotes(final, classAnswers(model, frame, parts), encodedClasses(classes), parts);
    if (codes.includes(-1))
      throw new MlctlError('MODEL_MALFORMED', 'stacking_classifier: the last estimator knows other classes');
    return { role: 'classifier', classes, codes };
  },
  predict_proba: (model, frame, parts) =>
    parts.predict_proba(model.final_estimator_, classAnswers(model, frame, parts)),
  decision_function: (model, frame, parts) =>
    parts.decision_function(model.final_estimator_, classAnswers(model, frame, parts)),
};

export const STACKING_REGRESSOR: Row<StackingRegressor> = {
  role: 'regressor',
  anyWidth: true,
  has: hasMethod,
  transform: (model, frame, parts) => answersOf(model, frame, parts, false),
  predict: (model, frame, parts) => parts.predict(model.final_estimator_, answersOf(model, frame, parts, false)),
};
