// Keep-alive agents for one server: certificates, and the tunnel through a proxy for https.
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { proxyAuthorization } from './connect.js';

export interface TlsFiles {
  readonly insecure: boolean;
  readonly ca: string | null;
  readonly clientCert: string | null;
}

export interface Agents {
  of(url: URL, proxy: URL | null): HttpAgent | HttpsAgent;
  close(): void;
}

/** CONNECT host:port through the proxy, then TLS to the server inside. */
function tunnel(proxy: URL, tls: object): HttpsAgent {
  const agent = new HttpsAgent({ keepAlive: true, ...tls });
  const createConnection = (
    options: { host: string; port: number; servername?: string },
    done: (error: Error | null, socket?: Socket) => void,
  ) => {
    const authority = `${options.host}:${options.port}`;
    const asked = httpRequest({
      host: proxy.hostname,
      port: proxy.port || 80,
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...proxyAuthorization(proxy) },
    });
    asked.on('connect', (answer, socket) => {
      if (answer.statusCode !== 200) {
        socket.destroy();
        const needsSignIn = answer.statusCode === 407;
        done(
          Object.assign(new Error(`the proxy answered ${answer.statusCode} to CONNECT`), {
            code: needsSignIn ? 'ERR_PROXY_SIGN_IN' : 'ERR_PROXY',
          }),
        );
        return;
      }
      done(null, tlsConnect({ ...tls, socket, servername: options.servername ?? options.host }));
    });
    asked.on('error', (error) => done(error));
    asked.end();
  };
  Object.assign(agent, { createConnection });
  return agent;
}

export function openAgents(files: TlsFiles): Agents {
  const tls = {
    ...(files.insecure ? { rejectUnauthorized: false } : {}),
    ...(files.ca === null ? {} : { ca: files.ca }),
    ...(files.clientCert === null ? {} : { cert: files.clientCert, key: files.clientCert }),
  };
  const made = new Map<string, HttpAgent | HttpsAgent>();
  return {
    of(url, proxy) {
      const key = `${url.protocol} ${proxy?.href ?? ''}`;
      const known = made.get(key);
      if (known) return known;
      const agent =
        url.protocol === 'http:'
          ? new HttpAgent({ keepAlive: true })
          : proxy
            ? tunnel(proxy, tls)
            : new HttpsAgent({ keepAlive: true, ...tls });
      made.set(key, agent);
      return agent;
    },
    close() {
      for (const agent of made.values()) agent.destroy();
    },
  };
}
