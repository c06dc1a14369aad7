// Two paths that some file system takes for one: by case, by Unicode form, or as a file and a folder, in either order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseClashes } from '../../src/files/refuse-clashes.js';

test('paths that clash are refused in either order, and both are named', () => {
  for (const [one, other] of [
    ['a', 'A'],
    ['a', 'a'],
    ['é', 'e\u0301'],
    ['É', 'e\u0301'],
    ['d/x', 'D/y'],
    ['d/é/x', 'd/e\u0301/y'],
    ['a', 'a/b'],
    ['A', 'a/b/c'],
    ['d/e', 'd/E/f'],
  ] as const)
    for (const [first, second] of [
      [one, other],
      [other, one],
    ])
      assert.throws(
        () => refuseClashes(['other', first!, 'd/other', second!]),
        ({ code, message }) => {
          assert.equal(code, 'PATH_REFUSED');
          assert.match(message, /are the same place on some file systems$/);
          return true;
        },
        `${first} ${second}`,
      );
});

test('the paths are named in the error: the file or folder before, and the one that clashes', () => {
  const named = (...paths: string[]) => {
    try {
      refuseClashes(paths);
    } catch (error) {
      return (error as { details: { paths: string[] } }).details.paths;
    }
    return null;
  };
  assert.deepEqual(named('x', 'a', 'A'), ['a', 'A']);
  assert.deepEqual(named('d/x', 'D/y'), ['d', 'D/y']);
  assert.deepEqual(named('a', 'a/b'), ['a', 'a/b']);
  assert.deepEqual(named('a/b', 'a'), ['a', 'a']);
});

test('neighbours are no clash', () => {
  refuseClashes([]);
  refuseClashes(['a', 'ab', 'b/a', 'b/c/a', 'b/c/d', 'e', 'è', 'a b']);
});
