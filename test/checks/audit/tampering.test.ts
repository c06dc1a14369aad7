// Every way to tamper with a model changes exactly the lines of the audit that it should, in the embedded store and at servers.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { auditExitCode } from '../../../src/checks/audit-exit-code.js';
import type { AuditVerdict } from '../../../src/documents/audit.js';
import { type AuditedStore, auditedStore, UNTOUCHED, verdictsOf } from '../../support/audited-store.js';
import { startMlflow } from '../../support/mlflow-server.js';
import { type PythonEnvironment, pythonOf } from '../../support/python.js';
import type { Server } from '../../support/server.js';
import { TAMPERINGS, undoAll } from './tampering.js';

type Places = Awaited<ReturnType<Parameters<typeof auditedStore>[0]>>;

const STORES: readonly [
  name: string,
  models: boolean,
  open: (work: string) => Promise<Places>,
  skip: string | false,
][] = [
  [
    'the embedded store',
    true,
    async (work) => ({
      uri: `sqlite:///${work}/mlflow.db`,
      database: join(work, 'mlflow.db'),
      artifacts: join(work, 'mlruns'),
    }),
    false,
  ],
  server('MLflow 3.17.2', 'mlflow', true),
  server('MLflow 2.22.4', 'mlflow2', false),
];

function server(name: string, environment: PythonEnvironment, models: boolean): (typeof STORES)[number] {
  const found = pythonOf(environment);
  let running: Server | undefined;
  after(() => running?.stop());
  const open = async (work: string): Promise<Places> => {
    running = await startMlflow('python' in found ? found.python : '', work);
    return { uri: running.url, database: join(work, 'server.db'), artifacts: join(work, 'art') };
  };
  return [name, models, open, 'skip' in found ? found.skip : false];
}

for (const [name, models, open, skip] of STORES) {
  describe(`tampering in ${name}`, { skip }, () => {
    let store: AuditedStore;
    test('nothing is refuted of a model that nobody touched', async () => {
      store = await auditedStore(open);
      const audit = await store.audit();
      assert.deepEqual(verdictsOf(audit), UNTOUCHED, JSON.stringify(audit.lines, null, 1));
      assert.equal(auditExitCode(audit), 0);
    });
    for (const tampering of TAMPERINGS.filter((one) => models || !one.models)) {
      test(tampering.name, async () => {
        const undo = await tampering.does(store);
        try {
          const audit = await store.audit();
          const flips: Partial<Record<string, AuditVerdict>> = tampering.flips;
          assert.deepEqual(verdictsOf(audit), { ...UNTOUCHED, ...flips }, JSON.stringify(audit.lines, null, 1));
          assert.equal(auditExitCode(audit), Object.values(flips).includes('refuted') ? 1 : 0);
          for (const line of audit.lines)
            if (!line.ok) assert.ok(line.message.length > 10 && line.hint !== null, line.id);
        } finally {
          await undoAll(undo);
        }
      });
    }
    test('all is as it was once everything is undone', async () => {
      assert.deepEqual(verdictsOf(await store.audit()), UNTOUCHED);
    });
  });
}
