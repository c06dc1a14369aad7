// Judges whether the recipe that the run kept is the one it was trained with.
import { sha256 } from '../../files/digest-folder.js';
import { printable } from '../../text/printable.js';
import { type AuditLine, evidence } from '../audit-line.js';
import { lineageChanged } from './lineage-changed.js';

const RECIPE_DIGEST_TAG = 'mlctl.recipe_digest';

export const recipe: AuditLine = {
  id: 'recipe',
  judge(facts) {
    const { standing, lineage, recipe: kept } = facts;
    const changed = lineageChanged(facts);
    if (changed !== null) return changed;
    const tag = standing.run?.tags.get(RECIPE_DIGEST_TAG);
    const recorded = [
      ...(lineage?.from === 'artifact' && lineage?.lineage.recipe
        ? [evidence('recipe digest', `artifact ${lineage.file} of the run`, lineage?.lineage.recipe.digest)]
        : []),
      ...(tag === undefined
        ? []
        : [evidence('recipe digest', `tag ${RECIPE_DIGEST_TAG} of the run`, printable(tag, 100))]),
    ];
    if (recorded.length === 0)
      return {
        verdict: 'unknown',
        message:
          lineage?.lineage.made_by === 'log'
            ? 'the model was logged as a file and not trained here, so there is no recipe'
            : 'no recipe is recorded: the model was not trained by mlctl',
        hint: 'train it with mlctl train to have a recipe that can be run again',
        evidence: [],
      };
    const now =
      'text' in kept
        ? [evidence('recipe digest', 'recipe.yaml of the run, computed now', `sha256:${sha256(kept.text)}`)]
        : [];
    const rests = [...now, ...recorded];
    if (new Set(rests.map(({ value }) => value)).size > 1)
      return {
        verdict: 'refuted',
        message:
          now.length > 0 && recorded.every(({ value }) => value !== now[0]?.value)
            ? 'recipe.yaml of the run is not the recipe that it was trained with'
            : 'the digests that are recorded of the recipe do not agree',
        hint: 'do not train with this recipe.yaml; look for the recipe in git',
        evidence: rests,
      };
    if ('missing' in kept)
      return {
        verdict: 'recorded',
        message: `the digest of the recipe is recorded, but ${kept.missing}`,
        hint: 'look for the recipe in git',
        evidence: rests,
      };
    return {
      verdict: 'proven',
      message: 'recipe.yaml of the run is the recipe that it was trained with',
      evidence: rests,
    };
  },
};
