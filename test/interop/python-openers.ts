// A Python that has MLflow's store imported and forks a child for each order: opening a file costs the migration, not the import.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const PROGRAM = `
import json, os, signal, sys, time, warnings, logging
warnings.filterwarnings('ignore')
logging.disable(logging.CRITICAL)
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore as Registry
from mlflow.entities import ViewType
import mlflow.store.db.utils

def child(work):
    r, w = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(r)
        try:
            answer = work()
        except BaseException as e:
            answer = {'error': str(e)[:400]}
        os.write(w, json.dumps(answer).encode())
        os._exit(0)
    os.close(w)
    return pid, r

def take(pid, r):
    data = b''
    while True:
        part = os.read(r, 65536)
        if not part: break
        data += part
    os.close(r)
    os.waitpid(pid, 0)
    return json.loads(data) if data else {'error': 'killed'}

import sqlalchemy
from sqlalchemy import event

def opener(path, at=0, kill_after=-1):
    def work():
        done = [0]
        def count(conn, cursor, statement, parameters, context, executemany):
            if statement.lstrip()[:6].upper() in ('CREATE', 'ALTER ', 'DROP T', 'DROP I', 'INSERT', 'UPDATE', 'DELETE'):
                done[0] += 1
                if done[0] == kill_after: os.kill(os.getpid(), signal.SIGKILL)
        event.listen(sqlalchemy.engine.Engine, 'after_cursor_execute', count)
        while time.time() < at: pass
        SqlAlchemyStore('sqlite:///' + path, os.path.join(os.path.dirname(path), 'mlruns'))
        return {'ok': True, 'writes': done[0]}
    return work

def reader(path):
    def work():
        s = SqlAlchemyStore('sqlite:///' + path, os.path.join(os.path.dirname(path), 'mlruns'))
        g = Registry('sqlite:///' + path)
        experiments = [e.experiment_id for e in s.search_experiments(ViewType.ACTIVE_ONLY)]
        runs = s.search_runs(experiments, '', ViewType.ACTIVE_ONLY, max_results=1000)
        return {'runs': sorted(r.info.run_id for r in runs),
                'params': {r.info.run_id: r.data.params for r in runs},
                'metrics': {r.info.run_id: {k: repr(v) for k, v in r.data.metrics.items()} for r in runs},
                'datasets': {r.info.run_id: [d.dataset.name for d in r.inputs.dataset_inputs] for r in runs},
                'models': sorted(m.model_id for m in s.search_logged_models(experiments)),
                'versions': sorted(f'{v.name}/{v.version}' for v in g.search_model_versions('', 1000))}
    return work

print('ready', flush=True)
for line in sys.stdin:
    order = json.loads(line)
    what, path = order['what'], order['path']
    if what == 'race':
        at = time.time() + 0.1
        children = [child(opener(path, at)) for _ in range(2)]
        answer = [take(*c) for c in children]
    elif what == 'kill':
        answer = take(*child(opener(path, kill_after=order['after'])))
    elif what == 'open':
        answer = take(*child(opener(path)))
    else:
        answer = take(*child(reader(path)))
    print(json.dumps(answer), flush=True)
`;

export interface PythonReading {
  readonly error?: string;
  readonly runs: readonly string[];
  readonly params: Record<string, Record<string, string>>;
  readonly metrics: Record<string, Record<string, string>>;
  readonly datasets: Record<string, readonly string[]>;
  readonly models: readonly string[];
  readonly versions: readonly string[];
}

export class PythonOpeners {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(process: ChildProcess, lines: AsyncIterator<string>) {
    this.#process = process;
    this.#lines = lines;
  }

  static async start(python: string): Promise<PythonOpeners> {
    const child = spawn(python, ['-c', PROGRAM], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, PYTHONWARNINGS: 'ignore', MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' },
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { value } = await lines.next();
    if (value !== 'ready') throw new Error(`Python said ${String(value)}`);
    return new PythonOpeners(child, lines);
  }

  async #order<T>(order: Record<string, unknown>): Promise<T> {
    this.#process.stdin?.write(`${JSON.stringify(order)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('Python ended');
    return JSON.parse(value) as T;
  }

  /** Two first opens at the same instant. */
  race(path: string) {
    return this.#order<{ ok?: true; error?: string }[]>({ what: 'race', path });
  }

  /** SIGKILL right after so many writing statements. */
  kill(path: string, after: number) {
    return this.#order<{ ok?: true; error?: string }>({ what: 'kill', path, after });
  }

  open(path: string) {
    return this.#order<{ ok?: true; error?: string; writes: number }>({ what: 'open', path });
  }

  read(path: string) {
    return this.#order<PythonReading>({ what: 'read', path });
  }

  stop() {
    this.#process.stdin?.end();
    this.#process.kill();
  }
}
