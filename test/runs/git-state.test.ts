// The state of a git tree is told as git itself tells it, and nothing that the tree or its settings name is started.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gitState } from '../../src/runs/git-state.js';
import { scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';

const posix = { skip: process.platform === 'win32' && 'a shell script stands in for a program' };

function repository(...init: string[]) {
  const home = scratch();
  const tree = join(home, 'tree');
  mkdirSync(tree);
  const env = { PATH: process.env['PATH'] ?? '', HOME: home };
  const git = (...args: string[]) => {
    const done = spawnSync('git', ['-c', 'user.email=a@b', '-c', 'user.name=n', ...args], {
      cwd: tree,
      env,
      encoding: 'utf8',
    });
    assert.equal(done.status, 0, `git ${args.join(' ')}: ${done.stderr}`);
    return done.stdout.trim();
  };
  const put = (name: string, text: string) => writeFileSync(join(tree, name), text);
  const state = (cwd = tree, more: Record<string, string> = {}) =>
    gitState(testWorld({ cwd, env: { ...env, ...more } }));
  git('init', '-q', ...init, '.');
  put('a.txt', 'a\n');
  git('add', '.');
  git('commit', '-qm', 'one');
  return { home, tree, git, put, state };
}

test('clean, changed, staged, deleted, untracked and touched files', async () => {
  const { tree, git, put, state } = repository();
  const commit = git('rev-parse', 'HEAD');
  assert.deepEqual(await state(), { commit, dirty: false });
  put('new.txt', 'n\n');
  assert.deepEqual(await state(), { commit, dirty: false });
  utimesSync(join(tree, 'a.txt'), 1, 1);
  assert.deepEqual(await state(), { commit, dirty: false });
  put('a.txt', 'b\n');
  assert.deepEqual(await state(), { commit, dirty: true });
  git('add', '.');
  assert.deepEqual(await state(), { commit, dirty: true });
  git('commit', '-qm', 'two');
  assert.deepEqual(await state(), { commit: git('rev-parse', 'HEAD'), dirty: false });
  rmSync(join(tree, 'a.txt'));
  assert.equal((await state())?.dirty, true);
});

test('packed refs, a detached head, a folder below, a linked work tree, a submodule and SHA-256', async () => {
  const { home, tree, git, put, state } = repository();
  const first = git('rev-parse', 'HEAD');
  git('pack-refs', '--all');
  mkdirSync(join(tree, 'below'));
  assert.deepEqual(await state(join(tree, 'below')), { commit: first, dirty: false });
  git('worktree', 'add', '-q', join(home, 'linked'));
  assert.deepEqual(await state(join(home, 'linked')), { commit: first, dirty: false });
  writeFileSync(join(home, 'linked', 'a.txt'), 'changed\n');
  assert.deepEqual(await state(join(home, 'linked')), { commit: first, dirty: true });
  assert.deepEqual(await state(), { commit: first, dirty: false });
  put('a.txt', 'b\n');
  git('commit', '-qam', 'two');
  git('checkout', '-q', '--detach', first);
  assert.deepEqual(await state(), { commit: first, dirty: false });
  const inner = repository();
  git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.tree, 'inner');
  assert.equal((await state(join(tree, 'inner')))?.commit, inner.git('rev-parse', 'HEAD'));
  const wide = repository('--object-format=sha256');
  const commit = wide.git('rev-parse', 'HEAD');
  assert.equal(commit.length, 64);
  assert.deepEqual(await wide.state(), { commit, dirty: false });
});

test('GIT_DIR and GIT_WORK_TREE name the repository', async () => {
  const { home, tree, git, state } = repository();
  const commit = git('rev-parse', 'HEAD');
  const found = await state(home, { GIT_DIR: join(tree, '.git'), GIT_WORK_TREE: tree });
  assert.deepEqual(found, { commit, dirty: false });
});

test('null without a repository or a commit, for odd names, and where HEAD is not a file', posix, async () => {
  const folder = scratch();
  const at = (cwd: string) => gitState(testWorld({ cwd, env: { PATH: process.env['PATH'] ?? '' } }));
  assert.equal(await at(folder), null);
  const { tree, state } = repository();
  const head = (text: string) => writeFileSync(join(tree, '.git', 'HEAD'), text);
  for (const text of [
    '',
    'ref: refs/heads/nobody\n',
    'ref: refs/../../../etc/passwd\n',
    'ref: /etc/passwd\n',
    'x'.repeat(1 << 20),
  ]) {
    head(text);
    assert.equal(await state(), null, text.slice(0, 40));
  }
  rmSync(join(tree, '.git', 'HEAD'));
  assert.equal(spawnSync('mkfifo', [join(tree, '.git', 'HEAD')]).status, 0);
  assert.equal(await state(), null);
});

