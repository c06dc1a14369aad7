// A stage or an alias of a registered model: which version it points to, and what it is called.
import type { ModelRegistry } from '../tracking/model-registry.js';
import type { Stage } from '../uri/stages.js';

export type StageOrAlias =
  | { readonly kind: 'stage'; readonly target: Stage }
  | { readonly kind: 'alias'; readonly target: string };

export const stageAndAliasOf = (stage: Stage | null, alias: string | undefined): readonly StageOrAlias[] => [
  ...(stage === null ? [] : [{ kind: 'stage', target: stage } as const]),
  ...(alias === undefined ? [] : [{ kind: 'alias', target: alias } as const]),
];

/** Services load what is there: an alias, or a stage that holds one version at a time. */
export const isLoaded = (place: StageOrAlias): boolean =>
  place.kind === 'alias' || place.target === 'Production' || place.target === 'Staging';

export const inWords = ({ kind, target }: StageOrAlias): string => `${kind} ${target}`;

/** The version that `models:/N/Stage` or `models:/N@alias` means; of several in a stage, the newest. */
export async function currentVersion(
  registry: ModelRegistry,
  name: string,
  place: StageOrAlias,
): Promise<number | null> {
  if (place.kind === 'alias') return (await registry.getModelVersionByAlias(name, place.target))?.version ?? null;
  const there = await registry.getLatestVersions(name, [place.target]);
  return there.reduce<number | null>((best, { version }) => (best === null || version > best ? version : best), null);
}
