// Small servers with faults for doctor: a forwarder before a real S3 server, and a tracking server with an artifact proxy.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, request, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { scratch } from '../support/paths.js';

export interface SmallServer {
  readonly url: string;
  /** `METHOD path` of every request. */
  readonly seen: string[];
  close(): void;
}

/** Answers it itself, and says so by true. */
export type Fault = (incoming: IncomingMessage, answer: ServerResponse) => boolean;

export interface Certificate {
  readonly file: string;
  readonly key: string;
}

export function selfSigned(): Certificate {
  const folder = scratch('mlctl-tls-');
  const certificate = { file: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const made = spawnSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
      ...['-keyout', certificate.key, '-out', certificate.file],
    ],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  return certificate;
}

async function listening(listener: RequestListener, tls?: Certificate): Promise<SmallServer> {
  const seen: string[] = [];
  const counted: RequestListener = (incoming, answer) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    listener(incoming, answer);
  };
  const server = tls
    ? createTlsServer({ cert: readFileSync(tls.file), key: readFileSync(tls.key) }, counted)
    : createServer(counted);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    seen,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Hands everything on to `target`, Host header and all (it is signed), but what `fault` answers. */
export function forwardTo(target: string, fault: Fault = () => false, tls?: Certificate): Promise<SmallServer> {
  const { hostname, port } = new URL(target);
  return listening((incoming, answer) => {
    if (fault(incoming, answer)) return;
    const { method, url: path, headers } = incoming;
    const onward = request({ hostname, port, method, path, headers }, (inner) => {
      answer.writeHead(inner.statusCode ?? 502, inner.headers);
      inner.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  }, tls);
}

export function refuse(incoming: IncomingMessage, answer: ServerResponse, status: number, body = ''): true {
  incoming.resume();
  answer.writeHead(status, { 'content-length': Buffer.byteLength(body) });
  answer.end(body);
  return true;
}

/**
 * A tracking server of one experiment, whose artifacts lie at `location`; files below its proxy are kept in memory. With
 * `parts` it takes large files in parts, as one before S3 does; without, it has no such routes, as one before a disk.
 */
export function trackingServer(
  location: string,
  fault: Fault = () => false,
  { parts: takesParts = false } = {},
): Promise<SmallServer> {
  const files = new Map<string, Buffer>();
  const parts = new Map<string, Buffer>();
  const uploads = '/api/2.0/mlflow-artifacts/mpu';
  const proxy = '/api/2.0/mlflow-artifacts/artifacts';
  return listening((incoming, answer) => {
    if (fault(incoming, answer)) return;
    const url = new URL(incoming.url ?? '/', 'http://x');
    const json = (value: unknown) => {
      answer.writeHead(200, { 'content-type': 'application/json' });
      answer.end(JSON.stringify(value));
    };
    const path = decodeURIComponent(url.pathname.slice(proxy.length + 1));
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      if (url.pathname === '/version') return void answer.end('3.17.2');
      if (takesParts && url.pathname.endsWith('/server-info')) return json({ multipart_uploads_enabled: true });
      if (takesParts && url.pathname.startsWith('/storage/')) {
        parts.set(url.pathname, Buffer.concat(chunks));
        return void answer.writeHead(200, { etag: `"${url.pathname}"` }).end();
      }
      if (takesParts && url.pathname.startsWith(`${uploads}/`)) {
        const [, action, folder = ''] =
          decodeURIComponent(url.pathname.slice(uploads.length)).match(/^.(\w+).(.*)$/) ?? [];
        const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
        if (action === 'complete') files.set(`${folder}/${body.path}`, Buffer.concat([...parts.values()]));
        const credentials = Array.from({ length: body.num_parts ?? 0 }, (_, index) => ({
          url: `http://${incoming.headers.host}/storage/${index + 1}`,
          part_number: index + 1,
          headers: {},
        }));
        return json({ upload_id: 'u', credentials });
      }
      if (url.pathname.endsWith('/experiments/search')) return json({ experiments: [] });
      if (url.pathname.endsWith('/experiments/get')) {
        const experiment = {
          experiment_id: '0',
          name: 'Default',
          artifact_location: location,
          lifecycle_stage: 'active',
        };
        return json({ experiment });
      }
      if (url.pathname === proxy) {
        const folder = url.searchParams.get('path') ?? '';
        const inside = [...files].filter(([name]) => name.startsWith(`${folder}/`));
        return json({
          files: inside.map(([name, bytes]) => ({
            path: name.slice(folder.length + 1),
            is_dir: false,
            file_size: bytes.length,
          })),
        });
      }
      if (!url.pathname.startsWith(proxy)) return void refuse(incoming, answer, 404);
      if (incoming.method === 'PUT') files.set(path, Buffer.concat(chunks));
      if (incoming.method === 'DELETE')
        for (const name of files.keys()) if (name === path || name.startsWith(`${path}/`)) files.delete(name);
      if (incoming.method !== 'GET') return json({});
      const bytes = files.get(path);
      if (bytes === undefined) return void refuse(incoming, answer, 404);
      answer.end(bytes);
    });
  });
}
