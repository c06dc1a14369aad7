// Turns the served models into an HTTP application: limits, guards, what is counted and logged, and routes.
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { addBodies } from './add-bodies.js';
import { addGuards } from './add-guards.js';
import { addHealthRoutes } from './add-health-routes.js';
import { addReloadRoute } from './add-reload-route.js';
import { addScoringRoutes } from './add-scoring-routes.js';
import { addRecords } from './record-answer.js';
import { sayError } from './say-error.js';
import { sayNotFound } from './say-not-found.js';
import type { ServerState } from './types.js';
import { addV2Routes } from './v2/add-v2-routes.js';

/** A client that sends its headers or its body slower than this, in ms, is cut off. */
const LIMITS = {
  headers: 10_000,
  request: 30_000,
  keepAlive: 75_000,
  checkEvery: 1000,
  sockets: 4096,
  headerBytes: 16_384,
  nameLength: 1024,
};

/** The one caster judges what was sent, and the routes write their own replies: no schema is compiled, which would take 20 ms. */
const NO_COMPILERS = {
  compilersFactory: { buildValidator: () => () => () => true, buildSerializer: () => () => JSON.stringify },
} as unknown as NonNullable<FastifyServerOptions['schemaController']>;

type Stack = typeof import('./http-stack.js').httpStack;

export async function buildApp(state: ServerState, stack: Stack): Promise<FastifyInstance> {
  const { tls } = state.options;
  const app = stack.fastify({
    logger: false,
    bodyLimit: state.options.maxBodyBytes,
    requestTimeout: LIMITS.request,
    keepAliveTimeout: LIMITS.keepAlive,
    forceCloseConnections: 'idle',
    // Whoever got a connection before the server stopped listening gets an answer.
    return503OnClosing: false,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: LIMITS.nameLength },
    http: {
      maxHeaderSize: LIMITS.headerBytes,
      headersTimeout: LIMITS.headers,
      connectionsCheckingInterval: LIMITS.checkEvery,
    },
    ...(tls === null ? {} : { https: { ...tls, minVersion: 'TLSv1.2', headersTimeout: LIMITS.headers } }),
    schemaController: NO_COMPILERS,
  } as FastifyServerOptions) as FastifyInstance;
  app.server.maxConnections = LIMITS.sockets;
  app.decorateRequest('declaredType', null);
  addRecords(app, state);
  await addGuards(app, state, stack);
  addBodies(app, state);
  app.setErrorHandler((error, request, reply) => sayError(state, error, request, reply));
  app.setNotFoundHandler(sayNotFound);
  addHealthRoutes(app, state);
  addScoringRoutes(app, state);
  addV2Routes(app, state);
  addReloadRoute(app, state);
  return app;
}
