// The state of a git tree is told as git itself tells it, and nothing that the tree or its settings name is started.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gitLineage } from '../../src/lineage/git/git-lineage.js';
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
  const whole = (cwd = tree, more: Record<string, string> = {}) =>
    gitLineage(testWorld({ cwd, env: { ...env, ...more } }), cwd);
  const state = async (...given: Parameters<typeof whole>) => {
    const { commit, dirty } = await whole(...given);
    return { commit, dirty };
  };
  git('init', '-q', ...init, '.');
  put('a.txt', 'a\n');
  git('add', '.');
  git('commit', '-qm', 'one');
  return { home, tree, git, put, state, whole };
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
  assert.equal((await state()).dirty, true);
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
  assert.equal((await state(join(tree, 'inner'))).commit, inner.git('rev-parse', 'HEAD'));
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
  const at = (cwd: string) => gitLineage(testWorld({ cwd, env: { PATH: process.env['PATH'] ?? '' } }), cwd);
  assert.deepEqual((await at(folder)).unknown, { commit: 'the folder is not in a git repository' });
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
    assert.deepEqual(await state(), { commit: null, dirty: null }, text.slice(0, 40));
  }
  rmSync(join(tree, '.git', 'HEAD'));
  assert.equal(spawnSync('mkfifo', [join(tree, '.git', 'HEAD')]).status, 0);
  assert.deepEqual(await state(), { commit: null, dirty: null });
});

test('if git cannot tell or is missing, only the commit is known', posix, async () => {
  const { tree, git, state } = repository();
  const commit = git('rev-parse', 'HEAD');
  assert.deepEqual(await state(tree, { PATH: join(tree, 'nowhere') }), { commit, dirty: null });
  writeFileSync(join(tree, '.git', 'index'), 'damaged');
  assert.deepEqual(await state(), { commit, dirty: null });
});

test('nothing that the folder names is started', posix, async () => {
  const { home, tree, git, put, whole } = repository();
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
  const found = await whole(tree, {
    PATH: `:.:${process.env['PATH']}`,
    GIT_EXTERNAL_DIFF: program,
    GIT_SSH_COMMAND: program,
  });
  assert.equal(existsSync(mark), false);
  assert.match(found.commit ?? '', /^[0-9a-f]{40}$/);
  assert.deepEqual(found.unknown, {
    dirty: 'the repository filters its files, and mlctl does not run its filters',
    remote: 'the address of the remote has a form that is not known here',
  });
  // What the filters would have made of the file is not known, so neither is whether it was changed.
  assert.equal(found.dirty, null);
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
  await gitLineage(testWorld({ cwd: tree, env: { ...env, ...secrets } }), tree);
  const given = readFileSync(seen, 'utf8');
  assert.match(given, /^GIT_WORK_TREE=/m);
  assert.doesNotMatch(given, /s3cret/);
});

test('the digest of the diff is that of the diff that git prints, and the index is left alone', async () => {
  const { tree, git, put, whole } = repository();
  put('image.bin', '\0\x01');
  git('add', '.');
  git('commit', '-qm', 'binary');
  const clean = await whole();
  assert.equal(clean.diff_digest, null);
  put('image.bin', '\0\x02');
  put('a.txt', 'b\n');
  git('add', 'a.txt');
  utimesSync(join(tree, 'image.bin'), 1, 1);
  const index = statSync(join(tree, '.git', 'index')).mtimeMs;
  const { dirty, diff_digest: digest } = await whole();
  assert.equal(statSync(join(tree, '.git', 'index')).mtimeMs, index);
  const diff = spawnSync('git', ['diff', '--binary', '--full-index', '--no-renames', 'HEAD'], { cwd: tree }).stdout;
  assert.equal(digest, `sha256:${createHash('sha256').update(diff).digest('hex')}`);
  assert.equal(dirty, true);
  put('a.txt', 'c\n');
  assert.notEqual((await whole()).diff_digest, digest);
});

