// Compares one recorded signature: accepted or refused, and how it is written back.
import { deepStrictEqual } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import { MlctlError } from '../../../src/errors/error.js';
import { formatSignature } from '../../../src/schema/format-signature.js';
import { parseSignature } from '../../../src/schema/parse-signature.js';
import type { Case, Comparison } from './compare-cases.js';

export function compareSig(one: Case): Comparison {
  const { sig, out } = one;
  let norm: Record<string, string | null> | null = null;
  let why = '';
  try {
    const signature = parseSignature(sig);
    if (signature !== null) norm = { ...formatSignature(signature) };
  } catch (error) {
    if (!(error instanceof MlctlError)) throw error;
    why = error.message;
  }
  if ((norm !== null) !== out.ok) return { differences: [`ok ${norm !== null}, Python ${out.ok} ${why || out.msg}`] };
  if (norm === null || isDeepStrictEqual(norm, out.norm)) return { differences: [] };
  try {
    deepStrictEqual(norm, out.norm);
  } catch (error) {
    return { differences: [`norm ${(error as Error).message}`] };
  }
  return { differences: [] };
}
