// The whole road as a team runs it: MLflow over PostgreSQL and a real S3 server, files through the server and straight to S3.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { openArtifacts } from '../../src/artifacts/open.js';
import { downloadTree, uploadTree } from '../../src/artifacts/transfer.js';
import { loadModel } from '../../src/operations/load.js';
import { openTracking } from '../../src/tracking/open.js';
import { cleanEnvironment, cliJson, runCli } from '../support/cli.js';
import { fetchOnce } from '../support/fetch-once.js';
import { BIN, ROOT, scratch } from '../support/paths.js';
import { runPython } from '../support/python.js';
import { openStack, type Stack, type StackMode } from '../support/stack.js';
import { systemTool } from '../support/system-tool.js';
import { openLine } from '../support/tcp-line.js';
import { testWorld } from '../support/worlds.js';

const MODES: readonly StackMode[] = ['proxied', 'direct'];
const opened = openStack(MODES);
if (!('skip' in opened)) after(() => opened.stop());

const PYTHON_LOADS = `
import sys, json, logging
logging.disable(logging.CRITICAL)
import mlflow, pandas as pd
rows = pd.read_csv(sys.argv[1])
print(json.dumps({uri: mlflow.pyfunc.load_model(uri).predict(rows)["label"].tolist() for uri in sys.argv[2:]}))
`;
const PYTHON_LOGS = `
import sys, json, logging
logging.disable(logging.CRITICAL)
import mlflow, onnx
from mlflow.models import Model
mlflow.set_experiment("by python")
with mlflow.start_run() as run:
    signature = Model.load(sys.argv[1]).signature
    mlflow.onnx.log_model(onnx.load(sys.argv[1] + "/model.onnx"), name="model", signature=signature, registered_model_name="by_python")
print(run.info.run_id)
`;

interface Trained {
  run_id: string;
  model_id: string;
  model_uri: string;
  digest: { package: string };
  registered: { name: string; version: number };
}

