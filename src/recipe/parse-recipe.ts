// Turns YAML text into a checked recipe. All faults are reported at once, with file and line, key path, found and expected.
import type { z } from 'zod';
import { MlctlError } from '../errors/error.js';
import { nearestNames } from '../text/nearest-names.js';
import { applyOverrides } from './apply-overrides.js';
import { recipeRole } from './recipe-role.js';
import type { PipelineStep, Recipe } from './recipe-types.js';
import { printed, readYaml, type YamlSource } from './recipe-yaml.js';
import { factsOf, formOf, type Inside, type JsonSchema } from './rule.js';
import { STEP_NAMES, stepNamed } from './steps/table.js';
import { topSchema } from './top-schema.js';

const MAX_FINDINGS = 20;

interface Finding {
  readonly path: readonly PropertyKey[];
  /** An unknown key at `path`. */
  readonly key?: string;
  readonly message: string;
}

/** `overrides` are `path=value`, later ones win; `origin.file` is the name in messages. */
export function parseRecipe(text: string, origin: { file: string }, overrides: readonly string[] = []): Recipe {
  const source = readYaml(text, origin.file);
  const root = source.value;
  if (typeof root !== 'object' || root === null || Array.isArray(root))
    throw new MlctlError(
      'RECIPE_INVALID',
      `${origin.file}: expected a mapping with the keys data and pipeline, found ${described(root)}`,
      {
        hint: 'write one with mlctl init, or see mlctl help recipe',
      },
    );
  const set = applyOverrides(root, overrides);
  const findings: Finding[] = [];
  const top = checked(topSchema, root, [], findings);
  const given = (root as { pipeline?: unknown }).pipeline;
  const steps = Array.isArray(given) ? checkSteps(given, ['pipeline'], findings) : [];
  if (findings.length === 0) checkOrder(steps, findings);
  if (findings.length > 0) throw invalid(findings, source, origin.file, set);
  const { split, ...rest } = top!;
  const recipe = { ...rest, pipeline: steps };
  const classes = recipeRole(recipe) === 'classifier';
  if (split.stratify === true && !classes) {
    const message = `expected false, because ${steps.at(-1)!.name} predicts a number and only classes can be kept in proportion; found true`;
    throw invalid([{ path: ['split', 'stratify'], message }], source, origin.file, set);
  }
  return { ...recipe, split: { ...split, stratify: split.stratify ?? classes } };
}

/** The steps that are valid; the others become findings. */
function checkSteps(given: readonly unknown[], path: readonly PropertyKey[], findings: Finding[]): PipelineStep[] {
  return given.flatMap((step, i) => checkStep(step, [...path, i], findings) ?? []);
}

function checkStep(step: unknown, path: readonly PropertyKey[], findings: Finding[]): PipelineStep | null {
  const names =
    typeof step === 'string'
      ? [step]
      : typeof step === 'object' && step !== null && !Array.isArray(step)
        ? Object.keys(step)
        : [];
  const name = names[0];
  const extra = names.find((word) => !stepNamed(word));
  if (names.length > 1 && extra !== undefined) {
    const known = names.find((word) => stepNamed(word));
    const inside = known !== undefined && keysAt(stepNamed(known)!.schema, []).includes(extra);
    findings.push({
      path,
      key: extra,
      message: inside
        ? `${printed(extra)} belongs inside the step, as in "- ${known}: { ${printed(extra)}: … }"`
        : `unknown step${suggestion(extra, STEP_NAMES)}`,
    });
    return null;
  }
  if (name === undefined || names.length > 1) {
    findings.push({
      path,
      message: `expected one step, as in "- standard_scaler: { with_mean: true }", found ${described(step)}`,
    });
    return null;
  }
  const known = stepNamed(name);
  if (!known) {
    findings.push({ path, key: name, message: `unknown step${suggestion(name, STEP_NAMES)}` });
    return null;
  }
  const given = typeof step === 'string' ? null : (step as Record<string, unknown>)[name];
  const inside = [...path, name];
  const whole = known.nests ? withSteps(given ?? {}, inside, findings) : (given ?? {});
  const params = checked<Record<string, unknown>>(known.schema, whole, inside, findings);
  if (!params) return null;
  const { columns = null, ...own } = params as { columns?: readonly string[] | null };
  return { name, params: own, columns };
}

/** The same value with every list under a key `steps` checked as steps. */
function withSteps(value: unknown, path: readonly PropertyKey[], findings: Finding[]): unknown {
  if (Array.isArray(value)) return value.map((item, i) => withSteps(item, [...path, i], findings));
  if (typeof value !== 'object' || value === null) return value;
  const made: Record<string, unknown> = Object.create(null);
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, key];
    made[key] =
      key === 'steps' && Array.isArray(inner) ? checkParts(inner, at, findings) : withSteps(inner, at, findings);
  }
  return made;
}

