// Turns a look-up in the registry that found nothing into an error that says what is there instead.
import type { MlctlError } from '../errors/error.js';
import { asTyped } from '../text/as-typed.js';
import { nearestNames } from '../text/nearest-names.js';
import { printable } from '../text/printable.js';
import type { ModelRegistry, ModelVersion } from '../tracking/model-registry.js';
import { PAGE_SIZES } from '../tracking/pages.js';
import { stageNamed } from '../uri/stages.js';
import { noModelAt } from './no-model-at.js';
import { versionsOf } from './versions-of.js';

const MOST_SHOWN = 20;

/** What was looked for: a version number, `latest`, the word of a stage or of an alias; null for any version. */
export interface Wanted {
  readonly kind: 'version' | 'stage' | 'alias' | 'any';
  readonly word: string;
}

const WORDS = {
  version: (word: string) => `version ${word}`,
  stage: (word: string) => `version in stage ${word}`,
  alias: (word: string) => `alias ${word}`,
  any: () => 'version',
} as const;

async function noSuchName(registry: ModelRegistry, uri: string, name: string): Promise<MlctlError> {
  const known = (await registry.searchRegisteredModels({ maxResults: PAGE_SIZES.usual })).items.map((one) => one.name);
  const near = nearestNames(name, known);
  const instead = near.length > 0 ? near : known.slice(0, MOST_SHOWN);
  const there =
    known.length === 0
      ? 'the registry is empty'
      : `${near.length > 0 ? 'similar:' : 'there are'} ${instead.map((one) => `"${printable(one, 60)}"`).join(', ')}`;
  return noModelAt(
    uri,
    `no model is registered as "${printable(name, 100)}" in ${printable(registry.uri)}; ${there}`,
    near[0] !== undefined
      ? `did you mean models:/${printable(near[0], 100)}/…?`
      : 'see `mlctl models`, or register one with `mlctl register <uri> --name N`',
    { registered: instead.map((one) => printable(one, 100)) },
  );
}

/** The newest version that nobody has put away; undefined if all are archived. */
const newestInUse = (versions: readonly ModelVersion[]): ModelVersion | undefined =>
  versions.find(({ stage }) => stage !== 'Archived');

/** The stage or alias that was probably meant, as a URI. A word may be one of the other kind. */
function nearestPlace(
  name: string,
  { kind, word }: Wanted,
  stages: ReadonlyMap<string, number>,
  aliases: readonly string[],
): string | null {
  if (kind !== 'stage' && kind !== 'alias') return null;
  const filled = [...stages.keys()].filter((stage) => stage !== 'Archived');
  const [alias, stage] = [nearestNames(word, aliases)[0], nearestNames(word, filled)[0]];
  const byAlias = alias === undefined ? null : `models:/${name}@${alias}`;
  const byStage = stage === undefined ? null : `models:/${name}/${stage}`;
  return kind === 'alias' ? (byAlias ?? byStage) : (byStage ?? byAlias);
}

/** What services load: Production, else an alias, else Staging, else the newest version. */
function placeInUse(
  name: string,
  stages: ReadonlyMap<string, number>,
  aliases: readonly string[],
  newest: number,
): string {
  const alias = aliases.find((one) => /^(?:champion|prod(?:uction)?)$/i.test(one)) ?? aliases[0];
  if (stages.has('Production')) return `models:/${name}/Production`;
  if (alias !== undefined) return `models:/${name}@${alias}`;
  return stages.has('Staging') ? `models:/${name}/Staging` : `models:/${name}/${newest}`;
}

/** Explains a failed look-up in the registry by what is there: near names, filled stages, aliases, versions. */
export async function notInRegistry(
  registry: ModelRegistry,
  uri: string,
  name: string,
  wanted: Wanted,
): Promise<MlctlError> {
  const model = await registry.getRegisteredModel(name);
  if (model === null) return noSuchName(registry, uri, name);
  const shownName = printable(name, 100);
  const versions = await versionsOf(registry, name);
  const stages = new Map<string, number>();
  for (const one of versions) if (one.stage !== 'None' && !stages.has(one.stage)) stages.set(one.stage, one.version);
  const facts = [
    versions.length === 0
      ? 'it has no version'
      : `it has version${versions.length === 1 ? '' : 's'} ${versions
          .slice(0, MOST_SHOWN)
          .map((one) => one.version)
          .join(', ')}`,
    stages.size === 0
      ? 'no stage is set'
      : `in stages: ${[...stages].map(([stage, version]) => `${printable(stage, 40)} (${version})`).join(', ')}`,
    ...(model.aliases.size === 0
      ? []
      : [
          `aliases: ${[...model.aliases]
            .slice(0, MOST_SHOWN)
            .map(([alias, version]) => `@${printable(alias, 40)} (${version})`)
            .join(', ')}`,
        ]),
  ];
  return noModelAt(
    uri,
    `"${shownName}" has no ${printable(WORDS[wanted.kind](wanted.word), 100)}; ${facts.join('; ')}`,
    hintOf(
      shownName,
      wanted,
      versions,
      stages,
      [...model.aliases.keys()].map((alias) => printable(alias, 60)),
    ),
    {
      versions: versions.slice(0, MOST_SHOWN).map((one) => one.version),
      stages: Object.fromEntries(stages),
      aliases: Object.fromEntries([...model.aliases].slice(0, MOST_SHOWN)),
    },
  );
}

/** Never an archived version: somebody took it out of use. */
function hintOf(
  name: string,
  wanted: Wanted,
  versions: readonly ModelVersion[],
  stages: ReadonlyMap<string, number>,
  aliases: readonly string[],
): string {
  const meant = nearestPlace(name, wanted, stages, aliases);
  const newest = newestInUse(versions);
  let hint = meant === null ? `mlctl models ${asTyped(name)} lists its versions` : `did you mean ${meant}?`;
  if (versions.length === 0) hint = `register one: mlctl register <uri> --name ${name}`;
  else if (meant === null && newest === undefined) hint = `all versions are archived; ${hint}`;
  else if (meant === null && newest !== undefined) {
    const version = asTyped(`${name}/${newest.version}`);
    const word = printable(wanted.word, 60);
    hint = `use ${placeInUse(name, stages, aliases, newest.version)}`;
    if (wanted.kind === 'alias') hint = `${hint}, or set it: mlctl promote ${version} --alias ${word}`;
    if (wanted.kind === 'stage' && isFillable(word))
      hint = `${hint}, or set it: mlctl promote ${version} --stage ${word}`;
  }
  return hint;
}

/** A stage that services load. */
const isFillable = (word: string): boolean => /^(?:Production|Staging)$/.test(stageNamed(word) ?? '');
