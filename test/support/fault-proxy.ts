// An HTTP proxy before a real server that spoils call k, or it and every later one, in a way that networks and gateways do.
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Whether the server carries the call out before its answer is spoilt is part of each fault's name. */
export const FAULTS = [
  'refuse',
  'reset before send',
  'reset after send',
  'stall before send',
  'stall in the answer',
  '429 retry-after 0',
  '429 retry-after absurd',
  '429 retry-after date',
  '500 before send',
  '500 after send',
  '502 html',
  '503',
  '504 after send',
  'truncated json',
  'wrong json',
  '401',
  'cut at 0',
  'cut at 1',
  'cut at half',
  'cut before the last',
  // Of files alone: in JSON one bit makes another answer, which nobody could tell from a true one.
  'bit turned going',
  'bit turned coming',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Whether the fault can befall a call of this kind. */
export const befalls = (fault: Fault, route: string): boolean =>
  fault === 'bit turned going'
    ? /^PUT (?:mlflow-artifacts|s3 object)/.test(route)
    : fault === 'bit turned coming'
      ? /^GET (?:mlflow-artifacts\/artifacts|s3 object)$/.test(route)
      : true;

export interface FaultPlan {
  readonly fault: Fault;
  /** From 1; or the kind of the first call that is spoilt, because calls that go out together may come in any order. */
  readonly call: number | string;
  /** `route`: every later call of the same kind, too; `all`: every later call. */
  readonly lasting: 'once' | 'route' | 'all';
  /** Text that a careless gateway repeats in its error pages. */
  readonly echo?: string;
}

export interface FaultProxy {
  readonly url: string;
  /** `POST runs/create` and so on, as they came. */
  readonly calls: readonly string[];
  /** Calls that were spoilt. */
  readonly hits: readonly string[];
  close(): Promise<void>;
}

/** For how long nothing listens, where the refusal passes. */
const REFUSING_MS = 60;

/** The kind of a call: names and ids of things left out. */
export function routeOf(method: string, url: string): string {
  const asked = new URL(url, 'http://any');
  if (!/^\/(?:(?:ajax-)?api\/|version$|health$)/.test(asked.pathname))
    return `${method} s3 ${asked.searchParams.has('list-type') ? 'list' : 'object'}`;
  const path = asked.pathname
    .replace(/^\/(?:ajax-)?api\/\d\.\d\/(?:mlflow\/)?/, '')
    .replace(/^(mlflow-artifacts\/artifacts).*$/, '$1')
    .replace(/m-[0-9a-f]{32}/, '{id}');
  return `${method} ${path}`;
}

/** One bit in the middle, as a bad memory or a bad line does it. */
function withBitTurned(body: Buffer): Buffer {
  const turned = Buffer.from(body);
  if (turned.length > 0) turned[turned.length >> 1]! ^= 8;
  return turned;
}

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

function bodyOf(message: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => resolve(Buffer.concat(chunks)));
    message.on('error', reject);
  });
}

const json = (status: number, code: string, echo: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(JSON.stringify({ error_code: code, message: `no luck ${echo}` })),
});

const html = (status: number, echo: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: Buffer.from(`<html><head><title>${status}</title></head><body><h1>Bad Gateway</h1>${echo}</body></html>`),
});

