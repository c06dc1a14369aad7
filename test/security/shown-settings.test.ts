// Every setting of the table with a secret in it, in the shapes that people write, against every command: nothing that is said holds it.
// MLCTL_FAULTS=all tries each setting with each command and each shape; by default each setting is tried with some of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS } from '../../src/cli/table.js';
import { SETTINGS, type Setting, VARIABLES } from '../../src/settings/settings.js';
import { shownText } from '../../src/settings/shown-text.js';
import { cliEnded, runCli } from '../support/cli.js';
import { scratch } from '../support/paths.js';

const SECRET = 'canary5e77ing';
/** Where nothing listens. */
const HOST = '127.0.0.1:9';
const ADDRESSES = [
  `http://usr:${SECRET}@${HOST}/`,
  `http://usr:a/${SECRET}@${HOST}/`,
  `http://usr:12/${SECRET}@${HOST}/`,
  `http://usr:a#b?${SECRET}@${HOST}/`,
  `http://usr:a b${SECRET}@${HOST}/`,
  `http://usr:a@b${SECRET}@${HOST}/`,
  `http://${SECRET}@${HOST}/`,
  `http://${HOST}/?token=${SECRET}`,
  `HTTP:/usr:${SECRET}@${HOST}`,
  `usr:${SECRET}@${HOST}`,
  `usr:12/${SECRET}@${HOST}`,
  `postgresql+psycopg2://usr:a/${SECRET}@${HOST}/db`,
  `s3://usr:${SECRET}@bucket/place`,
];
/** For settings of which nothing is shown. */
const BARE = [SECRET, `{"SSECustomerKey": "${SECRET}"}`];
/** These name what is written to the store and told of it, which is data; an address in them is none. */
const DATA = new Set(['MLFLOW_EXPERIMENT_NAME', 'LOGNAME', 'USER', 'LNAME', 'USERNAME']);
/** Node itself tells where it cannot read this file. */
const NODES_OWN = new Set(['NODE_EXTRA_CA_CERTS']);

const shapesOf = (name: (typeof VARIABLES)[number]['name']): readonly string[] => {
  const { reader, secret = false }: Setting<unknown> = SETTINGS[name];
  return secret || !reader.open ? [...BARE, ...ADDRESSES] : ADDRESSES;
};

const URI = 'models:/iris_clf/1';
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  smoke: [URI],
  predict: [URI, '--input', 'rows.csv'],
  validate: [URI, '--input', 'rows.csv'],
  log: ['no-such-package'],
  load: [URI],
  register: [URI, '--name', 'again'],
  promote: [URI, '--alias', 'champion', '--no-smoke'],
  rollback: ['iris_clf', '--alias', 'champion', '--no-smoke'],
  history: ['iris_clf'],
  models: ['iris_clf'],
  completion: ['bash'],
};
const WAYS: readonly (readonly [readonly string[], Readonly<Record<string, string>>])[] = [
  [[], {}],
  [['--json'], {}],
  [['--verbose'], { MLCTL_DEBUG: '1' }],
];

test('a row of the table that is not open shows nothing, and an open one no secret of an address', () => {
  for (const { name } of VARIABLES) {
    for (const shape of shapesOf(name)) assert.ok(!shownText(name, shape)?.includes(SECRET), `${name}=${shape}`);
    const { reader, secret = false }: Setting<unknown> = SETTINGS[name];
    if (secret || !reader.open) assert.equal(shownText(name, SECRET), null);
    else assert.equal(shownText(name, '/a/place'), '/a/place');
  }
});

test('no command says a secret that is part of a setting', async () => {
  const cwd = scratch();
  const made = runCli(['train', '--register', '--json'], { cwd });
  assert.equal(made.code, 0, made.stderr);
  runCli(['promote', URI, '--alias', 'champion', '--no-smoke'], { cwd });
  const all = process.env['MLCTL_FAULTS'] === 'all';
  const commands = COMMANDS.map(({ name }) => name);
  const tries = VARIABLES.filter(({ name }) => !DATA.has(name) && !NODES_OWN.has(name)).flatMap(({ name }, k) =>
    shapesOf(name).flatMap((shape, n) =>
      commands.flatMap((command, c) =>
        WAYS.map((way, w) => ({ name, shape, command, way, at: k + n * 7 + c * 3 + w })),
      ),
    ),
  );
  // A prime, so that every setting meets every command and every way in the course of the shapes.
  const chosen = all ? tries : tries.filter((_, at) => at % 997 === 0);
  const doctor = tries.filter(
    ({ command, at, way }) => command === 'doctor' && (all || (at % 13 === 0 && way === WAYS[at % 2])),
  );
  const queue = [...chosen, ...doctor];
  assert.ok(queue.length > 50);
  const told: string[] = [];
  const work = async (): Promise<void> => {
    for (let one = queue.pop(); one !== undefined; one = queue.pop()) {
      const { name, shape, command, way } = one;
      const [flags, more] = way;
      const env = { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0', MLCTL_TIMEOUT: '20', ...more, [name]: shape };
      const { stdout, stderr } = await cliEnded([command, ...(ARGUMENTS[command] ?? []), ...flags], { cwd, env });
      const said = `${stdout}${stderr}`;
      const at = said.indexOf(SECRET);
      if (at >= 0)
        told.push(`${name}=${shape} ${command} ${flags.join(' ')}: ${said.slice(Math.max(0, at - 80), at + 40)}`);
    }
  };
  await Promise.all([work(), work(), work()]);
  assert.deepEqual(told, []);
});
