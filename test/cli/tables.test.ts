// Tables for people at the widths of real terminals, and for programs that read a pipe.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runsText, runText } from '../../src/cli/render/runs.js';
import { table } from '../../src/cli/render/table.js';
import { timeWords } from '../../src/cli/render/times.js';
import { plainStyle } from '../../src/cli/style.js';
import type { RunDocument } from '../../src/operations/runs.js';
import { textWidth } from '../../src/text/width.js';

const at = (columns: number) => plainStyle(true, Math.min(columns, 100), columns);

const run = (n: number, more: Partial<RunDocument> = {}): RunDocument => ({
  run_id: `${n}`.repeat(32),
  run_name: `a run with quite a long name ${n}`,
  experiment: '03-models-pyfunc',
  experiment_id: '1',
  status: 'FINISHED',
  user: null,
  started: '2026-11-27T21:04:53.000Z',
  ended: null,
  params: {},
  metrics: { val_acc: 0.9666666, val_f1: 0.9665831, val_log_loss: 0.1589106 },
  tags: {},
  models: [],
  ...more,
});
const runs = (list: readonly RunDocument[]) => ({ runs: list, more: false, tracking_uri: 'sqlite:///mlflow.db' });

test('a table of runs fits every terminal, and keeps the id and one metric at 80 columns', () => {
  const documents = runs([run(1), run(2, { experiment: 'other 日本語', experiment_id: '2' })]);
  for (const columns of [200, 120, 100, 80, 60, 40]) {
    const lines = runsText(at(columns), documents).split('\n');
    for (const line of lines) assert.ok(textWidth(line) <= columns, `${columns}: ${line}`);
    assert.match(lines[1]!, /^11111111 /, 'a short id');
    if (columns >= 80) assert.match(lines[0]!, /experiment/);
    if (columns >= 60) assert.match(lines[0]!, /val_acc/);
    // Metrics are beside each other, whichever are left out.
    assert.match(
      lines[0]!,
      /^run( +name)?( +status)?( +started)?( +experiment)?( +val_acc( +val_f1( +val_log_loss)?)?)?$/,
    );
  }
  assert.match(runsText(at(200), documents), /val_log_loss/);
});

test('a run that was deleted says so, and how it comes back', () => {
  assert.match(
    runText(at(200), run(1, { deleted: true }), 'sqlite:///x.db'),
    /FINISHED, deleted \(mlflow runs restore --run-id 1{32}\)/,
  );
  assert.doesNotMatch(runText(at(200), run(1), 'sqlite:///x.db'), /deleted/);
});

test('runs of one experiment do not repeat its name', () => {
  assert.doesNotMatch(runsText(at(200), runs([run(1), run(2)])), /experiment/);
});

test('what is not a terminal gets whole ids, all columns, and times with their zone', () => {
  const text = runsText(plainStyle(), runs([run(1), run(2, { experiment_id: '2' })]));
  for (const word of ['1'.repeat(32), '2026-11-27 21:04:53 UTC', 'val_log_loss', 'a run with quite a long name 1'])
    assert.ok(text.includes(word), word);
});

test('a terminal is told how long ago, and the day of what is old or in the future', () => {
  const now = Date.parse('2026-11-27T21:04:53Z');
  const words = (seconds: number) => timeWords(at(80), new Date(now - seconds * 1000).toISOString(), now);
  assert.deepEqual([0, 59, 60, 3599, 7200, 86_400 * 3, 86_400 * 40, -3600].map(words), [
    'just now',
    'just now',
    '1 minute ago',
    '59 minutes ago',
    '2 hours ago',
    '3 days ago',
    '2026-10-18',
    '2026-11-27',
  ]);
});

test('columns that are kept stay on the narrowest terminal, cut by width and not by characters', () => {
  const columns = [
    { title: 'path', of: (path: string) => path, kept: true, least: 8 },
    { title: 'size', of: () => 1 },
  ];
  const text = table(at(40), columns, ['日本語'.repeat(20), 'short'], '');
  for (const line of text.split('\n')) assert.ok(textWidth(line) <= 40, line);
  assert.match(text, /^path/);
  assert.match(text, /…/);
});
