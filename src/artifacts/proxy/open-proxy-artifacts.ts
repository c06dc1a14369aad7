// Turns `mlflow-artifacts:` locations into an artifact store: files that travel through the tracking server.
import type { Server } from '../../mlflow-server/open-server.js';
import { refusalIn } from '../../mlflow-server/refusal-in.js';
import { printable } from '../../text/printable.js';
import { redactUri } from '../../text/redact.js';
import type { World } from '../../world.js';
import type { ArtifactStore } from '../store.js';
import { listProxy } from './list-proxy.js';
import { notServing, openProxyRoot } from './proxy-root.js';
import { readProxy } from './read-proxy.js';
import { writeProxy } from './write-proxy.js';

export function openProxyArtifacts(world: World, server: Server, location: string): ArtifactStore {
  const root = openProxyRoot(world, server, location);
  return {
    scheme: 'mlflow-artifacts',
    uri: redactUri(location),
    localRoot: null,
    list: (path) => listProxy(root, path),
    read: (path, options) => readProxy(root, path, options?.offset ?? 0),
    write: (path, source, sent = () => {}) => writeProxy(root, path, source, sent),
    async remove(path) {
      const request = { method: 'DELETE', url: root.urlOf(path), idempotent: true, lasting: notServing } as const;
      const response = await server.http.send(request);
      const what = `remove ${printable(path, 120)}`;
      const refusal = refusalIn(what, response);
      if (refusal !== null && response.status !== 404) throw root.refused(what, refusal);
    },
  };
}
