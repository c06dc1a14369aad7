// Turns a look-up in the registry that found nothing into an error that says what is there instead.
import type { MlctlError } from '../errors/error.js';
import { nearestNames } from '../text/nearest-names.js';
import { printable } from '../text/printable.js';
import type { ModelRegistry } from '../tracking/model-registry.js';
import { PAGE_SIZES } from '../tracking/pages.js';
import { noModelAt } from './no-model-at.js';
import { versionsOf } from './versions-of.js';

const MOST_SHOWN = 20;

/** Explains a failed look-up in the registry by what is there: near names, filled stages, aliases, versions. */
export async function notInRegistry(
  registry: ModelRegistry,
  uri: string,
  name: string,
  wanted: string,
): Promise<MlctlError> {
  const shownName = printable(name, 100);
  const model = await registry.getRegisteredModel(name);
  if (model === null) {
    const known = (await registry.searchRegisteredModels({ maxResults: PAGE_SIZES.usual })).items.map(
      (one) => one.name,
    );
    const near = nearestNames(name, known);
    const instead = near.length > 0 ? near : known.slice(0, MOST_SHOWN);
    const there =
      known.length === 0
        ? 'the registry is empty'
        : `${near.length > 0 ? 'similar:' : 'there are'} ${instead.map((one) => `"${printable(one, 60)}"`).join(', ')}`;
    return noModelAt(
      uri,
      `no model is registered as "${shownName}" in ${printable(registry.uri)}; ${there}`,
      near[0] !== undefined
        ? `did you mean models:/${printable(near[0], 100)}/…?`
        : 'see `mlctl models`, or register one with `mlctl register <uri> --name N`',
      { registered: instead.map((one) => printable(one, 100)) },
    );
  }
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
  const newest = versions[0]?.version;
  return noModelAt(
    uri,
    `"${shownName}" has no ${printable(wanted, 100)}; ${facts.join('; ')}`,
    newest === undefined
      ? `register one: mlctl register <uri> --name ${shownName}`
      : `use models:/${shownName}/${newest}, or set it: mlctl promote ${shownName}/${newest} --stage S | --alias A`,
    {
      versions: versions.slice(0, MOST_SHOWN).map((one) => one.version),
      stages: Object.fromEntries(stages),
      aliases: Object.fromEntries([...model.aliases].slice(0, MOST_SHOWN)),
    },
  );
}
