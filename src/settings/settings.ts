// The one table of environment variables: what each means, how its text is read, and the default that is in force.
import { flag, isOn, isTrue, mlflowFlag } from './flag-readers.js';
import { seconds, whole } from './number-readers.js';
import type { Reader } from './reader.js';
import { oneOf, openText, text } from './text-readers.js';

type SettingGroup =
  | 'stores'
  | 'sign-in'
  | 'experiment'
  | 'S3'
  | 'HTTP'
  | 'mlctl'
  | 'output'
  /** Of the operating system. */
  | 'system';

interface Facts {
  /** Never shown, never read from a configuration file. */
  readonly secret?: boolean;
  /** Key of the configuration file that gives this variable where it is unset. */
  readonly config?: string;
  /** The name in lower case counts as well, and wins. */
  readonly lowerCase?: boolean;
}

export interface Setting<Value> extends Facts {
  readonly reader: Reader<Value>;
  readonly meaning: string;
}

const setting = <Value>(reader: Reader<Value>, meaning: string, facts: Facts = {}): Setting<Value> => ({
  reader,
  meaning,
  ...facts,
});

/** MLflow's and AWS's variables mean what they mean in Python. */
const GROUPS = {
  stores: {
    MLFLOW_TRACKING_URI: setting(openText('./mlflow.db'), 'Where runs are kept: `http(s)://…` or `sqlite:///path`.', {
      config: 'tracking_uri',
    }),
    MLFLOW_REGISTRY_URI: setting(
      openText('the tracking store'),
      'Where registered models are kept, if not with the runs.',
      {
        config: 'registry_uri',
      },
    ),
    MODEL_URI: setting(openText('the newest finished run that has a model'), 'Default model URI.', {
      config: 'model_uri',
    }),
    REGISTER_MODEL: setting(flag(false), '`1`, `true` or `yes`: `train` always registers the model.'),
  },
  experiment: {
    MLFLOW_EXPERIMENT_NAME: setting(
      openText("the recipe's"),
      'Name of the experiment for new runs; created if missing.',
      {
        config: 'experiment',
      },
    ),
    MLFLOW_EXPERIMENT_ID: setting(openText(), 'Id of the experiment for new runs; it must exist.'),
    MLFLOW_WORKSPACE: setting(openText(), 'Workspace, on a server that has workspaces.'),
  },
  'sign-in': {
    MLFLOW_TRACKING_USERNAME: setting(
      openText(),
      'User name for basic authentication. If the password is also set, both win over the token.',
    ),
    MLFLOW_TRACKING_AUTH: setting(
      openText(),
      'Name of an authentication plug-in. Not supported; setting it is an error.',
    ),
    MLFLOW_TRACKING_AWS_SIGV4: setting(
      mlflowFlag(false),
      '`true`: sign requests to the tracking server for AWS. Not supported; setting it is an error.',
    ),
    MLFLOW_TRACKING_INSECURE_TLS: setting(
      mlflowFlag(false),
      '`true`: do not verify the tracking server’s certificate.',
    ),
    MLFLOW_TRACKING_SERVER_CERT_PATH: setting(
      openText(),
      'File of certificate authorities to trust for the tracking server.',
    ),
    MLFLOW_TRACKING_CLIENT_CERT_PATH: setting(openText(), 'File of the client’s certificate and key (PEM).'),
    MLFLOW_TRACKING_PASSWORD: setting(text(), 'Password for basic authentication.', { secret: true }),
    MLFLOW_TRACKING_TOKEN: setting(text(), 'Bearer token.', { secret: true }),
  },
  S3: {
    MLFLOW_S3_ENDPOINT_URL: setting(openText("AWS's own"), 'Endpoint of an S3-compatible store.', {
      config: 's3_endpoint_url',
    }),
    MLFLOW_S3_IGNORE_TLS: setting(
      mlflowFlag(false),
      '`true`: do not verify the certificate of S3, or of storage that a server names.',
    ),
    MLFLOW_S3_EXPECTED_BUCKET_OWNER: setting(openText(), 'Id of the account that must own the bucket.'),
    MLFLOW_S3_UPLOAD_EXTRA_ARGS: setting(text(), 'More upload arguments as JSON, such as server-side encryption.'),
    MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE: setting(
      oneOf(['auto', 'path', 'virtual'], 'auto'),
      'How buckets are addressed: `auto`, `path` or `virtual`.',
    ),
    AWS_ACCESS_KEY_ID: setting(text(), 'Key id of the S3 credentials.'),
    AWS_REGION: setting(openText('the profile’s, else us-east-1'), 'Region of the bucket.'),
    AWS_DEFAULT_REGION: setting(openText(), 'Region of the bucket, if AWS_REGION is unset.'),
    AWS_PROFILE: setting(
      openText('default'),
      'Profile of the AWS files. It gives the keys, and the endpoint and the region if no variable names them.',
    ),
    AWS_CONFIG_FILE: setting(openText('~/.aws/config'), 'File of AWS profiles.'),
    AWS_SHARED_CREDENTIALS_FILE: setting(openText('~/.aws/credentials'), 'File of AWS credentials.'),
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: setting(isTrue, '`true`: ignore the endpoint of the AWS profile.'),
    AWS_ENDPOINT_URL_S3: setting(openText(), 'Endpoint of S3, if MLFLOW_S3_ENDPOINT_URL is unset.'),
    AWS_ENDPOINT_URL: setting(
      openText(),
      'Endpoint of S3, if MLFLOW_S3_ENDPOINT_URL and AWS_ENDPOINT_URL_S3 are unset.',
    ),
    AWS_REQUEST_CHECKSUM_CALCULATION: setting(
      oneOf(['when_supported', 'when_required'], undefined, 'when supported on AWS, else when required'),
      'When S3 requests carry checksums: `when_supported` or `when_required`.',
    ),
    AWS_CA_BUNDLE: setting(
      openText(),
      'File of certificate authorities to trust for S3, and for storage that a server names.',
    ),
    AWS_SECRET_ACCESS_KEY: setting(text(), 'Secret key of the S3 credentials.', { secret: true }),
    AWS_SESSION_TOKEN: setting(text(), 'Session token of temporary S3 credentials.', { secret: true }),
  },
  HTTP: {
    MLFLOW_HTTP_REQUEST_TIMEOUT: setting(
      seconds(120, { most: 3600, capped: true }),
      'Seconds to wait for a server that sends nothing, at most 3600.',
    ),
    MLFLOW_HTTP_REQUEST_MAX_RETRIES: setting(
      whole(7, { most: 10, capped: true }),
      'Number of retries, for requests that are safe to repeat; at most 10.',
    ),
    MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: setting(
      seconds(0.25, { most: 120, capped: true }),
      'Seconds that set the wait between retries. The first retry is immediate, the second comes after twice this value, and each later wait doubles, up to 20 seconds. Python’s default is 2.',
    ),
    MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: setting(
      seconds(1, { most: 120, capped: true }),
      'Up to this many seconds are added to each of these waits at random.',
    ),
    MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER: setting(
      mlflowFlag(true),
      '`false`: ignore the server’s Retry-After header.',
    ),
    MLFLOW_ALLOW_HTTP_REDIRECTS: setting(mlflowFlag(true), '`false`: refuse redirects.'),
    MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD: setting(
      mlflowFlag(undefined, 'as the server offers'),
      '`true`: upload large files in parts, directly to storage; `false`: never.',
    ),
    MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD: setting(
      mlflowFlag(undefined, 'for files of 64 MiB or more, as the server offers'),
      '`true`: download files directly from storage; `false`: never.',
    ),
    MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE: setting(
      whole(500 * 1024 * 1024),
      'Smallest file, in bytes, that is uploaded in parts.',
    ),
    MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE: setting(whole(10 * 1024 * 1024), 'Size of one uploaded part, in bytes.'),
    ALL_PROXY: setting(
      openText(),
      'Proxy for all requests, if HTTPS_PROXY or HTTP_PROXY is unset. The proxy variables also work in lower case.',
      {
        lowerCase: true,
      },
    ),
    HTTPS_PROXY: setting(openText(), 'Proxy for https requests.', { lowerCase: true }),
    HTTP_PROXY: setting(openText(), 'Proxy for http requests.', { lowerCase: true }),
    NO_PROXY: setting(openText(), 'Hosts reached without the proxy.', { lowerCase: true }),
    NODE_EXTRA_CA_CERTS: setting(
      openText(),
      'File of certificate authorities that Node trusts in addition to its own.',
    ),
  },
  mlctl: {
    MLCTL_SCHEMA: setting(
      oneOf(['strict', 'mlflow'], 'strict'),
      'How strictly data is checked against the signature: `strict` or `mlflow`.',
      { config: 'schema' },
    ),
    MLCTL_TIMEOUT: setting(
      // A week: a longer wait is a mistake of units.
      seconds(120, { beyondLeast: true, most: 604_800 }),
      'Total seconds a command may wait for servers, retries included.',
      { config: 'timeout' },
    ),
    MLCTL_OFFLINE: setting(flag(false), '`1`: do not use the network.', { config: 'offline' }),
    MLCTL_CACHE_DIR: setting(openText('$XDG_CACHE_HOME/mlctl'), 'Folder for fetched models.', { config: 'cache_dir' }),
    MLCTL_SIGNING_KEY: setting(openText(), 'File of the private key that `sign` uses (PEM).'),
    MLCTL_SIGNING_PASSPHRASE: setting(text(), 'Passphrase of that key.', { secret: true }),
    MLCTL_PUBLIC_KEY: setting(openText(), 'File of the public key that `verify` uses (PEM).'),
    MLCTL_SERVE_TOKEN: setting(
      text(),
      'Token that every request to `serve` must bring, unless --token-file gives it.',
      {
        secret: true,
      },
    ),
    MLCTL_WEBHOOK_SECRET: setting(
      text(),
      'Secret of an MLflow webhook that may ask `serve` to look at its stages and aliases.',
      { secret: true },
    ),
    MLFLOW_SCORING_SERVER_REQUEST_TIMEOUT: setting(
      seconds(60, { beyondLeast: true, most: 604_800 }),
      'Seconds that a model in a process of its own may take for one request to `serve`.',
    ),
    MLCTL_DEBUG: setting(flag(false), '`1`: show stack traces with errors.'),
    MLCTL_ALLOW_LOCAL_SOURCE: setting(
      flag(false),
      '`1` or `true`: let a tracking server name local folders to read artifacts from and write them to.',
    ),
    MLCTL_CONFIG: setting(
      openText(),
      'Configuration file to read instead of the nearest `mlctl.config.json`. This file may name servers.',
    ),
    XDG_CONFIG_HOME: setting(openText('~/.config'), 'Folder that holds `mlctl/config.json`.'),
    XDG_CACHE_HOME: setting(openText('~/.cache'), 'Folder that holds the cache.'),
  },
  output: {
    NO_COLOR: setting(openText(), 'If set, output has no colour.'),
    FORCE_COLOR: setting(isOn, 'If set, output has colour even in a pipe; `0` or `false`: no colour.'),
    TERM: setting(openText(), '`dumb`: no colour, no spinner.'),
    CI: setting(isOn, 'If set, the spinner is off; `0` and `false` count as unset.'),
    MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT: setting(mlflowFlag(false), '`true`: do not print the address of the run.'),
    LC_ALL: setting(openText(), 'Locale. If it is not UTF-8, marks are printed in ASCII.'),
    LC_CTYPE: setting(openText(), 'Locale, if LC_ALL is unset.'),
    LANG: setting(openText(), 'Locale, if LC_ALL and LC_CTYPE are unset.'),
    WT_SESSION: setting(openText(), 'On Windows: set by a terminal that shows Unicode.'),
    TERM_PROGRAM: setting(openText(), 'On Windows: set by a terminal that shows Unicode.'),
    ConEmuTask: setting(openText(), 'On Windows: set by a terminal that shows Unicode.'),
    GITHUB_ACTIONS: setting(
      isTrue,
      '`true`: `smoke` prints annotations for GitHub, and text that the runner would take for a command is escaped.',
    ),
    GITLAB_CI: setting(isTrue, '`true`: text that the runner would take for a section is escaped.'),
    TF_BUILD: setting(isTrue, '`true`: text that the agent of Azure would take for a command is escaped.'),
    TEAMCITY_VERSION: setting(openText(), 'If set, text that TeamCity would take for a command is escaped.'),
    GITHUB_STEP_SUMMARY: setting(openText(), 'File that `smoke` appends its table to.'),
  },
  system: {
    HOME: setting(openText('as the system says'), 'Your home folder, which holds `.mlflow/credentials` and `.aws`.'),
    GIT_DIR: setting(openText(), 'Git repository whose commit tags the run, instead of the one that is found.'),
    GIT_WORK_TREE: setting(openText('this folder'), 'Folder with the files of that repository, if GIT_DIR is set.'),
    LOCALAPPDATA: setting(openText(), 'On Windows: the folder that holds the cache.'),
    LOGNAME: setting(openText('as the system says'), 'Name of the user, for the tag `mlflow.user`.'),
    USER: setting(openText(), 'Name of the user, if LOGNAME is unset.'),
    LNAME: setting(openText(), 'Name of the user, if LOGNAME and USER are unset.'),
    USERNAME: setting(openText(), 'Name of the user, if LOGNAME, USER and LNAME are unset.'),
  },
} as const satisfies Record<SettingGroup, Record<string, Setting<unknown>>>;

type Groups = typeof GROUPS;
export type SettingName = { [Group in SettingGroup]: keyof Groups[Group] }[SettingGroup] & string;

type Rows = Groups['stores'] &
  Groups['experiment'] &
  Groups['sign-in'] &
  Groups['S3'] &
  Groups['HTTP'] &
  Groups['mlctl'] &
  Groups['output'] &
  Groups['system'];

export type SettingValue<Name extends SettingName> = Rows[Name] extends Setting<infer Value> ? Value : never;

export const SETTINGS = Object.assign(Object.create(null), ...Object.values(GROUPS)) as Rows;

/** A row of the table as docs, help and doctor show it. */
interface Variable {
  readonly name: SettingName;
  readonly group: SettingGroup;
  readonly meaning: string;
  readonly secret: boolean;
  readonly default: string | null;
  readonly config: string | null;
}

export const VARIABLES: readonly Variable[] = Object.entries(GROUPS).flatMap(([group, rows]) =>
  Object.entries<Setting<unknown>>(rows).map(([name, { meaning, secret = false, config = null, reader }]) => ({
    name: name as SettingName,
    group: group as SettingGroup,
    meaning,
    secret,
    default: reader.shown,
    config,
  })),
);
