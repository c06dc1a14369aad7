// The transcripts of the README and the guides show what mlctl prints.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../support/paths.js';

const SCRIPT = join(ROOT, 'scripts', 'transcripts.mjs');
const { pages, masked, rewritePage } = (await import(pathToFileURL(SCRIPT).href)) as {
  pages(): string[];
  masked(text: string): string;
  rewritePage(text: string, python: string | null): { rewritten: string; faults: string[] };
};

describe('transcripts', () => {
  for (const page of pages())
    it(`${page} shows what is printed`, (t) => {
      const ran = spawnSync(process.execPath, [SCRIPT, '--check', page], { encoding: 'utf8' });
      if (/left out/.test(ran.stdout)) return t.skip('its Python environment cannot be made here');
      assert.equal(ran.status, 0, ran.stdout + ran.stderr);
    });

  it('a page that shows something else is rewritten, and one that differs in ids and times is not', () => {
    const page = '```console\n$ echo right; echo 12 ms\nwrong\n12 ms\n```\n';
    const { rewritten, faults } = rewritePage(page, null);
    assert.deepEqual([rewritten, faults], ['```console\n$ echo right; echo 12 ms\nright\n12 ms\n```\n', []]);
    const other = rewritten.replace('\n12 ms', '\n7 ms');
    assert.equal(rewritePage(other, null).rewritten, other);
    assert.equal(masked('run 0123456789abcdef0123456789abcdef'), masked('run fedcba9876543210fedcba9876543210'));
  });

  it('an exit code that the page does not say is a fault', () => {
    assert.match(rewritePage('```console\n$ exit 3\n```\n', null).faults[0] ?? '', /exit 3, expected 0/);
    assert.deepEqual(rewritePage('```console exit=3\n$ exit 3\n```\n', null).faults, []);
  });
});
