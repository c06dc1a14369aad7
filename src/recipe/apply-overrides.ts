// Turns `path=value` words into changes of a recipe's plain values.
import { MlctlError } from '../errors/error.js';
import { nearestNames } from '../text/nearest-names.js';
import { printed, readYaml } from './recipe-yaml.js';
import { topSchema } from './top-schema.js';

/** Changes `root` in place (a fresh value of readYaml); returns the paths that were set, for messages. */
export function applyOverrides(root: unknown, overrides: readonly string[]): string[][] {
  return overrides.map((override) => {
    const equals = override.indexOf('=');
    const given = override.slice(0, Math.max(equals, 0)).trim().split('.');
    if (equals < 0 || given.includes('')) {
      const hint = 'write for example --set logistic_regression.C=0.5';
      throw refused(override, 'expected path=value', hint);
    }
    const path = placeOf(root, given, override);
    const { value } = readYaml(override.slice(equals + 1), `override ${printed(override)}`);
    setAt(root, path, value, override);
    return path;
  });
}

/** The whole path: `logistic_regression.C` begins at the one step of that name. */
function placeOf(root: unknown, given: readonly string[], override: string): string[] {
  const [first, ...rest] = given as [string, ...string[]];
  const keys = Object.keys(topSchema.shape);
  if (keys.includes(first)) return [...given];
  const places = placesOfSteps((root as { pipeline?: unknown }).pipeline, ['pipeline']);
  const [place, ...others] = places.filter((one) => one.at(-1) === first);
  if (place && others.length === 0) return [...place, ...rest];
  if (place) {
    const shown = [place, ...others].map((one) => [...one, ...rest].join('.'));
    throw refused(override, `the recipe has ${shown.length} steps ${printed(first)}`, `say which: ${shown.join(', ')}`);
  }
  const names = [...new Set(places.map((one) => one.at(-1)!))];
  const near = rest.length > 0 ? nearestNames(first, names, 1)[0] : undefined;
  if (near !== undefined)
    throw refused(override, `the recipe has no step ${printed(first)}; did you mean ${printed(near)}?`);
  // Any other word is told as an unknown key, with the other faults of the recipe.
  return [...given];
}

/** Where each step is, also those inside of others; the last part is its name. */
function placesOfSteps(list: unknown, path: readonly string[]): string[][] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((step: unknown, i) => {
    const names = typeof step === 'string' ? [step] : isMapping(step) ? Object.keys(step) : [];
    return names.flatMap((name) => {
      const place = [...path, String(i), name];
      const inside = isMapping(step) ? partsOf(step[name], place) : [];
      return [place, ...inside];
    });
  });
}

/** The steps in every list under a key `steps`. */
function partsOf(value: unknown, path: readonly string[]): string[][] {
  if (Array.isArray(value)) return value.flatMap((item, i) => partsOf(item, [...path, String(i)]));
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'steps' ? placesOfSteps(inner, [...path, key]) : partsOf(inner, [...path, key]),
  );
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function setAt(root: unknown, path: readonly string[], value: unknown, override: string): void {
  let at = root;
  path.forEach((part, i) => {
    const where = path.slice(0, i).join('.') || 'the recipe';
    const last = i === path.length - 1;
    if (Array.isArray(at)) {
      const index = /^\d{1,6}$/.test(part) ? Number(part) : -1;
      if (index < 0 || index >= at.length)
        throw refused(
          override,
          `${where} is a list of ${at.length}: expected ${at.length > 0 ? `an index from 0 to ${at.length - 1}` : 'no index'}, found ${printed(part)}`,
        );
      if (last) at[index] = value;
      // `- standard_scaler` and `- standard_scaler:` mean the same as `- standard_scaler: {}`
      else if (at[index] === path[i + 1] || at[index] === null) at[index] = mapping(path[i + 1]!);
      at = at[index];
    } else if (typeof at === 'object' && at !== null) {
      const map = at as Record<string, unknown>;
      if (last) map[part] = value;
      else if (map[part] === undefined || map[part] === null) map[part] = mapping();
      at = map[part];
    } else {
      throw refused(override, `${where} is ${printed(JSON.stringify(at))}, which has no ${printed(part)}`);
    }
  });
}

function mapping(key?: string): Record<string, unknown> {
  const made: Record<string, unknown> = Object.create(null);
  if (key !== undefined) made[key] = mapping();
  return made;
}

function refused(override: string, message: string, hint?: string): MlctlError {
  return new MlctlError('RECIPE_INVALID', `override ${printed(override)}: ${message}`, {
    ...(hint ? { hint } : {}),
    details: { override },
  });
}
