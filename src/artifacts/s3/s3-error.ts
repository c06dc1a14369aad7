// Turns what the AWS SDK throws into MlctlErrors without a key or a signature in them.
import type { ErrorCode } from '../../errors/codes.js';
import { MlctlError } from '../../errors/error.js';
import { printable } from '../../text/printable.js';
import { redactText } from '../../text/redact.js';

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}

const SIGN_IN_HINT = 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or AWS_PROFILE) to keys of this S3 server';
const KINDS: ReadonlyMap<string, readonly [ErrorCode, string]> = new Map([
  ['NoSuchKey', ['ARTIFACT_NOT_FOUND', 'see what there is: mlctl runs']],
  ['NotFound', ['ARTIFACT_NOT_FOUND', 'see what there is: mlctl runs']],
  ['NoSuchBucket', ['ARTIFACT_NOT_FOUND', 'is MLFLOW_S3_ENDPOINT_URL the S3 server that has this bucket?']],
  ['CredentialsProviderError', ['UNAUTHENTICATED', SIGN_IN_HINT]],
  ['InvalidAccessKeyId', ['UNAUTHENTICATED', SIGN_IN_HINT]],
  ['SignatureDoesNotMatch', ['UNAUTHENTICATED', SIGN_IN_HINT]],
  ['ExpiredToken', ['UNAUTHENTICATED', 'the session has expired: get new credentials']],
  // versitygw, a common small S3 server, reports it this way, with 404.
  ['XAdminUserNotFound', ['UNAUTHENTICATED', SIGN_IN_HINT]],
  ['InvalidToken', ['UNAUTHENTICATED', SIGN_IN_HINT]],
  ['TokenRefreshRequired', ['UNAUTHENTICATED', 'the session has expired: get new credentials']],
  ['AccessDenied', ['PERMISSION_DENIED', 'ask for permission on this bucket']],
  ['Forbidden', ['PERMISSION_DENIED', 'ask for permission on this bucket']],
  ['RequestTimeTooSkewed', ['UNAUTHENTICATED', 'the clock of this machine is wrong: timedatectl set-ntp true']],
  ['PermanentRedirect', ['CONFIG_INVALID', 'the bucket is in another region: set AWS_REGION']],
  ['AuthorizationHeaderMalformed', ['CONFIG_INVALID', 'the bucket is in another region: set AWS_REGION']],
  ['PreconditionFailed', ['INTEGRITY_MISMATCH', 'the file changed while it was read; run the command again']],
]);

export function s3Error(what: string, error: unknown, endpoint: string | null): MlctlError {
  if (error instanceof MlctlError) return error;
  const { name = '', message = '', code, $metadata } = error as SdkError;
  const status = $metadata?.httpStatusCode;
  const details = { status: status ?? null, error_code: printable(code ?? name, 60) };
  const said = printable(redactText(message === 'UnknownError' || message === '' ? name : message), 300);
  const kind = KINDS.get(name) ?? KINDS.get(code ?? '');
  if (kind) return new MlctlError(kind[0], `${what}: ${said}`, { hint: kind[1], details, cause: error });
  if (/[Cc]hecksum/.test(message) && status === undefined)
    return new MlctlError('INTEGRITY_MISMATCH', `${what}: ${said}`, {
      hint: 'run the command again',
      details,
      cause: error,
    });
  if (status === 401 || status === 403)
    return new MlctlError(status === 401 ? 'UNAUTHENTICATED' : 'PERMISSION_DENIED', `${what}: ${said}`, {
      hint: SIGN_IN_HINT,
      details,
      cause: error,
    });
  if (status === undefined && /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/.test(`${code ?? ''} ${name}`))
    return new MlctlError('REMOTE_UNREACHABLE', `${what}: the certificate of the S3 server is not trusted: ${said}`, {
      hint: 'name its authority in AWS_CA_BUNDLE; MLFLOW_S3_IGNORE_TLS=true skips the check',
      details,
      cause: error,
    });
  if (status === undefined)
    return new MlctlError('REMOTE_UNREACHABLE', `${what}: ${said || 'no answer'}`, {
      hint:
        endpoint === null
          ? 'is MLFLOW_S3_ENDPOINT_URL missing? without it AWS itself is asked'
          : `is the S3 server at ${new URL(endpoint).origin} up? try: mlctl doctor`,
      details,
      cause: error,
    });
  const hint =
    status >= 500 || status === 429
      ? 'the S3 server, or a proxy before it, failed: wait a little, then run the command again'
      : 'is MLFLOW_S3_ENDPOINT_URL the address of an S3 server? try: mlctl doctor';
  return new MlctlError('REMOTE_REFUSED', `${what}: ${status} ${said}`, { hint, details, cause: error });
}
