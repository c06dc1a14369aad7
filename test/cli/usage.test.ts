// Wrong command lines: exit 2, words on stderr, nothing on stdout but the one document of --json.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCli } from '../support/cli.js';

const cases: readonly (readonly [args: readonly string[], message: RegExp, hint: RegExp])[] = [
  [['versoin'], /unknown command 'versoin'/, /did you mean version\?/],
  [['xyzzy'], /unknown command 'xyzzy'/, /mlctl --help/],
  [['version', '--jso'], /unknown option '--jso'/, /did you mean --json\?/],
  [['version', '--frobnicate'], /unknown option '--frobnicate'/, /mlctl version --help/],
  [['version', 'one', 'two'], /too many arguments/, /mlctl version --help/],
  [['completion'], /missing required argument 'shell'/, /mlctl completion --help/],
  [['version', '--timeout'], /argument missing/, /mlctl version --help/],
  [
    ['--timeout', '-1', 'version'],
    /--timeout needs a number of seconds above 0 and at most 604800, found "-1"/,
    /hint: mlctl version --help/,
  ],
  [['version', '--timeout', '0x10'], /--timeout needs a number of seconds above 0/, /hint: mlctl version --help/],
  [
    ['version', '--color', 'blue'],
    /--color needs one of auto, always, never, found "blue"/,
    /hint: --color auto or --color always or --color never/,
  ],
  [['version', '--schema=loose'], /--schema needs one of strict, mlflow/, /hint: mlctl version --help/],
  [
    ['predict', '--on-bad-row', 'ignore'],
    /--on-bad-row needs one of stop, skip/,
    /--on-bad-row stop or --on-bad-row skip/,
  ],
  [['predict', '--on-bad-row', 'skp'], /--on-bad-row needs one of stop, skip/, /hint: --on-bad-row skip\n/],
  [
    ['log', 'm.onnx', '--delimiter', ';'],
    /how the input example is written, but none was given/,
    /--input-example FILE/,
  ],
];

for (const [args, message, hint] of cases) {
  test(`usage error: ${args.join(' ')}`, () => {
    const plain = runCli(args);
    assert.equal(plain.code, 2);
    assert.equal(plain.stdout, '');
    assert.match(plain.stderr, message);
    assert.match(plain.stderr, hint);
    assert.match(plain.stderr, /code: USAGE, exit 2/);
    assert.doesNotMatch(plain.stderr, /\n\s+at /);
    const json = runCli([...args, '--json']);
    assert.equal(json.code, 2);
    const { schema, ok, error } = JSON.parse(json.stdout) as {
      schema: string;
      ok: boolean;
      error: Record<string, unknown>;
    };
    assert.match(schema, /^mlctl(\.[a-z]+)?\/1$/);
    assert.equal(ok, false);
    assert.deepEqual(Object.keys(error).sort(), ['code', 'details', 'exit_code', 'hint', 'message']);
    assert.equal(error.code, 'USAGE');
    assert.equal(error.exit_code, 2);
  });
}

test('what was typed comes back without its control characters and secrets', () => {
  const hostile = '\u001b]0;owned\u0007\u202e';
  for (const args of [[hostile], ['version', `--${hostile}`], ['version', '--timeout', hostile]]) {
    const { stderr } = runCli(args);
    assert.match(stderr, /\\u\{?0*1b\}?/);
    const json = runCli([...args, '--json']).stdout;
    for (const text of [stderr, json]) {
      assert.doesNotMatch(text.replaceAll('\n', ''), /[\u0000-\u001f\u007f-\u009f\u202e]/);
    }
  }
  const { stderr } = runCli(['version', '--token=hunter2secret', '--json']);
  assert.doesNotMatch(stderr, /hunter2/);
});

test('a bad command line with a stack only for MLCTL_DEBUG', () => {
  assert.match(runCli(['xyzzy'], { env: { MLCTL_DEBUG: '1' } }).stderr, /\n\s+at /);
  assert.doesNotMatch(runCli(['xyzzy'], { env: { MLCTL_DEBUG: '' } }).stderr, /\n\s+at /);
});
