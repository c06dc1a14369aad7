// The name of a model that nobody named: made of the data's, and always one that a registry takes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOfModelName, modelNameOfData } from '../../src/uri/model-name.js';

test('a name is the stem of the file or address', () => {
  for (const [source, name] of [
    ['houses.csv', 'houses'],
    ['houses.csv.gz', 'houses'],
    ['../data/Houses of 2024.tsv', 'Houses_of_2024'],
    ['C:\\data\\houses.parquet', 'houses'],
    ['https://example.org/data/houses.csv?version=1.2#top', 'houses'],
    ['s3://bucket/key/houses.v2.ndjson', 'houses.v2'],
    ['a?b.csv', 'a_b'],
    ['preise: müller & söhne.csv', 'preise_müller_söhne'],
    ['.hidden', '.hidden'],
    ['houses', 'houses'],
  ] as const)
    assert.equal(modelNameOfData(source), name, source);
});

test('whatever the file is called, the name can be registered', () => {
  for (const source of ['', '..', '.', '/', 'https://example.org/', '\u0000.csv', 'a/b/\n.csv', '..gz'])
    assert.equal(faultOfModelName(modelNameOfData(source)), null, JSON.stringify(source));
});
