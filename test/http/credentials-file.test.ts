// ~/.mlflow/credentials read as Python's configparser reads it: same values, and a refusal where Python refuses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { parseCredentials } from '../../src/mlflow-server/credentials-file.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';

const USER = 'mlflow_tracking_username';
const PASSWORD = 'mlflow_tracking_password';
/** The text, and [user name, password], or null where it is refused. */
const CASES: readonly (readonly [string, readonly [string | null, string | null] | null])[] = [
  ['', [null, null]],
  [`[mlflow]\n${USER} = ada\n${PASSWORD} = a=b:c d\n`, ['ada', 'a=b:c d']],
  [`[mlflow]\n${USER}: ada\n${PASSWORD}:a=b\n`, ['ada', 'a=b']],
  [`[mlflow]\r\n${USER.toUpperCase()}\t:  a  b \r\n${PASSWORD}=x\r\n`, ['a  b', 'x']],
  [`  [mlflow]  # team\n  ${USER} = ada\n  ${PASSWORD} = x\n`, ['ada', 'x']],
  [`[mlflow]\n# one\n; two\n${USER}=ada ; none\n\n${PASSWORD}=x # none\n`, ['ada ; none', 'x # none']],
  [`[mlflow]\n\t${USER} = ada\n# c\n\n\t${PASSWORD}:b\n`, ['ada', 'b']],
  [`[mlflow]\n${USER}="ada"\n${PASSWORD}=\n`, ['"ada"', '']],
  [`[mlflow]\n${USER}=100%%\n${PASSWORD}=%%(x)s\n`, ['100%', '%(x)s']],
  [`[mlflow]\nteam=core\n${USER}=%(team)s-bot\n${PASSWORD}=%(${USER})s\n`, ['core-bot', 'core-bot']],
  [`[DEFAULT]\n${PASSWORD}=d\n[mlflow]\n${USER}=a\n`, ['a', 'd']],
  [`[other]\n${USER}=no\n[mlflow]\n${USER}=yes\n`, ['yes', null]],
  [`[MLflow]\n${USER}=a\n`, [null, null]],
  [`[ mlflow ]\n${USER}=a\n`, [null, null]],
  [`[DEFAULT]\n${USER}=a\n`, [null, null]],
  [`[mlflow]\n__proto__=a\n${USER}=b\n`, ['b', null]],
  [`[mlflow]\n${USER}=a%b\n`, null],
  [`[mlflow]\n${USER}=%(none)s\n`, null],
  [`[mlflow]\n${USER}=%(${USER})s\n`, null],
  [`[mlflow]\n${USER}=a\n${USER}=b\n`, null],
  [`[mlflow]\n${USER}=a\n[mlflow]\n`, null],
  [`[mlflow]\n${USER}\n`, null],
  [`[mlflow]\n=a\n`, null],
  [`${USER}=a\n[mlflow]\n`, null],
];

test('values, delimiters, comments, percent signs; an error names the line and does not show it', () => {
  for (const [text, expected] of CASES) {
    if (expected !== null) {
      const { username, password } = parseCredentials(text);
      assert.deepEqual([username, password], expected, JSON.stringify(text));
      continue;
    }
    assert.throws(
      () => parseCredentials(text),
      (error) => {
        assert.ok(error instanceof MlctlError, String(error));
        assert.equal(error.code, 'CONFIG_INVALID');
        assert.match(error.message, /^~\/\.mlflow\/credentials, (?:line \d+|mlflow_\w+): /);
        assert.ok(error.hint);
        return true;
      },
      JSON.stringify(text),
    );
  }
  const secret = 'c4nary-s3cret';
  assert.throws(
    () => parseCredentials(`[mlflow]\n${PASSWORD} ${secret}\n`),
    (error) => error instanceof MlctlError && !`${error.message}${error.hint}`.includes(secret),
  );
  // Python would send both lines as one name; nobody means that, and a header cannot hold it.
  assert.throws(() => parseCredentials(`[mlflow]\n${USER}=a\n  ${PASSWORD}=b\n`), /is indented/);
  assert.deepEqual(parseCredentials(`\ufeff[mlflow]\n${USER}=a\n`).username, 'a');
});

const SAME = `
import configparser, json, sys
def read(text):
    config = configparser.ConfigParser()
    try:
        config.read_string(text)
        if "mlflow" not in config:
            return [None, None]
        return [config["mlflow"].get(key) for key in ("${USER}", "${PASSWORD}")]
    except configparser.Error:
        return None
print(json.dumps([read(text) for text in json.loads(sys.argv[1])]))
`;

test('Python agrees on every case', (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const texts = CASES.map(([text]) => text.replaceAll('\r\n', '\n'));
  const done = runPython(found.python, SAME, [JSON.stringify(texts)], { cwd: scratch() });
  assert.equal(done.status, 0, done.stderr);
  assert.deepEqual(
    JSON.parse(done.stdout),
    CASES.map(([, expected]) => expected),
  );
});