test('if git cannot tell or is missing, only the commit is known', posix, async () => {
  const { tree, git, state } = repository();
  const commit = git('rev-parse', 'HEAD');
  assert.deepEqual(await state(tree, { PATH: join(tree, 'nowhere') }), { commit, dirty: null });
  writeFileSync(join(tree, '.git', 'index'), 'damaged');
  assert.deepEqual(await state(), { commit, dirty: null });
});

test('nothing that the folder names is started', posix, async () => {
  const { home, tree, git, put, state } = repository();
  const mark = join(home, 'EXECUTED');
  const program = join(tree, 'program.sh');
  writeFileSync(program, `#!/bin/sh\ntouch '${mark}'\ncat\n`);
  chmodSync(program, 0o755);
  // A program called git lies in the folder, too.
  writeFileSync(join(tree, 'git'), `#!/bin/sh\ntouch '${mark}'\n`);
  chmodSync(join(tree, 'git'), 0o755);
  writeFileSync(join(tree, 'more.config'), `[filter "included"]\n\tclean = ${program}\n\trequired = true\n`);
  const settings: Record<string, string> = {
    'filter.x.clean': program,
    'filter.x.process': program,
    'filter.y=z.clean': program,
    'core.fsmonitor': program,
    'core.hooksPath': tree,
    'core.sshCommand': program,
    'core.pager': program,
    'core.editor': program,
    'diff.external': program,
    'diff.x.textconv': program,
    'diff.x.command': program,
    'gpg.program': program,
    'status.submoduleSummary': 'true',
    'include.path': join(tree, 'more.config'),
    'credential.helper': program,
    'remote.origin.url': `ext::${program}`,
    'remote.origin.promisor': 'true',
    'extensions.partialClone': 'origin',
    'core.attributesFile': join(tree, 'attributes'),
    'alias.status': `!${program}`,
    'core.alternateRefsCommand': program,
  };
  put('.gitattributes', '* filter=x diff=x\n');
  put('attributes', '* filter=included\n');
  writeFileSync(join(tree, '.git', 'info', 'attributes'), '*.txt filter=y=z\n');
  for (const [name, value] of Object.entries(settings)) git('config', name, value);
  for (const hook of ['post-index-change', 'fsmonitor-watchman', 'reference-transaction'])
    writeFileSync(join(tree, hook), readFileSync(program), { mode: 0o755 });
  writeFileSync(join(home, '.gitconfig'), `[filter "x"]\n\tclean = ${program}\n`);
  rmSync(mark, { force: true });
  writeFileSync(join(tree, 'a.txt'), 'c\n');
  utimesSync(join(tree, 'a.txt'), 7, 7);
  const found = await state(tree, {
    PATH: `:.:${process.env['PATH']}`,
    GIT_EXTERNAL_DIFF: program,
    GIT_SSH_COMMAND: program,
  });
  assert.equal(existsSync(mark), false);
  assert.match(found?.commit ?? '', /^[0-9a-f]{40}$/);
  // What the filters would have made of the file is not known, so neither is whether it was changed.
  assert.equal(found?.dirty, null);
});

test('objects in another folder are not read', posix, async () => {
  const { tree, git, state } = repository();
  const commit = git('rev-parse', 'HEAD');
  writeFileSync(join(tree, '.git', 'objects', 'info', 'alternates'), '/dev/zero\n');
  assert.deepEqual(await state(), { commit, dirty: null });
});

test('git gets no secrets from the environment', posix, async () => {
  const { home, tree } = repository();
  const seen = join(home, 'seen');
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin', 'git'), `#!/bin/sh\n/usr/bin/env > '${seen}'\n`);
  chmodSync(join(home, 'bin', 'git'), 0o755);
  const env = { PATH: join(home, 'bin'), HOME: home, GIT_ASKPASS: 's3cret-askpass', NODE_OPTIONS: '--s3cret' };
  const secrets = { MLFLOW_TRACKING_PASSWORD: 's3cret-1', AWS_SECRET_ACCESS_KEY: 's3cret-2', GITHUB_TOKEN: 's3cret-3' };
  await gitState(testWorld({ cwd: tree, env: { ...env, ...secrets } }));
  const given = readFileSync(seen, 'utf8');
  assert.match(given, /^GIT_WORK_TREE=/m);
  assert.doesNotMatch(given, /s3cret/);
});