function checkParts(given: readonly unknown[], path: readonly PropertyKey[], findings: Finding[]): PipelineStep[] {
  const steps = checkSteps(given, path, findings);
  for (const { name } of steps)
    if (stepNamed(name)!.role !== 'transformer')
      findings.push({ path, message: `${name} predicts, so it can only be the last step of the whole pipeline` });
  return steps;
}

function checkOrder(steps: readonly PipelineStep[], findings: Finding[]): void {
  steps.forEach(({ name }, i) => {
    const last = i === steps.length - 1;
    const predicts = stepNamed(name)!.role !== 'transformer';
    if (last && !predicts)
      findings.push({
        path: ['pipeline', i],
        message: `${name} is the last step; the last step must be one that predicts: ${STEP_NAMES.filter((one) => stepNamed(one)!.role !== 'transformer').join(', ')}`,
      });
    if (!last && predicts)
      findings.push({ path: ['pipeline', i], message: `${name} predicts, so it can only be the last step` });
  });
}

/** The value by its schema; every violation becomes a finding in the recipe's own words. */
function checked<T>(schema: z.ZodType<T>, value: unknown, base: readonly PropertyKey[], findings: Finding[]): T | null {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const path = [...base, ...issue.path];
    const found = issue.path.reduce<unknown>(
      (at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part],
      value,
    );
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, issue.path);
      for (const key of issue.keys) findings.push({ path, key, message: `unknown key${suggestion(key, known)}` });
    } else {
      const expected =
        issue.code === 'invalid_type' && issue.message.startsWith('Invalid')
          ? `a mapping with the keys ${keysAt(schema, issue.path).join(', ')}`
          : issue.message;
      findings.push({
        path,
        message:
          found === undefined
            ? `missing; expected ${expected}`
            : `expected ${expected}, found ${described(found)}${nearWord(found, wordsAt(schema, issue.path))}`,
      });
    }
  }
  return null;
}

/** The schema at a path, below its defaults. */
function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): Inside {
  let at = schema as Inside;
  for (const part of [...path, null]) {
    while (!at.shape && !at.element) {
      const next = at.def.innerType ?? at.def.in;
      if (!next) break;
      at = next as Inside;
    }
    const next = part === null ? undefined : (at.element ?? at.shape?.[String(part)]);
    if (next) at = next as Inside;
  }
  return at;
}

/** The keys that are allowed at a path of the schema. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const { shape } = schemaAt(schema, path);
  return shape ? Object.keys(shape).filter((key) => formOf({ shape }, key) !== 'absent') : [];
}

/** The words that are allowed at a path of the schema. */
function wordsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const words = (json: JsonSchema | undefined): unknown[] => [
    ...((json?.enum as unknown[] | undefined) ?? []),
    ...(json && 'const' in json ? [json.const] : []),
    ...((json?.anyOf as JsonSchema[] | undefined) ?? []).flatMap(words),
  ];
  return words(factsOf(schemaAt(schema, path))?.json).filter((word) => typeof word === 'string');
}

function suggestion(word: string, known: readonly string[]): string {
  const near = nearestNames(word, known, 1)[0];
  return near ? `; did you mean ${near}?` : `; expected one of ${known.join(', ')}`;
}

function nearWord(found: unknown, known: readonly string[]): string {
  const near = typeof found === 'string' ? nearestNames(found, known, 1)[0] : undefined;
  return near === undefined ? '' : `; did you mean ${near}?`;
}

function described(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null)
    return `a mapping of ${printed(Object.keys(value).join(', ')) || 'nothing'}`;
  return typeof value === 'string' ? `"${printed(value)}"` : String(value);
}

function invalid(
  findings: readonly Finding[],
  source: YamlSource,
  file: string,
  set: readonly (readonly string[])[],
): MlctlError {
  const shown = findings.slice(0, MAX_FINDINGS).map(({ path, key, message }) => {
    const full = (key === undefined ? path : [...path, key]).map(String);
    // An unknown key may have been created by an override of a key below it.
    const override = set.findLast((one) =>
      key === undefined || one.length <= full.length
        ? one.every((part, i) => full[i] === part)
        : full.every((part, i) => one[i] === part),
    );
    const line = override ? null : source.lineOf(path, key);
    const where = override ? `override ${printed(override.join('.'))}` : `${file}:${line}`;
    return { text: `${where}: ${full.map(printed).join('.')}: ${message}`, where, line, path: full.join('.'), message };
  });
  const head = shown.length > 1 ? `${file}: ${findings.length} faults in the recipe:\n` : '';
  const more = findings.length > MAX_FINDINGS ? `\n… and ${findings.length - MAX_FINDINGS} more` : '';
  return new MlctlError('RECIPE_INVALID', head + shown.map(({ text }) => text).join('\n') + more, {
    hint: 'correct the recipe and run the command again; `--dry-run` checks without logging',
    details: { file, findings: shown.map(({ where, line, path, message }) => ({ where, line, path, message })) },
  });
}
