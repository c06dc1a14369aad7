// A rule of recipe schemas: a test, the text that follows "expected" in messages and in the docs, and the same test as JSON Schema
// for editors.
import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** How a value is written if its own type does not say: 1 as 1.0, a mapping of class to weight, or not at all. */
export type Form = 'float' | 'weights' | 'absent';

interface RuleFacts {
  readonly expected: string;
  readonly json: JsonSchema;
  readonly form?: Form;
}

/** What is known of each rule besides its test. */
const facts = z.registry<RuleFacts>();

export function rule<T>(expected: string, test: (value: unknown) => boolean, json: JsonSchema, form?: Form) {
  return z.custom<T>(test, { error: expected }).register(facts, { expected, json, ...(form ? { form } : {}) });
}

export const orNull = (json: JsonSchema): JsonSchema => ({ anyOf: [json, { type: 'null' }] });

/** A schema as zod keeps it: what is inside of a default or a transform, of a mapping, of a list. */
export type Inside = z.ZodType & {
  readonly def: { readonly innerType?: z.ZodType; readonly in?: z.ZodType };
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
};

/** What is known of the rule of a schema, through defaults and transforms. */
export function factsOf(schema: z.ZodType | undefined): RuleFacts | undefined {
  for (let at = schema as Inside | undefined; at; at = (at.def.innerType ?? at.def.in) as Inside | undefined) {
    const found = facts.get(at as never);
    if (found) return found;
  }
  return undefined;
}

/** The form that the schema gives to its parameter `key`. */
export function formOf(schema: Pick<z.ZodObject, 'shape'>, key: string): Form | undefined {
  return factsOf(schema.shape[key] as z.ZodType | undefined)?.form;
}
