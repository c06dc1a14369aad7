// A pointer of the registry (a stage or an alias of a name): which version holds it now, and how it is called.
import type { ModelRegistry } from '../tracking/model-registry.js';
import type { Stage } from '../uri/stages.js';

export type Pointer =
  | { readonly kind: 'stage'; readonly target: Stage }
  | { readonly kind: 'alias'; readonly target: string };

export const pointersOf = (stage: Stage | null, alias: string | undefined): readonly Pointer[] => [
  ...(stage === null ? [] : [{ kind: 'stage', target: stage } as const]),
  ...(alias === undefined ? [] : [{ kind: 'alias', target: alias } as const]),
];

export const pointerWords = ({ kind, target }: Pointer): string => `${kind} ${target}`;

/** The version that `models:/N/Stage` or `models:/N@alias` means; of several in a stage, the newest. */
export async function holderOf(registry: ModelRegistry, name: string, pointer: Pointer): Promise<number | null> {
  if (pointer.kind === 'alias') return (await registry.getModelVersionByAlias(name, pointer.target))?.version ?? null;
  const held = await registry.getLatestVersions(name, [pointer.target]);
  return held.reduce<number | null>((best, { version }) => (best === null || version > best ? version : best), null);
}