for (const mode of MODES) {
  describe(`${mode} artifacts in S3, MLflow over PostgreSQL`, { skip: 'skip' in opened ? opened.skip : false }, () => {
    const stack = opened as Stack;
    const folder = scratch();
    const env = {
      ...(mode === 'direct' ? stack.env : {}),
      MLFLOW_TRACKING_URI: 'skip' in opened ? '' : stack.servers[mode],
      MLCTL_CACHE_DIR: join(folder, 'cache'),
    };
    const options = { cwd: folder, env };
    const world = testWorld({ env, cwd: folder, now: Date.now });
    let trained: Trained;

    test('train, load, smoke, predict; Python loads the same by every kind of URI', () => {
      trained = cliJson<Trained>(
        ['train', '--register=iris_clf', '--stage', 'Production', '--alias', 'champion'],
        options,
      );
      const uris = [
        trained.model_uri,
        'models:/iris_clf/1',
        'models:/iris_clf/production',
        'models:/iris_clf/latest',
        'models:/iris_clf@champion',
        `models:/${trained.model_id}`,
      ];
      for (const uri of uris) {
        const loaded = cliJson<{ digest: { package: string }; verified: string }>(['load', uri], options);
        assert.equal(loaded.digest.package, trained.digest.package, uri);
        assert.equal(loaded.verified, uri.startsWith('models:/iris') ? 'registry' : 'run', uri);
      }
      if (mode === 'direct') {
        const { resolved } = cliJson<{ resolved: { location: string } }>(['load', 'models:/iris_clf/1'], options);
        assert.match(resolved.location, /^s3:\/\/mlflow\/direct\//);
        const by = cliJson<{ digest: { package: string }; verified: string }>(['load', resolved.location], options);
        assert.deepEqual([by.digest.package, by.verified], [trained.digest.package, 'none']);
        const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...keyless } = options.env as Record<string, string>;
        const elsewhere = { ...keyless, MLCTL_CACHE_DIR: join(folder, 'other') };
        const refused = runCli(['load', 'models:/iris_clf/1', '--json'], { cwd: folder, env: elsewhere });
        assert.equal(refused.code, 4, refused.stdout);
        assert.equal(JSON.parse(refused.stdout).error.code, 'UNAUTHENTICATED');
      }
      const smoked = cliJson<{ checks: { name: string; status: string }[] }>(['smoke', 'models:/iris_clf/1'], options);
      assert.deepEqual(
        smoked.checks.filter((check) => check.status !== 'pass').map((check) => check.name),
        ['latency'],
      );
      const rows =
        'sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)\n5.1,3.5,1.4,0.2\n6.7,3.0,5.2,2.3\n6.0,2.9,4.5,1.5\n';
      const file = join(folder, 'rows.csv');
      writeFileSync(file, rows);
      const predicted = runCli(['predict', 'models:/iris_clf/1', '-i', file, '--output-format', 'csv'], options);
      assert.equal(predicted.code, 0, predicted.stderr);
      const labels = predicted.stdout
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => Number(line.split(',')[0]));
      assert.deepEqual(labels, [0, 2, 1]);
      const python = runPython(stack.python, PYTHON_LOADS, [file, ...uris], { cwd: folder, env });
      assert.equal(python.status, 0, python.stderr);
      assert.deepEqual(
        JSON.parse(python.stdout.trim().split('\n').at(-1) ?? ''),
        Object.fromEntries(uris.map((uri) => [uri, labels])),
      );
    });

    test('what Python logged is loaded and predicts', () => {
      const cached = readdirSync(join(folder, 'cache', 'packages'))[0] ?? '';
      const python = runPython(stack.python, PYTHON_LOGS, [join(folder, 'cache', 'packages', cached)], {
        cwd: folder,
        env,
      });
      assert.equal(python.status, 0, python.stderr);
      for (const uri of [`runs:/${python.stdout.trim().split('\n').at(-1)}/model`, 'models:/by_python/1']) {
        const loaded = cliJson<{ verified: string; flavor: string }>(['load', uri], options);
        assert.deepEqual([loaded.verified, loaded.flavor], ['none', 'onnx'], uri);
        const predicted = runCli(['predict', uri, '-i', join(folder, 'rows.csv'), '--output-format', 'csv'], options);
        assert.equal(predicted.code, 0, predicted.stderr);
        assert.equal(predicted.stdout.trim().split('\n').length, 4);
      }
    });

    test('doctor names what users of registries complain of, and its hints mend it', async () => {
      const api = async (method: string, route: string, body: object): Promise<void> => {
        const answer = await fetchOnce(`${stack.servers[mode]}/api/2.0/mlflow/${route}`, {
          method,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        assert.equal(answer.status, 200, await answer.text());
      };
      interface Finding {
        kind: string;
        message: string;
        hint: string;
      }
      const findings = (): Map<string, Finding> => {
        const { checks } = cliJson<{ checks: { name: string; status: string; details: { findings: Finding[] } }[] }>(
          ['doctor'],
          options,
        );
        const registry = checks.find(({ name }) => name === 'registry');
        assert.equal(registry?.status === 'warn', registry?.details.findings.length !== 0);
        return new Map(registry?.details.findings.map((one) => [one.kind, one]));
      };
      const follow = (hint: string | undefined): void => {
        const [, line = ''] = /(mlctl (?:register|promote) [\w:/. -]+)/.exec(hint ?? '') ?? assert.fail(hint);
        const ran = runCli(line.split(' ').slice(1), options);
        assert.equal(ran.code, 0, ran.stderr);
      };
      assert.deepEqual([...findings()], []);
      // Another client moves a pointer, under a name that MLflow's own UI does not take, to a version nobody has the digest of.
      await api('POST', 'registered-models/alias', { name: 'by_python', alias: 'Champion', version: '1' });
      assert.deepEqual([...findings().keys()].sort(), ['alias_case', 'no_digest', 'unrecorded_move']);
      follow(findings().get('no_digest')?.hint);
      assert.equal(cliJson<{ verified: string }>(['load', 'models:/by_python/1'], options).verified, 'registry');
      follow(findings().get('alias_case')?.hint);
      await api('DELETE', 'registered-models/alias', { name: 'by_python', alias: 'Champion' });
      assert.deepEqual([...findings().keys()], []);
      // The run of a version that services load is deleted, and brought back.
      const [version] = cliJson<{ models: { versions: { run_id: string }[] }[] }>(['models', 'by_python'], options)
        .models[0]!.versions;
      await api('POST', 'runs/delete', { run_id: version!.run_id });
      assert.match(
        findings().get('run_gone')?.hint ?? '',
        new RegExp(`mlflow runs restore --run-id ${version!.run_id}`),
      );
      await api('POST', 'runs/restore', { run_id: version!.run_id });
      assert.deepEqual([...findings()], []);
    });

    test('trees of files with any name, nested, empty and larger than one part', async () => {
      const store = await openTracking(world);
      const run = await store.getRun(trained.run_id);
      await store.close();
      const large = join(folder, 'large.bin');
      writeFileSync(large, randomBytes(70 * 1024 * 1024 + 7));
      const names = [
        'a b/c+d 100%.txt',
        "deep/er/ü 日本's.txt",
        'q?x&y=z;w.txt',
        '"[1]".json',
        '.hidden',
        'tilde~@:,!$.txt',
      ];
      const files = new Map<string, Uint8Array | { file: string }>([
        ...names.map((name) => [name, new TextEncoder().encode(name)] as const),
        ['empty', new Uint8Array()],
        ['large.bin', { file: large }],
      ]);
      for (const settings of [
        {},
        // The parts and presigned addresses that the server offers for its S3.
        { MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE: '1000000', MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD: 'true' },
      ]) {
        const notes: string[] = [];
        const at = testWorld({ env: { ...env, ...settings }, cwd: folder, note: (text) => notes.push(text) });
        const files_ = await openArtifacts(run?.artifactUri ?? '', { world: at, trackingUri: stack.servers[mode] });
        const sent = await uploadTree(files_, 'tree', files);
        const target = scratch();
        const came = await downloadTree(files_, 'tree', target);
        const sorted = [...sent].sort((a, b) => (a.path < b.path ? -1 : 1));
        assert.deepEqual(
          [...came].sort((a, b) => (a.path < b.path ? -1 : 1)),
          sorted,
        );
        assert.equal(Buffer.compare(readFileSync(join(target, 'large.bin')), readFileSync(large)), 0);
        const rest: Uint8Array[] = [];
        for await (const chunk of await files_.read('tree/large.bin', { offset: 70 * 1024 * 1024 })) rest.push(chunk);
        assert.equal(Buffer.concat(rest).byteLength, 7);
        await assert.rejects(
          files_.read('tree/none').then(async (chunks) => {
            for await (const _ of chunks);
          }),
          { code: 'ARTIFACT_NOT_FOUND' },
        );
        assert.deepEqual(await files_.list('nowhere'), []);
        await files_.remove('tree');
        assert.deepEqual(await files_.list('tree'), []);
        assert.deepEqual(notes, []);
      }
    });

    // Both modes share the registry's code; the large count is done where files do not take the long way.
    const [processes, each] = mode === 'direct' ? [8, 8] : [4, 3];
    test(`${processes} processes register ${each} versions each: none missing, none twice, each with its own bytes`, async (t) => {
      const worker = join(ROOT, 'build', 'test', 'interop', 'remote-worker.js');
      const settings = JSON.stringify(mode === 'direct' ? stack.env : {});
      const lines = await Promise.all(
        Array.from({ length: processes }, async (_, who) => {
          const args = [worker, stack.servers[mode], 'crowd', String(each), `process ${who}`, settings];
          const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: cleanEnvironment() });
          let out = '';
          let err = '';
          child.stdout.on('data', (chunk) => (out += chunk));
          child.stderr.on('data', (chunk) => (err += chunk));
          const [code] = await once(child, 'close');
          assert.equal(code, 0, err);
          return out.trim().split('\n');
        }),
      );
      const made = lines.flat().map((line) => JSON.parse(line) as { version: number; digest: string; words: string });
      const total = processes * each;
      assert.deepEqual(
        made.map(({ version }) => version).sort((a, b) => a - b),
        Array.from({ length: total }, (_, i) => i + 1),
      );
      assert.equal(new Set(made.map(({ digest }) => digest)).size, total);
      const cache = join(folder, 'crowd');
      for (const { version, digest, words } of made) {
        const at = testWorld({ env: { ...env, MLCTL_CACHE_DIR: cache }, cwd: folder, now: Date.now });
        const loaded = await loadModel(at, { uri: `models:/crowd/${version}` });
        assert.deepEqual([loaded.digest.package, loaded.verified], [digest, 'registry']);
        const place = join(cache, 'packages', digest.slice('sha256:'.length), 'who.txt');
        assert.equal(readFileSync(place, 'utf8'), words);
      }
      t.diagnostic(`${made.length} versions, each loaded`);
    });
  });
}

