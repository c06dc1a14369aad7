// A signature as parsed JSON, for programs.

import { formatSignature } from '../schema/format-signature.js';
import type { Signature } from '../schema/types.js';

/** The signature as parsed JSON, for programs. */
export interface SignatureDocument {
  readonly inputs: readonly unknown[] | null;
  readonly outputs: readonly unknown[] | null;
  readonly params: readonly unknown[] | null;
}

/** MLflow writes NaN defaults of params as a bare word, which a document cannot contain. */
function parsed(text: string | null): readonly unknown[] | null {
  if (text === null) return null;
  const value: unknown = JSON.parse(
    text.replace(/("(?:[^"\\]|\\.)*")|\b(-?Infinity|NaN)\b/g, (_, quoted, word) => quoted ?? `"${word}"`),
  );
  return Array.isArray(value) ? value : [];
}

export function signatureDocument(signature: Signature | null): SignatureDocument | null {
  if (signature === null) return null;
  const { inputs, outputs, params } = formatSignature(signature);
  return { inputs: parsed(inputs), outputs: parsed(outputs), params: parsed(params) };
}
