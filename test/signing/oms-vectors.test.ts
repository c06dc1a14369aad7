// The test vectors and schemas of OpenSSF Model Signing v1.0: each vector gets its verdict, and our forms are as strict as the schemas.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { BUNDLE } from '../../src/signing/bundle-shapes.js';
import { newKeyPair, readPrivateKey, readPublicKey } from '../../src/signing/keys.js';
import { signModelFiles } from '../../src/signing/model-signature.js';
import { MODEL_STATEMENT } from '../../src/signing/statement-shapes.js';
import { verifyPackageSignature } from '../../src/signing/verify-package-signature.js';
import { Chance } from '../boosters/mutate.js';
import { FIXTURES, scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';

const VECTORS = join(FIXTURES, 'oms', 'vectors');
const SCHEMAS = join(FIXTURES, 'oms', 'schemas');
const pair = newKeyPair(undefined);
const signer = readPrivateKey(pair.privatePem, 'key', undefined);
const key = readPublicKey(pair.publicPem, 'key.pub');

const vectors = ['valid', 'invalid', 'invalid-payload'].flatMap((kind) =>
  readdirSync(join(VECTORS, kind)).map((name) => ({
    kind,
    name: name.replace('.bundle.json', ''),
    bytes: readFileSync(join(VECTORS, kind, name)),
  })),
);

const statementOf = (bundle: { dsseEnvelope: { payload: string } }): unknown =>
  JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString());

/** As the standard's own validator judges a bundle: the outer form, then the decoded statement. */
function verdict(bytes: Uint8Array): string {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return 'invalid';
  }
  const bundle = BUNDLE.safeParse(json);
  if (!bundle.success) return 'invalid';
  return MODEL_STATEMENT.safeParse(statementOf(bundle.data)).success ? 'valid' : 'invalid-payload';
}

test('each of the 8 vectors has the verdict of its folder', () => {
  assert.equal(vectors.length, 8);
  for (const { kind, name, bytes } of vectors) assert.equal(verdict(bytes), kind, name);
});

test('verify refuses every vector with the reason why it cannot be trusted with this key', () => {
  const reasons: Record<string, RegExp> = {
    key: /by another key: e8450dec/,
    certificate: /made with a certificate; mlctl verifies signatures that were made with a key/,
    sigstore: /made without a key, through Sigstore/,
    'wrong-predicate': /by another key/,
    empty: /is not JSON/,
    'missing-envelope': /malformed at dsseEnvelope/,
    'missing-tlog-entries': /malformed at verificationMaterial/,
    'missing-verification-material': /malformed at verificationMaterial/,
  };
  for (const { name, bytes } of vectors) {
    const { valid, parts } = verifyPackageSignature({
      files: [],
      single: false,
      signature: { signature: bytes, provenance: null, testResult: null },
      key,
      binding: null,
    });
    assert.equal(valid, false, name);
    assert.match(parts[0]?.message ?? '', reasons[name] ?? /^$/, name);
  }
});

/** One change somewhere in a value: a field goes, comes, or becomes something else. */
function changed(value: unknown, random: () => number): unknown {
  const others = [null, '', 'x', 7, -1, 0.5, true, [], {}, ['a'], { a: 1 }];
  const other = () => others[Math.floor(random() * others.length)];
  if (value === null || typeof value !== 'object' || random() < 0.15) return other();
  const keys = Object.keys(value);
  if (keys.length === 0 || random() < 0.15)
    return Array.isArray(value) ? [...value, other()] : { ...value, extra: other() };
  const at = keys[Math.floor(random() * keys.length)] ?? '';
  const inside = (value as Record<string, unknown>)[at];
  if (Array.isArray(value)) return value.map((one, i) => (String(i) === at ? changed(one, random) : one));
  if (random() < 0.2) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== at));
  return { ...value, [at]: changed(inside, random) };
}

const JUDGE = `
import json, sys
from pathlib import Path
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
schemas = [json.loads(p.read_text()) for p in Path(sys.argv[1]).glob('*.json')]
registry = Registry().with_resources([(s['$id'], Resource.from_contents(s)) for s in schemas])
by = {s['$id'].split('/')[3]: Draft202012Validator(s, registry=registry) for s in schemas}
print(json.dumps([by[kind].is_valid(value) for kind, value in json.load(open(sys.argv[2]))]))
`;

const environment = pythonOf('signing');

test('what our forms accept, the schemas accept: 4000 changed bundles, envelopes, statements and predicates', {
  skip: 'skip' in environment ? environment.skip : false,
}, () => {
  assert.ok('python' in environment);
  const own = signModelFiles([{ path: 'a', sha256: 'ab'.repeat(32) }], 'm', ['model.sig'], signer);
  const bundles: unknown[] = [
    JSON.parse(own.bundle),
    ...vectors.filter(({ kind }) => kind === 'valid').map(({ bytes }) => JSON.parse(bytes.toString())),
  ];
  const cases: [string, unknown, boolean][] = [];
  for (const bundle of bundles) {
    cases.push(['bundle', bundle, BUNDLE.safeParse(bundle).success]);
    const statement = statementOf(bundle as never);
    cases.push(['statement', statement, MODEL_STATEMENT.safeParse(statement).success]);
  }
  assert.ok(cases.every(([, , accepted]) => accepted));
  const chance = new Chance(14);
  const random = () => chance.next();
  for (let i = 0; i < 4000; i++) {
    const bundle = bundles[i % bundles.length];
    if (i % 2 === 0) {
      const value = changed(bundle, random);
      cases.push(['bundle', value, BUNDLE.safeParse(value).success]);
    } else {
      const value = changed(statementOf(bundle as never), random);
      cases.push(['statement', value, MODEL_STATEMENT.safeParse(value).success]);
    }
  }
  const file = join(mkdtempSync(join(scratch(), 'cases-')), 'cases.json');
  writeFileSync(file, JSON.stringify(cases.map(([kind, value]) => [kind, value])));
  const done = runPython(environment.python, JUDGE, [SCHEMAS, file]);
  assert.equal(done.status, 0, done.stderr);
  const theirs = JSON.parse(done.stdout) as boolean[];
  assert.equal(theirs.length, cases.length);
  const both = { accepted: 0, stricter: 0 };
  for (const [i, [kind, value, accepted]] of cases.entries()) {
    if (accepted && theirs[i]) both.accepted += 1;
    if (!accepted && theirs[i]) both.stricter += 1;
    if (accepted) assert.equal(theirs[i], true, `${kind}: ${JSON.stringify(value).slice(0, 2000)}`);
  }
  // Not by refusing everything.
  assert.ok(both.accepted > 100, JSON.stringify(both));
});
