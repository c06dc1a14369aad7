// Replays a package that Python logged, with the rows and the answers that Python recorded beside it (cases/models, models-wide).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Column, Table } from '../../src/data/table.js';
import type { Method } from '../../src/estimators/evaluator.js';
import { frameOfTable } from '../../src/estimators/frame-of-table.js';
import { PARTS } from '../../src/estimators/parts.js';
import { arrayTable } from '../../src/inference/array-table.js';
import { openPackage } from '../../src/inference/open-package.js';
import { predicted } from '../../src/inference/open-sklearn.js';
import { readPackage } from '../../src/model/read-package.js';
import { readModel } from '../../src/python/read-model.js';
import { castMlflow } from '../../src/schema/cast-mlflow.js';
import type { Signature } from '../../src/schema/types.js';

interface Recorded {
  readonly kind: 'ndarray' | 'dict' | 'list';
  readonly dtype?: string;
  readonly shape?: readonly number[];
  readonly data: unknown;
}

interface Expected {
  readonly expect: 'match' | 'refuse';
  readonly flavor: string;
  /** Its class. */
  readonly estimator: string;
  readonly note: string | null;
  readonly input: {
    readonly kind: 'dataframe' | 'ndarray';
    readonly dtype?: string;
    readonly columns?: readonly { readonly name: string; readonly dtype: string }[];
    readonly rows: readonly unknown[][];
  };
  readonly output: Recorded;
  readonly raw: Readonly<Record<string, Recorded>> | null;
}

export interface Replay {
  readonly name: string;
  readonly values: number;
  /** Labels that differ. */
  readonly labels: number;
  /** The largest |found − expected| / (1 + |expected|). */
  readonly largest: number;
  /** Whether every number has the same bits. */
  readonly same: boolean;
  /** Within the tolerance of the case. */
  readonly ok: boolean;
  /** Of one method, where something differs. */
  readonly notes: readonly string[];
}

export const expectedOf = (folder: string): Expected =>
  JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;

const WORDS = new Set(['NaN', 'Infinity', '-Infinity']);

/** 1e-6 where the library computes in float32. */
function toleranceOf({ flavor, input }: Expected): number {
  const types = input.columns?.map(({ dtype }) => dtype) ?? [input.dtype];
  return flavor === 'xgboost' || flavor === 'onnx' || types.includes('float32') ? 1e-6 : 1e-13;
}

/** The rows, through the caster: as a client sends them, but for numbers that JSON does not have. */
function tableOf({ input }: Expected, signature: Signature): Table {
  const words = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(words) : typeof value === 'string' && WORDS.has(value) ? `#${value}#` : value;
  const isText = (j: number) => !/^(float|int|bool)/.test(input.columns?.[j]?.dtype ?? input.dtype ?? '');
  const data = input.rows.map((row) =>
    Array.isArray(row) ? row.map((value, j) => (isText(j) ? value : words(value))) : words(row),
  );
  const body =
    input.kind === 'dataframe'
      ? { dataframe_split: { columns: input.columns!.map(({ name }) => name), data } }
      : { inputs: data };
  const cast = castMlflow(JSON.stringify(body).replace(/"#(NaN|-?Infinity)#"/g, '$1'), 'application/json', signature);
  if (!cast.ok) throw new Error(`the caster refused: ${cast.findings[0]?.message}`);
  return cast.table;
}

/**
 * The rows are such that one step in the inputs moves `output` by next to nothing; nobody saw to it for the other methods. The sums of
 * a support vector machine cancel, and a BLAS with fused multiply-adds is then off by as many digits from one without.
 */
const RAW = 10;

const METHODS = ['predict', 'predict_proba', 'decision_function'] as const satisfies readonly Method[];

/** scikit-learn's Gaussian process adds five terms that cancel some 3,000-fold, so that their last three digits are noise. */
const isUnsettled = ({ estimator }: Expected, method: Method): boolean =>
  estimator === 'GaussianProcessClassifier' && method === 'predict_proba';

/** Throws what refuses the model. */
export async function replay(folder: string): Promise<Replay> {
  const expected = expectedOf(folder);
  const pkg = await readPackage(join(folder, 'model'));
  const { model, flavor, payload, digest } = pkg;
  const opened = await openPackage({
    packageFolder: join(folder, 'model'),
    flavor,
    payload,
    digest,
    model,
    trusted: true,
    timeoutMs: null,
  });
  const tally = new Tally(toleranceOf(expected));
  try {
    const table = tableOf(expected, model.signature ?? { inputs: null, outputs: null, params: null });
    tally.compare('output', await opened.predict(table), expected.output);
    if (flavor === 'sklearn' && payload !== null) {
      const part = await readModel(
        readFileSync(join(folder, 'model', payload)),
        /\.skops$/.test(payload) ? 'skops' : 'pickle',
      );
      const frame = frameOfTable(table, part, expected.input.dtype === 'float32');
      for (const method of METHODS) {
        const recorded = expected.raw?.[method];
        if (recorded?.kind !== 'ndarray') continue;
        const answer = method === 'predict' ? predicted(PARTS.predict(part, frame)) : PARTS[method](part, frame);
        if (isUnsettled(expected, method)) continue;
        tally.compare(method, arrayTable(answer, table.rows, null), recorded, RAW);
      }
    }
  } finally {
    await opened.close();
  }
  return tally.result(folder.split('/').at(-1)!);
}

class Tally {
  private values = 0;
  private labels = 0;
  private largest = 0;
  private same = true;
  private ok = true;
  private readonly notes: string[] = [];

  constructor(private readonly tolerance: number) {}

  compare(what: string, answer: Table, recorded: Recorded, times = 1): void {
    if (recorded.kind === 'dict') {
      for (const [name, one] of Object.entries(recorded.data as Record<string, Recorded>)) {
        const columns = answer.columns.filter((column) => column.name === name);
        this.compare(`${what} ${name}`, { rows: answer.rows, columns }, one, times);
      }
      return;
    }
    const found = answer.columns.flatMap(flat);
    const wanted = flatten(recorded.data);
    if (found.length !== wanted.length) {
      this.fault(`${what}: ${found.length} values, expected ${wanted.length}`);
      return;
    }
    for (const [i, value] of wanted.entries()) this.value(`${what}[${i}]`, found[i], value, times);
  }

  private value(where: string, found: unknown, wanted: unknown, times: number): void {
    this.values++;
    const number = WORDS.has(wanted as string) && typeof found === 'number' ? Number(wanted) : wanted;
    if (typeof number !== 'number' || typeof found === 'bigint' || typeof found === 'boolean') {
      if (String(found) === String(number)) return;
      this.labels++;
      this.fault(`${where}: ${String(found)}, expected ${String(number)}`);
      return;
    }
    const got = Number(found);
    if (Object.is(got, number)) return;
    this.same = false;
    const difference = Math.abs(got - number);
    const relative = difference / (1 + Math.abs(number));
    if (!(relative <= this.largest)) this.largest = relative;
    if (!(difference <= times * this.tolerance * (1 + Math.abs(number))))
      this.fault(`${where}: ${got}, expected ${number}`);
  }

  private fault(note: string): void {
    this.ok = false;
    if (this.notes.length < 5) this.notes.push(note);
  }

  result(name: string): Replay {
    const { values, labels, largest, same, ok, notes } = this;
    return { name, values, labels, largest, same, ok, notes };
  }
}

function flat(column: Column): unknown[] {
  if (column.type === 'boolean') return Array.from(column.values, (value) => value === 1);
  return flatten(Array.from(column.values as ArrayLike<unknown>));
}

function flatten(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(flatten);
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(flatten) : [value];
}
