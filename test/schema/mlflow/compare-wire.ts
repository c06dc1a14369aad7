// Compares one recorded HTTP request: status, phase, failure, the data and params the model receives, warnings, the answer's text.
import { isDeepStrictEqual } from 'node:util';
import type { MlflowVerdict } from '../../../src/schema/mlflow/verdict.js';
import { scoreRequest } from '../../../src/schema/mlflow/wire/score-request.js';
import { parseSignature } from '../../../src/schema/parse-signature.js';
import { formatPredictions } from '../../../src/scoring/format-predictions.js';
import type { Case, Comparison } from './compare-cases.js';
import { sameText } from './compare-frame.js';
import { encode, normal } from './typed-values.js';

const short = (value: unknown): string => JSON.stringify(value)?.slice(0, 500) ?? 'undefined';

/** Facts of the arguments that are the rule's; texts of Python itself and their cut forms are not. */
function argumentFacts(args: Case): Case {
  const {
    why: _why,
    innerMsg: _innerMsg,
    innerArgs: _innerArgs,
    inv: _inv,
    class: _class,
    parts: _parts,
    ...facts
  } = args ?? {};
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, 160) : value]),
  );
}

/** The rule of left.json that a disagreement falls under. */
function leftBy(verdict: MlflowVerdict, out: Case): { left?: string } {
  const dateutil =
    out.ok && !verdict.ok && verdict.tmpl === 'convert_column' && verdict.args.inner === 'DateParseError';
  return dateutil ? { left: 'dateutil-dates' } : {};
}

export function compareWire(one: Case): Comparison {
  const { out } = one;
  const body = 'body_b64' in one ? Buffer.from(one.body_b64, 'base64') : Buffer.from(one.body, 'utf8');
  const signature = one.sig === null ? null : parseSignature(one.sig);
  const verdict = scoreRequest(signature, one.hint ?? false, one.ct, Uint8Array.from(body));
  const differences: string[] = [];
  const expect = (what: string, got: unknown, want: unknown) => {
    if (!isDeepStrictEqual(got, want)) differences.push(`${what} ${short(got)} Python ${short(want)}`);
  };
  if (out.phase === 'output' || out.ok) {
    if (!verdict.ok)
      return {
        differences: [
          `refused ${verdict.phase} ${verdict.tmpl} (${verdict.message.slice(0, 300)}), Python accepts ${short(out.coerced)}`,
        ],
        ...leftBy(verdict, out),
      };
    const given = normal(encode(verdict.data));
    expect('value', given, normal(out.coerced));
    expect('params', encode(verdict.params), out.params);
    expect('warnings', verdict.warnings, out.warn ?? []);
    const answer = formatPredictions(verdict.data, { unwrapped: verdict.unwrapped });
    if (out.ok) expect('answer', answer, out.resp);
    else expect('answer', answer, null);
    return { differences };
  }
  if (verdict.ok) return { differences: [`accepted, Python refuses: ${out.phase} ${out.tmpl} ${out.msg}`] };
  expect('status', verdict.status, out.status);
  if (out.phase !== verdict.phase && !(out.phase === 'server' && out.status === 500))
    expect('phase', verdict.phase, out.phase);
  if (out.code !== undefined) {
    expect('code', [verdict.code, verdict.errorClass, verdict.sqlState], [out.code, out.eclass, out.sqlstate]);
    expect('stack', verdict.stackTrace, out.stack);
    if (out.wrap !== undefined) expect('wrap', verdict.wrap, out.wrap);
  }
  expect('warnings', verdict.warnings, out.warn ?? []);
  if (String(out.tmpl).startsWith('native:') || out.tmpl === 'other' || out.tmpl === 'http500') return { differences };
  expect('template', verdict.tmpl, out.tmpl);
  if (verdict.tmpl === out.tmpl) {
    // Columns for an unnamed tensor are walked in the order of a set: which of several bad ones is named is Python's chance.
    const anyColumn = verdict.tmpl === 'convert_column' && signature?.inputs?.kind === 'tensors';
    if (!anyColumn) expect('args', argumentFacts(verdict.args), argumentFacts(out.args));
    if (out.exact && !sameText(verdict, out.msg)) expect('text', verdict.message, out.msg);
    if (out.inv) expect('prefix', verdict.message.startsWith('Invalid input. '), true);
  }
  return { differences };
}
