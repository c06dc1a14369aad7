// A real `mlflow ui` opens an mlctl store: the endpoints behind its pages answer, and Chromium draws the run with its plots.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { cliJson, runCli } from '../support/cli.js';
import { fetchOnce } from '../support/fetch-once.js';
import { scratch } from '../support/paths.js';
import { pythonOf } from '../support/python.js';
import { freePort, startServer } from '../support/server.js';
import { systemTool } from '../support/system-tool.js';

test('mlflow ui shows a run, its model, its plots and the registry', { timeout: 300_000 }, async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const chromium = systemTool('chromium');
  if ('skip' in chromium) return t.skip(chromium.skip);
  const folder = scratch();
  const trained = cliJson<{ run_id: string; model_id: string; experiment_id: string }>(
    ['train', '--register', '--stage', 'Production', '--alias', 'champion'],
    { cwd: folder },
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer(
    join(dirname(found.python), 'mlflow'),
    ['ui', '--port', String(port), '--workers', '1'],
    { cwd: folder, url, healthPath: '/health', env: { PATH: `${dirname(found.python)}:${process.env['PATH']}` } },
  );
  try {
    const get = async (path: string) => {
      const answer = await fetchOnce(url + path);
      return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() };
    };
    const post = async (path: string, body: unknown) => {
      const answer = await fetchOnce(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: answer.status, text: await answer.text() };
    };
    const api = '/ajax-api/2.0/mlflow';
    const pages: [string, Promise<{ status: number; text: string }>, RegExp][] = [
      ['the page', get('/'), /<html/],
      ['experiments', post(`${api}/experiments/search`, { max_results: 100 }), /03-models-pyfunc/],
      [
        'runs',
        post(`${api}/runs/search`, { experiment_ids: [trained.experiment_id], max_results: 100 }),
        new RegExp(trained.run_id),
      ],
      ['a run', get(`${api}/runs/get?run_id=${trained.run_id}`), /val_acc/],
      ['its artifacts', get(`${api}/artifacts/list?run_id=${trained.run_id}`), /plots/],
      ['a plot', get(`/get-artifact?run_uuid=${trained.run_id}&path=plots%2Fconfusion_matrix.svg`), /<svg/],
      ['its logged model', get(`${api}/logged-models/${trained.model_id}`), /LOGGED_MODEL_READY/],
      [
        "the model's files",
        get(`${api}/logged-models/${trained.model_id}/artifacts/directories`),
        /golden_predictions\.json/,
      ],
      [
        "the model's MLmodel",
        get(`${api}/logged-models/${trained.model_id}/artifacts/files?artifact_file_path=MLmodel`),
        /signature/,
      ],
      ['registered models', get(`${api}/registered-models/search?max_results=10`), /champion/],
      ["a version's files", get(`/model-versions/get-artifact?name=iris_clf&version=1&path=MLmodel`), /loader_module/],
    ];
    for (const [what, answer, pattern] of pages) {
      const { status, text } = await answer;
      assert.equal(status, 200, `${what}: ${status} ${text.slice(0, 300)}`);
      assert.match(text, pattern, what);
    }
    // mlctl goes on writing beside the running server, and the server sees it.
    const second = cliJson<{ run_id: string }>(['train', '--register', '--stage', 'Production'], { cwd: folder });
    assert.match((await get(`${api}/runs/get?run_id=${second.run_id}`)).text, /FINISHED/);
    assert.equal(runCli(['smoke', 'models:/iris_clf/Production'], { cwd: folder }).code, 0);

    const shots = process.env['MLCTL_SCREENSHOTS'] ?? join(folder, 'shots');
    mkdirSync(shots, { recursive: true });
    const views = {
      run: `/#/experiments/${trained.experiment_id}/runs/${trained.run_id}`,
      artifacts: `/#/experiments/${trained.experiment_id}/runs/${trained.run_id}/artifacts/plots/confusion_matrix.svg`,
      model: '/#/models/iris_clf/versions/1',
    };
    for (const [name, path] of Object.entries(views)) {
      const file = join(folder, `${name}.png`);
      const args = [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--user-data-dir=${join(folder, `profile-${name}`)}`,
        '--window-size=1400,1000',
        '--virtual-time-budget=20000',
        `--screenshot=${file}`,
        url + path,
      ];
      spawnSync(chromium.tool, args, { timeout: 90_000, stdio: 'ignore' });
      assert.ok(existsSync(file) && statSync(file).size > 20_000, `Chromium drew nothing of ${path}`);
      cpSync(file, join(shots, `${name}.png`));
    }
  } finally {
    await server.stop();
  }
});
