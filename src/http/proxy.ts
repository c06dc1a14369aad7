// Turns a URL into the proxy that a request for it goes through, by HTTP_PROXY, HTTPS_PROXY and NO_PROXY as curl and Python read them.
import { BlockList, isIP } from 'node:net';
import { MlctlError } from '../errors/error.js';
import { givenAs, readSetting } from '../settings/read-setting.js';
import type { World } from '../world.js';

/** One entry of NO_PROXY: `*`, a host with everything below it, an address, or a range of addresses; a port narrows it. */
function matches(host: string, port: string, rule: string): boolean {
  if (rule === '*') return true;
  const [, bracketed, bracketPort] = /^\[([^\]]+)\](?::(\d+))?$/.exec(rule) ?? [];
  const [, plain, plainPort] = isIP(rule) === 6 ? [] : (/^([^:]+):(\d+)$/.exec(rule) ?? []);
  const name = bracketed ?? plain ?? rule;
  const rulePort = bracketPort ?? plainPort;
  if (rulePort !== undefined && rulePort !== port) return false;
  const version = isIP(host);
  const [, network, bits] = /^(.+)\/(\d{1,3})$/.exec(name) ?? [];
  if (
    network !== undefined &&
    version !== 0 &&
    isIP(network) === version &&
    Number(bits) <= (version === 4 ? 32 : 128)
  ) {
    const range = new BlockList();
    range.addSubnet(network, Number(bits), version === 4 ? 'ipv4' : 'ipv6');
    return range.check(host, version === 4 ? 'ipv4' : 'ipv6');
  }
  const bare = name.replace(/^\*?\./, '').toLowerCase();
  return host === bare || host.endsWith(`.${bare}`);
}

/** The proxy's URL, or null for a direct connection. Lower-case names win, as in curl. Throws CONFIG_INVALID. */
export function proxyFor(url: URL, env: World['env']): URL | null {
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  const kind = scheme === 'https' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const name = givenAs(env, kind, 'ALL_PROXY');
  if (name === undefined) return null;
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port || (scheme === 'https' ? '443' : '80');
  const rules = (readSetting(env, 'NO_PROXY') ?? '')
    .split(',')
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '');
  if (rules.some((rule) => matches(host, port, rule))) return null;
  const text = readSetting(env, kind) ?? readSetting(env, 'ALL_PROXY') ?? '';
  // The value may hold a password, so it is not shown.
  const refuse = (why: string) =>
    new MlctlError('CONFIG_INVALID', `${name} ${why}`, { hint: `set ${name}=http://host:port, or unset it` });
  let proxy: URL;
  try {
    proxy = new URL(text.includes('://') ? text : `http://${text}`);
  } catch {
    throw refuse('is not an address');
  }
  if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:')
    throw refuse(`names a proxy of the kind ${proxy.protocol.slice(0, 20)}, which mlctl does not support`);
  return proxy;
}

/** The user and password of the proxy's address as a header. */
export function proxyAuthorization(proxy: URL): Record<string, string> {
  if (proxy.username === '') return {};
  const pair = `${decoded(proxy.username)}:${decoded(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** Percent-decoded if possible; a password with a bare % is used as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
