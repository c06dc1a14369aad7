import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { breakCommands, breakCommandsInJson, holdsCommand } from '../../src/text/ci-commands.js';

/** As GitHub's runner and Azure's agent read a line of a log. */
const isCommand = (line: string): boolean =>
  /^[\s\u0085]*::/u.test(line) || /##\w{0,20}\[/.test(line) || /section_(?:start|end):/.test(line);

test('no line of a text is a command, however it is broken into lines', () => {
  const pieces = fc.constantFrom(
    '::',
    ':',
    '#',
    '##',
    '[',
    'vso[',
    '\n',
    '\n  ',
    '\u00a0',
    '\u3000',
    ' ',
    'error',
    'section_start:1:a',
    'x',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
      const text = parts.join('');
      assert.ok(!breakCommands(text).split('\n').some(isCommand), JSON.stringify(text));
      const json = JSON.stringify({ [text]: text }, null, 2);
      const broken = breakCommandsInJson(json);
      assert.deepEqual(JSON.parse(broken), JSON.parse(json));
      assert.ok(!broken.split('\n').some(isCommand), broken);
      // In pieces, as rows are written.
      let before = '\n';
      let found = false;
      for (const part of parts) {
        found ||= holdsCommand(part, before);
        before = (before + part).slice(-64);
      }
      assert.equal(found, text.split('\n').some(isCommand), JSON.stringify(text));
    }),
    { numRuns: 2000 },
  );
});

test('plain text stays as it is', () => {
  for (const text of ['a::b', '# title', '## [link](x)', 'std::vector', 'a: :b'])
    assert.equal(breakCommands(text), text);
});
