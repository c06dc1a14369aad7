// What the tries of one client share: how it was opened, its sockets, and how many retries it still has.
import type { RetrySettings } from '../settings/retry-settings.js';
import type { World } from '../world.js';
import type { Agents, TlsFiles } from './open-agents.js';
import type { Advice } from './unreachable.js';

export interface HttpOptions {
  readonly retry: RetrySettings;
  readonly tls: TlsFiles;
  readonly userAgent: string;
  /** Sign-in and the like: they go to the server that was asked, also over https, but never to a server it points at. */
  readonly headers: Readonly<Record<string, string>>;
  /** Why redirects are not followed; null if those within the server are. */
  readonly refusesRedirects: string | null;
  readonly advice: Advice;
}

export interface Line {
  readonly world: World;
  readonly options: HttpOptions;
  readonly agents: Agents;
  /** Retries left until calls succeed again. */
  quota: number;
  /** Whether the server has answered this client yet. */
  answered: boolean;
}
