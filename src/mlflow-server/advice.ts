// Turns an error of a tracking server, or of a storage that it named, into advice; the room `http` knows neither.
import type { Advice } from '../http/unreachable.js';

const NAME_OR_DATE = /^(?:ERR_TLS_CERT_ALTNAME_INVALID|CERT_HAS_EXPIRED)$/;
const OTHER_TLS = /CERT|TLS|SELF_SIGNED|UNABLE_TO|DEPTH_ZERO/;
const PROXY_SIGN_IN = 'put the user and password into HTTPS_PROXY, or set NO_PROXY for this host';

export const SERVER_ADVICE: Advice = {
  unreachable(code, url) {
    if (NAME_OR_DATE.test(code))
      return 'use the name the certificate is for, or renew it; MLFLOW_TRACKING_INSECURE_TLS=true skips the check';
    if (code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER')
      return `is it http://${url.host} instead of https?`;
    if (/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE/.test(code))
      return 'name the certificate and key (one PEM file) in MLFLOW_TRACKING_CLIENT_CERT_PATH';
    if (OTHER_TLS.test(code))
      return 'name the CA in MLFLOW_TRACKING_SERVER_CERT_PATH (or NODE_EXTRA_CA_CERTS); MLFLOW_TRACKING_INSECURE_TLS=true skips the check';
    if (code === 'ERR_PROXY_SIGN_IN') return PROXY_SIGN_IN;
    return `is the server at ${url.origin} up? try: mlctl doctor`;
  },
  redirected: 'set MLFLOW_TRACKING_URI to the address the server really has',
};

export const STORAGE_ADVICE: Advice = {
  unreachable(code, url) {
    if (NAME_OR_DATE.test(code))
      return 'the storage needs a certificate for this name; MLFLOW_S3_IGNORE_TLS=true skips the check';
    if (OTHER_TLS.test(code))
      return 'name its CA in AWS_CA_BUNDLE or MLFLOW_TRACKING_SERVER_CERT_PATH; MLFLOW_S3_IGNORE_TLS=true skips the check';
    if (code === 'ERR_PROXY_SIGN_IN') return PROXY_SIGN_IN;
    return `can this machine reach ${url.origin}, where the server keeps its files? ask who runs the server`;
  },
  redirected: 'the server should name the final address of its files: ask who runs it',
};
