// The packages that the server is built from, as one module: the build makes one file of them, which only `serve` loads.
import fastify from 'fastify';
import prometheus from 'prom-client';

export const httpStack = {
  fastify,
  prometheus,
  // Loaded when they are asked for: most servers have no token and write no access log.
  bearerAuth: async () => (await import('@fastify/bearer-auth')).default,
  pino: async () => (await import('pino')).default,
};
