// What docs/serve.md tells people to copy: its YAML can be read, and each `mlctl serve` in it has flags that there are.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { SERVE_OPTIONS } from '../../src/cli/flags/serve-options.js';
import { ROOT, scratch } from '../support/paths.js';
import { pythonOf } from '../support/python.js';

const PAGE = readFileSync(join(ROOT, 'docs', 'serve.md'), 'utf8');
const FLAGS = new Set([...SERVE_OPTIONS.map(({ flags }) => flags.split(/[ ,]/)[0]), '--schema']);
const blocks = (language: string): string[] =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text!);

function assertFlags(words: readonly string[]): void {
  for (const word of words.filter((one) => one.startsWith('--'))) assert.ok(FLAGS.has(word), `${word} in ${words}`);
}

test('the manifests are YAML, and their containers start mlctl serve with flags that there are', () => {
  const manifests = blocks('yaml').map((text) => parse(text));
  assert.deepEqual(
    manifests.map(({ kind }) => kind),
    ['Deployment', 'ServingRuntime'],
  );
  for (const { spec } of manifests)
    for (const { args } of (spec.template?.spec ?? spec).containers) {
      assert.deepEqual(args.slice(0, 2), ['mlctl', 'serve']);
      assertFlags(args);
    }
});

test('the unit of systemd starts what it checked before', () => {
  const lines = blocks('ini')[0]!.split('\n');
  const commands = lines.flatMap((line) => /^Exec\w+=\S*\/mlctl (serve .*)$/.exec(line)?.[1] ?? []);
  assert.equal(commands.length, 2);
  const words = commands.map((command) => command.split(' '));
  for (const each of words) assertFlags(each);
  assert.equal(words[0]![1], words[1]![1]);
  assert.ok(words[0]!.includes('--check'));
});

/** Kubernetes' own schemas, without properties that they do not have: what is wrong with a manifest, and nothing if all is right. */
const VALIDATE = `
import json, sys, kubernetes_validate
for manifest in json.loads(sys.stdin.read()):
    try:
        kubernetes_validate.validate(manifest, '1.37.0', strict=True)
    except kubernetes_validate.ValidationError as error:
        print(error.message)
`;

test("Kubernetes' own schemas accept the manifest, and the container of KServe's runtime in a pod", (t) => {
  const found = pythonOf('kubernetes');
  if ('skip' in found) return t.skip(found.skip);
  const [deployment, runtime] = blocks('yaml').map((text) => parse(text));
  const { containers } = runtime.spec;
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'mlctl' }, spec: { containers } };
  const flaws = (...manifests: unknown[]) => {
    const done = spawnSync(found.python, ['-c', VALIDATE], { input: JSON.stringify(manifests), encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    return done.stdout;
  };
  assert.equal(flaws(deployment, pod), '');
  const { replicas, ...spec } = deployment.spec;
  assert.match(flaws({ ...deployment, spec: { ...spec, replicaz: replicas } }), /replicaz/);
  return undefined;
});

test('systemd finds nothing to say about the unit', (t) => {
  const tool = spawnSync(process.execPath, [join(ROOT, 'scripts', 'system-tool.mjs'), 'systemd-analyze'], {
    encoding: 'utf8',
  });
  if (tool.status !== 0) return t.skip(tool.stderr.trim());
  // It wants a program that there is.
  const unit = blocks('ini')[0]!.replaceAll('/usr/local/bin/mlctl', process.execPath);
  const said = (text: string) => {
    const file = join(scratch('unit'), 'mlctl.service');
    writeFileSync(file, text);
    const done = spawnSync(tool.stdout.trim(), ['verify', '--man=no', file], { encoding: 'utf8' });
    return done.stdout + done.stderr;
  };
  assert.equal(said(unit), '');
  assert.match(said(unit.replace('MemoryMax=', 'MemoryMost=')), /MemoryMost/);
  return undefined;
});
