// Turns the URI of a model into the lines that load it, in a shell, in TypeScript and in Python.
import { shellWord } from '../../text/shell-word.js';
import { type Html, html, linesOf } from './html.js';
import type { ModelCard } from './model-card.js';
import { factList, section } from './section.js';

/** With more columns, nobody reads a row in a line. */
const MOST_COLUMNS = 8;
const MOST_LINES = 20;

function rowOf({ example, signature }: ModelCard): string | null {
  if (example === null || example.inputs.size > MOST_COLUMNS || signature?.inputs == null) return null;
  const fields = [...example.inputs].map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  const row = `{ ${fields.join(', ')} }`;
  return row.length > 400 ? null : row;
}

const PYTHON_WORDS: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None' };

/** JSON is Python but for three words, which are not looked for in texts. */
const pythonOf = (json: string): string =>
  json.replace(/"(?:[^"\\]|\\.)*"|\b(?:true|false|null)\b/g, (part) => PYTHON_WORDS[part] ?? part);

export function useSection(card: ModelCard): Html {
  const { pinnedUri: uri, trackingUri, digest } = card;
  const row = rowOf(card);
  const server = trackingUri === null ? [] : [`export MLFLOW_TRACKING_URI=${shellWord(trackingUri)}`];
  const shell = [
    ...server,
    `mlctl smoke ${shellWord(uri)}`,
    `mlctl predict ${shellWord(uri)} -i rows.csv -o predictions.csv`,
  ];
  const name = JSON.stringify(uri);
  const typescript = [
    `import { load } from 'mlctl';`,
    '',
    `const model = await load(${name});`,
    ...(row === null
      ? ['const answers = await model.predict(rows);']
      : ['const answers = await model.predict([', `  ${row},`, ']);']),
    'await model.close();',
  ];
  const python = [
    'import mlflow',
    'import pandas',
    '',
    `model = mlflow.pyfunc.load_model(${name})`,
    ...(row === null
      ? ['answers = model.predict(rows)']
      : ['answers = model.predict(pandas.DataFrame([', `    ${pythonOf(row)},`, ']))']),
  ];
  const block = (title: string, lines: readonly string[]): Html =>
    html`<h3>${title}</h3><pre>${linesOf(lines.join('\n'), MOST_LINES)}</pre>`;
  return section('How to load it', 'the version, not a stage or an alias that moves on', [
    block('Shell', shell),
    block('TypeScript', typescript),
    block('Python', python),
    html`<h3>Digests</h3>`,
    factList([
      ['Package', html`<code>${digest.package}</code>`],
      ['Payload', digest.payload === null ? null : html`<code>${digest.payload}</code>`],
    ]),
  ]);
}
