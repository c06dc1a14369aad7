// Turns a package into the facts on which two of its files do not agree: one sentence for each. It covers files that no other check
// reads, for packages without a recorded digest.
import { isJsonObject, jsonGet, parseJson } from '../data/json.js';
import { formatJson } from '../data/json-format.js';
import type { JsonObject, JsonValue } from '../data/json-types.js';
import { MlctlError } from '../errors/error.js';
import { parseYaml, type YamlValue } from '../model/parse-yaml.js';
import type { ModelPackage } from '../model/read-package.js';
import { printable } from '../text/printable.js';

type Said = readonly [where: string, what: string | null];

const REQUIREMENTS = 'requirements.txt';
const CONDA = 'conda.yaml';
const PYTHON_ENV = 'python_env.yaml';
const SERVED = ['dataframe_split', 'dataframe_records', 'inputs', 'instances'] as const;

const shown = (text: string | null): string => (text === null ? 'nothing' : `"${printable(text, 100)}"`);

/** If one of them says nothing, there is nothing to compare. */
function differ(fact: string, [a, left]: Said, [b, right]: Said): string[] {
  return left === null || right === null || left === right
    ? []
    : [`${fact} is ${shown(left)} in ${a} and ${shown(right)} in ${b}`];
}

function textOf({ digest }: ModelPackage, path: string): string | null {
  const bytes = digest.bytes.get(path);
  return bytes === undefined ? null : new TextDecoder().decode(bytes);
}

function jsonOf(pkg: ModelPackage, path: string): JsonValue | undefined {
  const text = textOf(pkg, path);
  return text === null ? undefined : parseJson(text, { python: true });
}

/** The rows of a request, under whichever of the protocol's keys. */
function rowsOf(request: JsonObject): JsonValue | undefined {
  return SERVED.map((key) => jsonGet(request, key)).find((rows) => rows !== undefined);
}

function examples(pkg: ModelPackage): string[] {
  const info = pkg.model.inputExample;
  if (info === null || info.servingPath === null) return [];
  const [example, request] = [jsonOf(pkg, info.path), jsonOf(pkg, info.servingPath)];
  if (example === undefined || request === undefined) return [];
  const served = isJsonObject(request) ? rowsOf(request) : undefined;
  if (served === undefined) return [`${printable(info.servingPath, 80)} is not a request with rows`];
  const own = isJsonObject(example) ? (rowsOf(example) ?? example) : example;
  return formatJson(own) === formatJson(served)
    ? []
    : [`the rows of ${printable(info.path, 80)} differ from those of ${printable(info.servingPath, 80)}`];
}

const mapOf = (value: YamlValue | undefined): ReadonlyMap<YamlValue, YamlValue> =>
  value instanceof Map ? value : new Map();
const listOf = (value: YamlValue | undefined): readonly YamlValue[] => (Array.isArray(value) ? value : []);
const wordOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : null;

const sorted = (lines: readonly string[]): string =>
  lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .sort()
    .join(', ');

/** `mlflow` of `mlflow==3.1`: the version that the requirements pin. */
const pinned = (requirements: string | null, name: string): string | null =>
  new RegExp(`^${name}==([^\\s;,]+)\\s*$`, 'm').exec(requirements ?? '')?.[1] ?? null;

async function environments(pkg: ModelPackage): Promise<string[]> {
  const { model } = pkg;
  const yamlOf = async (path: string) => {
    const text = textOf(pkg, path);
    return mapOf(text === null ? undefined : await parseYaml(text, path));
  };
  const [conda, python] = [await yamlOf(CONDA), await yamlOf(PYTHON_ENV)];
  const requirements = textOf(pkg, REQUIREMENTS);
  const dependencies = listOf(conda.get('dependencies'));
  const pip = dependencies.flatMap((entry) => listOf(mapOf(entry).get('pip')));
  const condaPython = dependencies.map(wordOf).find((entry) => entry?.startsWith('python='));
  const versions: Said[] = [
    ['MLmodel', wordOf(model.flavors.get('python_function')?.get('python_version'))],
    [CONDA, condaPython?.slice('python='.length) ?? null],
    [PYTHON_ENV, wordOf(python.get('python'))],
  ];
  const [inModel, inConda, inPython] = versions as [Said, Said, Said];
  const installed = listOf(python.get('dependencies')).map(wordOf);
  return [
    ...differ('the Python version', inModel, inConda),
    ...differ('the Python version', inModel, inPython),
    ...(requirements === null || conda.size === 0
      ? []
      : differ(
          'the list of pip packages',
          [REQUIREMENTS, sorted(requirements.split('\n'))],
          [CONDA, sorted(pip.map((entry) => wordOf(entry) ?? ''))],
        )),
    ...(python.size > 0 && requirements !== null && !installed.includes(`-r ${REQUIREMENTS}`)
      ? [`${PYTHON_ENV} does not install ${REQUIREMENTS}`]
      : []),
    ...differ(
      'the version of MLflow',
      ['MLmodel', model.mlflowVersion],
      [REQUIREMENTS, pinned(requirements, 'mlflow')],
    ),
  ];
}

/** What MLmodel says twice. */
function withinMlModel({ model, digest, flavor, payload }: ModelPackage): string[] {
  const python = model.flavors.get('python_function') ?? new Map<string, unknown>();
  const environment = python.get('env');
  const named = environment instanceof Map ? [...environment.values()] : [environment];
  const files = new Set(digest.files.map(({ path }) => path));
  const missing = named.filter((path): path is string => typeof path === 'string' && !files.has(path));
  const loads = wordOf(python.get('loader_module'));
  return [
    ...differ('the model file', [`the flavor ${flavor}`, payload], ['python_function', wordOf(python.get('data'))]),
    ...(flavor === 'python_function'
      ? []
      : differ('the loader', ['python_function', loads], ['the flavor', `mlflow.${flavor}`])),
    ...missing.map((path) => `MLmodel names ${shown(path)} as its environment, but that file does not exist`),
    ...differ('the id of the model', ['model_id', model.modelId], ['model_uuid', model.modelUuid]),
  ];
}

/** A file that cannot be read counts as one finding. */
async function findings(read: () => string[] | Promise<string[]>): Promise<string[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof MlctlError)) throw error;
    return [error.message];
  }
}

export async function packageDisagreements(pkg: ModelPackage): Promise<string[]> {
  return [
    ...(await findings(() => examples(pkg))),
    ...(await findings(() => environments(pkg))),
    ...withinMlModel(pkg),
  ];
}
