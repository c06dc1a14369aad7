// Turns a running server into a verdict: each model is asked over HTTP for its input example, as a client would ask.
import { request as askHttp } from 'node:http';
import { request as askHttps } from 'node:https';
import type { ServeRequest } from './serve-request.js';
import type { ServedModel } from './types.js';

interface ServerCheck {
  readonly name: string;
  readonly status: 'pass' | 'fail' | 'skip';
  readonly message: string;
}

const PATIENCE_MS = 30_000;

interface Checked {
  readonly url: string;
  readonly models: readonly ServedModel[];
}

export async function checkServer({ url, models }: Checked, request: ServeRequest): Promise<ServerCheck[]> {
  const ask = (path: string, body?: string) => askServer(`${url}${path}`, request, body);
  const ready = await ask('/v2/health/ready');
  const checks: ServerCheck[] = [
    { name: 'ready', status: ready.status === 200 ? 'pass' : 'fail', message: `ready answers ${ready.status}` },
  ];
  for (const model of models) checks.push(await checkModel(model, ask));
  return checks;
}

async function checkModel(
  model: ServedModel,
  ask: (path: string, body: string) => Promise<Reply>,
): Promise<ServerCheck> {
  const { name } = model;
  const body = await model.pin(async (version) => version.example);
  if (body === null) return { name, status: 'skip', message: 'the model was logged without an input example' };
  const { status, text } = await ask(`/invocations/${encodeURIComponent(name)}`, body);
  return status === 200
    ? { name, status: 'pass', message: 'answered its input example' }
    : { name, status: 'fail', message: `answered its input example with ${status}: ${text.slice(0, 300)}` };
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

function askServer(url: string, { token, tls }: ServeRequest, body?: string): Promise<Reply> {
  const headers = {
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const how = {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    timeout: PATIENCE_MS,
    agent: false,
    // The certificate may be for a name that does not lead here; the server is this process.
    ...(tls === null ? {} : { ca: tls.cert, checkServerIdentity: () => undefined }),
  };
  return new Promise((resolve, reject) => {
    const asked = (tls === null ? askHttp : askHttps)(url, how, (response) => {
      const chunks: Uint8Array[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', reject);
    asked.end(body);
  });
}
