// Keep-alive agents for one server: certificates, and the tunnel through a proxy for https.
import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import type { AddressRule } from './addresses.js';
import { boundAnswers, MOST_HEADER_BYTES } from './bound-answers.js';
import { proxyAuthorization } from './proxy.js';

export interface TlsFiles {
  readonly insecure: boolean;
  readonly ca: string | readonly string[] | null;
  readonly clientCert: string | null;
  /** How host names are resolved for direct connections; as the system does if left out. */
  readonly lookup?: AddressRule['lookup'];
}

export interface Agents {
  of(url: URL, proxy: URL | null): HttpAgent | HttpsAgent;
  close(): void;
}

type Done = (error: Error | null, socket?: Socket) => void;

/** CONNECT host:port through the proxy, then TLS to the server inside. */
function tunnel(proxy: URL, tls: object, timeoutMs: number, asking: Set<ClientRequest>): HttpsAgent {
  const agent = new HttpsAgent({ keepAlive: true, ...tls });
  const createConnection = (options: { host: string; port: number; servername?: string }, done: Done) => {
    const authority = `${options.host.includes(':') ? `[${options.host}]` : options.host}:${options.port}`;
    const secure = proxy.protocol === 'https:';
    const asked = (secure ? httpsRequest : httpRequest)({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (secure ? 443 : 80),
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...proxyAuthorization(proxy) },
      timeout: timeoutMs,
      maxHeaderSize: MOST_HEADER_BYTES,
      agent: false,
    });
    asking.add(asked);
    let told = false;
    const tell: Done = (error, socket) => {
      if (!told) done(error, socket);
      told = true;
    };
    const failed = (message: string, code: string) => tell(Object.assign(new Error(message), { code }));
    asked.on('close', () => asking.delete(asked));
    asked.on('timeout', () => asked.destroy(Object.assign(new Error('the proxy is silent'), { code: 'ETIMEDOUT' })));
    asked.on('connect', (answer, socket) => {
      if (answer.statusCode !== 200) {
        socket.destroy();
        failed(
          `the proxy answered ${answer.statusCode} to CONNECT`,
          answer.statusCode === 407 ? 'ERR_PROXY_SIGN_IN' : 'ERR_PROXY',
        );
        return;
      }
      socket.setTimeout(0);
      // The certificate is checked against `host` if the server is an address, because then no name is sent.
      tell(null, tlsConnect({ ...tls, socket, host: options.host, servername: options.servername ?? '' }));
    });
    asked.on('response', (answer) => {
      answer.destroy();
      failed(
        `the proxy answered ${answer.statusCode} to CONNECT`,
        answer.statusCode === 407 ? 'ERR_PROXY_SIGN_IN' : 'ERR_PROXY',
      );
    });
    asked.on('error', (error) => tell(error));
    // After an answer or an error this has no effect.
    asked.on('close', () => failed('the proxy closed the connection without an answer', 'ECONNRESET'));
    asked.end();
  };
  Object.assign(agent, { createConnection });
  return agent;
}

export function openAgents(files: TlsFiles, timeoutMs: number): Agents {
  const tls = {
    ...(files.insecure ? { rejectUnauthorized: false } : {}),
    ...(files.ca === null ? {} : { ca: typeof files.ca === 'string' ? files.ca : [...files.ca] }),
    ...(files.clientCert === null ? {} : { cert: files.clientCert, key: files.clientCert }),
  };
  // The setting decides about the proxy's own address. Behind it, the proxy resolves names.
  const direct = files.lookup ? { lookup: files.lookup } : {};
  const made = new Map<string, HttpAgent | HttpsAgent>();
  const asking = new Set<ClientRequest>();
  return {
    of(url, proxy) {
      const key = `${url.protocol} ${proxy?.href ?? ''}`;
      const known = made.get(key);
      if (known) return known;
      // A plain request to a proxy that is itself reached by TLS: the certificates of the tracking server do not apply to it.
      const agent =
        url.protocol === 'http:'
          ? proxy?.protocol === 'https:'
            ? new HttpsAgent({ keepAlive: true })
            : new HttpAgent({ keepAlive: true, ...(proxy ? {} : direct) })
          : proxy
            ? tunnel(proxy, tls, timeoutMs, asking)
            : new HttpsAgent({ keepAlive: true, ...tls, ...direct });
      made.set(key, boundAnswers(agent));
      return agent;
    },
    close() {
      for (const request of asking) request.destroy();
      for (const agent of made.values()) agent.destroy();
    },
  };
}
