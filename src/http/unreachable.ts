// A server that was not reached, or stopped in the middle: node's error in words, and what helps.
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { redactText, redactUri } from '../text/redact.js';

/** The tracking server, or a storage it points at: other settings help. */
export type Purpose = 'server' | 'storage';

export function shown(url: URL): string {
  return printable(redactUri(`${url.origin}${url.pathname}`), 200);
}

export function wordsOf(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'nothing listens there (connection refused)';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the host name is not known';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'the connection was cut';
    case 'ETIMEDOUT':
      return 'no answer in time';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'there is no way to that host';
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return 'what answers there does not speak TLS';
    case 'CERT_HAS_EXPIRED':
      return 'its certificate has expired';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'its certificate is for another host name';
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_GET_ISSUER_CERT':
      return 'its certificate is signed by an authority that is not known here';
    case 'HPE_HEADER_OVERFLOW':
      return 'its answer has more headers than an HTTP server has reason to send';
    default:
      return printable(redactText(error.message), 200);
  }
}

function hintFor(code: string, url: URL, purpose: Purpose): string {
  if (purpose === 'storage') return storageHint(code, url);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'CERT_HAS_EXPIRED')
    return 'use the name the certificate is for, or renew it; MLFLOW_TRACKING_INSECURE_TLS=true skips the check';
  if (code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER') return `is it http://${url.host} instead of https?`;
  if (/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE/.test(code))
    return 'name the certificate and key (one PEM file) in MLFLOW_TRACKING_CLIENT_CERT_PATH';
  if (/CERT|TLS|SELF_SIGNED|UNABLE_TO|DEPTH_ZERO/.test(code))
    return 'name the CA in MLFLOW_TRACKING_SERVER_CERT_PATH (or NODE_EXTRA_CA_CERTS); MLFLOW_TRACKING_INSECURE_TLS=true skips the check';
  if (code === 'ERR_PROXY_SIGN_IN') return 'put the user and password into HTTPS_PROXY, or set NO_PROXY for this host';
  return `is the server at ${url.origin} up? try: mlctl doctor`;
}

/** What helps where a storage that the server named cannot be reached. */
function storageHint(code: string, url: URL): string {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'CERT_HAS_EXPIRED')
    return 'the storage needs a certificate for this name; MLFLOW_S3_IGNORE_TLS=true skips the check';
  if (/CERT|TLS|SELF_SIGNED|UNABLE_TO|DEPTH_ZERO/.test(code))
    return 'name its CA in AWS_CA_BUNDLE or MLFLOW_TRACKING_SERVER_CERT_PATH; MLFLOW_S3_IGNORE_TLS=true skips the check';
  if (code === 'ERR_PROXY_SIGN_IN') return 'put the user and password into HTTPS_PROXY, or set NO_PROXY for this host';
  return `can this machine reach ${url.origin}, where the server keeps its files? ask who runs the server`;
}

export function unreachable(
  what: string,
  url: URL,
  error: NodeJS.ErrnoException,
  retries: number,
  purpose: Purpose,
): MlctlError {
  const code = error.code ?? '';
  const details = { url: shown(url), cause: error.code ?? null };
  if (code === 'ERR_TOO_LARGE')
    return new MlctlError('REMOTE_LIMIT', `${what}: ${error.message}`, { details, cause: error });
  return new MlctlError(
    'REMOTE_UNREACHABLE',
    `${what}: ${wordsOf(error)}${retries > 0 ? `, after ${retries + 1} tries` : ''}`,
    { hint: hintFor(code, url, purpose), details, cause: error },
  );
}
