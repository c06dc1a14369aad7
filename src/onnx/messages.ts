// The fields of ONNX's messages: number, name and kind, one table that both the reader and the writer follow.
// A test compares it with the descriptors of Python's onnx package.

export type ScalarKind = 'int64' | 'int32' | 'string' | 'bytes' | 'float' | 'double';

export interface FieldSpec {
  readonly name: string;
  readonly kind: ScalarKind | MessageName;
  /** `lazy`: there may be many values, so they are read when needed. */
  readonly repeated?: true | 'lazy';
}

type MessageSpec = Readonly<Record<number, FieldSpec>>;

const one = (name: string, kind: FieldSpec['kind']): FieldSpec => ({ name, kind });
const many = (name: string, kind: FieldSpec['kind']): FieldSpec => ({ name, kind, repeated: true });
const lazy = (name: string, kind: ScalarKind): FieldSpec => ({ name, kind, repeated: 'lazy' });

export type MessageName =
  | 'ModelProto'
  | 'OperatorSetIdProto'
  | 'StringStringEntryProto'
  | 'TrainingInfoProto'
  | 'FunctionProto'
  | 'GraphProto'
  | 'TensorAnnotation'
  | 'NodeProto'
  | 'AttributeProto'
  | 'TensorProto'
  | 'TensorProto.Segment'
  | 'SparseTensorProto'
  | 'ValueInfoProto'
  | 'TypeProto'
  | 'TypeProto.Tensor'
  | 'TypeProto.Sequence'
  | 'TypeProto.Map'
  | 'TypeProto.Opaque'
  | 'TypeProto.SparseTensor'
  | 'TypeProto.Optional'
  | 'TensorShapeProto'
  | 'TensorShapeProto.Dimension';

const shaped: MessageSpec = { 1: one('elemType', 'int32'), 2: one('shape', 'TensorShapeProto') };
const wrapped: MessageSpec = { 1: one('elemType', 'TypeProto') };

