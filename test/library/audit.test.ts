// The built library writes a bundle and judges it, as its users load it: the packages in it are bundled as ES modules.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ROOT, scratch } from '../support/paths.js';

test('a bundle of the built library is judged the same by it', async () => {
  const built = pathToFileURL(join(ROOT, 'dist', 'index.js')).href;
  const { audit, train } = (await import(built)) as typeof import('../../src/index.js');
  const cwd = scratch();
  const options = { cwd, env: { USER: 'ada', MLCTL_CACHE_DIR: scratch('mlctl-cache-') } };
  await train({ register: 'iris_clf', alias: 'champion' }, options);
  const online = await audit({ uri: 'models:/iris_clf@champion', bundle: 'evidence' }, options);
  const offline = await audit({ uri: 'evidence' }, options);
  assert.deepEqual(offline.bundle?.problems, []);
  assert.equal(JSON.stringify(offline.lines), JSON.stringify(online.lines));
});
