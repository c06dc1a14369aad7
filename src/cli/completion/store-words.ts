// Turns the store into names for completion: URIs of models, names, versions, aliases, runs and experiments. It only reads.
import type { RegisteredModelDocument } from '../../operations/models.js';
import type { RunDocument } from '../../operations/runs.js';
import type { World } from '../../world.js';
import type { Settings } from '../command.js';
import { storeOptions } from '../defined.js';
import type { Candidate } from './candidate.js';

/** `typed`: the beginning of the value; `model`: the registered model that the line names. */
type Lookup = (typed: string, model: string | undefined) => Promise<readonly Candidate[]>;

export type StoreWords = Readonly<Record<'uris' | 'models' | 'aliases' | 'versions' | 'runs' | 'experiments', Lookup>>;

const MOST_READ = 100;

const uniquely = (values: readonly Candidate[]): readonly Candidate[] => [
  ...new Map(values.map((one) => [one.value, one])).values(),
];

/** What can follow the name of a model in a URI: aliases first, as they are what MLflow advises. */
function endingsOf({ aliases, versions }: RegisteredModelDocument): Candidate[] {
  const stages = versions.flatMap(({ stage, version }) =>
    stage === null ? [] : [{ value: `/${stage}`, meaning: `version ${version} now` }],
  );
  return [
    ...Object.entries(aliases).map(([alias, version]) => ({ value: `@${alias}`, meaning: `version ${version} now` })),
    { value: '/latest', meaning: 'the newest version' },
    ...versions.map(({ version, stage }) => ({ value: `/${version}`, meaning: stage ?? '' })),
    ...uniquely(stages),
  ];
}

const runWord = ({ run_id: value, run_name: meaning }: RunDocument): Candidate => ({ value, meaning });

export function storeWords(world: World, settings: Settings): StoreWords {
  const options = { ...storeOptions(settings), max: MOST_READ };
  const readModels = async (name?: string): Promise<readonly RegisteredModelDocument[]> => {
    const { listModels } = await import('../../operations/models.js');
    return (await listModels(world, { ...options, ...(name === undefined ? {} : { name }) })).models;
  };
  const readRuns = async (): Promise<readonly RunDocument[]> => {
    const { listRuns } = await import('../../operations/runs.js');
    return (await listRuns(world, options)).runs;
  };

  async function modelUris(typed: string): Promise<readonly Candidate[]> {
    const rest = typed.slice('models:/'.length);
    const all = await readModels();
    const goesOn = (name: string) => rest.startsWith(`${name}/`) || rest.startsWith(`${name}@`);
    const meant = all.filter(({ name }) => name.startsWith(rest) || goesOn(name));
    const words: Candidate[] = [];
    for (const { name, aliases } of meant) {
      const [whole] = meant.length === 1 || goesOn(name) ? await readModels(name) : [];
      const endings = whole
        ? endingsOf(whole)
        : [
            ...(Object.keys(aliases).length > 0 ? [{ value: '@', meaning: 'an alias' }] : []),
            { value: '/', meaning: 'a version' },
          ];
      for (const { value, meaning } of endings) words.push({ value: `models:/${name}${value}`, meaning });
    }
    return words;
  }

  return {
    uris: async (typed) => {
      if (typed.startsWith('models:/')) return modelUris(typed);
      if (typed.startsWith('runs:/'))
        return (await readRuns()).flatMap(({ models, run_name: meaning }) =>
          models.map((value) => ({ value, meaning })),
        );
      return [
        { value: 'models:/', meaning: 'a registered model' },
        { value: 'runs:/', meaning: 'the model of a run' },
      ];
    },
    models: async (typed) => {
      const all = await readModels();
      const named = all.find(({ name }) => typed.startsWith(`${name}/`));
      const [whole] = named === undefined ? [] : await readModels(named.name);
      return [
        ...all.map(({ name: value, description: meaning }) => ({ value, meaning })),
        ...(whole?.versions ?? []).map(({ version, stage }) => ({
          value: `${whole?.name}/${version}`,
          meaning: stage ?? '',
        })),
      ];
    },
    aliases: async (_typed, model) => {
      const all = await readModels();
      const meant = all.filter(({ name }) => model === undefined || name === model);
      return uniquely(
        meant.flatMap(({ name, aliases }) =>
          Object.entries(aliases).map(([value, version]) => ({ value, meaning: `${name}/${version} now` })),
        ),
      );
    },
    versions: async (_typed, model) => {
      if (model === undefined) return [];
      const [whole] = await readModels(model);
      return (whole?.versions ?? []).map(({ version, stage }) => ({ value: String(version), meaning: stage ?? '' }));
    },
    runs: async () => (await readRuns()).map(runWord),
    experiments: async () =>
      uniquely((await readRuns()).map(({ experiment }) => ({ value: experiment ?? '', meaning: '' }))).filter(
        ({ value }) => value !== '',
      ),
  };
}
