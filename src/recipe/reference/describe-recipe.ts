// Turns the schemas of a recipe into what its reference says: every key with what it may hold, its default and its meaning, and
// every step with its class in scikit-learn and an example.
import type { z } from 'zod';
import { stepName } from '../../estimators/step-name.js';
import type { Kind } from '../../estimators/types.js';
import { inlineYaml } from '../recipe-text.js';
import { factsOf, type Inside } from '../rule.js';
import type { Step } from '../steps/step.js';
import { STEPS } from '../steps/table.js';
import { topSchema } from '../top-schema.js';

export interface KeyDescription {
  /** `data.source`, `transformers[].columns`. */
  readonly path: string;
  /** What it may hold: the text that follows "expected" in a message. */
  readonly expected: string;
  /** As YAML; null: the key must be given. Empty: it depends on other keys, as the meaning says. */
  readonly default: string | null;
  readonly meaning: string;
}

interface StepDescription {
  readonly name: string;
  /** `sklearn.preprocessing.StandardScaler` */
  readonly class: string;
  readonly role: Step['role'];
  readonly does: string;
  readonly keys: readonly KeyDescription[];
  /** A whole recipe, as YAML. */
  readonly example: string;
}

export function describeRecipe(): {
  readonly keys: readonly KeyDescription[];
  readonly steps: readonly StepDescription[];
} {
  const steps = (Object.entries(STEPS) as [Kind, Step | 'unsupported'][]).flatMap(([kind, step]) => {
    if (step === 'unsupported') return [];
    const { words, role, schema } = step;
    return [
      {
        name: stepName(kind),
        class: `${words.module}.${kind}`,
        role,
        does: words.does,
        keys: keysOf(schema.shape, ''),
        example: words.example,
      },
    ];
  });
  return { keys: keysOf(topSchema.shape, ''), steps };
}

function keysOf(shape: Readonly<Record<string, z.ZodType>>, prefix: string): KeyDescription[] {
  return Object.entries(shape).flatMap(([key, schema]) => {
    const facts = factsOf(schema);
    if (facts?.form === 'absent') return [];
    const path = `${prefix}${key}`;
    const inside = insideOf(schema);
    if (inside.shape) return keysOf(inside.shape, `${path}.`);
    const described: KeyDescription = {
      path,
      expected: facts ? expectedOf(schema, facts.expected) : 'a list of mappings',
      default: defaultOf(schema),
      meaning: schema.description ?? '',
    };
    const element = inside.element ? insideOf(inside.element) : undefined;
    return [described, ...(element?.shape ? keysOf(element.shape, `${path}[].`) : [])];
  });
}

/** Below defaults and transforms. */
function insideOf(schema: z.ZodType): Inside {
  let at = schema as Inside;
  while (!at.shape && !at.element) {
    const next = at.def.innerType ?? at.def.in;
    if (!next) break;
    at = next as Inside;
  }
  return at;
}

function expectedOf(schema: z.ZodType, expected: string): string {
  return schema.safeParse(null).success && !/\bnull\b/.test(expected) ? `${expected}, or null` : expected;
}

function defaultOf(schema: z.ZodType): string | null {
  const found = schema.safeParse(undefined);
  if (!found.success) return null;
  return found.data === undefined ? '' : inlineYaml(found.data as never, factsOf(schema)?.form);
}
