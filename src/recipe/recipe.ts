// YAML text to a checked recipe; everything wrong with it is said at once, with file and line, key path, found and expected.
import type { z } from 'zod';
import { MlctlError } from '../errors/error.js';
import { nearestNames } from '../text/nearest.js';
import { applyOverrides } from './recipe-overrides.js';
import { isStepKind, stepSchemas, topSchema } from './recipe-schema.js';
import type { PipelineStep, PredictorStep, Recipe, TransformerStep } from './recipe-types.js';
import { printed, readYaml, type YamlSource } from './recipe-yaml.js';

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
        hint: 'a recipe names its data and its pipeline: see the default one with `mlctl train --dry-run`',
      },
    );
  const set = applyOverrides(root, overrides);
  const findings: Finding[] = [];
  const top = checked(topSchema, root, [], findings);
  const given = (root as { pipeline?: unknown }).pipeline;
  const steps = Array.isArray(given) ? given.map((step, i) => checkStep(step, i, findings)) : [];
  if (findings.length === 0) checkOrder(steps, findings);
  if (findings.length > 0) throw invalid(findings, source, origin.file, set);
  const { pipeline: _, ...rest } = top!;
  return {
    ...rest,
    pipeline: { transformers: steps.slice(0, -1) as TransformerStep[], predictor: steps.at(-1) as PredictorStep },
  };
}

function checkStep(step: unknown, index: number, findings: Finding[]): PipelineStep | null {
  const path = ['pipeline', index];
  const names =
    typeof step === 'string'
      ? [step]
      : typeof step === 'object' && step !== null && !Array.isArray(step)
        ? Object.keys(step)
        : [];
  const kind = names[0];
  const extra = names.find((name) => !isStepKind(name));
  if (names.length > 1 && extra !== undefined) {
    const step = names.find(isStepKind);
    const inside = step !== undefined && keysAt(stepSchemas[step], []).includes(extra);
    findings.push({
      path,
      key: extra,
      message: inside
        ? `${printed(extra)} belongs inside the step, as in "- ${step}: { ${printed(extra)}: … }"`
        : `unknown step${suggestion(extra, Object.keys(stepSchemas))}`,
    });
    return null;
  }
  if (kind === undefined || names.length > 1) {
    findings.push({
      path,
      message: `expected one step, as in "- standard_scaler: { with_mean: true }", found ${described(step)}`,
    });
    return null;
  }
  if (!isStepKind(kind)) {
    findings.push({ path, key: kind, message: `unknown step${suggestion(kind, Object.keys(stepSchemas))}` });
    return null;
  }
  const given = typeof step === 'string' ? null : (step as Record<string, unknown>)[kind];
  const params = checked<Record<string, unknown>>(stepSchemas[kind], given ?? {}, [...path, kind], findings);
  if (!params) return null;
  const { columns = null, ...own } = params as { columns?: unknown; class_weight?: unknown };
  if (kind === 'logistic_regression' && own.class_weight !== null && typeof own.class_weight === 'object')
    own.class_weight = Object.entries(own.class_weight);
  // the schema of the kind has just shaped the parameters
  return { kind, params: own, columns } as unknown as PipelineStep;
}

function checkOrder(steps: readonly (PipelineStep | null)[], findings: Finding[]): void {
  steps.forEach((step, i) => {
    const last = i === steps.length - 1;
    const predicts = step!.kind === 'logistic_regression';
    if (last && !predicts)
      findings.push({
        path: ['pipeline', i],
        message: `${step!.kind} stands last; the last step must be one that predicts: logistic_regression`,
      });
    if (!last && predicts)
      findings.push({ path: ['pipeline', i], message: `${step!.kind} predicts, so it can only be the last step` });
  });
}

/** The value by its schema, with every violation put into `findings` in the recipe's own words. */
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
          found === undefined ? `missing; expected ${expected}` : `expected ${expected}, found ${described(found)}`,
      });
    }
  }
  return null;
}

/** The keys that the schema knows at a path, through its defaults. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at = schema as z.ZodType & { shape?: Record<string, z.ZodType>; def: { innerType?: z.ZodType } };
  for (const part of [...path, null]) {
    while (!at.shape && at.def.innerType) at = at.def.innerType as typeof at;
    if (part !== null && at.shape) at = at.shape[String(part)] as typeof at;
  }
  return Object.keys(at.shape ?? {});
}

function suggestion(word: string, known: readonly string[]): string {
  const near = nearestNames(word, known, 1)[0];
  return near ? `; did you mean ${near}?` : `; expected one of ${known.join(', ')}`;
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
    // A key that should not be there may have come with what was set below it.
    const override = set.findLast((one) =>
      key === undefined || one.length <= full.length
        ? one.every((part, i) => full[i] === part)
        : full.every((part, i) => one[i] === part),
    );
    const line = override ? null : source.lineOf(path, key);
    const where = override ? `override ${printed(override.join('.'))}` : `${file}:${line}`;
    return { text: `${where}: ${printed(full.join('.'))}: ${message}`, where, line, path: full.join('.'), message };
  });
  const head = shown.length > 1 ? `${file}: ${findings.length} faults in the recipe:\n` : '';
  const more = findings.length > MAX_FINDINGS ? `\n… and ${findings.length - MAX_FINDINGS} more` : '';
  return new MlctlError('RECIPE_INVALID', head + shown.map(({ text }) => text).join('\n') + more, {
    hint: 'correct the recipe and run the command again; `--dry-run` checks without logging',
    details: { file, findings: shown.map(({ where, line, path, message }) => ({ where, line, path, message })) },
  });
}
