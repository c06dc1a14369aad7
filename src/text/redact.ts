// Turns URIs and free text into the same without secrets: passwords in URLs, query strings, authorization headers, key=value
// pairs.

const HIDDEN = '***';

/** What stands before the user info. WHATWG's URLs do without the slashes, or have one. */
const BEFORE_USER = /^\s*(?:(?:https?|wss?|ftp):[/\\]*|[A-Za-z][A-Za-z0-9+.-]{0,100}:\/\/|\/\/)?/i;
/** `models:/name@alias`, `runs:/…`: a path; and `models:name@alias`, as people type it. */
const MODEL_URI = /^\s*(?:models:|[a-z][a-z0-9+.-]*:\/(?!\/))/i;

/**
 * The user info ends at the last @, wherever that is: passwords may contain / ? # and blanks that are not encoded. An @ after the
 * host without a colon before it belongs to a path.
 */
function withoutUser(uri: string): string {
  const at = uri.lastIndexOf('@');
  const before = BEFORE_USER.exec(uri)?.[0] ?? '';
  if (at < before.length) return withoutEncodedUser(uri, before);
  const [user, rest] = [uri.slice(before.length, at), uri.slice(at + 1)];
  if (/^\s*(?:file|sqlite(?:\+\w+)?):\/\/$/i.test(before) && user.startsWith('/')) return uri;
  if (!before.includes(':') && MODEL_URI.test(uri)) return uri;
  const host = user.split(/[/?#]/, 1)[0] ?? '';
  const isUser = user.includes(':') || (before !== '' && (host === user || host.includes('@')));
  return isUser ? `${before}${HIDDEN}@${rest}` : uri;
}

/** A user info that was encoded together with its @ is no user info for a client, but it is a secret all the same. */
function withoutEncodedUser(uri: string, before: string): string {
  const host = uri.slice(before.length).split(/[/?#]/, 1)[0] ?? '';
  const at = host.toLowerCase().lastIndexOf('%40');
  const isUser = at !== -1 && (before !== '' || /%3a/i.test(host));
  return isUser ? `${before}${HIDDEN}${uri.slice(before.length + at)}` : uri;
}

/** Query parameters that name a place and never a person or a secret. */
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
  let text = withoutUser(uri);
  if (!/^[A-Za-z][A-Za-z0-9+.-]+:/.test(text)) return text;
  const fragment = text.indexOf('#');
  if (fragment !== -1) text = text.slice(0, fragment);
  const query = text.indexOf('?');
  return query === -1 ? text : `${text.slice(0, query)}?${redactQuery(text.slice(query + 1))}`;
}

// backtracking: every repeat is bounded, and redactText cuts what it is given
const URL_IN_TEXT =
  /(?:(?:[A-Za-z][A-Za-z0-9+.-]{0,30}:)?\/\/|\b(?:https?|wss?|ftp):(?=\S{0,4096}@))[^\s"'<>`]{1,4096}/gi;
/** `user:password@host` without a scheme; `models:/name@alias` is none. */
// backtracking: a token has one beginning, and every repeat is bounded
const USER_IN_TEXT = /(?<![\w@:.%+-])(?!models:)[\w.%+-]{1,100}:(?!\/)[^\s"'<>`@]{1,1000}@(?=[\w[])/g;
const AUTHORIZATION = /\b(Bearer|Basic|Token|AWS4-HMAC-SHA256)(\s+)[^\s"',;]{4,}/gi;
const SIGV4_REST = /\b(Credential|Signature)=[^\s,"'&]+/g;
// backtracking: every repeat is bounded, and redactText cuts what it is given
// `/etc/passwd: …` is a path.
const NAMED_SECRET =
  /((?:[\w-]{0,40}(?:password|passwd|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|credential|session[_-]?key)[\w-]{0,40})["']?\s{0,3}(?:=|(?<![/\\][\w.-]{0,100}):)\s{0,3}["']?)([^\s"'&,;}]{1,4096})/gi;
const AWS_KEY_ID = /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g;

/** Longest text that is searched; an error message never needs more. */
const LONGEST = 16_384;

/**
 * Free text (an error message of a library, a server's answer) with everything that looks like a secret hidden; cut at 16 KiB.
 */
export function redactText(text: string): string {
  return (text.length > LONGEST ? text.slice(0, LONGEST) : text)
    .replace(URL_IN_TEXT, (url) => redactUri(url))
    .replace(USER_IN_TEXT, `${HIDDEN}@`)
    .replace(AUTHORIZATION, `$1$2${HIDDEN}`)
    .replace(SIGV4_REST, `$1=${HIDDEN}`)
    .replace(NAMED_SECRET, `$1${HIDDEN}`)
    .replace(AWS_KEY_ID, HIDDEN);
}
