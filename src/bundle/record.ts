// Turns an audit into `audit.json`: what the stores said and what was found elsewhere, with the lines that were judged from it.
import type { AuditFacts, Observations, ReproductionFinding } from '../checks/audit-facts.js';
import type { AuditLineDocument } from '../documents/audit.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import { MlctlError } from '../errors/error.js';
import type { Standing } from '../loader/standing.js';
import { VERSION } from '../version.js';
import { Fields } from './fields.js';
import { RECORD_FILE } from './is-bundle.js';
import { standingJson, standingOf } from './standing-json.js';

const SCHEMA = 'mlctl.audit-bundle/1';

export interface BundleRecord {
  readonly mlctl: string;
  readonly uri: string;
  readonly audited: string;
  readonly resolved: ResolvedDocument;
  readonly standing: Standing;
  readonly seen: Observations;
  /** Of the public key that the signature was compared with; null if none was given. */
  readonly key: string | null;
  readonly lines: readonly AuditLineDocument[];
}

export function formatRecord(facts: AuditFacts, lines: readonly AuditLineDocument[], audited: string): string {
  return `${JSON.stringify(
    {
      schema: SCHEMA,
      mlctl: VERSION,
      uri: facts.uri,
      audited,
      resolved: facts.resolved,
      key: facts.signature.verdict?.key ?? null,
      lines,
      stores: standingJson(facts.standing),
      seen: facts.seen,
    },
    null,
    2,
  )}\n`;
}

const resolvedOf = (fields: Fields): ResolvedDocument => ({
  kind: fields.text('kind') as ResolvedDocument['kind'],
  run_id: fields.maybe('run_id', 'text'),
  name: fields.maybe('name', 'text'),
  version: fields.maybe('version', 'number'),
  stage: fields.maybe('stage', 'text'),
  alias: fields.maybe('alias', 'text'),
  model_id: fields.maybe('model_id', 'text'),
  location: fields.text('location'),
});

const reproductionOf = (fields: Fields): ReproductionFinding => {
  const identical = fields.part('identical');
  return {
    identical: {
      payload: identical.maybe('payload', 'flag'),
      predictions: identical.maybe('predictions', 'flag'),
      metrics: identical.maybe('metrics', 'flag'),
    },
    trained: fields.flag('trained'),
    differences: fields.texts('differences'),
    why: fields.maybe('why', 'text'),
  };
};

const seenOf = (fields: Fields): Observations => ({
  data: fields.list('data').map((one) => ({
    name: one.text('name'),
    source: one.text('source'),
    recorded: one.maybe('recorded', 'text'),
    found: one.maybe('found', 'text'),
    why: one.maybe('why', 'text'),
  })),
  code:
    fields.get('code') === null
      ? null
      : {
          commit: fields.part('code').text('commit'),
          there: fields.part('code').maybe('there', 'flag'),
          why: fields.part('code').maybe('why', 'text'),
        },
  moves:
    fields.get('moves') === null
      ? null
      : fields.list('moves').map((one) => ({
          action: one.text('action') as 'unknown',
          kind: one.text('kind') as 'stage',
          target: one.text('target'),
          from_version: one.maybe('from_version', 'number'),
          to_version: one.maybe('to_version', 'number'),
          user: one.maybe('user', 'text'),
          time: one.maybe('time', 'number'),
        })),
  reproduction: fields.get('reproduction') === null ? null : reproductionOf(fields.part('reproduction')),
  runs: Object.fromEntries(Object.keys(fields.get('runs') as object).map((id) => [id, fields.part('runs').flag(id)])),
});

const lineOf = (fields: Fields): AuditLineDocument => ({
  id: fields.text('id') as AuditLineDocument['id'],
  verdict: fields.text('verdict') as AuditLineDocument['verdict'],
  ok: fields.flag('ok'),
  message: fields.text('message'),
  hint: fields.maybe('hint', 'text'),
  evidence: fields.list('evidence').map((one) => ({
    what: one.text('what'),
    where: one.text('where'),
    value: one.get('value') as string,
  })),
  details: fields.get('details') as Record<string, unknown>,
});

/** Throws BUNDLE_INVALID. */
export function parseRecord(text: string): BundleRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MlctlError('BUNDLE_INVALID', `${RECORD_FILE} of the bundle is not JSON`, {
      hint: 'make the bundle again: mlctl audit URI --bundle FOLDER',
      cause,
    });
  }
  const fields = new Fields(value, RECORD_FILE);
  if (fields.text('schema') !== SCHEMA)
    throw new MlctlError(
      'BUNDLE_INVALID',
      `${RECORD_FILE} has the schema ${fields.text('schema')}; expected ${SCHEMA}`,
      {
        hint: 'judge it with the mlctl that wrote it',
      },
    );
  return {
    mlctl: fields.text('mlctl'),
    uri: fields.text('uri'),
    audited: fields.text('audited'),
    resolved: resolvedOf(fields.part('resolved')),
    standing: standingOf(fields.part('stores')),
    seen: seenOf(fields.part('seen')),
    key: fields.maybe('key', 'text'),
    lines: fields.list('lines').map(lineOf),
  };
}
