// Turns a repository's settings into the address that a branch is pushed to, without credentials.

/** `branch` is null if HEAD is detached. */
export function remoteOf(config: string, branch: string | null): { remote: string } | { why: string } {
  const remotes = new Map<string, string>();
  let ofBranch: string | undefined;
  let section: readonly [kind: string, name: string] = ['', ''];
  for (const line of config.split('\n')) {
    const header = /^[ \t]*\[(\w+) "((?:[^"\\]|\\.)*)"\]/.exec(line);
    if (header) section = [header[1]!.toLowerCase(), header[2]!.replace(/\\(.)/g, '$1')];
    else if (/^[ \t]*\[/.test(line)) section = ['', ''];
    const equals = line.indexOf('=');
    if (equals === -1) continue;
    const key = line.slice(0, equals).trim().toLowerCase();
    const value = line.slice(equals + 1).trim();
    const plain = value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
    if (section[0] === 'remote' && key === 'url' && !remotes.has(section[1])) remotes.set(section[1], plain);
    if (section[0] === 'branch' && key === 'remote' && section[1] === branch) ofBranch = plain;
  }
  const only = remotes.size === 1 ? [...remotes.values()][0] : undefined;
  const url = remotes.get(ofBranch ?? 'origin') ?? remotes.get('origin') ?? only;
  if (url === undefined)
    return { why: remotes.size === 0 ? 'no remote is set' : 'several remotes are set, and the branch names none' };
  const remote = withoutCredentials(url);
  return remote === null ? { why: 'the address of the remote has a form that is not known here' } : { remote };
}

/** null: it may be a command (`ext::…`), or something else that may hold a secret. */
function withoutCredentials(url: string): string | null {
  if (/[\0-\x20\x7f]/.test(url) || url.length > 2000) return null;
  if (/^(?:https?|ssh|git|file|ftps?):\/\//i.test(url)) {
    try {
      const parsed = new URL(url);
      // Over ssh the name is the account of the host, such as git@; over HTTP it may be a token.
      if (!/^ssh:$/i.test(parsed.protocol)) parsed.username = '';
      parsed.password = '';
      parsed.search = '';
      parsed.hash = '';
      return parsed.href;
    } catch {
      return null;
    }
  }
  if (url.includes('::') || url.includes('://')) return null;
  // host:path as scp takes it, or a folder
  return /^(?:[\w.-]+@)?[\w.[\]-]+:[^:@]+$/.test(url) || /^(?:[./~]|[A-Za-z]:[\\/])[^@]*$/.test(url) ? url : null;
}