describe('training data in S3', { skip: 'skip' in opened ? opened.skip : false }, () => {
  test('CSV and Parquet are trained from where they are, and Python reads from where they were', async () => {
    const stack = opened as Stack;
    const folder = scratch();
    const env = { ...stack.env, MLFLOW_TRACKING_URI: stack.servers.proxied, MLCTL_CACHE_DIR: join(folder, 'cache') };
    const options = { cwd: folder, env };
    const rows = Array.from({ length: 60 }, (_, i) => `${i / 7},${(i * 5) % 11},${i % 2 ? 'yes' : 'no'}`);
    const csv = join(folder, 'churn data.csv');
    writeFileSync(csv, `age,calls,churned\n${rows.join('\n')}\n`);
    const parquet = join(folder, 'churn.parquet');
    const wrote = runPython(
      stack.python,
      'import sys, pandas as pd; pd.read_csv(sys.argv[1]).to_parquet(sys.argv[2])',
      [csv, parquet],
      { cwd: folder },
    );
    assert.equal(wrote.status, 0, wrote.stderr);
    const world = testWorld({ env, cwd: folder, now: Date.now });
    const bucket = await openArtifacts(`s3://${stack.bucket}/data`, { world, trackingUri: null });
    await bucket.write('churn data.csv', { file: csv });
    await bucket.write('churn.parquet', { file: parquet });
    const train = (data: string) =>
      cliJson<Trained & { data: { source: string; digest: string; rows: number }; digest: { payload: string } }>(
        // MLflow keeps one row for the same data under the same name, whose source is the first one's: each its experiment.
        ['train', '--data', data, '--target', 'churned', '--experiment', `data at ${data}`],
        options,
      );
    const here = train(csv);
    for (const name of ['churn data.csv', 'churn.parquet']) {
      const uri = `s3://${stack.bucket}/data/${name}`;
      const there = train(uri);
      assert.deepEqual([there.data.source, there.data.rows], [uri, 60]);
      assert.equal(there.digest.payload, here.digest.payload, 'the same data, the same model');
      if (name.endsWith('.csv')) assert.equal(there.data.digest, here.data.digest);
      const python = runPython(
        stack.python,
        'import sys, json, mlflow; d = mlflow.get_run(sys.argv[1]).inputs.dataset_inputs[0].dataset; print(json.dumps([d.source_type, d.source, mlflow.data.get_source(d).uri]))',
        [there.run_id],
        { cwd: folder, env },
      );
      assert.equal(python.status, 0, python.stderr);
      assert.deepEqual(JSON.parse(python.stdout), ['s3', JSON.stringify({ uri }), uri]);
      // Made again from S3, and from a copy; other bytes under the same key are named.
      const again = (...more: string[]) => runCli(['reproduce', `runs:/${there.run_id}/model`, '-q', ...more], options);
      const copy = name.endsWith('.csv') ? csv : parquet;
      for (const where of [[], ['--data', copy]]) {
        const done = again(...where);
        assert.equal(done.code, 0, done.stdout + done.stderr);
      }
      await bucket.write(name, { bytes: Buffer.from(readFileSync(csv, 'utf8').split('\n').slice(0, 40).join('\n')) });
      const changed = again('--json');
      assert.equal(changed.code, 1, changed.stderr);
      const { differences } = JSON.parse(changed.stdout) as { differences: { what: string; name: string }[] };
      assert.equal(differences.find(({ what }) => what === 'data')?.name, uri);
    }
    const missing = runCli(
      ['train', '--data', `s3://${stack.bucket}/data/none.csv`, '--target', 'y', '--json'],
      options,
    );
    assert.deepEqual([missing.code, JSON.parse(missing.stdout).error.code], [3, 'ARTIFACT_NOT_FOUND']);
  });
});

