// Which proxy a request goes through, by HTTP_PROXY, HTTPS_PROXY and NO_PROXY as curl and Python read them.
import type { World } from '../world.js';

function matches(host: string, port: string, rule: string): boolean {
  if (rule === '*') return true;
  const [name = '', rulePort] = rule.startsWith('[') ? [rule] : rule.split(':');
  if (rulePort !== undefined && rulePort !== port) return false;
  const bare = name.replace(/^\*?\./, '').toLowerCase();
  return host === bare || host.endsWith(`.${bare}`);
}

/** The proxy's URL, or null for a direct connection. Lower-case names win, as in curl. */
export function proxyFor(url: URL, env: World['env']): URL | null {
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  // HTTP_PROXY in capitals can be set by a request header in CGI programs; that does not apply here.
  const text = env[`${scheme}_proxy`] || env[`${scheme.toUpperCase()}_PROXY`] || env['all_proxy'] || env['ALL_PROXY'];
  if (!text) return null;
  const host = url.hostname.toLowerCase();
  const port = url.port || (scheme === 'https' ? '443' : '80');
  const rules = (env['no_proxy'] || env['NO_PROXY'] || '')
    .split(',')
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '');
  if (rules.some((rule) => matches(host, port, rule))) return null;
  try {
    return new URL(text.includes('://') ? text : `http://${text}`);
  } catch {
    return null;
  }
}
