// Turns terms or records into columns by a hash of their names (HashingVectorizer, FeatureHasher).
import { MlctlError } from '../../errors/error.js';
import type { Fitted } from '../fitted.js';
import type { Csr, Frame } from '../frame.js';
import { frameOfCsr } from '../frame-of-matrix.js';
import { scaleRows } from '../frames/scale-rows.js';
import { countRows } from './count-rows.js';
import { documentColumn, recordColumn } from './document-column.js';
import { murmurHash } from './murmur-hash.js';
import { type Analyzer, termsOf } from './text/analyzer.js';

interface Hashing {
  readonly n_features: number;
  /** A hash below zero takes its number away. */
  readonly alternate_sign: boolean;
}

export interface HashingVectorizer extends Fitted<'HashingVectorizer'>, Hashing {
  readonly analyzer: Analyzer;
  readonly binary: boolean;
  readonly norm: 'l1' | 'l2' | null;
}

export interface FeatureHasher extends Fitted<'FeatureHasher'>, Hashing {
  readonly input_type: 'dict' | 'pair' | 'string';
}

type Add = (column: number, value: number) => void;

const UTF8 = new TextEncoder();

function addHashed({ n_features, alternate_sign }: Hashing, name: string, value: number, add: Add): void {
  if (value === 0) return;
  const hash = murmurHash(UTF8.encode(name));
  const place = hash === -(2 ** 31) ? (2 ** 31 - 1 - (n_features - 1)) % n_features : Math.abs(hash) % n_features;
  add(place, alternate_sign && hash < 0 ? -value : value);
}

export function transformHashingVectorizer(model: HashingVectorizer, frame: Frame): Frame {
  const texts = documentColumn(frame, 'hashing_vectorizer');
  const counts = countRows(texts.length, model.n_features, (row, add) => {
    for (const term of termsOf(model.analyzer, texts[row]!)) addHashed(model, term, 1, add);
  });
  const ones = model.binary ? counts.data.map(() => 1) : counts.data;
  const made: Csr = { ...counts, data: model.dtype === 'float32' ? Float32Array.from(ones) : ones };
  return frameOfCsr(texts.length, model.norm === null ? made : scaleRows(made, model.norm));
}

export function transformFeatureHasher(model: FeatureHasher, frame: Frame): Frame {
  const records = recordColumn(frame, 'feature_hasher');
  const made = countRows(records.length, model.n_features, (row, add) => {
    for (const [name, value] of pairsOf(records[row], model.input_type))
      if (typeof value === 'string') addHashed(model, `${name}=${value}`, 1, add);
      else addHashed(model, name, Number(value), add);
  });
  return frameOfCsr(records.length, model.dtype === 'float32' ? { ...made, data: Float32Array.from(made.data) } : made);
}

function pairsOf(record: unknown, type: FeatureHasher['input_type']): readonly (readonly [string, unknown])[] {
  if (type === 'dict' && record !== null && typeof record === 'object' && !Array.isArray(record))
    return Object.entries(record);
  if (type === 'string' && Array.isArray(record)) return record.map((name) => [String(name), 1] as const);
  if (type === 'pair' && Array.isArray(record))
    return record.map((pair) => {
      if (Array.isArray(pair) && pair.length === 2) return [String(pair[0]), pair[1] as unknown] as const;
      throw unfit(type);
    });
  throw unfit(type);
}

const unfit = (type: string): MlctlError =>
  new MlctlError('DATA_INVALID', `feature_hasher: a row is not of input_type '${type}', which it was fitted for`);
