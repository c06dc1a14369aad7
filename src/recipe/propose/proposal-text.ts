// Turns a proposal into the text of a recipe, with the reason of each choice as a comment.
import { dialectLines, inlineYaml } from '../recipe-text.js';
import { printed } from '../recipe-yaml.js';
import type { Verdict } from './judge-column.js';
import { MISSING_TEXT, type Proposal } from './propose-recipe.js';

/** How the CSV is written, if it is not as usual. */
type Dialect = Parameters<typeof dialectLines>[0];

interface Names extends Dialect {
  readonly name: string;
  /** As the recipe names it: relative to the recipe's folder, or an address. */
  readonly source: string;
  readonly target: string;
}

const WIDTH = 100;
const LAST = {
  classifier: '  - logistic_regression: { max_iter: 1000 }',
  regressor: '  - ridge: { alpha: 1.0 }',
};
const OTHERWISE = {
  classifier: 'if the target is a quantity, end it with ridge',
  regressor: 'if the target is a class, end it with logistic_regression',
};

export function proposalText(proposal: Proposal, { name, source, target, ...dialect }: Names): string {
  const { verdicts, rows, columns } = proposal;
  const { role, words, numbers, split, unstratified, maxClasses } = proposal.target;
  const dropped = verdicts.flatMap((one) =>
    one.use === 'drop' ? [commented(`    - ${inlineYaml(one.facts.name)}`, one.reason)] : [],
  );
  return `${[
    `# For ${printed(source)}: ${rows} rows, ${columns} columns. "mlctl help recipe" lists every key and step`,
    `name: ${inlineYaml(name)}`,
    `experiment: ${inlineYaml(name)}`,
    'data:',
    `  source: ${inlineYaml(source)}`,
    commented(`  target: ${inlineYaml(target)}`, words),
    ...dialectLines(dialect),
    ...(dropped.length > 0 ? ['  drop:', ...dropped] : []),
    ...(maxClasses === null
      ? []
      : [
          commented(`  max_classes: ${maxClasses}`, 'so many classes are asked about: make sure that they are classes'),
        ]),
    'split:',
    commented(`  test_size: ${inlineYaml(split.test_size)}`, 'the share of rows that the model is judged on'),
    `  random_state: ${split.random_state}`,
    commented(`  stratify: ${split.stratify}`, unstratified),
    commented('pipeline:', numbers ? OTHERWISE[role] : null),
    ...pipelineLines(verdicts),
    LAST[role],
  ].join('\n')}\n`;
}

function pipelineLines(verdicts: readonly Verdict[]): string[] {
  const of = (use: Verdict['use'], missing = false) =>
    verdicts.flatMap(({ use: found, facts }) => (found === use && (!missing || facts.missing > 0) ? [facts] : []));
  const [numbers, texts] = [of('number'), of('text')];
  const gaps = (columns: typeof numbers) => {
    const shown = columns.slice(0, 3).map(({ name, missing }) => `${printed(name)} in ${missing} rows`);
    return `missing: ${shown.join(', ')}${columns.length > 3 ? ', …' : ''}`;
  };
  const step = (title: string, why: string | null, keys: readonly string[], columns: typeof numbers) =>
    columns.length === 0
      ? []
      : [commented(`  - ${title}:`, why), ...keys.map((key) => `      ${key}`), ...columnLines(columns)];
  const onlyNumbers = numbers.length === verdicts.filter(({ use }) => use !== 'drop').length;
  return [
    ...step('simple_imputer', gaps(of('number', true)), ['strategy: median'], of('number', true)),
    ...step(
      'simple_imputer',
      gaps(of('text', true)),
      ['strategy: constant', `fill_value: ${MISSING_TEXT}`],
      of('text', true),
    ),
    ...step('one_hot_encoder', 'one column for each text', ['handle_unknown: ignore'], texts),
    ...(onlyNumbers
      ? [commented('  - standard_scaler', 'all columns are numbers')]
      : step('standard_scaler', 'numbers to the same scale', [], numbers)),
  ];
}

function columnLines(columns: readonly { readonly name: string }[]): string[] {
  const names = columns.map(({ name }) => name);
  const line = `      columns: ${inlineYaml(names)}`;
  return line.length <= WIDTH ? [line] : ['      columns:', ...names.map((name) => `        - ${inlineYaml(name)}`)];
}

function commented(line: string, comment: string | null): string {
  return comment === null ? line : `${line}  # ${comment}`;
}
