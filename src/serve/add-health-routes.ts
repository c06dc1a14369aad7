// The routes that say whether the server can answer, which protocol it speaks, and what it did.
import type { FastifyInstance } from 'fastify';
import { TESTED_MLFLOW } from '../version.js';
import { describeApi } from './describe-api.js';
import type { ServedModel, ServerState } from './types.js';

/** The MLflow whose scoring protocol this is. */
const MLFLOW_VERSION = TESTED_MLFLOW[1];

export function addHealthRoutes(app: FastifyInstance, state: ServerState): void {
  const { metrics } = state;
  for (const url of ['/ping', '/health'])
    app.get(url, (_request, reply) => {
      void reply.code(state.isDraining ? 503 : 200).header('content-type', 'application/json');
      // MLflow's own server answers an empty line.
      return reply.send(Buffer.from(state.options.schema === 'mlflow' ? '\n' : JSON.stringify(healthOf(state))));
    });
  app.get('/version', (_request, reply) =>
    reply.header('content-type', 'application/json').send(Buffer.from(MLFLOW_VERSION)),
  );
  if (metrics !== null)
    app.get('/metrics', async (_request, reply) => {
      const { contentType, text } = await metrics.read();
      return reply.header('content-type', contentType).send(Buffer.from(text));
    });
  app.get('/openapi.json', async (_request, reply) => reply.send(await describeApi(state)));
}

function healthOf({ isDraining, models }: ServerState) {
  const listed = [...models.values()].map(modelHealth);
  const isBehind = listed.some(({ refused }) => refused !== null);
  return { status: isDraining ? 'stopping' : isBehind ? 'behind' : 'ok', models: listed };
}

/** `refused`: why the version that the stage or alias points to does not answer, as an error code; messages may name places. */
function modelHealth({ name, facts, refusal }: ServedModel) {
  return {
    name,
    version: facts?.version ?? null,
    digest: facts?.digest.package ?? null,
    refused: refusal?.code ?? null,
  };
}
