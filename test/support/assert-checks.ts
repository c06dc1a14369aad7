// Holds the statuses of checks by name: a new check edits no test that is about others.
import assert from 'node:assert/strict';
import type { CheckDocument } from '../../src/documents/check.js';

type Status = CheckDocument['status'];

/** Those that are not named have the status `rest`: `pass` where left out. */
export type Statuses = Partial<Record<Status, readonly CheckDocument['name'][]>> & { readonly rest?: Status };

export function assertChecks(
  checks: readonly Pick<CheckDocument, 'name' | 'status' | 'message'>[],
  { rest = 'pass', ...named }: Statuses,
  message = '',
): void {
  const wanted = new Map(Object.entries(named).flatMap(([status, names]) => names.map((name) => [name, status])));
  const found = checks.map(({ name }) => name);
  for (const name of wanted.keys()) assert.ok(found.includes(name), `${message}: there is no check ${name}`);
  const expected = found.map((name) => [name, wanted.get(name) ?? rest]);
  const told = checks.filter(({ status }) => status === 'fail').map((check) => `${check.name}: ${check.message}`);
  assert.deepEqual(
    checks.map(({ name, status }) => [name, status]),
    expected,
    [message, ...told].filter(Boolean).join('\n'),
  );
}
