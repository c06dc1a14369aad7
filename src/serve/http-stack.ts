// The packages that the server is built from, as one module: the build makes one file of them, which only `serve` loads.
import bearerAuth from '@fastify/bearer-auth';
import fastify from 'fastify';
import pino from 'pino';
import prometheus from 'prom-client';

export const httpStack = { fastify, bearerAuth, pino, prometheus };
