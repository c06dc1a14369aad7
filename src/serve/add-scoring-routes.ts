// The routes of MLflow's scoring protocol.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerStrictly } from '../scoring/answer-strictly.js';
import { saying } from './say-error.js';
import type { ServedModel, ServerState } from './types.js';

const NO_BODY = Buffer.alloc(0);

export function addScoringRoutes(app: FastifyInstance, state: ServerState): void {
  app.post('/invocations', async (request, reply) => {
    const [only, ...others] = state.models.values();
    if (only !== undefined && others.length === 0) return score(state, only, request, reply);
    const names = [...state.models.keys()].map((name) => `/invocations/${encodeURIComponent(name)}`).join(', ');
    return reply
      .code(404)
      .send(saying(request, 'RESOURCE_DOES_NOT_EXIST', `this server has several models: post to one of ${names}`));
  });
  app.post<{ Params: { name: string } }>('/invocations/:name', async (request, reply) => {
    const model = state.models.get(request.params.name);
    if (model !== undefined) return score(state, model, request, reply);
    return reply.code(404).send(saying(request, 'RESOURCE_DOES_NOT_EXIST', 'this server has no model of this name'));
  });
}

async function score(
  { options }: ServerState,
  model: ServedModel,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const body = (request.body as Buffer | undefined) ?? NO_BODY;
  return model.pin(async (version) => {
    const { declaredType } = request;
    const answer =
      options.schema === 'strict'
        ? await answerStrictly(declaredType, body, version, options.errorDetail)
        : await (await import('../scoring/answer-as-mlflow.js')).answerAsMlflow(
            declaredType,
            body,
            version,
            options.errorDetail,
          );
    return reply.code(answer.status).header('content-type', answer.contentType).send(bytesOf(answer.body));
  });
}

/** fastify adds a charset to the type of a text. */
const bytesOf = (body: string | Uint8Array): Uint8Array => (typeof body === 'string' ? Buffer.from(body) : body);
