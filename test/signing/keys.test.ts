// Keys to sign and verify with: every form of PEM that OpenSSL writes for the three curves, and refusals in words for all others.
import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { makeSigningKey } from '../../src/operations/make-signing-key.js';
import { passphraseOf, publicKeyOf, signingKeyOf } from '../../src/operations/signing-keys.js';
import { newKeyPair, readPrivateKey, readPublicKey } from '../../src/signing/keys.js';
import { scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';

const CURVES = ['P-256', 'P-384', 'P-521'] as const;
const pem = (key: KeyObject, options: object): string => key.export(options as never) as unknown as string;
const refusal = (code: string, words: RegExp) => (error: unknown) =>
  error instanceof MlctlError && error.code === code && words.test(error.message);

test('PKCS8 and SEC1, open and with a passphrase, with LF and CRLF: one hint for a private key and its public key', () => {
  for (const namedCurve of CURVES) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
    const open = pem(publicKey, { type: 'spki', format: 'pem' });
    const { hint } = readPublicKey(open, 'key.pub');
    assert.equal(readPublicKey(open.replaceAll('\n', '\r\n'), 'key.pub').hint, hint);
    const locked = { cipher: 'aes-256-cbc', passphrase: 'grün 7' };
    for (const type of ['pkcs8', 'sec1']) {
      const plain = pem(privateKey, { type, format: 'pem' });
      const encrypted = pem(privateKey, { type, format: 'pem', ...locked });
      for (const text of [plain, plain.replaceAll('\n', '\r\n')])
        assert.equal(readPrivateKey(text, 'key', undefined).hint, hint, `${namedCurve} ${type}`);
      for (const text of [encrypted, encrypted.replaceAll('\n', '\r\n')]) {
        assert.equal(readPrivateKey(text, 'key', 'grün 7').hint, hint, `${namedCurve} ${type}`);
        assert.throws(
          () => readPrivateKey(text, 'key', undefined),
          refusal('KEY_REFUSED', /has a passphrase, and none was/),
        );
        assert.throws(
          () => readPrivateKey(text, 'key', 'grün 8'),
          refusal('KEY_REFUSED', /its passphrase is another one/),
        );
      }
      // A passphrase that the key does not need does no harm.
      assert.equal(readPrivateKey(plain, 'key', 'grün 7').hint, hint);
    }
  }
});

test('keys of other kinds are refused by their kind', () => {
  const kinds = [
    [generateKeyPairSync('ed25519'), /of the kind ED25519; expected an elliptic curve key on P-256, P-384 or P-521/],
    [generateKeyPairSync('rsa', { modulusLength: 1024 }), /of the kind RSA/],
    [generateKeyPairSync('ec', { namedCurve: 'secp256k1' }), /an elliptic curve key on secp256k1/],
    [generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }), /./],
  ] as const;
  for (const [{ privateKey, publicKey }, words] of kinds.slice(0, 3)) {
    assert.throws(
      () => readPublicKey(pem(publicKey, { type: 'spki', format: 'pem' }), 'k'),
      refusal('KEY_REFUSED', words),
    );
    assert.throws(
      () => readPrivateKey(pem(privateKey, { type: 'pkcs8', format: 'pem' }), 'k', undefined),
      refusal('KEY_REFUSED', words),
    );
  }
});

test('what is not the right PEM is refused in words', () => {
  const { privatePem, publicPem } = newKeyPair(undefined);
  assert.throws(
    () => readPublicKey(privatePem, 'k'),
    refusal('KEY_REFUSED', /it holds a private key; expected a public key/),
  );
  assert.throws(
    () => readPrivateKey(publicPem, 'k', undefined),
    refusal('KEY_REFUSED', /holds a public key; expected a private/),
  );
  assert.throws(() => readPublicKey('hello', 'k'), refusal('KEY_REFUSED', /it is not a PEM file/));
  assert.throws(() => readPrivateKey('', 'k', undefined), refusal('KEY_REFUSED', /it is not a PEM file/));
  const certificate = '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n';
  assert.throws(() => readPublicKey(certificate, 'k'), refusal('KEY_REFUSED', /holds a certificate/));
  for (const text of [publicPem, privatePem]) {
    const damaged = text.replace(/\n./, '\n!');
    const read = () => (text === publicPem ? readPublicKey(damaged, 'k') : readPrivateKey(damaged, 'k', undefined));
    assert.throws(read, refusal('KEY_REFUSED', /its PEM text is damaged/));
  }
});

test('a new key is for its owner only, fits its public key, and overwrites nothing', async () => {
  const world = testWorld();
  writeFileSync(join(world.cwd, 'pass'), 'a secret\r\nanother line\n');
  const made = await makeSigningKey(world, { path: 'keys/k', passphraseFile: 'pass' });
  assert.equal(made.encrypted, true);
  if (process.platform !== 'win32') assert.equal(statSync(made.private_key).mode & 0o777, 0o600);
  assert.match(readFileSync(made.private_key, 'utf8'), /^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
  const signer = await signingKeyOf(world, 'keys/k', 'pass');
  assert.deepEqual([signer.hint, (await publicKeyOf(world, 'keys/k.pub', undefined)).hint], [made.key, made.key]);
  await assert.rejects(makeSigningKey(world, { path: 'keys/k' }), refusal('FILE_EXISTS', /exists already/));
  writeFileSync(join(world.cwd, 'other.pub'), 'mine');
  await assert.rejects(makeSigningKey(world, { path: 'other' }), refusal('FILE_EXISTS', /other\.pub/));
  assert.equal(readFileSync(join(world.cwd, 'other.pub'), 'utf8'), 'mine');
  assert.throws(() => statSync(join(world.cwd, 'other')));
});

test('keys and passphrases come from flags, files and the environment, and from nowhere else', async () => {
  const cwd = scratch();
  const { key } = await makeSigningKey(testWorld({ cwd }), { path: 'k' });
  const env = { MLCTL_SIGNING_KEY: 'k', MLCTL_PUBLIC_KEY: 'k.pub', MLCTL_SIGNING_PASSPHRASE: 'p' };
  const world = testWorld({ cwd, env });
  assert.equal((await signingKeyOf(world, undefined, undefined)).hint, key);
  assert.equal((await publicKeyOf(world, undefined, undefined)).hint, key);
  assert.equal(await passphraseOf(world, undefined), 'p');
  const bare = testWorld({ cwd, env: {} });
  await assert.rejects(
    signingKeyOf(bare, undefined, undefined),
    refusal('USAGE', /does not sign without a key \(keyless\)/),
  );
  await assert.rejects(publicKeyOf(bare, undefined, undefined), refusal('USAGE', /no public key was given/));
  await assert.rejects(publicKeyOf(bare, 'gone', undefined), refusal('FILE_NOT_FOUND', /there is no file "gone"/));
  writeFileSync(join(cwd, 'empty'), '\n');
  await assert.rejects(passphraseOf(bare, 'empty'), refusal('KEY_REFUSED', /first line of "empty" is empty/));
  // The model that is verified must not bring its own key, also not through a link.
  await makeSigningKey(bare, { path: 'model/k' });
  await assert.rejects(
    publicKeyOf(bare, 'model/k.pub', 'model'),
    refusal('KEY_REFUSED', /in the folder that is verified/),
  );
  chmodSync(join(cwd, 'k'), 0o600);
});
