// The packages that the server is built from. The build makes a file of fastify, which only `serve` loads, and of each of the others.
import fastify from 'fastify';

export const httpStack = {
  fastify,
  // Loaded when they are asked for: nothing is counted yet, and most servers have no token and write no access log.
  prometheus: async () => (await import('prom-client')).default,
  bearerAuth: async () => (await import('@fastify/bearer-auth')).default,
  pino: async () => (await import('pino')).default,
};