test('branch, folder and remote without credentials', async () => {
  const { tree, git, whole } = repository('--initial-branch=main');
  git('checkout', '-qb', 'topic/one');
  mkdirSync(join(tree, 'models', 'iris'), { recursive: true });
  const none = await whole(join(tree, 'models', 'iris'));
  assert.deepEqual([none.branch, none.folder, none.remote, none.shallow], ['topic/one', 'models/iris', null, false]);
  assert.deepEqual(none.unknown, { remote: 'no remote is set' });
  const secret = 's3cret';
  for (const [url, shown] of [
    [`https://ann:${secret}@git.example.org/a/b.git?token=${secret}#${secret}`, 'https://git.example.org/a/b.git'],
    [`https://${secret}@git.example.org/b.git`, 'https://git.example.org/b.git'],
    [`ssh://git:${secret}@git.example.org:22/a/b.git`, 'ssh://git@git.example.org:22/a/b.git'],
    ['git@git.example.org:a/b.git', 'git@git.example.org:a/b.git'],
    ['../b.git', '../b.git'],
    ['/srv/b.git', '/srv/b.git'],
    [`ext::${secret}`, null],
    [`git.example.org:${secret}@x`, null],
    [`https://[${secret}`, null],
  ] as const) {
    git('config', 'remote.origin.url', url);
    const { remote, unknown } = await whole();
    assert.equal(remote, shown, url);
    assert.equal(unknown['remote'] === undefined, shown !== null);
    assert.doesNotMatch(JSON.stringify(await whole()), /s3cret/);
  }
  git('config', 'remote.fork.url', '/srv/fork.git');
  git('config', 'branch.topic/one.remote', 'fork');
  assert.equal((await whole()).remote, '/srv/fork.git');
});

test('an unborn branch, a detached head, a shallow clone and submodules say what is not known, and why', async () => {
  const { home, tree, git, whole } = repository('--initial-branch=main');
  const empty = join(home, 'empty');
  mkdirSync(empty);
  spawnSync('git', ['init', '-q', '--initial-branch=later', empty]);
  const unborn = await whole(empty);
  assert.deepEqual([unborn.commit, unborn.branch, unborn.dirty], [null, 'later', null]);
  assert.match(unborn.unknown['commit'] ?? '', /^the branch has no commit/);
  git('commit', '-q', '--allow-empty', '-m', 'two');
  spawnSync('git', ['clone', '-q', '--depth=1', `file://${tree}`, join(home, 'shallow')]);
  const shallow = await whole(join(home, 'shallow'));
  assert.deepEqual([shallow.commit, shallow.shallow, shallow.dirty], [git('rev-parse', 'HEAD'), true, false]);
  git('checkout', '-q', '--detach');
  assert.equal((await whole()).unknown['branch'], 'HEAD is detached');
  const inner = repository();
  git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.tree, 'inner');
  assert.equal((await whole()).unknown['submodules'], 'changes in submodules are not looked at');
  assert.equal((await whole(join(tree, 'inner'))).commit, inner.git('rev-parse', 'HEAD'));
});

test('a clone that lacks the file of the commit knows that it was changed', posix, async () => {
  const { home, tree, git, whole } = repository();
  git('config', 'uploadpack.allowFilter', 'true');
  const part = join(home, 'part');
  spawnSync('git', ['clone', '-q', '--filter=blob:none', `file://${tree}`, part]);
  const before = await whole(part);
  assert.equal(before.dirty, false);
  const blob = git('rev-parse', 'HEAD:a.txt');
  // Without the pack in which the checkout fetched the file, the clone lacks it.
  const packs = join(part, '.git', 'objects', 'pack');
  const holds = (name: string) =>
    spawnSync('git', ['show-index'], { input: readFileSync(join(packs, name)), encoding: 'utf8' }).stdout.includes(
      blob,
    );
  const indexes = readdirSync(packs).filter((name) => name.endsWith('.idx'));
  for (const name of indexes.filter(holds))
    for (const end of ['.idx', '.pack', '.promisor', '.rev'])
      rmSync(join(packs, name.replace('.idx', end)), { force: true });
  writeFileSync(join(part, 'a.txt'), 'changed\n');
  const after = await whole(part);
  assert.deepEqual([after.dirty, after.diff_digest], [true, null]);
  assert.equal(after.unknown['diff_digest'], 'git cannot make the diff');
});
