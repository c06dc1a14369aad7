// The hook of a deployment: looks at every stage and alias now.
import type { FastifyInstance } from 'fastify';
import { MlctlError } from '../errors/error.js';
import { isSignedByMlflow } from './is-signed-by-mlflow.js';
import { saying } from './say-error.js';
import type { ServedModel, ServerState } from './types.js';

const MOST_BYTES = 65_536;

export function addReloadRoute(app: FastifyInstance, state: ServerState): void {
  const { webhookSecret } = state.options;
  const how = { bodyLimit: MOST_BYTES, config: { takesWebhook: true } } as const;
  app.post('/-/reload', how, async (request, reply) => {
    const body = (request.body as Buffer | undefined) ?? Buffer.alloc(0);
    const isWebhook = 'x-mlflow-signature' in request.headers;
    if (isWebhook && (webhookSecret === null || !isSignedByMlflow(request.headers, body, webhookSecret, state.now())))
      return reply
        .code(401)
        .send(
          saying(request, 'UNAUTHENTICATED', 'the signature of the webhook does not match its body, or is too old'),
        );
    const models = await Promise.all([...state.models.values()].map(reloaded));
    return reply.code(models.some(({ refused }) => refused !== null) ? 409 : 200).send({ models });
  });
}

/** `refused`: the code of the error; its message is on stderr, because it may name files and hosts. */
async function reloaded(model: ServedModel) {
  let changed = false;
  let refused: string | null = null;
  try {
    changed = model.facts !== null && (await model.reload());
  } catch (error) {
    refused = error instanceof MlctlError ? error.code : 'BUG';
  }
  return { name: model.name, version: model.facts?.version ?? null, changed, refused };
}
