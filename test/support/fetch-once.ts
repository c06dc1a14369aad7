// A request over a connection of its own. Python's servers close one that was idle for 5 s, which a test that waits for a command does
// not see, so that its next request over it fails.

export function fetchOnce(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), connection: 'close' } });
}
