// What MLflow can search by: kinds, attributes and comparators of runs, experiments, registered models and versions.

export type SearchEntity = 'run' | 'experiment' | 'registered_model' | 'model_version';
export type SearchKind = 'metric' | 'param' | 'tag' | 'attribute' | 'dataset';

interface Attribute {
  readonly numeric: boolean;
  readonly lists: boolean;
  readonly comparators: readonly string[];
}

interface Rules {
  readonly prefixes: ReadonlyMap<string, SearchKind>;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly datasets: ReadonlyMap<string, Attribute>;
  readonly otherNames: ReadonlyMap<string, string>;
  readonly comparators: {
    readonly metric: readonly string[];
    readonly param: readonly string[];
    readonly tag: readonly string[];
  };
}

const ORDER = ['=', '!=', '>', '>=', '<', '<='];
const TEXT = ['=', '!=', 'LIKE', 'ILIKE'];
const LIST = ['IN', 'NOT IN'];
const NULLS = ['IS NULL', 'IS NOT NULL'];
const text: Attribute = { numeric: false, lists: false, comparators: TEXT };
const listed: Attribute = { numeric: false, lists: true, comparators: [...TEXT, ...LIST] };
const number: Attribute = { numeric: true, lists: false, comparators: ORDER };
const none = new Map<string, never>();

function prefixes(kinds: Partial<Record<SearchKind, string>>): ReadonlyMap<string, SearchKind> {
  const map = new Map<string, SearchKind>();
  for (const [kind, words] of Object.entries(kinds))
    for (const word of words.split(' ')) map.set(word, kind as SearchKind);
  return map;
}

export const SEARCHABLE: Readonly<Record<SearchEntity, Rules>> = {
  run: {
    prefixes: prefixes({
      metric: 'metrics metric',
      param: 'params param parameters parameter',
      tag: 'tags tag',
      attribute: 'attributes attribute attr run',
      dataset: 'dataset datasets',
    }),
    attributes: new Map([
      ['run_id', listed],
      ['run_name', text],
      ['user_id', text],
      ['status', text],
      ['artifact_uri', text],
      ['start_time', number],
      ['end_time', number],
    ]),
    datasets: new Map([
      ['name', listed],
      ['digest', listed],
      ['context', listed],
    ]),
    otherNames: new Map([
      ['created', 'start_time'],
      ['Created', 'start_time'],
      ['run name', 'run_name'],
      ['Run name', 'run_name'],
      ['Run Name', 'run_name'],
    ]),
    comparators: { metric: ORDER, param: [...TEXT, ...NULLS], tag: [...TEXT, ...NULLS] },
  },
  experiment: {
    prefixes: prefixes({ attribute: 'attribute', tag: 'tags tag' }),
    attributes: new Map([
      ['name', text],
      ['experiment_id', { numeric: false, lists: true, comparators: ['=', '!=', ...LIST] }],
      ['creation_time', number],
      ['last_update_time', number],
    ]),
    datasets: none,
    otherNames: none,
    comparators: { metric: [], param: [], tag: [...TEXT, ...NULLS] },
  },
  registered_model: {
    prefixes: prefixes({ attribute: 'attribute', tag: 'tags tag' }),
    attributes: new Map([['name', listed]]),
    datasets: none,
    otherNames: none,
    comparators: { metric: [], param: [], tag: TEXT },
  },
  model_version: {
    prefixes: prefixes({ attribute: 'attribute', tag: 'tags tag' }),
    attributes: new Map([
      ['name', listed],
      ['run_id', listed],
      ['source_path', text],
      ['version_number', number],
    ]),
    datasets: none,
    otherNames: none,
    comparators: { metric: [], param: [], tag: TEXT },
  },
};

/** What results may be ordered by, besides metrics, params and tags of runs. */
export const ORDERABLE: Readonly<Record<SearchEntity, ReadonlyMap<string, string>>> = {
  run: new Map([
    ['run_id', 'run_uuid'],
    ['run_name', 'name'],
    ['user_id', 'user_id'],
    ['status', 'status'],
    ['artifact_uri', 'artifact_uri'],
    ['start_time', 'start_time'],
    ['end_time', 'end_time'],
    ['created', 'start_time'],
    ['Created', 'start_time'],
  ]),
  experiment: new Map(['name', 'experiment_id', 'creation_time', 'last_update_time'].map((name) => [name, name])),
  registered_model: new Map([
    ['name', 'name'],
    ['timestamp', 'last_updated_time'],
    ['last_updated_timestamp', 'last_updated_time'],
  ]),
  model_version: new Map([
    ['name', 'name'],
    ['version_number', 'version'],
    ['creation_timestamp', 'creation_time'],
    ['last_updated_timestamp', 'last_updated_time'],
  ]),
};
