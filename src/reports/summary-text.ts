// What a training run did and how good the result is, as plain text for reading (`reports/summary.txt` of the run).
import { metricWords } from '../documents/metric-words.js';
import { printable } from '../text/printable.js';
import { padTo, textWidth } from '../text/width.js';
import type { ConfusionMatrix } from './confusion-matrix-svg.js';

export interface Summary {
  readonly name: string;
  readonly data: {
    readonly source: string;
    readonly digest: string;
    readonly rows: number;
    readonly features: readonly string[];
    readonly target: string;
  };
  readonly split: {
    readonly train: number;
    readonly test: number;
    readonly testSize: number;
    readonly randomState: number;
    readonly stratify: boolean;
  };
  /** One step a line, with its parameters. */
  readonly pipeline: readonly string[];
  readonly metrics: ReadonlyMap<string, number>;
  readonly outcome: ClassOutcome | ValueOutcome;
}

interface ClassOutcome {
  readonly role: 'classifier';
  readonly classes: readonly {
    readonly label: string;
    readonly precision: number;
    readonly recall: number;
    readonly f1: number;
    readonly support: number;
  }[];
  readonly confusion: ConfusionMatrix;
}

interface ValueOutcome {
  readonly role: 'regressor';
  /** True − predicted, at some ranks. */
  readonly residuals: readonly (readonly [string, number])[];
}

const MOST_MATRIX_COLUMNS = 20;
const MOST_CLASSES = 100;
const LONGEST_NAME = 40;
const LONGEST_HEADING = 12;

function cut(text: string, longest: number): string {
  const shown = printable(text, 200);
  if (textWidth(shown) <= longest) return shown;
  let kept = '';
  for (const character of shown) {
    if (textWidth(kept + character) > longest - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** First column to the left, the others to the right, two spaces between. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, textWidth(cell));
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const width = widths[i] ?? 0;
        return i === 0 ? padTo(cell, width) : ' '.repeat(width - textWidth(cell)) + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}

function section(title: string, lines: readonly string[]): string[] {
  return ['', title, '-'.repeat(title.length), ...lines];
}

function matrix({ labels, counts }: ConfusionMatrix): string[] {
  const shown = labels.slice(0, MOST_MATRIX_COLUMNS);
  const rows = shown.map((label, i) => [cut(label, LONGEST_NAME), ...shown.map((_, j) => String(counts[i]?.[j] ?? 0))]);
  const left = labels.length - shown.length;
  return [
    ...table([['true \\ predicted', ...shown.map((label) => cut(label, LONGEST_HEADING))], ...rows]),
    ...(left > 0 ? [`(${left} more classes are not shown)`] : []),
  ];
}

function outcomeLines(outcome: Summary['outcome']): string[] {
  if (outcome.role === 'regressor')
    return section(
      'Residuals on the test rows (true - predicted)',
      table(outcome.residuals.map(([name, value]) => [name, String(value)])),
    );
  const shown = outcome.classes.slice(0, MOST_CLASSES);
  const left = outcome.classes.length - shown.length;
  const score = (value: number) => (Number.isFinite(value) ? value.toFixed(4) : String(value));
  return [
    ...section('Per class', [
      ...table([
        ['class', 'precision', 'recall', 'f1', 'support'],
        ...shown.map((one) => [
          cut(one.label, LONGEST_NAME),
          score(one.precision),
          score(one.recall),
          score(one.f1),
          String(one.support),
        ]),
      ]),
      ...(left > 0 ? [`(${left} more classes are not shown)`] : []),
    ]),
    ...section('Confusion matrix', matrix(outcome.confusion)),
  ];
}

/** What a metric averages stands behind it. */
function metricLines({ metrics, outcome }: Summary): string[] {
  const classes = outcome.role === 'classifier' ? outcome.classes.length : 0;
  const lines = table([...metrics].map(([name, value]) => [printable(name, 100), String(value)]));
  return [...metrics.keys()].map((name, i) => {
    const words = metricWords(name, classes);
    return words === null ? lines[i]! : `${lines[i]}  (${words})`;
  });
}

export function formatSummary(summary: Summary): string {
  const { data, split } = summary;
  const lines = [
    cut(summary.name, 100),
    ...section('Data', [
      `source    ${printable(data.source, 200)}`,
      `digest    ${printable(data.digest, 100)}`,
      `rows      ${data.rows}`,
      `target    ${printable(data.target, 100)}`,
      `features  ${data.features.length}: ${printable(data.features.join(', '), 1000)}`,
    ]),
    ...section('Split', [
      `train ${split.train} rows, test ${split.test} rows (test_size ${split.testSize}, random_state ${split.randomState}, ${split.stratify ? 'stratified' : 'not stratified'})`,
    ]),
    ...section(
      'Pipeline',
      summary.pipeline.map((step, i) => `${i + 1}. ${printable(step, 300)}`),
    ),
    ...section('Metrics on the test rows', metricLines(summary)),
    ...outcomeLines(summary.outcome),
  ];
  return `${lines.join('\n')}\n`;
}
