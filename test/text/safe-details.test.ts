// Details of errors: whatever came from data is safe to show once a program has read the JSON, at any depth.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorDocument, explain } from '../../src/cli/explain.js';
import { documentOfError } from '../../src/documents/error.js';
import { unknownCategory } from '../../src/estimators/preprocessing/category-errors.js';
import { safeDetails } from '../../src/text/safe-details.js';

const BIDI = 'red\u202eder\u200b\u0007';
const SHOWN = 'red\\u{202e}der\\u{200b}\\u{7}';

test('texts, keys, lists and maps at any depth', () => {
  const found = safeDetails({ [BIDI]: [BIDI, { inner: new Map([['a', BIDI]]) }], number: 5, nothing: null });
  assert.deepEqual(found, { [SHOWN]: [SHOWN, { inner: { a: SHOWN } }], number: 5, nothing: null });
  assert.deepEqual(safeDetails({ uri: 'https://ada:secret@host/' }), { uri: 'https://***@host/' });
});

test('an unknown category is shown safely in the message and in the details', () => {
  const error = unknownCategory('one_hot_encoder', ['blue', BIDI], BIDI, 3, BIDI, 'handle_unknown: ignore');
  for (const document of [errorDocument(explain(error)), documentOfError(error)]) {
    assert.doesNotMatch(JSON.stringify(document), /[\u202e\u200b]/);
    assert.equal((document.details as Record<string, unknown>).found, SHOWN);
  }
});
