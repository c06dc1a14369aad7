// one_hot_encoder: sklearn.preprocessing.OneHotEncoder, dense.
import { fitOneHotEncoder } from '../../training/preprocessing/one-hot-encoder.js';
import { rule, rules } from '../rules.js';
import { transformerStep } from './step.js';

export const oneHotEncoder = transformerStep(
  {
    handle_unknown: rules.oneOf('error', 'ignore').default('error'),
    drop: rule<'first' | 'if_binary' | null>(
      'null, first or if_binary',
      (v) => v === null || v === 'first' || v === 'if_binary',
    ).default(null),
  },
  (params, { frame }) => fitOneHotEncoder(frame, params),
);
