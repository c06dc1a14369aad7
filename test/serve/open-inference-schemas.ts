// What the published REST document of the Open Inference Protocol says of bodies, as JSON schemas: which fields there are, of which
// type, and which of them must be there. Written down from kserve/open-inference-protocol (Apache-2.0),
// specification/protocol/open_inference_rest.yaml at commit 18d5991; its text is not copied.
type Schema = Readonly<Record<string, unknown>>;

const TEXT = { type: 'string' };
const WHOLE = { type: 'integer' };
const ANY_OBJECT = { type: 'object' };
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const named = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

/** `name!` must be there. */
function fields(all: Readonly<Record<string, Schema>>): Schema {
  const bare = (name: string) => name.replace(/!$/, '');
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(all).map(([name, schema]) => [bare(name), schema])),
    required: Object.keys(all)
      .filter((name) => name.endsWith('!'))
      .map(bare),
  };
}

const TENSOR = { 'name!': TEXT, 'shape!': listOf(WHOLE), 'datatype!': TEXT };
const FILLED = fields({ ...TENSOR, parameters: ANY_OBJECT, 'data!': named('values') });

export const OPEN_INFERENCE = {
  $id: 'open-inference',
  $defs: {
    // It has no null.
    values: listOf({ anyOf: [named('values'), { type: ['number', 'string', 'boolean'] }] }),
    server: fields({ 'name!': TEXT, 'version!': TEXT, 'extensions!': listOf(TEXT) }),
    model: fields({
      'name!': TEXT,
      versions: listOf(TEXT),
      'platform!': TEXT,
      inputs: listOf(fields(TENSOR)),
      outputs: listOf(fields(TENSOR)),
    }),
    request: fields({
      id: TEXT,
      parameters: ANY_OBJECT,
      'inputs!': listOf(FILLED),
      outputs: listOf(fields({ 'name!': TEXT, parameters: ANY_OBJECT })),
    }),
    response: fields({
      'model_name!': TEXT,
      model_version: TEXT,
      id: TEXT,
      parameters: ANY_OBJECT,
      'outputs!': listOf(FILLED),
    }),
    // Of a failed inference it does not demand the field, of metadata it does.
    error: fields({ 'error!': TEXT }),
  },
} as const;
