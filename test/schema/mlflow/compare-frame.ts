// Compares one recorded case of typed data: the second layer alone.
import { isDeepStrictEqual } from 'node:util';
import { enforceParams } from '../../../src/schema/mlflow/enforce-params.js';
import { enforceSchema } from '../../../src/schema/mlflow/enforce-schema.js';
import { PyFailure } from '../../../src/schema/mlflow/failure.js';
import type { PyValue } from '../../../src/schema/mlflow/python/python-value.js';
import type { MlflowWarning } from '../../../src/schema/mlflow/warning.js';
import { parseSignature } from '../../../src/schema/parse-signature.js';
import type { Case, Comparison } from './compare-cases.js';
import { decode, encode, normal } from './typed-values.js';

export function compareFrame(one: Case): Comparison {
  const { out } = one;
  const differences: string[] = [];
  const warnings: MlflowWarning[] = [];
  let got: PyValue;
  try {
    const data = decode(one.in);
    if ('inputs' in one) {
      got = enforceSchema(data, parseSignature({ inputs: one.inputs })!.inputs!, warnings);
    } else {
      const specs = one.params_schema ? parseSignature({ params: one.params_schema })!.params : null;
      got = enforceParams(data, specs, warnings);
    }
  } catch (error) {
    if (!(error instanceof PyFailure)) throw error;
    if (out.ok) return { differences: [`refused (${error.message}), Python accepts`] };
    return { differences: failureDifferences(error, out) };
  }
  if (!out.ok) return { differences: [`accepted, Python refuses: ${out.tmpl} ${out.msg}`] };
  const coerced = normal(encode(got));
  if (!isDeepStrictEqual(coerced, normal(out.coerced)))
    differences.push(`value ${JSON.stringify(coerced)} Python ${JSON.stringify(normal(out.coerced))}`);
  if (!isDeepStrictEqual(warnings, out.warn ?? []))
    differences.push(`warnings ${JSON.stringify(warnings)} Python ${JSON.stringify(out.warn)}`);
  return { differences };
}

/** The text, in any order where Python prints a set. */
export function sameText(error: { message: string; args: Readonly<Record<string, unknown>> }, text: string): boolean {
  const { parts } = error.args;
  if (!Array.isArray(parts)) return error.message === text;
  return error.message.length === text.length && parts.every((part) => text.includes(part));
}

export function failureDifferences(error: PyFailure, out: Case): string[] {
  const differences: string[] = [];
  if (!String(out.tmpl).startsWith('native:') && out.tmpl !== 'other' && error.tmpl !== out.tmpl)
    differences.push(`template ${error.tmpl} (${error.message}), Python ${out.tmpl} (${out.msg})`);
  else if (out.exact && !sameText(error, out.msg)) differences.push(`text ${error.message} Python ${out.msg}`);
  return differences;
}
