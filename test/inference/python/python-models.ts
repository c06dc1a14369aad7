// Packages that only Python can run: made by hand around code that misbehaves as its row says, or logged by MLflow itself.
import { join } from 'node:path';
import type { Table } from '../../../src/data/table.js';
import { writeFolderAtomically } from '../../../src/files/write-folder-atomically.js';
import { type OpenRequest, openPackage } from '../../../src/inference/open-package.js';
import type { OpenModel } from '../../../src/inference/types.js';
import { digestPackage } from '../../../src/model/digest-package.js';
import { readPackage } from '../../../src/model/read-package.js';
import { scratch } from '../../support/paths.js';

const CODE = `
import os, sys, time

class Model:
    def predict(self, frame, params=None):
        what = frame['what'].iloc[0]
        if what == 'sleep':
            time.sleep(600)
        if what == 'print':
            for _ in range(20):
                print('\\x1b[31mred' + 'x' * 100000)
            print('{"predicted": {"array": {}}}')
        if what == 'write':
            os.write(1, b'{"opened": {}}\\n' * 3)
        if what == 'memory':
            held = []
            while True:
                held.append(bytearray(1 << 26))
        if what == 'fork':
            if os.fork() == 0:
                time.sleep(600)
        if what == 'fork twice':
            # The child answers as if it had been asked.
            os.fork()
        if what == 'daemon':
            # Keeps stderr open in a session of its own, for a while.
            if os.fork() == 0:
                os.setsid()
                time.sleep(20)
            os._exit(3)
        if what == 'fork and sleep':
            os.fork()
            time.sleep(600)
        if what == 'exit':
            os._exit(3)
        if what == 'sys.exit':
            sys.exit(3)
        if what == 'raise':
            raise ValueError('row 0 is \\x1b[31m wrong\\nsecond line')
        if what == 'import':
            import a_module_that_is_not_there
        if what == 'fewer':
            return []
        if what == 'text':
            return 'a text'
        if what == 'object':
            return [object()]
        if what == 'huge':
            return ['x' * (130 << 20)]
        if what == 'environment':
            return [' '.join(sorted(os.environ)) + '|' + os.getcwd() + '|' + str(sys.stdin.read())]
        return [what]

def _load_pyfunc(path):
    with open(os.path.join(path, 'how.txt')) as file:
        how = file.read()
    if how == 'sleep':
        time.sleep(600)
    if how == 'import':
        import a_module_that_is_not_there
    if how == 'raise':
        raise ValueError('cannot be loaded')
    return Model()
`;

/** `how`: what it does when it is loaded. */
export async function misbehaving(how = ''): Promise<string> {
  const folder = join(scratch('mlctl-misbehaving-'), 'model');
  const text = (content: string) => new TextEncoder().encode(content);
  await writeFolderAtomically(
    folder,
    new Map([
      [
        'MLmodel',
        text(
          [
            'flavors:',
            '  python_function:',
            '    loader_module: misbehaving_model',
            '    code: code',
            '    data: data',
            'signature:',
            `  inputs: '[{"type": "string", "name": "what", "required": true}]'`,
            '',
          ].join('\n'),
        ),
      ],
      ['code/misbehaving_model.py', text(CODE)],
      ['data/how.txt', text(how)],
    ]),
  );
  return folder;
}

export interface Said {
  readonly notes: string[];
  readonly warnings: string[];
}

type Given = Partial<Pick<OpenRequest, 'timeoutMs' | 'memoryBytes' | 'signal' | 'digest'>> & {
  readonly environment?: Record<string, string>;
};

export async function openWithPython(
  python: string,
  packageFolder: string,
  { environment = {}, ...given }: Given = {},
): Promise<{ model: OpenModel; said: Said }> {
  const { model, flavor, payload } = await readPackage(packageFolder);
  const said: Said = { notes: [], warnings: [] };
  const opened = await openPackage({
    packageFolder,
    digest: await digestPackage(packageFolder),
    model,
    flavor,
    payload,
    trusted: false,
    timeoutMs: 60_000,
    python: {
      command: python,
      environment: { PATH: process.env['PATH'] ?? '', ...environment },
      note: (text) => said.notes.push(text),
      warn: (text) => said.warnings.push(text),
    },
    ...given,
  });
  return { model: opened, said };
}

export const rowOf = (what: string): Table => ({
  rows: 1,
  columns: [{ name: 'what', type: 'string', values: [what] }],
});
