// Turns the signature, and the first row of the example with its answer, into the section of the contract.
import { isSpec, typeWords } from '../../documents/type-words.js';
import { grouped, shortNumber } from '../../text/numbers.js';
import { type Html, html } from './html.js';
import type { ModelCard } from './model-card.js';
import { type CardColumn, cardTable, section } from './section.js';

type Spec = Readonly<Record<string, unknown>>;

const LONGEST_VALUE = 160;

function valueWords(value: unknown): string {
  if (typeof value === 'number') return shortNumber(value);
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

const nameOf = (spec: Spec): string => (spec.name === undefined ? '(unnamed)' : String(spec.name));
const column: CardColumn<Spec> = { title: 'column', of: nameOf };
const type: CardColumn<Spec> = {
  title: 'type',
  of: (spec) => html`<code>${typeWords(spec)}</code>${spec.required === false && html` <small>optional</small>`}`,
};

/** A schema of one unnamed column or tensor has its value under whatever name the table gave it. */
function valueColumn(title: string, values: ReadonlyMap<string, unknown>): CardColumn<Spec> {
  const only = values.size === 1 ? [...values.values()][0] : undefined;
  return {
    title,
    right: true,
    of: (spec) => valueWords(values.has(nameOf(spec)) ? values.get(nameOf(spec)) : (only ?? null)),
  };
}

export function contractSection({ signature, example }: ModelCard): Html {
  if (signature === null)
    return section('Contract', null, [
      html`<p>The model was logged without a signature, so nobody can check rows before they reach it.</p>`,
    ]);
  const part = (title: string, specs: readonly unknown[] | null, columns: readonly CardColumn<Spec>[]): Html | null =>
    specs === null || specs.length === 0
      ? null
      : html`<h3>${title} (${grouped(specs.length)})</h3><div class="contract">${cardTable(columns, specs.filter(isSpec))}</div>`;
  return section('Contract', 'what a row must have, and what the model returns for it', [
    part('Inputs', signature.inputs, [column, type, ...(example ? [valueColumn('example', example.inputs)] : [])]),
    part('Outputs', signature.outputs, [
      column,
      type,
      ...(example && example.outputs.size > 0 ? [valueColumn('answer to the example', example.outputs)] : []),
    ]),
    part('Params', signature.params, [
      { ...column, title: 'param' },
      type,
      { title: 'default', right: true, of: (spec) => valueWords(spec.default ?? null) },
    ]),
  ]);
}
