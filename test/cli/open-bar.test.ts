// The bar of a work whose size is known, and the time it says is left.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBar } from '../../src/cli/open-bar.js';

test('a bar shows the share at once, and the time left once that can be told', () => {
  let now = 0;
  const bar = openBar(true, () => now);
  assert.equal(bar('reading', 0), `${'░'.repeat(20)} 0 %`);
  now = 500;
  assert.equal(bar('reading', 0.25), `${'█'.repeat(5)}${'░'.repeat(15)} 25 %`);
  now = 10_000;
  assert.equal(bar('reading', 0.5), `${'█'.repeat(10)}${'░'.repeat(10)} 50 %, 10 s left`);
  assert.equal(bar('reading', 1), `${'█'.repeat(20)} 100 %, 1 s left`);
  assert.equal(bar('sending', 0.1), `██${'░'.repeat(18)} 10 %`, 'another work begins anew');
  now = 10 + 3 * 3_600_000;
  assert.match(bar('sending', 0.2), /20 %, \d+ h \d+ min left$/);
  assert.match(openBar(false)('x', 0.5), /^#{10}\.{10} 50 %$/);
});
