// Turns calls about logged models into REST (MLflow 3). On a 2.x server models are run artifacts, and a tag of the run keeps
// their history.
import { randomUUID } from 'node:crypto';
import { MlctlError } from '../../errors/error.js';
import { printable } from '../../text/printable.js';
import { filterText } from '../filter-text.js';
import { checkLoggedModelName, checkLoggedModelParam, checkLoggedModelTag, REQUEST_ID_TAG } from '../limits.js';
import { allOf, PAGE_SIZES } from '../pages.js';
import type { LoggedModel, TrackingStore } from '../tracking-store.js';
import { page, pairsOf } from './bodies.js';
import type { Api } from './call.js';
import { isId, loggedModel, map, run } from './read.js';

/** Where a 2.x server lists the models of a run. */
const MODEL_HISTORY_TAG = 'mlflow.log-model.history';

function checked(modelId: string): string {
  if (isId(modelId)) return modelId;
  throw new MlctlError('NAME_INVALID', `"${printable(modelId, 100)}" is not the id of a logged model`, {
    hint: 'ids look like m-0123456789abcdef: see mlctl models',
  });
}

type ModelCalls = Pick<
  TrackingStore,
  | 'createLoggedModel'
  | 'getLoggedModel'
  | 'searchLoggedModels'
  | 'setLoggedModelTags'
  | 'finalizeLoggedModel'
  | 'logModelOutput'
  | 'recordModelOfRun'
>;

export function modelCalls(api: Api, hasLoggedModels: () => Promise<boolean>): ModelCalls {
  const search = (experimentIds: readonly string[], filter: string | undefined): Promise<readonly LoggedModel[]> =>
    allOf('logged models', async (token) => {
      const body = {
        experiment_ids: experimentIds,
        max_results: PAGE_SIZES.loggedModels,
        ...(filter === undefined ? {} : { filter }),
        ...(token === undefined ? {} : { page_token: token }),
      };
      const call = { method: 'POST', route: 'logged-models/search', body, idempotent: true } as const;
      return page(await api.must(call), 'models', loggedModel);
    });

  return {
    async createLoggedModel(request) {
      checkLoggedModelName(request.name);
      for (const [key, value] of request.params) checkLoggedModelParam(key, value);
      for (const [key, value] of request.tags) checkLoggedModelTag(key, value);
      // A tag for this very call, so that a lost answer does not lead to a second model.
      const mark = request.tags.get(REQUEST_ID_TAG) ?? randomUUID();
      const body = {
        experiment_id: request.experimentId,
        name: request.name,
        source_run_id: request.sourceRunId,
        params: pairsOf(request.params),
        tags: pairsOf(new Map([...request.tags, [REQUEST_ID_TAG, mark]])),
        ...(request.modelType === undefined ? {} : { model_type: request.modelType }),
      };
      let first = true;
      return api.once(
        { method: 'POST', route: 'logged-models', body, idempotent: false },
        (json) => loggedModel(map(json['model'], 'model')),
        async () => {
          if (first) {
            first = false;
            return undefined;
          }
          const found = await search([request.experimentId], `name = ${filterText(request.name)}`);
          return found.find((model) => model.tags.get(REQUEST_ID_TAG) === mark);
        },
      );
    },
    async getLoggedModel(modelId) {
      // A text that cannot be an id does not name anything.
      if (!isId(modelId) || !(await hasLoggedModels())) return null;
      const json = await api.find({
        method: 'GET',
        route: `logged-models/${checked(modelId)}`,
        idempotent: true,
      });
      return json && loggedModel(map(json['model'], 'model'));
    },
    async searchLoggedModels(request) {
      if (!(await hasLoggedModels()) || request.experimentIds.length === 0) return [];
      const clauses = [
        ...(request.name === undefined ? [] : [`name = ${filterText(request.name)}`]),
        ...(request.sourceRunId === undefined ? [] : [`source_run_id = ${filterText(request.sourceRunId)}`]),
      ];
      const found = await search(request.experimentIds, clauses.length === 0 ? undefined : clauses.join(' AND '));
      return [...found].sort((a, b) => b.creationTime - a.creationTime);
    },
    async setLoggedModelTags(modelId, tags) {
      for (const [key, value] of tags) checkLoggedModelTag(key, value);
      await api.must({
        method: 'PATCH',
        route: `logged-models/${checked(modelId)}/tags`,
        body: { model_id: modelId, tags: pairsOf(tags) },
        idempotent: true,
      });
    },
    async finalizeLoggedModel(modelId, status) {
      const wire = status === 'READY' ? 'LOGGED_MODEL_READY' : 'LOGGED_MODEL_UPLOAD_FAILED';
      await api.must({
        method: 'PATCH',
        route: `logged-models/${checked(modelId)}`,
        body: { model_id: modelId, status: wire },
        idempotent: true,
      });
    },
    async logModelOutput(runId, modelId, step) {
      if (!(await hasLoggedModels())) return;
      const body = { run_id: runId, models: [{ model_id: modelId, step }] };
      // The server fails at its own unique key if the same output is logged again (seen with 3.17), so it is asked first.
      await api.ensure({ method: 'POST', route: 'runs/outputs', body, idempotent: false }, async () => {
        const json = await api.find({ method: 'GET', route: 'runs/get', query: { run_id: runId }, idempotent: true });
        return json !== null && run(map(json['run'], 'run')).modelOutputs.some((one) => one.modelId === modelId);
      });
    },
    async recordModelOfRun(runId, mlmodelJson) {
      if (await hasLoggedModels()) return;
      // The server appends to a list in a tag of the run, so a repeated call would add the model twice; it is asked first.
      const call = {
        method: 'POST',
        route: 'runs/log-model',
        body: { run_id: runId, model_json: mlmodelJson },
        idempotent: false,
      } as const;
      const { model_uuid: uuid } = JSON.parse(mlmodelJson) as { model_uuid?: string };
      await api.ensure(call, async () => {
        const json = await api.find({ method: 'GET', route: 'runs/get', query: { run_id: runId }, idempotent: true });
        const list = json && run(map(json['run'], 'run')).tags.get(MODEL_HISTORY_TAG);
        return uuid !== undefined && (list ?? '').includes(uuid);
      });
    },
  };
}
