// Which addresses a server may send us to, in all spellings: as pure functions, no such address is ever asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressRule, faultOfStep } from '../../src/http/addresses.js';
import { stepTo } from '../../src/http/follow-redirects.js';
import { nearnessOf } from '../../src/http/nearness-of.js';

test('addresses by how near they are, in all spellings', () => {
  for (const [nearness, addresses] of Object.entries({
    forbidden: [
      '169.254.169.254',
      '169.254.0.1',
      '100.100.100.200',
      '168.63.129.16',
      '224.0.0.1',
      'fd00:ec2::254',
      'fd20:ce::254',
      'fe80::1',
      'fe80::1%eth0',
      'febf::1',
      'ff02::1',
      '64:ff9b::a9fe:a9fe',
      '64:ff9b::169.254.169.254',
      '::ffff:169.254.169.254',
      '::ffff:a9fe:a9fe',
      '::ffff:0:a9fe:a9fe',
      '::a9fe:a9fe',
      '2002:a9fe:a9fe::1',
      '0:0:0:0:0:ffff:6464:64c8',
      '255.255.255.255',
      'fd00:c1::a9fe:a9fe',
      '64:ff9b:1::a9fe:a9fe',
    ],
    loopback: ['127.0.0.1', '127.255.255.254', '0.0.0.0', '::1', '::', '::ffff:127.0.0.1', '64:ff9b::7f00:1'],
    private: [
      '10.0.0.1',
      '172.31.0.1',
      '192.168.1.1',
      '100.64.0.1',
      'fd12:3456::1',
      '::ffff:10.0.0.1',
      '2002:a00:1::',
      '64:ff9b:1::808:808',
      'fec0::1',
      // Set apart: documentation, benchmarks, AS112, AMT, Teredo, ORCHID, discard, reserved.
      '192.0.2.1',
      '198.51.100.1',
      '203.0.113.1',
      '198.18.0.1',
      '192.31.196.1',
      '192.175.48.1',
      '192.52.193.1',
      '192.88.99.1',
      '240.0.0.1',
      '2001::1',
      '2001:2::1',
      '2001:3::1',
      '2001:4:112::1',
      '2620:4f:8000::1',
      '2001:10::1',
      '2001:20::1',
      '2001:db8::1',
      '3fff::1',
      '100::1',
      '5f00::1',
    ],
    public: ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808'],
  }))
    for (const address of addresses) assert.equal(nearnessOf(address), nearness, address);
});

test('an address has the same nearness in every spelling that a resolver gives', () => {
  const quad = fc.ipV4();
  fc.assert(
    fc.property(quad, fc.ipV6(), (v4, v6) => {
      const near = nearnessOf(v4);
      for (const spelling of [`::ffff:${v4}`, `::ffff:0:${v4}`, `64:ff9b::${v4}`])
        assert.equal(nearnessOf(spelling), near, spelling);
      const { hostname } = new URL(`http://[${v6}]`);
      assert.equal(nearnessOf(hostname.slice(1, -1)), nearnessOf(v6), v6);
      assert.equal(nearnessOf(`${v6}%eth0`), nearnessOf(v6), v6);
    }),
    { numRuns: 5000, seed: 42 },
  );
});

test('a server cannot send us to a network nearer than its own', () => {
  assert.equal(faultOfStep('loopback', 'loopback'), null);
  assert.equal(faultOfStep('loopback', 'private'), null);
  assert.equal(faultOfStep('private', 'private'), null);
  assert.match(String(faultOfStep('private', 'loopback')), /this machine/);
  assert.match(String(faultOfStep('public', 'private')), /private network/);
  for (const near of ['loopback', 'private', 'public'] as const) {
    assert.equal(faultOfStep(near, 'public'), null);
    assert.match(String(faultOfStep(near, 'forbidden')), /metadata/);
  }
});

test('a server with a name is as near as its addresses; unknown names are far', async () => {
  const names = new Map([['mlflow.corp', '10.1.1.1']]);
  const resolve = (host: string, done: (error: Error | null, found: { address: string; family: number }[]) => void) => {
    const address = names.get(host);
    done(null, address === undefined ? [] : [{ address, family: 4 }]);
  };
  const faultOf = (server: string, place: string) => addressRule(new URL(server), resolve).faultOf(new URL(place));
  assert.equal(await faultOf('https://mlflow.corp', 'https://10.2.2.2/x'), null);
  assert.match(String(await faultOf('https://mlflow.corp', 'https://127.1/x')), /this machine/);
  assert.match(String(await faultOf('https://far.example', 'https://10.2.2.2/x')), /private/);
  assert.match(String(await faultOf('https://mlflow.corp', 'https://0xa9fea9fe/x')), /metadata/);
  assert.match(String(await faultOf('https://mlflow.corp', 'https://[::ffff:100.100.100.200]/x')), /metadata/);
  assert.match(String(await faultOf('https://mlflow.corp', 'https://METADATA.google.internal./x')), /metadata/);
});

test('only the usual ports of one host count as an upgrade to https', () => {
  const step = (from: string, to: string) => stepTo(new URL(from), new URL(to));
  assert.equal(step('http://h/a', 'http://h/b'), 'same');
  assert.equal(step('http://h/a', 'https://h/a'), 'upgrade');
  assert.equal(step('http://h:80/a', 'https://h:443/a'), 'upgrade');
  for (const to of ['https://h:8443/a', 'https://other/a', 'http://h:81/a', 'https://h.evil/a'])
    assert.equal(step('http://h/a', to), 'elsewhere', to);
  assert.equal(step('http://h:5000/a', 'https://h/a'), 'elsewhere');
  assert.equal(step('https://h/a', 'http://h/a'), 'elsewhere');
});
