// The text of a model URI turned into what it names (contract §2); names nothing and touches nothing.

import { MlctlError } from '../errors/error.js';
import { asTyped } from '../text/as-typed.js';
import { printable } from '../text/printable.js';
import { redactUri } from '../text/redact.js';
import { withoutEnd } from '../text/without-end.js';
import { isLoggedModelId } from './logged-model-id.js';
import { faultOfModelName } from './model-name.js';
import { faultOfPath } from './safe-join.js';
import { stageNamed } from './stages.js';
import type { ModelUri } from './types.js';

const MODEL_URI_FORMS =
  'runs:/<run id>/<path>, models:/<name>/<version>, models:/<name>/<Stage>, models:/<name>/latest, models:/<name>@<alias>, ' +
  'models:/m-<id>, mlflow-artifacts:/…, s3://bucket/key, file:///… or a path';

/** MLflow's rule for run ids (`_RUN_ID_REGEX`). */
const RUN_ID = /^[A-Za-z0-9][\w-]{0,255}$/;
const MAX_URI = 4096;

function invalid(
  text: string,
  why: string,
  expected = MODEL_URI_FORMS,
  hint = 'try `mlctl models` or `mlctl runs` to see what there is',
): never {
  throw new MlctlError(
    'URI_INVALID',
    `the model URI "${printable(redactUri(text), 200)}" ${why}; expected ${expected}`,
    {
      hint,
      details: { uri: printable(redactUri(text)), expected },
    },
  );
}

function parseRuns(text: string, rest: string): ModelUri {
  const expected = 'runs:/<run id>/<path>, for example runs:/<run id>/model';
  if (rest.startsWith('/')) invalid(text, 'names a server, which belongs in MLFLOW_TRACKING_URI', expected);
  const slash = rest.indexOf('/');
  const runId = slash === -1 ? rest : rest.slice(0, slash);
  const path = slash === -1 ? '' : withoutEnd(rest.slice(slash + 1), '/');
  if (!RUN_ID.test(runId)) invalid(text, runId === '' ? 'has no run id' : 'has an impossible run id', expected);
  if (path === '') invalid(text, 'has no path after the run id', expected);
  const fault = faultOfPath(path);
  if (fault) invalid(text, `has a path that ${fault}`, expected);
  return { kind: 'run', runId, path };
}

function checkName(text: string, name: string): void {
  if (name === '') invalid(text, 'has no model name');
  if (faultOfModelName(name) !== null) invalid(text, 'has an impossible model name');
}

function parseModels(text: string, rest: string): ModelUri {
  if (rest.startsWith('/'))
    invalid(text, 'names a server, which belongs in MLFLOW_REGISTRY_URI', 'models:/<name>/<version>');
  const parts = rest.split('/');
  if (parts.length > 2)
    invalid(text, 'has too many parts', 'models:/<name>/<version, stage or latest> or models:/<name>@<alias>');
  const [first = '', suffix] = parts;
  if (suffix === undefined) {
    const at = first.lastIndexOf('@');
    if (at !== -1) {
      const name = first.slice(0, at);
      const alias = first.slice(at + 1);
      checkName(text, name);
      if (alias === '') invalid(text, 'has no alias after the @', 'models:/<name>@<alias>');
      return { kind: 'alias', name, alias };
    }
    if (isLoggedModelId(first)) return { kind: 'model_id', modelId: first.toLowerCase() };
    return invalid(
      text,
      first === '' ? 'does not name a model' : 'does not say which version',
      `models:/${printable(first, 60) || '<name>'}/<version, stage or latest>, models:/<name>@<alias> or models:/m-<32 hex digits>`,
      ...(first === '' ? [] : [`mlctl models ${asTyped(first)} lists its versions, stages and aliases`]),
    );
  }
  checkName(text, first);
  if (suffix === '') invalid(text, 'has nothing after the model name', 'a version, a stage or latest there');
  if (/^[0-9]+$/.test(suffix)) {
    const version = Number(suffix);
    if (version < 1 || version > 2147483647) invalid(text, 'has an impossible version', 'a whole number from 1 on');
    return { kind: 'version', name: first, version };
  }
  if (suffix.toLowerCase() === 'latest') return { kind: 'latest', name: first };
  return { kind: 'stage', name: first, stage: stageNamed(suffix) ?? suffix };
}

function parseFile(text: string, rest: string): ModelUri {
  const expected = 'file:///absolute/path';
  const host = /^\/\/([^/]*)/.exec(rest)?.[1] ?? '';
  if (host !== '' && host.toLowerCase() !== 'localhost') invalid(text, 'names a file on another machine', expected);
  if (!/^(?:\/\/[^/]*)?\/./.test(rest)) invalid(text, 'has no absolute path', expected);
  if (/^(?:\/\/[^/]*)?[/.]*$/.test(rest)) invalid(text, 'names the whole file system and not a folder in it', expected);
  return { kind: 'artifact', scheme: 'file', location: text };
}

/** Contract §2, all forms. Throws URI_INVALID, which says what was expected. */
export function parseModelUri(text: string): ModelUri {
  if (text.trim() === '') invalid(text, 'is empty');
  if (text.length > MAX_URI) invalid(text, `is longer than ${MAX_URI} characters`);
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text)) invalid(text, 'holds control characters');
  // One letter before the colon is a Windows drive.
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]+):/.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return { kind: 'path', path: text };
  const rest = text.slice(scheme.length + 1);
  switch (scheme) {
    case 'runs':
    case 'models':
      if (!rest.startsWith('/')) invalid(text, `has no slash after ${scheme}:`);
      return scheme === 'runs' ? parseRuns(text, rest.slice(1)) : parseModels(text, rest.slice(1));
    case 'file':
      return parseFile(text, rest);
    case 's3': {
      const [, bucket = '', key = ''] = /^\/\/([^/]*)\/?(.*)$/s.exec(rest) ?? [];
      if (bucket === '' || key === '') invalid(text, 'has no bucket or no key', 's3://bucket/key');
      return { kind: 'artifact', scheme: 's3', location: text };
    }
    case 'mlflow-artifacts':
      if (!/^\/+[^/]/.test(rest)) invalid(text, 'does not name an artifact', 'mlflow-artifacts:/<path>');
      return { kind: 'artifact', scheme: 'mlflow-artifacts', location: text };
    default:
      return invalid(
        text,
        `has the unknown scheme ${printable(scheme, 40)}:`,
        `${MODEL_URI_FORMS} (a path with a colon in it: write ./ before it)`,
      );
  }
}
