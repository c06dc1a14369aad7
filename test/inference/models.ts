// Small ONNX models for tests, written into package folders by mlctl's own writer.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sha256 } from '../../src/files/digest-folder.js';
import type { VerifiedFiles } from '../../src/inference/read-payload.js';
import { int64Tensor } from '../../src/onnx/convert/tensors.js';
import { encodeModel } from '../../src/onnx/encode-model.js';
import type { GraphProto, NodeProto, TensorProto, ValueInfoProto } from '../../src/onnx/graph.js';
import { scratch } from '../support/paths.js';

export const FLOAT = 1;
export const INT64 = 7;
export const STRING = 8;
export const BOOL = 9;
export const DOUBLE = 11;

export function value(name: string, elemType: number, shape: readonly (number | string)[]): ValueInfoProto {
  const dim = shape.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: BigInt(size) }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}

export const truth = (name: string): TensorProto => ({ name, dataType: BOOL, dims: [], rawData: Uint8Array.of(1) });

/** The bytes of an ONNX file. */
export const modelOf = (graph: GraphProto): Uint8Array =>
  encodeModel({
    irVersion: 9n,
    graph: { name: 'g', ...graph },
    opsetImport: [
      { domain: '', version: 17n },
      { domain: 'ai.onnx.ml', version: 3n },
    ],
  });

/** A package folder with only the payload in it. */
export function packageOf(graph: GraphProto, payload = 'model.onnx'): string {
  const folder = scratch('mlctl-package-');
  mkdirSync(join(folder, payload, '..'), { recursive: true });
  writeFileSync(join(folder, payload), modelOf(graph));
  return folder;
}

/** The folder as it lies there, links and all: what opens a model must refuse by itself what the digest of a package refuses before. */
export function filesAsTheyLie(folder: string): VerifiedFiles {
  // With types, folders behind links are not entered: one of them may lead back here.
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.flatMap((entry) => {
    const place = join(entry.parentPath, entry.name);
    const path = relative(folder, place);
    if (!statSync(place, { throwIfNoEntry: false })?.isFile()) return [];
    const content = readFileSync(place);
    return [{ path: path.replaceAll('\\', '/'), size: content.byteLength, sha256: sha256(content) }];
  });
  return { files, bytes: new Map() };
}

export const identity = (inputs: readonly ValueInfoProto[], outputs: readonly ValueInfoProto[]): GraphProto => ({
  input: inputs,
  output: outputs,
  node: inputs.map(
    (input, i): NodeProto => ({ opType: 'Identity', input: [input.name!], output: [outputs[i]!.name!] }),
  ),
});

/** y = x after a loop that runs while x[0] > 0, and x never changes. */
export function endlessLoop(): GraphProto {
  const body: GraphProto = {
    name: 'body',
    input: [value('i', INT64, []), value('c', BOOL, []), value('v', DOUBLE, ['N'])],
    output: [value('c2', BOOL, []), value('v2', DOUBLE, ['N'])],
    initializer: [
      int64Tensor('first', [], [0n]),
      { name: 'zero', dataType: DOUBLE, dims: [], rawData: new Uint8Array(8) },
    ],
    node: [
      { opType: 'Gather', input: ['v', 'first'], output: ['head'] },
      { opType: 'Greater', input: ['head', 'zero'], output: ['c2'] },
      { opType: 'Identity', input: ['v'], output: ['v2'] },
    ],
  };
  return {
    input: [value('x', DOUBLE, ['N'])],
    output: [value('y', DOUBLE, ['N'])],
    initializer: [int64Tensor('trips', [], [(1n << 63n) - 1n]), truth('go')],
    node: [
      { opType: 'Loop', input: ['trips', 'go', 'x'], output: ['y'], attribute: [{ name: 'body', g: body, type: 5 }] },
    ],
  };
}

/** Makes a tensor as large as the sum of x says. */
export function hungry(): GraphProto {
  return {
    input: [value('x', INT64, ['N'])],
    output: [value('y', INT64, ['N'])],
    initializer: [int64Tensor('axis', [], [0n])],
    node: [
      { opType: 'ReduceSum', input: ['x'], output: ['size'], attribute: [{ name: 'keepdims', i: 1n, type: 2 }] },
      {
        opType: 'ConstantOfShape',
        input: ['size'],
        output: ['big'],
        attribute: [{ name: 'value', type: 4, t: int64Tensor('', [1], [1n]) }],
      },
      { opType: 'CumSum', input: ['big', 'axis'], output: ['sums'] },
      { opType: 'ReduceMax', input: ['sums'], output: ['most'], attribute: [{ name: 'keepdims', i: 0n, type: 2 }] },
      { opType: 'Add', input: ['x', 'most'], output: ['y'] },
    ],
  };
}

/** y = x, and left = x − 1 until left[0] ≤ 0: a call takes as many steps as x[0] says, and 1e30 never ends. */
export function countdown(): GraphProto {
  const double = (name: string, number: number): TensorProto => ({
    name,
    dataType: DOUBLE,
    dims: [],
    rawData: new Uint8Array(Float64Array.of(number).buffer),
  });
  const body: GraphProto = {
    name: 'body',
    input: [value('i', INT64, []), value('c', BOOL, []), value('v', DOUBLE, ['N'])],
    output: [value('c2', BOOL, []), value('v2', DOUBLE, ['N'])],
    initializer: [int64Tensor('first', [], [0n]), double('zero', 0), double('one', 1)],
    node: [
      { opType: 'Sub', input: ['v', 'one'], output: ['v2'] },
      { opType: 'Gather', input: ['v2', 'first'], output: ['head'] },
      { opType: 'Greater', input: ['head', 'zero'], output: ['c2'] },
    ],
  };
  return {
    input: [value('x', DOUBLE, ['N'])],
    output: [value('y', DOUBLE, ['N']), value('left', DOUBLE, ['N'])],
    initializer: [int64Tensor('trips', [], [1n << 62n]), truth('go')],
    node: [
      { opType: 'Identity', input: ['x'], output: ['y'] },
      {
        opType: 'Loop',
        input: ['trips', 'go', 'x'],
        output: ['left'],
        attribute: [{ name: 'body', g: body, type: 5 }],
      },
    ],
  };
}
