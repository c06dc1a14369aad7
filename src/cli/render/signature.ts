// A signature's JSON as the contract people read: one table each for inputs, outputs and params.
import type { SignatureDocument } from '../../documents/signature-document.js';
import { isSpec, typeWords } from '../../documents/type-words.js';
import { grouped } from '../../text/numbers.js';
import type { Style } from '../style.js';
import { type Column, table } from './table.js';

type Spec = Readonly<Record<string, unknown>>;

const column: Column<Spec> = {
  title: 'column',
  kept: true,
  least: 16,
  of: (spec) => (spec.name === undefined ? '(unnamed)' : String(spec.name)),
};
const type: Column<Spec> = { title: 'type', of: (spec) => typeWords(spec), most: 120, least: 16, kept: true };
const required: Column<Spec> = { title: 'required', of: (spec) => (spec.required === false ? 'no' : 'yes') };
const byDefault: Column<Spec> = { title: 'default', of: (spec) => JSON.stringify(spec.default ?? null) };
const param: Column<Spec> = {
  title: 'param',
  of: (spec) => String(spec.name),
};

/** At most `most` columns of each part. */
export function signatureText(
  style: Style,
  signature: SignatureDocument | null,
  most = Number.POSITIVE_INFINITY,
): string {
  if (signature === null) return `${style.bold('signature')}\n  none, so rows cannot be checked`;
  const section = (title: string, specs: readonly unknown[] | null, columns: readonly Column<Spec>[]) =>
    specs === null || specs.length === 0
      ? []
      : [
          `${style.bold(`${title} (${grouped(specs.length)})`)}\n${table(style, columns, specs.filter(isSpec).slice(0, most))}${
            specs.length > most ? `\n  … and ${grouped(specs.length - most)} more; --json lists all` : ''
          }`,
        ];
  return [
    ...section('inputs', signature.inputs, [column, type, required]),
    ...section('outputs', signature.outputs, [column, type]),
    ...section('params', signature.params, [param, type, byDefault]),
  ].join('\n\n');
}
