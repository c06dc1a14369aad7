// The GitHub Action and the GitLab job: their files are read as the services read them, and their steps run as plain shell.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { parse } from 'yaml';
import { cleanEnvironment, runCli } from '../support/cli.js';
import { ROOT, scratch } from '../support/paths.js';

interface ActionStep {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
}

const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;
const gitlab = parse(readFileSync(join(ROOT, 'ci', 'gitlab-smoke.yml'), 'utf8'))['mlctl-smoke'] as {
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly artifacts: { readonly when: string; readonly reports: { readonly junit: string } };
};
const work = scratch('mlctl-action-');
const store = { MLFLOW_TRACKING_URI: `sqlite:///${join(work, 'mlflow.db')}` };

before(() => {
  const trained = runCli(['train', '--register', '--stage', 'Production'], { cwd: work, env: store });
  assert.equal(trained.code, 0, trained.stderr);
});

interface Job {
  readonly code: number;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Map<string, string>;
  /** What the upload step would keep. */
  readonly kept: { readonly name: string; readonly path: string } | null;
}

/** Runs the action's steps one after the other, as a runner does; `given` are the inputs. */
function job(given: Readonly<Record<string, string>>): Job {
  const files = scratch('mlctl-runner-');
  const output = join(files, 'output');
  const summary = join(files, 'summary');
  for (const file of [output, summary]) writeFileSync(file, '');
  const outputs = new Map<string, string>();
  const value = (text: string): string =>
    text.replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => {
      const [of, key = '', , last = ''] = name.split('.');
      return (of === 'inputs' ? (given[key] ?? action.inputs[key]?.default) : outputs.get(last)) ?? '';
    });
  let code = 0;
  let log = '';
  let kept: Job['kept'] = null;
  for (const step of action.runs.steps) {
    const always = step.if?.startsWith('always()') === true;
    if (code !== 0 && !always) continue;
    if (step.uses !== undefined) {
      if (value('${{ inputs.junit-artifact }}') !== '')
        kept = { name: value(step.with?.['name'] ?? ''), path: value(step.with?.['path'] ?? '') };
      continue;
    }
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, value(text)]));
    // The options are those of the runner for `shell: bash`.
    const ran = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run ?? ''], {
      cwd: work,
      encoding: 'utf8',
      env: cleanEnvironment({
        ...store,
        GITHUB_ACTIONS: 'true',
        CI: 'true',
        GITHUB_ACTION_PATH: ROOT,
        GITHUB_WORKSPACE: work,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        ...env,
      }),
    });
    code = ran.status ?? 1;
    log += ran.stdout + ran.stderr;
    for (const line of readFileSync(output, 'utf8').split('\n')) {
      const at = line.indexOf('=');
      if (at > 0) outputs.set(line.slice(0, at), line.slice(at + 1));
    }
  }
  return { code, log, summary: readFileSync(summary, 'utf8'), outputs, kept };
}

