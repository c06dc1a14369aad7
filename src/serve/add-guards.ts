// Turns settings into what every request must pass: its host and its token before its body is read, and room for it before it is answered.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuseBusy } from './overload/refuse-busy.js';
import { refuseEarly } from './overload/refuse-early.js';
import { recordAnswer } from './record-answer.js';
import { saying } from './say-error.js';
import type { ServerState } from './types.js';

type Stack = typeof import('./http-stack.js').httpStack;

export async function addGuards(app: FastifyInstance, state: ServerState, stack: Stack): Promise<void> {
  const { token, hosts } = state.options;
  if (hosts !== null)
    app.addHook('onRequest', (request, reply, done) => {
      const { host, origin } = request.headers;
      if (hosts.has(hostName(host ?? '')) && (origin === undefined || hosts.has(hostOfOrigin(origin)))) done();
      else void reply.code(403).send(saying(request, 'PERMISSION_DENIED', 'this server does not answer for this host'));
    });
  if (token !== null) await addToken(app, state, stack, token);
  // Once the body is there, so that clients who send it slowly keep nobody out.
  app.addHook('preValidation', (request, reply, done) => admit(state, request, reply, done));
  refuseEarly(app, state);
}

function admit(state: ServerState, request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (!request.routeOptions.config.isPrediction) {
    done();
    return;
  }
  const entered = state.admission.enter();
  if (entered === null) {
    reply.hijack();
    refuseBusy(state, request.raw, reply.raw);
    recordAnswer(state, request, 503);
    return;
  }
  // However it ends, also if the client goes away.
  reply.raw.once('close', () => state.admission.leave(entered));
  done();
}

/** `Host: name:port`, `[::1]:port`. */
function hostName(host: string): string {
  return host.replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase();
}

function hostOfOrigin(origin: string): string {
  return hostName(origin.replace(/^https?:\/\//i, ''));
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

async function addToken(app: FastifyInstance, state: ServerState, stack: Stack, token: string): Promise<void> {
  const expected = digestOf(token);
  await app.register(await stack.bearerAuth(), {
    keys: new Set<string>(),
    addHook: false,
    specCompliance: 'rfc6749',
    // Digests have one length, so that the comparison says nothing of the token's own.
    auth: (key: string) => timingSafeEqual(digestOf(key), expected),
  });
  const verify = app.verifyBearerAuth!;
  app.addHook('onRequest', (request, reply, done) => {
    // The signature stands in for the token, and is checked once the body is there.
    if (isSignedWebhook(state, request)) return done();
    verify(request, reply, (error?: Error) => {
      if (error === undefined) return done();
      const said = saying(request, 'UNAUTHENTICATED', 'this server needs its token: Authorization: Bearer TOKEN');
      void reply.code(401).header('www-authenticate', 'Bearer').send(said);
    });
  });
}

const isSignedWebhook = ({ options }: ServerState, { headers, routeOptions }: FastifyRequest): boolean =>
  options.webhookSecret !== null && routeOptions.config.takesWebhook === true && 'x-mlflow-signature' in headers;
