// Turns the schemas of a recipe into one JSON Schema, with which an editor completes and checks a recipe.
import { z } from 'zod';
import { factsOf, type Inside, type JsonSchema } from '../rule.js';
import { STEP_NAMES, stepNamed } from '../steps/table.js';
import { topSchema } from '../top-schema.js';

type Shape = { properties?: Record<string, Shape>; required?: string[]; default?: unknown; items?: unknown } & Record<
  string,
  unknown
>;

export function recipeJsonSchema(): JsonSchema {
  const { $schema, ...top } = converted(topSchema);
  const steps = STEP_NAMES.map((name) => ({ name, step: stepNamed(name)! }));
  const transformers = steps.filter(({ step }) => step.role === 'transformer');
  top.properties!.pipeline!.items = { $ref: '#/definitions/step' };
  return {
    $schema,
    title: 'recipe of mlctl',
    ...top,
    definitions: {
      step: stepSchema(steps.map(({ name }) => name)),
      transformers: { type: 'array', minItems: 1, items: stepSchema(transformers.map(({ name }) => name)) },
      ...Object.fromEntries(
        steps.map(({ name, step }) => {
          const { $schema: _, ...params } = converted(step.schema);
          return [name, { description: step.words.does, ...params }];
        }),
      ),
    },
  };
}

/** A step is its name alone, or a mapping of its name to its parameters; those of a step without needed ones may be left out. */
function stepSchema(names: readonly string[]): JsonSchema {
  const alone = names.filter((name) => stepNamed(name)!.schema.safeParse({}).success);
  const params = (name: string) => {
    const of = { $ref: `#/definitions/${name}` };
    return alone.includes(name) ? { anyOf: [of, { type: 'null' }] } : of;
  };
  return {
    anyOf: [
      { enum: alone },
      {
        type: 'object',
        properties: Object.fromEntries(names.map((name) => [name, params(name)])),
        additionalProperties: false,
        minProperties: 1,
        maxProperties: 1,
      },
    ],
  };
}

function converted(schema: z.ZodType): Shape {
  return z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const own = jsonSchema as Shape;
      const { shape, def } = zodSchema as unknown as Inside;
      for (const [key, inner] of Object.entries(shape ?? {}))
        if (factsOf(inner)?.form === 'absent') delete own.properties?.[key];
      if (!def.innerType && !def.in) Object.assign(own, factsOf(zodSchema as unknown as Inside)?.json);
      // JSON has no .nan, so that default is null here
      if (own.type === 'number' && own.default === null) delete own.default;
    },
  }) as Shape;
}
