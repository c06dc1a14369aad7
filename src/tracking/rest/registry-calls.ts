// Turns calls about the model registry into REST: names, versions, stages, aliases.
import type { JsonMap } from '../../http/json.js';
import type { Refusal } from '../../mlflow-server/refusal.js';
import { filterText } from '../filter-text.js';
import { checkAlias, checkModelName, checkRegistryTag, REQUEST_ID_TAG } from '../limits.js';
import type { ModelRegistry } from '../model-registry.js';
import type { Page, SearchRequest, Store } from '../store.js';
import { page, pairsOf, searchBody } from './bodies.js';
import { type Api, type Call, isMissing } from './call.js';
import { list, map, modelVersion, registeredModel, text } from './read.js';

type RegistryCalls = Omit<ModelRegistry, keyof Store | 'hasLoggedModel'>;

/** Some servers answer 400 for a missing alias. */
const isMissingAlias = (refusal: Refusal): boolean =>
  isMissing(refusal) || (refusal.errorCode === 'INVALID_PARAMETER_VALUE' && /alias .*not found/i.test(refusal.message));

export function registryCalls(api: Api): RegistryCalls {
  /** The registry's lists are asked for by GET: the body of other searches as a query. */
  async function search<T>(
    noun: 'model-versions' | 'registered-models',
    most: number,
    request: SearchRequest | undefined,
    read: (json: JsonMap) => T,
  ): Promise<Page<T>> {
    const query = searchBody(request, most) as NonNullable<Call['query']>;
    const json = await api.must({ method: 'GET', route: `${noun}/search`, query, idempotent: true });
    return page(json, noun.replace('-', '_'), read);
  }
  const searchModelVersions: ModelRegistry['searchModelVersions'] = (request) =>
    search('model-versions', 10_000, request, modelVersion);

  return {
    async ensureRegisteredModel(name) {
      checkModelName(name);
      const call = { method: 'POST', route: 'registered-models/create', body: { name }, idempotent: false } as const;
      const there = { method: 'GET', route: 'registered-models/get', query: { name }, idempotent: true } as const;
      await api.ensure(call, async () => (await api.find(there)) !== null);
    },
    async getRegisteredModel(name) {
      const json = await api.find({ method: 'GET', route: 'registered-models/get', query: { name }, idempotent: true });
      return json && registeredModel(map(json['registered_model'], 'registered model'));
    },
    searchRegisteredModels: (request) => search('registered-models', 1000, request, registeredModel),
    async createModelVersion(request) {
      checkModelName(request.name);
      for (const [key, value] of request.tags) checkRegistryTag(key, value);
      const tags = new Map([...request.tags, [REQUEST_ID_TAG, request.requestId]]);
      const body = {
        name: request.name,
        source: request.source,
        ...(request.modelId === null ? {} : { model_id: request.modelId }),
        ...(request.runId === null ? {} : { run_id: request.runId }),
        tags: pairsOf(tags),
      };
      return api.once(
        { method: 'POST', route: 'model-versions/create', body, idempotent: false },
        (json) => modelVersion(map(json['model_version'], 'model version')),
        async () => {
          const { items } = await searchModelVersions({
            filter: `name = ${filterText(request.name)} AND tag.\`${REQUEST_ID_TAG}\` = ${filterText(request.requestId)}`,
            maxResults: 1,
          });
          return items[0];
        },
      );
    },
    async getModelVersion(name, version) {
      const json = await api.find({
        method: 'GET',
        route: 'model-versions/get',
        query: { name, version },
        idempotent: true,
      });
      return json && modelVersion(map(json['model_version'], 'model version'));
    },
    async getModelVersionByAlias(name, alias) {
      const call = {
        method: 'GET',
        route: 'registered-models/alias',
        query: { name, alias },
        idempotent: true,
      } as const;
      const answer = await api.ask(call);
      if (answer.ok) return modelVersion(map(answer.json['model_version'], 'model version'));
      if (isMissingAlias(answer.refusal)) return null;
      throw api.error(call, answer.refusal);
    },
    async getLatestVersions(name, stages) {
      const json = await api.find({
        method: 'POST',
        route: 'registered-models/get-latest-versions',
        body: { name, ...(stages?.length ? { stages } : {}) },
        idempotent: true,
      });
      return json === null ? [] : list(json['model_versions'], 'model versions').map(modelVersion);
    },
    searchModelVersions,
    async getModelVersionLocation(name, version) {
      const json = await api.must({
        method: 'GET',
        route: 'model-versions/get-download-uri',
        query: { name, version },
        idempotent: true,
      });
      return text(json['artifact_uri'], 'artifact_uri');
    },
    async setModelVersionTag(name, version, key, value) {
      checkRegistryTag(key, value);
      await api.must({
        method: 'POST',
        route: 'model-versions/set-tag',
        body: { name, version: String(version), key, value },
        idempotent: true,
      });
    },
    async deleteModelVersionTag(name, version, key) {
      await api.find({
        method: 'DELETE',
        route: 'model-versions/delete-tag',
        body: { name, version: String(version), key },
        idempotent: true,
      });
    },
    async transitionStage({ name, version, stage, archiveExisting }) {
      const archive = archiveExisting && (stage === 'Staging' || stage === 'Production');
      // Archiving what is already archived changes nothing, so the call can be repeated.
      await api.must({
        method: 'POST',
        route: 'model-versions/transition-stage',
        body: { name, version: String(version), stage, archive_existing_versions: archive },
        idempotent: true,
      });
    },
    async setAlias(name, alias, version) {
      checkAlias(alias);
      await api.must({
        method: 'POST',
        route: 'registered-models/alias',
        body: { name, alias, version: String(version) },
        idempotent: true,
      });
    },
  };
}
