// The routes of the Open Inference Protocol v2, and of its repository extension.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { VERSION } from '../../version.js';
import { sendBody } from '../send-body.js';
import type { ServedModel, ServerState } from '../types.js';
import { whileConnected } from '../while-connected.js';
import { answerInfer } from './answer-infer.js';
import { describeModel } from './describe-model.js';

interface Named {
  readonly Params: { readonly model: string; readonly version?: string };
}

const PREDICTION = { config: { isPrediction: true } } as const;
const NO_BODY = Buffer.alloc(0);

export function addV2Routes(app: FastifyInstance, state: ServerState): void {
  // The protocol's text names the first, its OpenAPI document the second.
  for (const path of ['/v2', '/v2/'])
    app.get(path, (_request, reply) =>
      reply.send({ name: 'mlctl', version: VERSION, extensions: ['model_repository'] }),
    );
  app.get('/v2/health/live', (_request, reply) => reply.send({ live: true }));
  app.get('/v2/health/ready', (_request, reply) => {
    const ready = !state.isDraining && [...state.models.values()].every(({ facts }) => facts !== null);
    return reply.code(ready ? 200 : 503).send({ ready });
  });
  for (const path of ['/v2/models/:model', '/v2/models/:model/versions/:version']) {
    app.get<Named>(path, async (request, reply) =>
      withModel(state, request, reply, async (model) =>
        model.pin(async (version) => reply.send(describeModel(model, version))),
      ),
    );
    app.get<Named>(`${path}/ready`, async (request, reply) =>
      withModel(state, request, reply, async ({ name }) =>
        reply.code(state.isDraining ? 503 : 200).send({ name, ready: !state.isDraining }),
      ),
    );
    app.post<Named>(`${path}/infer`, PREDICTION, async (request, reply) =>
      withModel(state, request, reply, (model) => infer(state, model, request, reply)),
    );
  }
  addRepository(app, state);
}

async function withModel(
  { models }: ServerState,
  { params: { model: name, version } }: FastifyRequest<Named>,
  reply: FastifyReply,
  work: (model: ServedModel) => Promise<unknown>,
): Promise<unknown> {
  const model = models.get(name);
  if (model === undefined) return reply.code(404).send({ error: 'this server has no model of this name' });
  if (model.facts === null) return reply.code(503).send({ error: 'the model was unloaded' });
  if (version !== undefined && version !== String(model.facts.version))
    return reply.code(404).send({ error: 'this version does not answer now' });
  return work(model);
}

async function infer(
  state: ServerState,
  model: ServedModel,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  // What follows the JSON would be read as part of it.
  if ('inference-header-content-length' in request.headers)
    return reply.code(400).send({ error: 'values in binary form are not read: send them as JSON' });
  const { schema, errorDetail } = state.options;
  return model.pin(async (version) => {
    const answer = await answerInfer((request.body as Buffer | undefined) ?? NO_BODY, whileConnected(version, reply), {
      model: model.name,
      schema,
      errorDetail,
    });
    request.outcome = { model: model.name, version: version.facts.version, rows: answer.rows, refused: answer.refused };
    sendBody(state, reply, answer.status, 'application/json', answer.body);
    return reply;
  });
}

function addRepository(app: FastifyInstance, state: ServerState): void {
  app.post('/v2/repository/index', async (request, reply) => {
    const isOnlyReady = asksForReady((request.body as Buffer | undefined) ?? NO_BODY);
    return reply.send(
      [...state.models.values()]
        .filter(({ facts }) => facts !== null || !isOnlyReady)
        .map(({ name, facts }) => ({
          name,
          version: String(facts?.version ?? ''),
          state: facts === null ? 'UNAVAILABLE' : 'READY',
          reason: facts === null ? 'unloaded' : '',
        })),
    );
  });
  for (const verb of ['load', 'unload'] as const)
    app.post<Named>(`/v2/repository/models/:model/${verb}`, async (request, reply) => {
      if (!state.options.allowLoad)
        return reply.code(403).send({ error: 'this server does not let clients load and unload models' });
      const model = state.models.get(request.params.model);
      if (model === undefined) return reply.code(404).send({ error: 'this server has no model of this name' });
      await (verb === 'load' ? model.reload() : model.unload());
      return reply.send({});
    });
}

/** `{"ready":true}`: only the models that answer. Whatever else is sent, all are listed. */
function asksForReady(body: Buffer): boolean {
  try {
    return JSON.parse(body.toString())?.ready === true;
  } catch {
    return false;
  }
}
