// URIs and free text without the secrets they may carry: passwords in URLs, query strings, authorization headers, key=value pairs.

const HIDDEN = '***';

/** Scheme, user info, rest. The user info ends at the last @ before the path, as every URL parser reads it. */
const WITH_USER = /^([A-Za-z][A-Za-z0-9+.-]*:\/\/)([^/?#]*)@(.*)$/s;

/** An address without a scheme, as people type it. `models:name@alias` is none. */
const BARE_USER = /^(?!models:)[^/?#\s:@]+:[^/?#\s]*@/i;

/** Query parameters that say where, never who. */
const HARMLESS_QUERY = new Set(['path', 'run_id', 'experiment_id', 'name', 'version', 'max_results', 'region']);

function redactQuery(query: string): string {
  return query
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      if (at === -1) return pair === '' ? '' : HIDDEN;
      return HARMLESS_QUERY.has(pair.slice(0, at).toLowerCase()) ? pair : `${pair.slice(0, at)}=${HIDDEN}`;
    })
    .join('&');
}

/** The URI with user info and query values hidden; the fragment is dropped. */
export function redactUri(uri: string): string {
  const withUser = WITH_USER.exec(uri);
  let text = withUser ? `${withUser[1]}${HIDDEN}@${withUser[3]}` : uri.replace(BARE_USER, `${HIDDEN}@`);
  if (!/^[A-Za-z][A-Za-z0-9+.-]+:/.test(text)) return text;
  const fragment = text.indexOf('#');
  if (fragment !== -1) text = text.slice(0, fragment);
  const query = text.indexOf('?');
  return query === -1 ? text : `${text.slice(0, query)}?${redactQuery(text.slice(query + 1))}`;
}

// backtracking: every repeat is bounded, and redactText cuts what it is given
const URL_IN_TEXT = /[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/[^\s"'<>`]{1,4096}/g;
const AUTHORIZATION = /\b(Bearer|Basic|Token|AWS4-HMAC-SHA256)(\s+)[^\s"',;]{4,}/gi;
const SIGV4_REST = /\b(Credential|Signature)=[^\s,"'&]+/g;
// backtracking: every repeat is bounded, and redactText cuts what it is given
const NAMED_SECRET =
  /((?:[\w-]{0,40}(?:password|passwd|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|credential|session[_-]?key)[\w-]{0,40})["']?\s{0,3}[=:]\s{0,3}["']?)([^\s"'&,;}]{1,4096})/gi;
const AWS_KEY_ID = /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g;

/** Longest text that is searched; an error message never needs more. */
const LONGEST = 16_384;

/** Free text (an error message of a library, a server's answer) with everything that looks like a secret hidden; cut at 16 KiB. */
export function redactText(text: string): string {
  return (text.length > LONGEST ? text.slice(0, LONGEST) : text)
    .replace(URL_IN_TEXT, (url) => redactUri(url))
    .replace(AUTHORIZATION, `$1$2${HIDDEN}`)
    .replace(SIGV4_REST, `$1=${HIDDEN}`)
    .replace(NAMED_SECRET, `$1${HIDDEN}`)
    .replace(AWS_KEY_ID, HIDDEN);
}

/** The texts of a value of plain data with everything that looks like a secret hidden, however deep they lie. */
export function redactDetails(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const clean = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return redactText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= 8) return '…';
    if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    return Object.fromEntries(entries.map(([key, item]) => [String(key), clean(item, depth + 1)]));
  };
  return clean(details, 0) as Record<string, unknown>;
}
