// Turns one JSON object of schema.json into a node: which loader reads it, of which class it is, and its fields.
import { textField } from './field-of.js';
import type { JsonObject } from './parse-schema.js';
import type { Place } from './place.js';

export interface SchemaNode {
  readonly loader: string;
  readonly module: string;
  readonly name: string;
  readonly fields: JsonObject;
}

export function schemaNode(fields: JsonObject, place: Place): SchemaNode {
  return {
    loader: textField(fields, '__loader__', place),
    module: textField(fields, '__module__', place),
    name: textField(fields, '__class__', place),
    fields,
  };
}
