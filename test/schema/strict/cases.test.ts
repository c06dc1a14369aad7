// The recorded cases: strict gives the directed verdicts and accepts nothing that Python's MLflow rejects.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CastResult } from '../../../src/schema/cast-types.js';
import { parseSignature } from '../../../src/schema/parse-signature.js';
import { castRequest } from '../../../src/scoring/cast-request.js';
import { casesFolder, FIXTURES } from '../../support/paths.js';

/** The part of the recorded cases that is kept here; all of them where MLCTL_CASES names the folder. */
const KEPT = join(FIXTURES, 'schema-cases');

interface Case {
  readonly id: string;
  readonly sub: string;
  readonly strict?: 'reject' | 'warn' | 'same';
  readonly sig: { inputs?: string | null; outputs?: string | null; params?: string | null } | null;
  readonly hint?: boolean;
  readonly ct: string | null;
  readonly body?: string;
  readonly body_b64?: string;
  readonly out: { readonly ok: boolean; readonly phase?: string };
}

function casesOf(folder: string, file: string): Case[] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Case);
}

function cast({ sig, ct, body, body_b64 }: Case): Promise<CastResult> {
  const signature = (sig === null ? null : parseSignature(sig)) ?? { inputs: null, outputs: null, params: null };
  const bytes = Buffer.from(body ?? body_b64!, body === undefined ? 'base64' : 'utf8');
  return castRequest(ct, bytes, signature, 'strict');
}

/** What is decided after casting, by the model's answer; and models whose type hints, not the signature, decide. */
const beyondCasting = ({ hint, out }: Case): boolean => hint === true || out.phase === 'output';

test('directed cases', async () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const item of casesOf(KEPT, 'directed.jsonl')) {
    if (beyondCasting(item)) continue;
    seen++;
    const result = await cast(item);
    const verdict = result.ok ? (result.warnings.length > 0 ? 'warn' : 'accept') : 'reject';
    const wanted = item.strict === 'same' ? (item.out.ok ? 'accept' : 'reject') : item.strict;
    if (verdict !== wanted) wrong.push(`${item.sub}: ${verdict}, wanted ${wanted}`);
    if (!result.ok) assert.ok(result.total > 0 && result.findings.every(({ message }) => message !== ''), item.sub);
  }
  assert.deepEqual(wrong, []);
  assert.equal(seen, 125);
});

test('strict accepts only what Python accepts', async () => {
  const found = casesFolder();
  const [folder, least] = 'skip' in found ? [KEPT, 30] : [join(found.folder, 'schema'), 400];
  const wrong: string[] = [];
  let both = 0;
  for (const item of casesOf(folder, 'wire.jsonl')) {
    if (beyondCasting(item)) continue;
    const result = await cast(item);
    if (result.ok && !item.out.ok) wrong.push(`${item.id} ${item.sub}`);
    if (result.ok && item.out.ok) both++;
  }
  assert.deepEqual(wrong, []);
  assert.ok(both > least, `${both} accepted by both`);
});