describe('progress on a terminal', { skip: 'skip' in opened ? opened.skip : false }, () => {
  test('how far a transfer is stands on one line that goes away; the answer is untouched by it', (t) => {
    const script = systemTool('script');
    if ('skip' in script) return t.skip(script.skip);
    const stack = opened as Stack;
    const folder = scratch();
    const env = { ...stack.env, MLFLOW_TRACKING_URI: stack.servers.direct, MLCTL_CACHE_DIR: join(folder, 'cache') };
    assert.equal(runCli(['train', '--no-log', '--out', join(folder, 'package')], { cwd: folder }).code, 0);
    writeFileSync(join(folder, 'package', 'large.bin'), randomBytes(150 * 1024 * 1024));
    /** What a terminal of 100 columns is sent, the answer aside. */
    const onTerminal = (line: string, more: Record<string, string> = {}): string => {
      const command = `stty cols 100 rows 30; exec "${process.execPath}" "${BIN}" ${line}`;
      const ran = spawnSync(script.tool, ['-qefc', command, '/dev/null'], {
        cwd: folder,
        env: cleanEnvironment({ ...env, TERM: 'xterm', ...more }),
        encoding: 'utf8',
      });
      assert.equal(ran.status, 0, ran.stdout);
      return ran.stdout;
    };
    const steps = (text: string, doing: string): number[] => [
      ...new Set(
        [...text.matchAll(new RegExp(`${doing} ([\\d.]+) of \\d+\\.\\d MB`, 'g'))].map(([, done]) => Number(done)),
      ),
    ];
    const sent = onTerminal('log package --experiment watched > answer.txt');
    const [uri] = /runs:\/\w+\/model/.exec(readFileSync(join(folder, 'answer.txt'), 'utf8')) ?? assert.fail();
    // The cursor is hidden while the line turns, and there again at the end.
    assert.ok(sent.lastIndexOf('\u001b[?25h') > sent.lastIndexOf('\u001b[?25l') && sent.includes('\u001b[?25l'));
    const moved = (text: string, doing: string): void => {
      const seen = steps(text, doing).filter((done) => done > 0);
      assert.ok(seen.length >= 2 && seen.some((done) => done < 150), `${doing}: ${seen}`);
    };
    moved(sent, 'sending');
    moved(sent, 'reading back');
    const fetched = onTerminal(`load ${uri} > answer.txt`);
    moved(fetched, 'fetching');
    assert.match(readFileSync(join(folder, 'answer.txt'), 'utf8'), /^[^\u001b]*inputs \(4\)/);
    // Where a job's log is kept, nothing moves.
    const still = onTerminal(`load ${uri} > answer.txt`, { CI: 'true', MLCTL_CACHE_DIR: join(folder, 'another') });
    assert.doesNotMatch(still, /fetching|\u001b\[/);
  });
});

describe('interrupted while a large file goes to S3', { skip: 'skip' in opened ? opened.skip : false }, () => {
  for (const [signal, exit] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    test(`${signal}: the run is KILLED, the upload forgotten, exit ${exit}`, async (t) => {
      const stack = opened as Stack;
      const target = new URL(stack.env['MLFLOW_S3_ENDPOINT_URL'] ?? '');
      // A line to S3 that goes dead once it has carried some megabytes.
      const line = await openLine(target.href, (_, there) => (there > 4_000_000 ? 'falls silent' : 'goes on'));
      t.after(() => line.close());
      const folder = scratch();
      mkdirSync(join(folder, 'work'));
      writeFileSync(join(folder, 'large.bin'), randomBytes(100 * 1024 * 1024));
      const env = { ...stack.env, MLFLOW_TRACKING_URI: stack.servers.direct, MLCTL_CACHE_DIR: join(folder, 'cache') };
      const out = join(folder, 'package');
      const made = runCli(['train', '--no-log', '--out', out], { cwd: folder });
      assert.equal(made.code, 0, made.stderr);
      const child = spawn(
        process.execPath,
        [BIN, 'log', out, '--artifact', join(folder, 'large.bin'), '--experiment', `stopped by ${signal}`],
        {
          cwd: folder,
          env: cleanEnvironment({ ...env, MLFLOW_S3_ENDPOINT_URL: line.url }),
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      let err = '';
      child.stderr.on('data', (chunk) => (err += chunk));
      await Promise.race([line.silent, once(child, 'close').then(() => assert.fail(err))]);
      const asked = performance.now();
      child.kill(signal);
      const [code] = await once(child, 'close');
      const took = performance.now() - asked;
      assert.equal(code, exit, err);
      assert.ok(took < 15_000, `took ${took} ms`);
      const store = await openTracking(testWorld({ env }));
      const experiment = await store.getExperimentByName(`stopped by ${signal}`);
      const { items } = await store.searchRuns({ experimentIds: [experiment?.experimentId ?? ''] });
      await store.close();
      assert.deepEqual(
        items.map((run) => run.status),
        ['KILLED'],
      );
      const client = new S3Client({
        endpoint: target.href,
        region: 'us-east-1',
        forcePathStyle: true,
        credentials: { accessKeyId: 'minioadmin', secretAccessKey: 'minioadmin' },
      });
      const left = await client.send(new ListMultipartUploadsCommand({ Bucket: stack.bucket }));
      assert.deepEqual(left.Uploads ?? [], []);
    });
  }
});
