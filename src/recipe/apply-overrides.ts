// Turns `path=value` words into changes of a recipe's plain values.
import { MlctlError } from '../errors/error.js';
import { printed, readYaml } from './recipe-yaml.js';

/** Changes `root` in place (a fresh value of readYaml); returns the paths that were set, for messages. */
export function applyOverrides(root: unknown, overrides: readonly string[]): string[][] {
  return overrides.map((override) => {
    const equals = override.indexOf('=');
    const path = override.slice(0, Math.max(equals, 0)).trim().split('.');
    if (equals < 0 || path.includes('')) {
      const hint = 'write for example --set pipeline.0.logistic_regression.C=0.5';
      throw refused(override, 'expected path=value', hint);
    }
    const { value } = readYaml(override.slice(equals + 1), `override ${printed(override)}`);
    setAt(root, path, value, override);
    return path;
  });
}

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
