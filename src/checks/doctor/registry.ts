// Checks the registry: aliases that other clients cannot use, moves without a record, and versions in use whose run is gone or
// whose digest was not recorded.

import { PACKAGE_DIGEST_TAG } from '../../loader/recorded-digest.js';
import { readHistory } from '../../registry/read-history.js';
import type { Stores } from '../../session/stores.js';
import { asTyped } from '../../text/as-typed.js';
import { plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import type { ModelRegistry, ModelVersion, RegisteredModel } from '../../tracking/model-registry.js';
import type { TrackingStore } from '../../tracking/tracking-store.js';
import type { World } from '../../world.js';
import { type Check, passed, warned } from '../check.js';
import { withinDeadline } from './deadline.js';
import { failed } from './failed.js';

/** Doctor takes a sample: at most this many models, and of those at most this many versions that a stage or alias names. */
const MOST_MODELS = 100;
const MOST_VERSIONS = 50;
const MOST_SHOWN = 20;

interface Finding {
  readonly kind: 'alias_case' | 'run_gone' | 'no_digest' | 'unrecorded_move';
  readonly message: string;
  readonly hint: string;
}

/** `NAME/3` as the command line takes it. */
const argument = (name: string, version?: number): string =>
  asTyped(version === undefined ? name : `${name}/${version}`);
const shown = (name: string): string => `"${printable(name, 80)}"`;

/** Aliases, Staging and Production: the ones that services load. */
function stagesAndAliasesOf(model: RegisteredModel): Map<number, string[]> {
  const named = new Map<number, string[]>();
  const add = (version: number, place: string) => named.set(version, [...(named.get(version) ?? []), place]);
  for (const { stage, version } of model.latestVersions)
    if (stage === 'Production' || stage === 'Staging') add(version, `stage ${stage}`);
  for (const [alias, version] of model.aliases) add(version, `alias ${printable(alias, 60)}`);
  return named;
}

function aliasFindings({ name, aliases }: RegisteredModel): Finding[] {
  return [...aliases]
    .filter(([alias]) => alias !== alias.toLowerCase())
    .map(([alias, version]) => ({
      kind: 'alias_case',
      message: `alias ${printable(alias, 60)} of ${shown(name)} has capital letters, which MLflow's own UI does not accept`,
      hint: `give the version a lower-case alias: mlctl promote ${argument(name, version)} --alias ${printable(alias.toLowerCase(), 60)}`,
    }));
}

async function versionFindings(
  tracking: TrackingStore,
  { name, version, runId, tags }: ModelVersion,
  places: string,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const what = `${shown(name)} version ${version} (${places})`;
  const run = runId === null ? null : await tracking.getRun(runId);
  if (runId !== null && run?.lifecycleStage !== 'active') {
    const id = printable(runId, 60);
    findings.push({
      kind: 'run_gone',
      message: `the run of ${what} is ${run === null ? 'gone' : 'deleted'}: its data, code and parameters are unknown`,
      hint: run === null ? `log the model again; run ${id} is lost` : `mlflow runs restore --run-id ${id}`,
    });
  }
  if (!tags.has(PACKAGE_DIGEST_TAG))
    findings.push({
      kind: 'no_digest',
      message: `no digest was recorded for ${what}, so a changed file would not be noticed`,
      hint: `record the digest of its present files: mlctl register ${argument(`models:/${name}`, version)} --name ${argument(name)}`,
    });
  return findings;
}

async function moveFindings(registry: ModelRegistry, { name }: RegisteredModel): Promise<Finding[]> {
  const { replayed, current } = await readHistory(registry, name);
  const last = new Map(replayed.moves.map((move) => [`${move.kind}:${move.target}`, move]));
  return [...current]
    .filter(([place]) => last.get(place)?.action === 'unknown')
    .map(([place, version]) => ({
      kind: 'unrecorded_move',
      message: `${printable(place.replace(':', ' '), 80)} of ${shown(name)} was moved to version ${version} by a client that does not record moves`,
      hint: `mlctl history ${argument(name)}; move it with mlctl promote to record who did it`,
    }));
}

/** Checks the registry of these stores, which may be the tracking store itself. An error becomes a failed check. */
export const judgeRegistry = (world: World, stores: Stores): Promise<Check> =>
  withinDeadline(
    world,
    () => 'the registry',
    () => examine(stores),
  );

async function examine(stores: Stores): Promise<Check> {
  let uri: string | null = null;
  try {
    const tracking = await stores.tracking();
    const registry = await stores.registry();
    uri = printable(registry.uri, 300);
    const page = await registry.searchRegisteredModels({ maxResults: MOST_MODELS });
    const findings: Finding[] = [];
    let looked = 0;
    let staged = 0;
    for (const model of page.items) {
      findings.push(...aliasFindings(model));
      const places = stagesAndAliasesOf(model);
      if (places.size === 0) continue;
      if ([...places.values()].flat().some((one) => one.startsWith('stage '))) staged += 1;
      for (const [number, names] of places) {
        if (looked >= MOST_VERSIONS) break;
        looked += 1;
        const version = await registry.getModelVersion(model.name, number);
        if (version !== null) findings.push(...(await versionFindings(tracking, version, names.join(', '))));
      }
      if (looked < MOST_VERSIONS) findings.push(...(await moveFindings(registry, model)));
    }
    const all = page.nextPageToken === null && looked < MOST_VERSIONS;
    const models = `${all ? '' : 'the first '}${plural(page.items.length, 'registered model')}`;
    const bystage = staged === 0 ? '' : `, ${staged} by stage (deprecated since MLflow 2.9; aliases do the same)`;
    const message = `${uri}: ${models}, ${plural(looked, 'version')} in use${bystage}`;
    const details = {
      uri,
      models: page.items.length,
      versions_in_use: looked,
      by_stage: staged,
      complete: all,
      findings: findings.slice(0, MOST_SHOWN),
      more_findings: Math.max(0, findings.length - MOST_SHOWN),
    };
    const [first] = findings;
    if (first === undefined) return passed(message, details);
    const others = findings.length === 1 ? '' : ` (and ${findings.length - 1} more)`;
    const hint = findings.length === 1 ? first.hint : `${first.hint}; mlctl doctor --json shows the others`;
    return warned(`${message}; ${first.message}${others}`, hint, details);
  } catch (error) {
    return failed(error, { uri });
  }
}