describe('the GitHub Action', () => {
  it('is a composite action whose scripts hold no expression', () => {
    assert.equal(action.runs.using, 'composite');
    for (const { run, shell } of action.runs.steps)
      if (run !== undefined) {
        assert.equal(shell, 'bash');
        assert.ok(!run.includes('${{'), run);
      }
    const used = JSON.stringify(action.runs.steps);
    for (const name of Object.keys(action.inputs)) assert.ok(used.includes(`inputs.${name}`), name);
    for (const { value } of Object.values(action.outputs)) assert.match(value, /steps\.smoke\.outputs\.[\w-]+/);
  });

  it('passes a good model, with a report, a summary and no annotation', () => {
    const { code, log, summary, outputs, kept } = job({ 'model-uri': 'models:/iris_clf/Production' });
    assert.equal(code, 0, log);
    assert.equal(outputs.get('exit-code'), '0');
    assert.match(summary, /### mlctl smoke: passed/);
    assert.doesNotMatch(log, /^::error/m);
    assert.deepEqual(kept, { name: 'mlctl-smoke', path: join(work, 'mlctl-smoke.xml') });
    assert.match(readFileSync(kept?.path ?? '', 'utf8'), /<testsuites name="mlctl smoke" tests="12" failures="0"/);
  });

  it('fails a model that breaks its limit with 1, annotations and a report that is kept', () => {
    const { code, log, summary, outputs, kept } = job({
      'model-uri': 'models:/iris_clf/1',
      'max-latency': '0.000001',
      junit: 'reports/../slow report.xml',
      'junit-artifact': 'slow',
    });
    assert.equal(code, 1, log);
    assert.equal(outputs.get('exit-code'), '1');
    assert.match(log, /^::error title=mlctl smoke%3A latency::models:\/iris_clf\/1/m);
    assert.match(summary, /### mlctl smoke: failed \(1 of 12\)/);
    assert.deepEqual(kept, { name: 'slow', path: join(work, 'slow report.xml') });
    assert.match(readFileSync(kept?.path ?? '', 'utf8'), /<failure [^>]*type="latency"/);
  });

  it('gives the exit code of a model that is not there, and runs no input as a command', () => {
    const marker = join(work, 'was-run');
    const { code, outputs } = job({ 'model-uri': `models:/none/$(touch ${marker})`, rows: `'; touch ${marker}; '` });
    assert.notEqual(code, 0);
    assert.equal(outputs.get('exit-code'), String(code));
    assert.ok(!existsSync(marker));
    assert.equal(job({ 'model-uri': 'models:/none/1' }).code, 3);
    // An option's name is the path of a folder that is not there.
    assert.equal(job({ 'model-uri': '--help' }).code, 3);
  });
});

describe('the GitLab job', () => {
  it('installs the package where there is no mlctl, smokes, and keeps the report of a failure', () => {
    const folder = scratch('mlctl-gitlab-');
    const packed = spawnSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    assert.equal(packed.status, 0, packed.stderr);
    const prefix = join(folder, 'global');
    const globalConfig = spawnSync('npm', ['config', 'get', 'globalconfig'], { encoding: 'utf8' }).stdout.trim();
    mkdirSync(prefix);
    // An image with node and npm, and no mlctl of this machine's own.
    const tools = join(folder, 'tools');
    mkdirSync(tools);
    for (const tool of ['node', 'npm', 'sh', 'bash', 'env']) {
      symlinkSync(
        spawnSync('bash', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim(),
        join(tools, tool),
      );
    }
    const run = (model: string, source = join(folder, packed.stdout.trim())) =>
      spawnSync('bash', ['-eo', 'pipefail', '-c', gitlab.script.join('\n')], {
        cwd: folder,
        encoding: 'utf8',
        timeout: 600_000,
        env: {
          // How npm reaches its registry is this machine's own matter.
          // `npm test` hands its own prefixes down, which would win over the one given here.
          ...Object.fromEntries(
            Object.entries(process.env).filter(
              ([name]) => !/^(MLFLOW_|AWS_|GITHUB_|npm_config_(.*prefix|globalconfig)$)/.test(name),
            ),
          ),
          NPM_CONFIG_GLOBALCONFIG: globalConfig,
          ...store,
          ...gitlab.variables,
          MODEL_URI: model,
          MLCTL_PACKAGE: source,
          NPM_CONFIG_PREFIX: prefix,
          PATH: [join(prefix, 'bin'), tools].join(':'),
        },
      });
    // No package of somebody else's is installed because nobody named one.
    for (const source of ['', 'mlctl', 'mlctl@0.1.0', 'npm:other@1', 'git+https://host/mlctl.git']) {
      const unnamed = run('models:/iris_clf/Production', source);
      assert.equal(unnamed.status, 2, source);
      assert.match(unnamed.stderr, /set MLCTL_PACKAGE/);
      assert.ok(!existsSync(join(prefix, 'bin')), source);
    }
    const passed = run('models:/iris_clf/Production');
    assert.equal(passed.status, 0, passed.stdout + passed.stderr);
    assert.ok(existsSync(join(prefix, 'bin', 'mlctl')));
    assert.equal(gitlab.artifacts.when, 'always');
    const report = join(folder, gitlab.artifacts.reports.junit);
    assert.match(readFileSync(report, 'utf8'), /failures="0"/);
    assert.equal(run('models:/none/1').status, 3);
    assert.match(readFileSync(report, 'utf8'), /<failure [^>]*type="resolve"/);
  });
});