export async function openFaultProxy(target: string, plan: FaultPlan | null): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const calls: string[] = [];
  const hits: string[] = [];
  const sockets = new Set<Socket>();
  const echo = plan?.echo ?? '';
  /** The kind of the first call that was spoilt. */
  let route: string | null = null;
  let port = 0;
  let server: Server;
  let closed = false;
  /** Every answer ends its connection there, so that a new call needs a new one, which can be refused. */
  const refuses = plan?.fault === 'refuse';

  const forward = (incoming: IncomingMessage, body: Buffer): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const { hostname, port: to } = new URL(target);
      const outgoing = request(
        {
          hostname,
          port: to,
          method: incoming.method,
          path: incoming.url,
          agent,
          // The name that was asked for stays: S3 signs it.
          headers: { ...incoming.headers, 'content-length': String(body.length), connection: 'keep-alive' },
        },
        (answer) => {
          bodyOf(answer).then((whole) => {
            const { 'transfer-encoding': _, connection: __, ...headers } = answer.headers;
            resolve({ status: answer.statusCode ?? 502, headers, body: whole });
          }, reject);
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });

  function send(response: ServerResponse, reply: Reply): void {
    response.writeHead(reply.status, {
      ...reply.headers,
      'content-length': String(reply.body.length),
      ...(refuses ? { connection: 'close' } : {}),
    });
    response.end(reply.body);
  }

  /** Says that more comes than does, then cuts or falls silent. */
  function sendPart(response: ServerResponse, reply: Reply, bytes: number, after: 'reset' | 'silence'): void {
    response.writeHead(reply.status, { ...reply.headers, 'content-length': String(Math.max(reply.body.length, 1)) });
    response.flushHeaders();
    const part = reply.body.subarray(0, bytes);
    const end = () => after === 'reset' && response.socket?.destroy();
    if (part.length > 0) response.write(part, end);
    else setImmediate(end);
  }

  async function spoil(fault: Fault, incoming: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    switch (fault) {
      case 'refuse':
        throw new Error('a refused call does not arrive');
      case 'reset before send':
        return void response.socket?.resetAndDestroy();
      case 'stall before send':
        return;
      case '429 retry-after 0':
        return send(response, json(429, 'RESOURCE_EXHAUSTED', echo, { 'retry-after': '0' }));
      case '429 retry-after absurd':
        return send(response, json(429, 'RESOURCE_EXHAUSTED', echo, { 'retry-after': '1000000000000' }));
      case '429 retry-after date':
        return send(
          response,
          json(429, 'RESOURCE_EXHAUSTED', echo, { 'retry-after': new Date(Date.now() + 500).toUTCString() }),
        );
      case '500 before send':
        return send(response, json(500, 'INTERNAL_ERROR', echo));
      case '502 html':
        return send(response, html(502, echo));
      case '503':
        return send(response, html(503, echo));
      case '401':
        return send(response, { ...html(401, echo), headers: { 'www-authenticate': 'Basic realm="mlflow"' } });
    }
    if (fault === 'bit turned going') return send(response, await forward(incoming, withBitTurned(body)));
    const reply = await forward(incoming, body);
    switch (fault) {
      case 'bit turned coming':
        // Lists come by the same route; they are left as they are.
        if (/json/.test(String(reply.headers['content-type'])) && reply.headers['content-disposition'] === undefined)
          return send(response, reply);
        return send(response, { ...reply, body: withBitTurned(reply.body) });
      case 'cut at 1':
        return sendPart(response, reply, 1, 'reset');
      case 'cut before the last':
        return sendPart(response, reply, reply.body.length - 1, 'reset');
      case 'reset after send':
        return void response.socket?.resetAndDestroy();
      case '500 after send':
        return send(response, json(500, 'INTERNAL_ERROR', echo));
      case '504 after send':
        return send(response, html(504, echo));
      case 'stall in the answer':
        return sendPart(response, reply, reply.body.length >> 1, 'silence');
      case 'truncated json':
        return send(response, { ...reply, body: reply.body.subarray(0, reply.body.length >> 1) });
      case 'wrong json':
        return send(response, { ...reply, body: Buffer.from('{"unexpected":[1,{"run":null}]}') });
      case 'cut at 0':
        return sendPart(response, reply, 0, 'reset');
      case 'cut at half':
        return sendPart(response, reply, reply.body.length >> 1, 'reset');
    }
  }

  function isSpoilt(call: number, name: string): boolean {
    if (!plan || refuses || !befalls(plan.fault, name)) return false;
    if (route !== null) return plan.lasting === 'all' || (plan.lasting === 'route' && name === route);
    if (plan.call !== call && plan.call !== name) return false;
    route = name;
    return true;
  }

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = routeOf(incoming.method ?? '', incoming.url ?? '');
    calls.push(name);
    const call = calls.length;
    const body = await bodyOf(incoming);
    if (isSpoilt(call, name)) {
      hits.push(name);
      return spoil(plan!.fault, incoming, body, response);
    }
    const reply = await forward(incoming, body);
    if (refuses && call === Number(plan!.call) - 1) await refuse();
    send(response, reply);
  }

  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server = createServer((incoming, response) => {
        answer(incoming, response).catch(() => response.destroy());
      });
      server.on('connection', (socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
      });
      server.on('error', reject);
      server.listen(port, '127.0.0.1', () => {
        port = (server.address() as AddressInfo).port;
        resolve();
      });
    });

  async function refuse(): Promise<void> {
    hits.push('(refused)');
    server.close();
    if (plan!.lasting === 'once') setTimeout(() => !closed && listen().catch(() => {}), REFUSING_MS);
  }

  await listen();
  if (refuses && plan!.call === 1) await refuse();
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    hits,
    async close() {
      closed = true;
      server.close();
      for (const socket of sockets) socket.destroy();
      agent.destroy();
    },
  };
}
