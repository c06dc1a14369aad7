// The one table of environment variables, and the only reader of `process.env`. An empty variable counts as unset.
import { createWorld, type World } from './world.js';

type VariableGroup = 'stores' | 'sign-in' | 'experiment' | 'S3' | 'HTTP' | 'mlctl' | 'output';

interface Variable {
  readonly name: string;
  readonly group: VariableGroup;
  readonly meaning: string;
  /** Never shown, never read from a configuration file. */
  readonly secret: boolean;
  readonly default: string | null;
  /** Key of the configuration file that gives this variable where it is unset. */
  readonly config: string | null;
}

type Row = readonly [name: string, meaning: string, byDefault?: string | null, config?: string | null];

const rows = (group: VariableGroup, secret: boolean, list: readonly Row[]): Variable[] =>
  list.map(([name, meaning, byDefault = null, config = null]) => ({
    name,
    group,
    meaning,
    secret,
    default: byDefault,
    config,
  }));

/** MLflow's and AWS's variables mean what they mean in Python. */
export const VARIABLES: readonly Variable[] = [
  ...rows('stores', false, [
    ['MLFLOW_TRACKING_URI', 'Where runs are kept: `http(s)://…` or `sqlite:///path`.', './mlflow.db', 'tracking_uri'],
    ['MLFLOW_REGISTRY_URI', 'Where registered models are kept, if elsewhere.', 'the tracking store', 'registry_uri'],
    ['MODEL_URI', 'The model of commands given no URI.', 'the newest finished run that has a model', 'model_uri'],
    ['REGISTER_MODEL', '`1`, `true` or `yes`: `train` registers without being told.', 'no', null],
  ]),
  ...rows('experiment', false, [
    ['MLFLOW_EXPERIMENT_NAME', 'Experiment of new runs, created if missing.', "the recipe's", 'experiment'],
    ['MLFLOW_EXPERIMENT_ID', 'The same, by id; the id must exist.'],
    ['MLFLOW_WORKSPACE', 'Workspace of a server that has workspaces.'],
  ]),
  ...rows('sign-in', false, [
    ['MLFLOW_TRACKING_USERNAME', 'User name for basic authentication; wins over the token when both parts are set.'],
    ['MLFLOW_TRACKING_AUTH', 'Name of an authentication plug-in; mlctl has none and says so.'],
    ['MLFLOW_TRACKING_AWS_SIGV4', '`true`: signed requests to the tracking server; mlctl makes none and says so.'],
    ['MLFLOW_TRACKING_INSECURE_TLS', '`true`: do not verify the tracking server’s certificate.', 'false'],
    ['MLFLOW_TRACKING_SERVER_CERT_PATH', 'File of certificate authorities to trust.'],
    ['MLFLOW_TRACKING_CLIENT_CERT_PATH', 'File of the client’s certificate and key (PEM).'],
  ]),
  ...rows('sign-in', true, [
    ['MLFLOW_TRACKING_PASSWORD', 'Password for basic authentication.'],
    ['MLFLOW_TRACKING_TOKEN', 'Bearer token.'],
  ]),
  ...rows('S3', false, [
    ['MLFLOW_S3_ENDPOINT_URL', 'Endpoint of an S3-compatible store.', "AWS's own", 's3_endpoint_url'],
    ['MLFLOW_S3_IGNORE_TLS', '`true`: do not verify the certificate of S3, nor of storages a server names.', 'false'],
    ['MLFLOW_S3_EXPECTED_BUCKET_OWNER', 'Account id that must own the bucket.'],
    ['MLFLOW_S3_UPLOAD_EXTRA_ARGS', 'JSON of further upload arguments, such as server-side encryption.'],
    ['MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE', '`auto`, `path` or `virtual`.', 'auto'],
    ['AWS_ACCESS_KEY_ID', 'Key id of the S3 credentials.'],
    ['AWS_REGION', 'Region of the bucket.'],
    ['AWS_DEFAULT_REGION', 'Region where AWS_REGION is unset.'],
    ['AWS_PROFILE', 'Profile of the AWS files: keys, and endpoint and region where no variable names them.', 'default'],
    ['AWS_CONFIG_FILE', 'File of AWS profiles.', '~/.aws/config'],
    ['AWS_SHARED_CREDENTIALS_FILE', 'File of AWS credentials.', '~/.aws/credentials'],
    ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', '`true`: leave the endpoint of the AWS profile aside.', 'false'],
    ['AWS_ENDPOINT_URL_S3', 'Endpoint of S3 where MLFLOW_S3_ENDPOINT_URL is unset.'],
    ['AWS_ENDPOINT_URL', 'The same, where both are unset.'],
    [
      'AWS_REQUEST_CHECKSUM_CALCULATION',
      '`when_supported`, `when_required`: checksums of S3 requests.',
      'when supported on AWS, else when required',
    ],
    ['AWS_CA_BUNDLE', 'File of certificate authorities to trust for S3 and for storages a server names.'],
  ]),
  ...rows('S3', true, [
    ['AWS_SECRET_ACCESS_KEY', 'Secret key of the S3 credentials.'],
    ['AWS_SESSION_TOKEN', 'Session token of temporary S3 credentials.'],
  ]),
  ...rows('HTTP', false, [
    ['MLFLOW_HTTP_REQUEST_TIMEOUT', 'Seconds one request to the tracking server may take.', '120'],
    ['MLFLOW_HTTP_REQUEST_MAX_RETRIES', 'Retries of a request that may be repeated, at most 10.', '7'],
    ['MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR', 'Seconds the wait between retries grows by, doubling.', '2'],
    ['MLFLOW_HTTP_REQUEST_BACKOFF_JITTER', 'Seconds of random wait added to each.', '1'],
    ['MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER', '`false`: ignore the server’s Retry-After.', 'true'],
    ['MLFLOW_ALLOW_HTTP_REDIRECTS', '`false`: refuse redirects.', 'true'],
    ['MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD', '`true`: upload large files through the server in parts.', 'false'],
    ['MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD', '`false`: never download large files in parts.', 'true'],
    ['MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE', 'Bytes from which a file is uploaded in parts.', '524288000'],
    ['MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE', 'Bytes of one part uploaded.', '10485760'],
    ['MLFLOW_MULTIPART_DOWNLOAD_CHUNK_SIZE', 'Bytes of one part downloaded.', '104857600'],
    ['ALL_PROXY', 'Proxy where the two below are unset; all three also in lower case.'],
    ['HTTPS_PROXY', 'Proxy for https requests.'],
    ['HTTP_PROXY', 'Proxy for http requests.'],
    ['NO_PROXY', 'Hosts reached without the proxy.'],
    ['NODE_EXTRA_CA_CERTS', 'File of certificate authorities that Node trusts besides its own.'],
  ]),
  ...rows('mlctl', false, [
    ['MLCTL_SCHEMA', '`strict` or `mlflow`: how data is held against the signature.', 'strict', 'schema'],
    ['MLCTL_TIMEOUT', 'Seconds a command may wait on remotes, retries included.', '120', 'timeout'],
    ['MLCTL_OFFLINE', '`1`: use no network.', 'no', 'offline'],
    ['MLCTL_CACHE_DIR', 'Folder of fetched models.', '$XDG_CACHE_HOME/mlctl', 'cache_dir'],
    ['MLCTL_DEBUG', '`1`: show stack traces with errors.', 'no'],
    [
      'MLCTL_ALLOW_LOCAL_SOURCE',
      '`1` or `true`: read and write local folders that a tracking server names as the place of artifacts.',
      'no',
    ],
    ['MLCTL_CONFIG', 'Configuration file to read instead of the nearest `mlctl.config.json`; it may name servers.'],
    ['XDG_CONFIG_HOME', 'Folder that holds `mlctl/config.json`.', '~/.config'],
    ['XDG_CACHE_HOME', 'Folder that holds the cache.', '~/.cache'],
  ]),
  ...rows('output', false, [
    ['NO_COLOR', 'Set: no colour.'],
    ['FORCE_COLOR', 'Set: colour even in pipes; `0` or `false`: none.'],
    ['TERM', '`dumb`: no colour, no spinner.'],
    ['CI', 'Set: no spinner.'],
    ['MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT', '`true`: do not print the address of the run.', 'false'],
    ['LC_ALL', 'A locale that is not UTF-8 gives marks in ASCII.'],
    ['LC_CTYPE', 'The same, where LC_ALL is unset.'],
    ['LANG', 'The same, where both are unset.'],
    ['WT_SESSION', 'On Windows: set by terminals that show Unicode.'],
    ['TERM_PROGRAM', 'The same.'],
    ['ConEmuTask', 'The same.'],
    ['GITHUB_ACTIONS', '`true`: `smoke` prints annotations for GitHub.'],
    ['GITHUB_STEP_SUMMARY', 'File that `smoke` appends its table to.'],
  ]),
];

/** This process's environment without its empty variables. */
export function processEnvironment(): Record<string, string> {
  const env: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined && value !== '') env[name] = value;
  return env;
}

/** Tells libraries that ask the environment about colour what mlctl decided for the stream they write to. */
export function imposeColour(on: boolean): void {
  delete process.env.NO_COLOR;
  process.env.FORCE_COLOR = on ? '1' : '0';
}

/**
 * ONNX Runtime 1.30 on Linux keeps a device id in ~/.cache/Microsoft, writes /tmp/mat-debug-<pid>.log and reports to its makers,
 * unless this is set before its library is loaded. mlctl talks to nobody it was not told to talk to.
 */
export function muteRuntimeTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}

/** A world with this process's settings; what is given wins. */
export function worldOfProcess(parts: Partial<World> = {}): World {
  return createWorld({ env: processEnvironment(), ...parts });
}
