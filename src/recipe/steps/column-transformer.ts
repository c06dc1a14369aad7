// column_transformer: sklearn.compose.ColumnTransformer, each part a list of steps over some columns.
import { z } from 'zod';
import type { ColumnTransformer } from '../../estimators/compose/column-transformer.js';
import { pick } from '../../estimators/frame.js';
import { fittedOn } from '../../training/fitted-on.js';
import type { PipelineStep } from '../recipe-types.js';
import { rule } from '../rule.js';
import { LIST_OF_STEPS, rules } from '../rules.js';
import { placesOf } from './places-of.js';
import type { Step } from './step.js';

/** MLflow's rule for the names of parameters, which contain it. */
const NAME = /^[\p{L}\p{N} ._-]{1,100}$/u;

const part = z.strictObject(
  {
    name: rule<string>(
      'a name of up to 100 letters, digits, spaces, dots, - and _, without "__"',
      (v) => typeof v === 'string' && NAME.test(v) && !v.includes('__') && v !== 'remainder',
      { type: 'string', pattern: '^(?!remainder$)(?!.*__).{1,100}$' },
    )
      .optional()
      .describe('Name of the part in the parameters of the run; if left out, that of its step.'),
    columns: rules.columns.describe('The columns that the part takes; a column may be in several parts.'),
    steps: rule<PipelineStep[] | 'passthrough' | 'drop'>(
      'a list of steps, passthrough or drop',
      (v) => v === 'passthrough' || v === 'drop' || (Array.isArray(v) && v.length > 0),
      { anyOf: [{ enum: ['passthrough', 'drop'] }, LIST_OF_STEPS] },
    ).describe('What happens to them: steps that change, and no step that predicts.'),
  },
  { error: 'a mapping with the keys columns and steps' },
);

const schema = z.strictObject({
  transformers: z
    .array(part, { error: 'a list of mappings with the keys columns and steps' })
    .min(1, { error: 'a list of mappings with the keys columns and steps, at least one' })
    .transform(named)
    .refine((parts) => new Set(parts.map(({ name }) => name)).size === parts.length, {
      error: 'different names',
    })
    .describe('The parts, in the order of the columns that they make.'),
  remainder: rules
    .oneOf('drop', 'passthrough')
    .default('drop')
    .describe('What happens to the columns that no part takes.'),
  verbose_feature_names_out: rules.boolean
    .default(true)
    .describe('Put the name of the part in front of the names of its columns.'),
});

/** Names a part as sklearn.compose.make_column_transformer does: by its step, with a number if two are the same. */
function named(parts: readonly z.infer<typeof part>[]) {
  const words = parts.map(({ steps }) =>
    typeof steps === 'string' ? steps : steps.length === 1 ? steps[0]!.name : 'pipeline',
  );
  return parts.map(({ name, ...rest }, i) => {
    const word = words[i]!;
    const nth = words.slice(0, i + 1).filter((one) => one === word).length;
    const many = words.filter((one) => one === word).length > 1;
    return { name: name ?? (many ? `${word}-${nth}` : word), ...rest };
  });
}

export const columnTransformer: Step<ColumnTransformer> = {
  words: {
    module: 'sklearn.compose',
    does: 'Changes groups of columns by steps of their own, and puts the results side by side.',
    example: `data: { source: customers.csv, target: churned, drop: [customer, visits, size, spend] }
pipeline:
  - column_transformer:
      transformers:
        - { name: numbers, columns: [age, income], steps: [simple_imputer: { strategy: median }, standard_scaler] }
        - { columns: [plan], steps: [simple_imputer: { strategy: constant }, one_hot_encoder] }
      remainder: drop
  - logistic_regression`,
  },
  role: 'transformer',
  schema,
  nests: true,
  *fit(params, { frame, fit, path }) {
    // the schema has shaped the parameters
    const { transformers, remainder, verbose_feature_names_out } = params as z.infer<typeof schema>;
    const parts: Exclude<ColumnTransformer['transformers_'][number], undefined>[] = [];
    for (const [i, { name, columns, steps }] of transformers.entries()) {
      const place = `transformers.${i}`;
      const places = placesOf(columns, frame, `${path}.${place}.columns`);
      const transformer = typeof steps === 'string' ? steps : yield* fit(steps, pick(frame, places), `${place}.steps`);
      parts.push({ name, transformer, columns: places });
    }
    const taken = new Set(parts.flatMap(({ columns }) => columns));
    const rest = frame.columns.map((_, place) => place).filter((place) => !taken.has(place));
    return {
      kind: 'ColumnTransformer',
      ...fittedOn(frame),
      transformers_: [...parts, { name: 'remainder', transformer: remainder, columns: rest }],
      verbose_feature_names_out,
    };
  },
};
