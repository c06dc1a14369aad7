// Finds nodes that create something huge, or run almost forever, from constants alone; the runtime would do so while loading.
// What depends on the rows is left to the memory limit and the deadline of the process that runs the model.
import { elementType } from '../../data/element-types.js';
import type { NodeProto } from '../graph.js';
import { elementCount } from '../tensor-size.js';
import type { Place, Scope } from '../walk-model.js';
import type { ConstantValues } from './constant-values.js';
import type { Findings } from './findings.js';

type Sizes = (node: NodeProto, scope: Scope, constants: ConstantValues) => readonly bigint[] | null;

const fromInput =
  (place: number): Sizes =>
  (node, scope, constants) =>
    constants.of(node.input?.[place], scope);

const fromAttribute =
  (name: string): Sizes =>
  (node) => {
    const found = node.attribute?.find((attribute) => attribute.name === name);
    return found?.ints && found.ints.length <= 64 ? [...found.ints] : null;
  };

/** Sizes whose product is a lower bound of the elements created; for Pad, what is added. */
const MAKERS: ReadonlyMap<string, Sizes> = new Map<string, Sizes>([
  ['ConstantOfShape', fromInput(0)],
  ['Expand', fromInput(1)],
  ['Tile', fromInput(1)],
  ['RandomNormal', fromAttribute('shape')],
  ['RandomUniform', fromAttribute('shape')],
  ['OneHot', fromInput(1)],
  ['Resize', (node, scope, constants) => constants.of(node.input?.[3], scope) ?? constants.of(node.input?.[2], scope)],
  ['Upsample', (node, scope, constants) => constants.of(node.input?.[1], scope)],
  ['HannWindow', fromInput(0)],
  ['HammingWindow', fromInput(0)],
  ['BlackmanWindow', fromInput(0)],
  [
    'MelWeightMatrix',
    (node, scope, constants) => [
      ...(constants.of(node.input?.[0], scope) ?? []),
      ...(constants.of(node.input?.[1], scope) ?? []),
    ],
  ],
  [
    'Pad',
    (node, scope, constants) =>
      largest(constants.of(node.input?.[1], scope) ?? fromAttribute('pads')(node, scope, constants)),
  ],
  ['Range', (node, scope, constants) => rangeCount(node, scope, constants)],
]);

export function checkMaker(
  node: NodeProto,
  place: Place,
  scope: Scope,
  constants: ConstantValues,
  findings: Findings,
): void {
  const sizes = MAKERS.get(node.opType ?? '')?.(node, scope, constants);
  if (!sizes || sizes.length === 0 || sizes.some((size) => size < 0n)) return;
  const value = node.attribute?.find(({ name }) => name === 'value')?.t;
  const dataType = value?.dataType ?? Number(node.attribute?.find(({ name }) => name === 'dtype')?.i ?? 1n);
  const bytes = (elementCount(sizes) * BigInt(elementType(dataType)?.bits || 32)) / 8n;
  findings.made(place, `a tensor of [${sizes.join(',')}], ${bytes} bytes`, bytes);
}

function rangeCount(node: NodeProto, scope: Scope, constants: ConstantValues): readonly bigint[] | null {
  const [start, limit, delta] = [0, 1, 2].map((place) => constants.of(node.input?.[place], scope)?.[0]);
  if (start === undefined || limit === undefined || !delta) return null;
  const count = (limit - start) / delta;
  return [count < 0n ? 0n : count];
}

function largest(values: readonly bigint[] | null): readonly bigint[] | null {
  return values && [values.reduce((a, b) => (a > b ? a : b), 0n)];
}

/** A Loop with a huge constant trip count that no condition can end. */
export function checkLoop(
  node: NodeProto,
  place: Place,
  scope: Scope,
  constants: ConstantValues,
  findings: Findings,
): void {
  if (node.opType !== 'Loop' || (node.domain ?? '') !== '') return;
  const [tripName, conditionName] = node.input ?? [];
  const trips = tripName ? constants.of(tripName, scope)?.[0] : 1n << 62n;
  if (trips === undefined || trips <= findings.limits.trips) return;
  if (conditionName) {
    const condition = constants.of(conditionName, scope)?.[0];
    if (condition === 0n) return;
    // Rows decide whether it starts at all, but then nothing ends it; the deadline handles this.
    if (condition === undefined) return;
  }
  const body = node.attribute?.find(({ name }) => name === 'body')?.g;
  if (!body) return;
  const inner: Scope = {
    parent: scope,
    nodes: body.node ?? [],
    initializers: body.initializer ?? [],
    inputs: (body.input ?? []).map((input) => input.name ?? ''),
  };
  if (alwaysTrue(body.output?.[0]?.name, inner, constants)) {
    findings.hostile(
      'loop-trips',
      place,
      `a loop of ${trips} trips that nothing ends`,
      `${findings.limits.trips} at most`,
    );
  }
}

/** The condition that the body returns is a constant other than false, or the one it was given. */
function alwaysTrue(name: string | undefined, body: Scope, constants: ConstantValues): boolean {
  let at = name;
  for (let steps = 0; at && steps < 16; steps++) {
    if (at === body.inputs[1]) return true;
    const maker: NodeProto | undefined = body.nodes.find((node) => node.output?.includes(at ?? ''));
    if (maker?.opType !== 'Identity' && maker?.opType !== 'Cast') break;
    at = maker.input?.[0];
  }
  const value = constants.of(at, body)?.[0];
  return value !== undefined && value !== 0n;
}
