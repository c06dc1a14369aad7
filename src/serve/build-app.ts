// Turns the served models into an HTTP application: limits, guards and routes.
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { addHealthRoutes } from './add-health-routes.js';
import { addScoringRoutes } from './add-scoring-routes.js';
import { sayError } from './say-error.js';
import { sayNotFound } from './say-not-found.js';
import type { ServerState } from './types.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The Content-Type as it was sent; null if there was none. */
    declaredType: string | null;
  }
}

/** Times in ms: a client that sends its headers or its body slower than this is cut off. */
const LIMITS = {
  headers: 10_000,
  request: 30_000,
  keepAlive: 75_000,
  checkEvery: 1000,
  sockets: 4096,
  headerBytes: 16_384,
};

/** The one caster judges what was sent, and the routes write their own replies: no schema is compiled, which would take 20 ms. */
const NO_COMPILERS = {
  compilersFactory: { buildValidator: () => () => () => true, buildSerializer: () => () => JSON.stringify },
} as unknown as NonNullable<FastifyServerOptions['schemaController']>;

export async function buildApp(state: ServerState): Promise<FastifyInstance> {
  const { httpStack } = await import('./http-stack.js');
  const app = httpStack.fastify({
    logger: false,
    bodyLimit: state.options.maxBodyBytes,
    requestTimeout: LIMITS.request,
    keepAliveTimeout: LIMITS.keepAlive,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 1024 },
    http: {
      maxHeaderSize: LIMITS.headerBytes,
      headersTimeout: LIMITS.headers,
      connectionsCheckingInterval: LIMITS.checkEvery,
    },
    schemaController: NO_COMPILERS,
  });
  app.server.maxConnections = LIMITS.sockets;
  app.decorateRequest('declaredType', null);
  // Every body arrives as bytes: the header is judged by the protocol of the route, and not by the framework.
  app.addHook('onRequest', (request, _reply, done) => {
    request.declaredType = request.headers['content-type'] ?? null;
    delete request.headers['content-type'];
    done();
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => sayError(state, error, request, reply));
  app.setNotFoundHandler(sayNotFound);
  addHealthRoutes(app, state);
  addScoringRoutes(app, state);
  return app;
}
