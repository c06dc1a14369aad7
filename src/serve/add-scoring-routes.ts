// The routes of MLflow's scoring protocol.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerStrictly } from '../scoring/answer-strictly.js';
import type { ScoringAnswer } from '../scoring/types.js';
import { saying } from './say-error.js';
import { sendBody } from './send-body.js';
import type { ServedModel, ServedVersion, ServerState } from './types.js';
import { whileConnected } from './while-connected.js';

const NO_BODY = Buffer.alloc(0);
const PREDICTION = { config: { isPrediction: true } } as const;

export function addScoringRoutes(app: FastifyInstance, state: ServerState): void {
  app.post('/invocations', PREDICTION, (request, reply) => {
    const [only, ...others] = state.models.values();
    if (only !== undefined && others.length === 0) return score(state, only, request, reply);
    const names = [...state.models.keys()].map((name) => `/invocations/${encodeURIComponent(name)}`).join(', ');
    return reply
      .code(404)
      .send(saying(request, 'RESOURCE_DOES_NOT_EXIST', `this server has several models: post to one of ${names}`));
  });
  app.post<{ Params: { name: string } }>('/invocations/:name', PREDICTION, (request, reply) => {
    const model = state.models.get(request.params.name);
    if (model !== undefined) return score(state, model, request, reply);
    return reply.code(404).send(saying(request, 'RESOURCE_DOES_NOT_EXIST', 'this server has no model of this name'));
  });
}

function score(
  state: ServerState,
  model: ServedModel,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  return model.pin(async (version) => {
    const answer = await answerOf(state.options, whileConnected(version, reply), request);
    const { status, rows, refused } = answer;
    request.outcome = { model: model.name, version: version.facts.version, rows, refused };
    sendBody(state, reply, status, answer.contentType, answer.body);
    return reply;
  });
}

function answerOf(
  { schema, errorDetail }: ServerState['options'],
  version: ServedVersion,
  { declaredType, body }: FastifyRequest,
): Promise<ScoringAnswer> {
  const bytes = (body as Buffer | undefined) ?? NO_BODY;
  return schema === 'strict'
    ? answerStrictly(declaredType, bytes, version, errorDetail)
    : answerLikeMlflow(declaredType, bytes, version, errorDetail);
}

/** Loads what only this mode needs. */
const answerLikeMlflow: typeof answerStrictly = async (...given) => {
  const { answerAsMlflow } = await import('../scoring/answer-as-mlflow.js');
  return answerAsMlflow(...given);
};