export const MESSAGES: Readonly<Record<MessageName, MessageSpec>> = {
  ModelProto: {
    1: one('irVersion', 'int64'),
    2: one('producerName', 'string'),
    3: one('producerVersion', 'string'),
    4: one('domain', 'string'),
    5: one('modelVersion', 'int64'),
    6: one('docString', 'string'),
    7: one('graph', 'GraphProto'),
    8: many('opsetImport', 'OperatorSetIdProto'),
    14: many('metadataProps', 'StringStringEntryProto'),
    20: many('trainingInfo', 'TrainingInfoProto'),
    25: many('functions', 'FunctionProto'),
  },
  OperatorSetIdProto: { 1: one('domain', 'string'), 2: one('version', 'int64') },
  StringStringEntryProto: { 1: one('key', 'string'), 2: one('value', 'string') },
  TrainingInfoProto: {
    1: one('initialization', 'GraphProto'),
    2: one('algorithm', 'GraphProto'),
    3: many('initializationBinding', 'StringStringEntryProto'),
    4: many('updateBinding', 'StringStringEntryProto'),
  },
  FunctionProto: {
    1: one('name', 'string'),
    4: many('input', 'string'),
    5: many('output', 'string'),
    6: many('attribute', 'string'),
    7: many('node', 'NodeProto'),
    8: one('docString', 'string'),
    9: many('opsetImport', 'OperatorSetIdProto'),
    10: one('domain', 'string'),
    11: many('attributeProto', 'AttributeProto'),
    12: many('valueInfo', 'ValueInfoProto'),
    13: one('overload', 'string'),
    14: many('metadataProps', 'StringStringEntryProto'),
  },
  GraphProto: {
    1: many('node', 'NodeProto'),
    2: one('name', 'string'),
    5: many('initializer', 'TensorProto'),
    10: one('docString', 'string'),
    11: many('input', 'ValueInfoProto'),
    12: many('output', 'ValueInfoProto'),
    13: many('valueInfo', 'ValueInfoProto'),
    14: many('quantizationAnnotation', 'TensorAnnotation'),
    15: many('sparseInitializer', 'SparseTensorProto'),
    16: many('metadataProps', 'StringStringEntryProto'),
  },
  TensorAnnotation: {
    1: one('tensorName', 'string'),
    2: many('quantParameterTensorNames', 'StringStringEntryProto'),
  },
  NodeProto: {
    1: many('input', 'string'),
    2: many('output', 'string'),
    3: one('name', 'string'),
    4: one('opType', 'string'),
    5: many('attribute', 'AttributeProto'),
    6: one('docString', 'string'),
    7: one('domain', 'string'),
    8: one('overload', 'string'),
    9: many('metadataProps', 'StringStringEntryProto'),
  },
  AttributeProto: {
    1: one('name', 'string'),
    2: one('f', 'float'),
    3: one('i', 'int64'),
    4: one('s', 'bytes'),
    5: one('t', 'TensorProto'),
    6: one('g', 'GraphProto'),
    7: lazy('floats', 'float'),
    8: lazy('ints', 'int64'),
    9: lazy('strings', 'bytes'),
    10: many('tensors', 'TensorProto'),
    11: many('graphs', 'GraphProto'),
    13: one('docString', 'string'),
    14: one('tp', 'TypeProto'),
    15: many('typeProtos', 'TypeProto'),
    20: one('type', 'int32'),
    21: one('refAttrName', 'string'),
    22: one('sparseTensor', 'SparseTensorProto'),
    23: many('sparseTensors', 'SparseTensorProto'),
  },
  TensorProto: {
    1: many('dims', 'int64'),
    2: one('dataType', 'int32'),
    3: one('segment', 'TensorProto.Segment'),
    4: lazy('floatData', 'float'),
    5: lazy('int32Data', 'int64'),
    6: lazy('stringData', 'bytes'),
    7: lazy('int64Data', 'int64'),
    8: one('name', 'string'),
    9: one('rawData', 'bytes'),
    10: lazy('doubleData', 'double'),
    11: lazy('uint64Data', 'int64'),
    12: one('docString', 'string'),
    13: many('externalData', 'StringStringEntryProto'),
    14: one('dataLocation', 'int32'),
    16: many('metadataProps', 'StringStringEntryProto'),
  },
  'TensorProto.Segment': { 1: one('begin', 'int64'), 2: one('end', 'int64') },
  SparseTensorProto: { 1: one('values', 'TensorProto'), 2: one('indices', 'TensorProto'), 3: many('dims', 'int64') },
  ValueInfoProto: {
    1: one('name', 'string'),
    2: one('type', 'TypeProto'),
    3: one('docString', 'string'),
    4: many('metadataProps', 'StringStringEntryProto'),
  },
  TypeProto: {
    1: one('tensorType', 'TypeProto.Tensor'),
    4: one('sequenceType', 'TypeProto.Sequence'),
    5: one('mapType', 'TypeProto.Map'),
    6: one('denotation', 'string'),
    7: one('opaqueType', 'TypeProto.Opaque'),
    8: one('sparseTensorType', 'TypeProto.SparseTensor'),
    9: one('optionalType', 'TypeProto.Optional'),
  },
  'TypeProto.Tensor': shaped,
  'TypeProto.SparseTensor': shaped,
  'TypeProto.Sequence': wrapped,
  'TypeProto.Optional': wrapped,
  'TypeProto.Map': { 1: one('keyType', 'int32'), 2: one('valueType', 'TypeProto') },
  'TypeProto.Opaque': { 1: one('domain', 'string'), 2: one('name', 'string') },
  TensorShapeProto: { 1: many('dim', 'TensorShapeProto.Dimension') },
  'TensorShapeProto.Dimension': {
    1: one('dimValue', 'int64'),
    2: one('dimParam', 'string'),
    3: one('denotation', 'string'),
  },
};
