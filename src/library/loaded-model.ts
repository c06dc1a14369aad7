// Turns an opened package into a model that predicts rows of a program, as often as it is asked and many at a time.

import type { Table } from '../data/table.js';
import type { LineageDocument } from '../documents/lineage.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import { MlctlError } from '../errors/error.js';
import type { OpenModel, PoolState } from '../inference/types.js';
import type { FetchedPackage } from '../loader/fetch-package.js';
import { leftOutOf } from '../model/left-out.js';
import type { DigestPair } from '../model/types.js';
import { Beside } from '../schema/beside.js';
import { castPlain, castPlainStrict } from '../schema/cast-plain.js';
import type { EnforcementMode } from '../schema/cast-types.js';
import type { PlainColumns, PlainList } from '../schema/form-of-plain.js';
import { NO_SIGNATURE } from '../schema/no-signature.js';
import type { SchemaFinding, Signature } from '../schema/types.js';
import { printable } from '../text/printable.js';
import { answerColumns, answerRows } from './answer-rows.js';
import { refusal } from './refusal.js';
import type { Model, PredictedColumns, PredictedRow, PredictOptions } from './types.js';

interface Opened {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly package: FetchedPackage;
  /** A request that the model was logged with; null if it has none that is small. */
  readonly example: string | null;
  readonly lineage: LineageDocument | null;
  readonly schema: EnforcementMode;
  readonly ignore: readonly string[];
  warn(text: string): void;
  /** Opens the package again: what computes in this process has one allowance of time, which a call that hangs uses up. */
  open(): Promise<OpenModel>;
}

export class LoadedModel implements Model {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly version: number | null;
  readonly flavor: string;
  readonly engine: OpenModel['engine'];
  readonly signature: Signature | null;
  readonly digest: DigestPair;
  readonly verified: Model['verified'];
  readonly lineage: LineageDocument | null;
  readonly #opened: Opened;
  readonly #beside: Beside;
  readonly #warned = new Set<string>();
  readonly #poolState: OpenModel['poolState'];
  #model: Promise<OpenModel>;
  /** Calls under way. */
  #users = 0;
  #isClosed = false;
  #idle: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  constructor(opened: Opened, model: OpenModel) {
    const pkg = opened.package;
    this.uri = opened.uri;
    this.resolved = opened.resolved;
    this.version = opened.resolved.version;
    this.flavor = pkg.flavor;
    this.engine = model.engine;
    this.signature = pkg.model.signature;
    this.digest = { package: pkg.digest.package, payload: pkg.digest.payload };
    this.verified = pkg.verified;
    this.lineage = opened.lineage;
    this.#opened = opened;
    this.#beside = new Beside({ keep: [], ignore: opened.ignore, leftOut: leftOutOf(pkg.model) });
    this.#poolState = model.poolState;
    this.#model = Promise.resolve(model);
  }

  /** The package that it was opened from. */
  get package(): FetchedPackage {
    return this.#opened.package;
  }

  /** A request that the model was logged with; null if it has none that is small. */
  get example(): string | null {
    return this.#opened.example;
  }

  /** Which columns rows may have besides those of the signature. */
  get beside(): Beside {
    return this.#beside;
  }

  predict(rows: PlainList, options?: PredictOptions): Promise<PredictedRow[]>;
  predict(columns: PlainColumns, options?: PredictOptions): Promise<PredictedColumns>;
  predict(rows: PlainList | PlainColumns, options: PredictOptions = {}): Promise<PredictedRow[] | PredictedColumns> {
    return this.hold(async () => {
      options.signal?.throwIfAborted();
      const { form, result } = await this.#cast(rows, options);
      if (!result.ok) throw refusal(result);
      for (const warning of result.warnings) this.#warn(warning);
      const answer = await this.answer(result.table, options.signal);
      return form === 'columns' ? answerColumns(answer) : answerRows(answer);
    });
  }

  get pool(): PoolState | null {
    return this.#poolState?.() ?? null;
  }

  async check(rows: PlainList | PlainColumns, options: PredictOptions = {}): Promise<readonly SchemaFinding[]> {
    const { result } = await this.#cast(rows, options);
    return result.ok ? [] : result.findings;
  }

  /** One row for each row of a table that was cast already. Only for whoever holds the model. */
  async answer(table: Table, signal?: AbortSignal): Promise<Table> {
    const held = this.#model;
    let answer: Table;
    try {
      answer = await (await held).predict(table, signal && { signal });
    } catch (error) {
      await this.#replaceSpent(held, error);
      throw error;
    }
    if (answer.rows === table.rows) return answer;
    throw new MlctlError(
      'MODEL_FAILED',
      `${this.uri} answered ${answer.rows} rows for ${table.rows} rows, expected one row for each`,
    );
  }

  /** The model stays open until `work` ends. */
  async hold<T>(work: (model: LoadedModel) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new MlctlError('USAGE', `${this.uri} was closed`, { hint: 'load the model again' });
    this.#users++;
    try {
      return await work(this);
    } finally {
      this.#users--;
      if (this.#users === 0) this.#idle?.();
    }
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#closing ??= this.retire();
    return this.#closing;
  }

  /** Closes it once nobody uses it, but refuses no call. */
  async retire(): Promise<void> {
    if (this.#users > 0)
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    this.#isClosed = true;
    await this.#model.then(
      (model) => model.close(),
      () => undefined,
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Without a promise in strict mode, which is the common one. */
  #cast(rows: unknown, { params, schema = this.#opened.schema }: PredictOptions) {
    const signature = this.signature ?? NO_SIGNATURE;
    if (schema === 'strict') return castPlainStrict({ rows, params }, signature, this.#beside);
    if (schema === 'mlflow') return castPlain({ rows, params }, signature, schema, this.#beside);
    throw new MlctlError('USAGE', `"${printable(String(schema), 60)}" is not a way to check rows`, {
      hint: 'use strict or mlflow',
    });
  }

  /** Calls that come meanwhile wait for the new one. */
  async #replaceSpent(held: Promise<OpenModel>, error: unknown): Promise<void> {
    const isSpent = this.#poolState === undefined && error instanceof MlctlError && error.code === 'MODEL_TIMEOUT';
    if (!isSpent || this.#model !== held) return;
    this.#model = this.#opened.open();
    this.#model.catch(() => {});
    await held.then((model) => model.close());
  }

  /** Each once: a service predicts millions of rows. */
  #warn(text: string): void {
    if (this.#warned.has(text) || this.#warned.size >= 100) return;
    this.#warned.add(text);
    this.#opened.warn(text);
  }
}
