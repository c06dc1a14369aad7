// Turns a model URI into the verdict of `smoke`: resolved, fetched and tested by every check. A failed check is in the document
// and is not thrown.

import type { SmokeFacts, SmokeTools } from '../checks/smoke-check.js';
import { SMOKE_CHECKS } from '../checks/smoke-checks.js';
import { storeTools } from '../checks/store-tools.js';
import { walkChecks } from '../checks/walk-checks.js';
import type { VerifiedModel } from '../comparison/side-of.js';
import type { Table } from '../data/table.js';
import { documentOfError } from '../documents/error.js';
import type { SmokeDocument } from '../documents/smoke.js';
import type { MlctlError } from '../errors/error.js';
import type { EngineOptions } from '../loader/python-engine.js';
import type { ResolvedModel } from '../loader/resolve-model.js';
import { goldenOf } from '../model/golden.js';
import { leftOutOf } from '../model/left-out.js';
import type { GivenDialect } from '../rows/read-dialect.js';
import type { EnforcementMode } from '../schema/cast-types.js';
import { existingStores, type StoreOptions, type Stores } from '../session/stores.js';
import { readSetting } from '../settings/read-setting.js';
import { redactUri } from '../text/redact.js';
import type { ModelVersion } from '../tracking/model-registry.js';
import type { World } from '../world.js';

/** How strictly a model is judged, by `smoke` and before it is moved to a stage or an alias. */
export interface JudgeOptions {
  readonly mode?: EnforcementMode;
  /** Deadline for inference, ms. */
  readonly timeoutMs?: number;
}

/** The dialect is that of `rows`, as `predict` takes it. */
export interface SmokeRequest extends StoreOptions, JudgeOptions, EngineOptions, GivenDialect {
  readonly uri?: string;
  readonly maxLatencyMs?: number;
  /** Compare the facts that two files of the package both state. */
  readonly strictPackage?: boolean;
  /** A file of rows to predict besides the input example. */
  readonly rows?: string;
  /** Columns of `rows` that are not looked at. */
  readonly ignore?: readonly string[];
}

export interface JudgedModel {
  readonly smoke: SmokeDocument;
  /** The package that was verified; null if none was. */
  readonly verified: VerifiedModel | null;
  /** What the checks found out; the model is closed. */
  readonly facts: SmokeFacts;
  /** What the URI led to, as long as the stores are open; undefined if it led nowhere. */
  readonly resolved: ResolvedModel | undefined;
  /** What ended the checks early; null if nothing did. */
  readonly error: MlctlError | null;
}

/** If there are more rows than this, the rest is left out of `predictions`; use `mlctl predict` for them. */
const MOST_PREDICTIONS = 1000;

function predictionRows(tables: readonly (Table | undefined)[]): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  for (const table of tables) {
    if (table === undefined) continue;
    const columns = Object.entries(goldenOf(table).predictions);
    for (let i = 0; i < table.rows && rows.length < MOST_PREDICTIONS; i++) {
      const row: Record<string, unknown> = Object.create(null);
      for (const [name, values] of columns) row[name] = values[i];
      rows.push(row);
    }
  }
  return rows;
}

function describe(
  facts: SmokeFacts,
  asked: string,
): Pick<SmokeDocument, 'uri' | 'resolved' | 'flavor' | 'digest' | 'predictions'> {
  const { found, modelPackage, digest } = facts;
  return {
    uri: found?.uri ?? redactUri(asked),
    resolved: found?.resolved ?? null,
    flavor: modelPackage?.flavor ?? null,
    digest: digest ? { package: digest.package, payload: modelPackage?.digest.payload ?? null } : null,
    predictions: predictionRows([facts.answer, facts.rowsAnswer]),
  };
}

/** Throws only what ends the program (Ctrl-C). Anything else is a failed check, and `error` if it ended the checks early. */
export async function smokeModel(world: World, request: SmokeRequest): Promise<SmokeDocument> {
  const stores = existingStores(world, request);
  try {
    return (await smokeIn(world, stores, request)).smoke;
  } finally {
    await stores.close().catch(() => {});
  }
}

/** The same in stores that the caller has opened and closes. */
export async function smokeIn(world: World, stores: Stores, request: SmokeRequest): Promise<JudgedModel> {
  const start = world.now();
  const mode = request.mode ?? 'strict';
  const opened = storeTools(world, stores, request);
  const tools: SmokeTools = {
    ...opened.tools,
    async rows(model, signature) {
      if (request.rows === undefined) return null;
      const [{ givenRows }, { castRows }] = await Promise.all([
        import('../rows/given-rows.js'),
        import('../rows/cast-rows.js'),
      ]);
      return castRows(world, givenRows({ ...request, input: request.rows, mode }), signature, leftOutOf(model));
    },
  };
  try {
    const { checks, facts, error } = await walkChecks(SMOKE_CHECKS, tools, world.signal);
    const smoke = {
      ...describe(facts, request.uri ?? readSetting(world.env, 'MODEL_URI') ?? ''),
      checks,
      started: new Date(start).toISOString(),
      elapsed_ms: world.now() - start,
      error: error && documentOfError(error),
    };
    const [resolved, pkg] = [opened.resolved(), facts.modelPackage];
    const verified =
      resolved === undefined || pkg === undefined
        ? null
        : { resolved, pkg: { ...pkg, verified: resolved.recorded?.source ?? ('none' as const) } };
    return { smoke, verified, facts, resolved, error };
  } finally {
    await opened.close();
  }
}

/** The verdict on a version that is about to be moved to a stage or an alias. */
export function smokeVersion(
  world: World,
  stores: Stores,
  options: StoreOptions & JudgeOptions,
  { name, version }: Pick<ModelVersion, 'name' | 'version'>,
): Promise<JudgedModel> {
  return smokeIn(world, stores, { ...options, uri: `models:/${name}/${version}` });
}
