// Recipes that together hold every step that a recipe can have, and data for them as CSV.

const COLOURS = ['rot', 'grün', '', 'a "b", c'];
const field = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Text, numbers, missing values, a text target `answer` and a number target `price`. */
export const MIXED_CSV = `size,count,colour,grade,answer,price\n${Array.from({ length: 120 }, (_, i) =>
  [
    i % 7 === 0 ? '' : Math.sin(i).toFixed(4),
    (i * 37) % 11,
    field(COLOURS[i % 4]!),
    ['low', 'mid', 'high'][(i * 5) % 3],
    ['yes', 'no', 'perhaps'][(i * 5 + (i % 2)) % 3],
    (Math.cos(i) * 10 + ((i * 37) % 11)).toFixed(3),
  ].join(','),
).join('\n')}\n`;

const split = 'split: { test_size: 0.25, random_state: 7 }';
const classes = `data: { source: data.csv, target: answer, drop: [price] }\n${split}\n`;
const values = `data: { source: data.csv, target: price, drop: [answer] }\n${split}\n`;
const PREPARED = `
  - simple_imputer: { strategy: mean, columns: [size] }
  - simple_imputer: { strategy: most_frequent, columns: [colour] }
  - one_hot_encoder: { columns: [colour, grade] }
  - min_max_scaler: { columns: [count] }
  - standard_scaler: { columns: [size] }`;

export const RECIPES: Readonly<Record<string, string>> = {
  'a logistic regression': `${classes}pipeline:${PREPARED}
  - logistic_regression: { C: 0.3, class_weight: balanced, max_iter: 500 }
`,
  'a column transformer': `${classes}pipeline:
  - column_transformer:
      transformers:
        - name: numbers
          columns: [size, count]
          steps: [simple_imputer: { strategy: median }, standard_scaler: {}]
        - name: grade
          columns: [grade]
          steps: [ordinal_encoder: { handle_unknown: use_encoded_value, unknown_value: -1 }]
      remainder: drop
  - logistic_regression: { max_iter: 300 }
`,
  'a decision tree': `${classes}pipeline:${PREPARED}
  - decision_tree_classifier: { max_depth: 5, splitter: random, random_state: 3 }
`,
  'a linear regression': `${values}pipeline:${PREPARED}
  - linear_regression: {}
`,
  'a ridge regression': `${values}pipeline:${PREPARED}
  - ridge: { alpha: 0.5 }
`,
  'a regression tree': `${values}pipeline:${PREPARED}
  - decision_tree_regressor: { criterion: absolute_error, max_features: 0.5 }
`,
};
