// Turns the bytes of an untrusted ONNX file into what is wrong with it, before any runtime sees it: files outside the package,
// false sizes, huge results computed from constants, operators that need foreign code. It reads protobuf only, runs nothing and
// opens nothing.
import { MlctlError } from '../errors/error.js';
import { decodeModel } from './decode-model.js';
import type { ModelProto, NodeProto } from './graph.js';
import { checkLoop, checkMaker } from './scan/check-bombs.js';
import { checkExternalData, type ExternalSums } from './scan/check-external-data.js';
import { callKey, checkFunctions, functionKey } from './scan/check-functions.js';
import { checkSparseTensor, checkTensor } from './scan/check-tensor.js';
import { ConstantValues } from './scan/constant-values.js';
import { Findings, type ScanFinding, type ScanOptions } from './scan/findings.js';
import { type Place, walkModel } from './walk-model.js';

/** Operator sets built into ONNX Runtime. */
const DOMAINS = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'ai.onnx.training', 'ai.onnx.preview.training', 'com.microsoft']);
/** Built in, but they load other files or call other code. */
const REFUSED = new Set(['EPContext', 'PythonOp', 'PythonOpGrad', 'ATen', 'ExternOp']);

export function scanModel(bytes: Uint8Array, options: ScanOptions = {}): ScanFinding[] {
  return scanDecoded(bytes, decodeModel(bytes), options);
}

/** The same as scanModel, for a caller that has already decoded the bytes. */
export function scanDecoded(bytes: Uint8Array, model: ModelProto, options: ScanOptions = {}): ScanFinding[] {
  const findings = new Findings(options);
  const root: Place = { parent: null, kind: 'model', name: '' };
  // The runtime takes a file with this mark for its own flatbuffer format, whatever else it contains.
  if (String.fromCharCode(...bytes.subarray(4, 8)) === 'ORTM')
    findings.hostile('format', root, 'the mark of the ORT format', 'ONNX only');
  if (!model.graph) findings.unsupported('format', root, 'no graph', 'a model with a graph');
  const sums: ExternalSums = new Map();
  const constants = new ConstantValues(findings.limits);
  const functions = new Set((model.functions ?? []).map(functionKey));
  let nodes = 0;
  walkModel(model, {
    node(node, place, scope) {
      nodes += 1;
      checkDomain(node, functions, place, findings);
      checkMaker(node, place, scope, constants, findings);
      checkLoop(node, place, scope, constants, findings);
    },
    tensor(tensor, place) {
      checkTensor(tensor, place, findings);
      checkExternalData(tensor, place, sums, findings);
    },
    sparseTensor: (tensor, place) => checkSparseTensor(tensor, place, findings),
  });
  if (constants.exhausted)
    findings.hostile(
      'constants',
      root,
      'too many constants computed from constants',
      `${findings.limits.constants} values at most`,
    );
  if (nodes > findings.limits.nodes)
    findings.hostile('node-count', root, `${nodes} nodes`, `${findings.limits.nodes} at most`);
  else checkFunctions(model, findings);
  return findings.list;
}

function checkDomain(node: NodeProto, functions: ReadonlySet<string>, place: Place, findings: Findings): void {
  if (functions.has(callKey(node))) return;
  const domain = node.domain ?? '';
  if (!DOMAINS.has(domain)) {
    findings.unsupported(
      'operator-domain',
      place,
      `an operator of the domain ${JSON.stringify(domain)}`,
      'ai.onnx, ai.onnx.ml, com.microsoft',
    );
  } else if (REFUSED.has(node.opType ?? '')) {
    findings.hostile('operator', place, `the operator ${node.opType}`, 'operators that stay inside the file');
  }
}

/** The findings as one error, whose code is that of the worst severity; `file` is for the message. */
export function scanError(file: string, findings: readonly ScanFinding[]): MlctlError {
  const words = (finding: ScanFinding) =>
    `${finding.place}: ${finding.rule}: found ${finding.found}, allowed: ${finding.allowed}`;
  const worst = (['hostile', 'missing', 'unsupported'] as const).find((severity) =>
    findings.some((finding) => finding.severity === severity),
  )!;
  const [first, ...others] = findings.filter(({ severity }) => severity === worst);
  const { code, hint } = VERDICTS[worst];
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  const missing = [first!, ...others].slice(0, 5).map(({ found }) => JSON.stringify(found));
  const said =
    worst === 'missing' ? `it keeps tensors in ${missing.join(', ')}, which is missing` : `${words(first!)}${more}`;
  return new MlctlError(code, `opening ${file}: ${said}`, {
    hint,
    details: { file, findings: findings.map((finding) => ({ ...finding, message: words(finding) })) },
  });
}

const VERDICTS = {
  hostile: { code: 'MODEL_HOSTILE', hint: 'do not use this file; ask its author for a plain export' },
  missing: {
    code: 'PACKAGE_INVALID',
    hint: 'put the missing file beside the model, under this name, or export the model into one file',
  },
  unsupported: {
    code: 'MODEL_UNSUPPORTED',
    hint: 'export the model with standard ONNX operators, and with its constants stored in the file',
  },
} as const;
