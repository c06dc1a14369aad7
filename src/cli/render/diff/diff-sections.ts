// Turns how two models differ into sections of facts, so that the terminal and Markdown show the same.
import type { DiffDocument, OutputDifferenceDocument, PartChangeDocument } from '../../../documents/diff.js';
import { plural, shortNumber } from '../../../text/numbers.js';

export interface Section {
  readonly title: string;
  readonly head: readonly [string, ...string[]];
  readonly rows: readonly (readonly string[])[];
  /** Sentences below the rows. */
  readonly notes: readonly string[];
}

const MOST_ROWS = 40;
const MISSING = '–';

const shown = (value: unknown): string =>
  value === null || value === undefined
    ? MISSING
    : typeof value === 'number' || typeof value === 'string'
      ? shortNumber(value)
      : JSON.stringify(value);

const shortDigest = (digest: string | null): string =>
  digest === null ? MISSING : digest.slice(0, 'sha256:'.length + 12);

const fact = (value: string | null): string => (value?.startsWith('sha256:') ? shortDigest(value) : (value ?? MISSING));

function partRow({ name, a, b, numbers }: PartChangeDocument): string[] {
  if (numbers === null) return [name, shown(a), shown(b), ''];
  const { different, count, largest } = numbers;
  const by = largest === null ? '' : `, by ${shortNumber(largest)} at most`;
  return [name, shown(a), shown(b), `${different} of ${plural(count, 'number')}${by}`];
}

function outputRow(rows: number, { name, different, largest, first }: OutputDifferenceDocument): string[] {
  const by = largest === null ? MISSING : shortNumber(largest);
  const example =
    first === null ? 'only one of them has it' : `${shown(first.a)} → ${shown(first.b)} (row ${first.row})`;
  return [name, `${different} of ${rows}`, by, example];
}

/** Sections that have something to say, in the order in which a reader asks. */
export function diffSections(document: DiffDocument): Section[] {
  const { contract, unknown_run: noRun, lineage, params, metrics, files, parts, predictions } = document;
  const breakingFirst = [...contract.changes].sort((one, other) => Number(other.breaking) - Number(one.breaking));
  const sections: Section[] = [
    section(
      'contract',
      ['change', 'callers of a'],
      breakingFirst.map(({ message, breaking }) => [message, breaking ? 'notice it as an error' : 'need not change']),
    ),
    section(
      'predictions',
      ['output', 'different', 'by at most', 'first'],
      predictions.outputs.map((output) => outputRow(predictions.rows, output)),
      predictions.unknown === null
        ? [predictionNote(predictions)]
        : [`the answers could not be compared: ${predictions.unknown}`],
    ),
    section(
      'metrics',
      ['metric', 'a', 'b', ''],
      metrics.map(({ name, a, b, change }) => [name, shown(a), shown(b), change === 'unknown' ? '' : change]),
    ),
    section(
      'params',
      ['param', 'a', 'b'],
      params.map(({ name, a, b }) => [name, a ?? MISSING, b ?? MISSING]),
    ),
    section(
      'lineage',
      ['fact', 'a', 'b'],
      lineage.map(({ name, a, b }) => [name, fact(a), fact(b)]),
      noRun === null ? [] : [`lineage, params and metrics were not compared: ${noRun}`],
    ),
    section('model', ['part', 'a', 'b', 'different'], parts.changes.map(partRow), [
      ...(parts.total > parts.changes.length ? [`${parts.total} parts differ in all`] : []),
      ...(parts.unknown === null ? [] : [`the parts could not be compared: ${parts.unknown}`]),
    ]),
    section(
      'files',
      ['file', 'a', 'b', ''],
      files.map(({ path, change, a, b, identity }) => [
        path,
        shortDigest(a),
        shortDigest(b),
        identity ? 'ids and times only' : change,
      ]),
    ),
  ];
  return sections.filter(({ rows, notes }) => rows.length > 0 || notes.length > 0);
}

function predictionNote({ source, rows, outputs }: DiffDocument['predictions']): string {
  const asked = `${source} (${plural(rows, 'row')})`;
  return outputs.length === 0 ? `both give the same answers to ${asked}` : `asked with ${asked}`;
}

function section(title: string, head: Section['head'], rows: string[][], notes: readonly string[] = []): Section {
  const more = rows.length > MOST_ROWS ? [`and ${rows.length - MOST_ROWS} more; --json has them all`] : [];
  return { title, head, rows: rows.slice(0, MOST_ROWS), notes: [...more, ...notes] };
}

/** The last line. */
export function diffSentence({ same, contract, predictions }: DiffDocument): string {
  if (same) return 'the models are the same';
  if (contract.breaking) return 'the models differ, and callers of a notice the change of the contract as an error';
  const answers = predictions.outputs.length > 0 ? ', and so do their answers' : '';
  return `the models differ${answers}`;
}
