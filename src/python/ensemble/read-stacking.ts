// Turns what Python saved of a stacking into its value.
import type { StackingClassifier, StackingRegressor } from '../../estimators/ensemble/stacking.js';
import type { Attributes } from '../attributes.js';
import { readParts } from '../read-parts.js';
import type { ReadPart } from '../reader.js';

export function readStackingClassifier(attributes: Attributes, read: ReadPart): StackingClassifier {
  const encoder = attributes.maybe('_label_encoder');
  if (encoder?.isList) encoder.unknown('the classes of one target');
  return { ...readStacking('StackingClassifier', attributes, read), classes_: attributes.get('classes_').labels() };
}

export const readStackingRegressor = (attributes: Attributes, read: ReadPart): StackingRegressor =>
  readStacking('StackingRegressor', attributes, read);

function readStacking<Kind extends string>(kind: Kind, attributes: Attributes, read: ReadPart) {
  const parts = readParts(attributes.get('estimators_'), read);
  const methods = attributes.get('stack_method_').items();
  if (methods.length !== parts.length) attributes.get('stack_method_').fail(`methods of ${parts.length} estimators`);
  const fitted = attributes.fitted(kind);
  return {
    ...fitted,
    featuresIn: 'names' in fitted.featuresIn ? fitted.featuresIn : parts[0]!.featuresIn,
    estimators_: parts.map((part, e) => ({
      part,
      method: methods[e]!.choice('predict', 'predict_proba', 'decision_function'),
    })),
    final_estimator_: read(attributes.get('final_estimator_')),
    passthrough: attributes.get('passthrough').flag(),
  };
}
