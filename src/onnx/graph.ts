// ONNX's messages as plain values, with the specification's names (onnx/onnx.proto, IR version 13) in camel case. Everything may
// be absent, as in the file; a value read from a file refers to the file's bytes and copies nothing.

/** A repeated scalar: an array when written, a lazy view of the file when read (a file may hold millions). */
export type Repeated<T> = Iterable<T> & { readonly length: number };

export interface ModelProto {
  irVersion?: bigint;
  producerName?: string;
  producerVersion?: string;
  domain?: string;
  modelVersion?: bigint;
  docString?: string;
  graph?: GraphProto;
  opsetImport?: readonly OperatorSetIdProto[];
  metadataProps?: readonly StringStringEntryProto[];
  trainingInfo?: readonly TrainingInfoProto[];
  functions?: readonly FunctionProto[];
}

interface OperatorSetIdProto {
  domain?: string;
  version?: bigint;
}

interface StringStringEntryProto {
  key?: string;
  value?: string;
}

interface TrainingInfoProto {
  initialization?: GraphProto;
  algorithm?: GraphProto;
  initializationBinding?: readonly StringStringEntryProto[];
  updateBinding?: readonly StringStringEntryProto[];
}

export interface FunctionProto {
  name?: string;
  input?: readonly string[];
  output?: readonly string[];
  attribute?: readonly string[];
  node?: readonly NodeProto[];
  docString?: string;
  opsetImport?: readonly OperatorSetIdProto[];
  domain?: string;
  attributeProto?: readonly AttributeProto[];
  valueInfo?: readonly ValueInfoProto[];
  overload?: string;
  metadataProps?: readonly StringStringEntryProto[];
}

export interface GraphProto {
  node?: readonly NodeProto[];
  name?: string;
  initializer?: readonly TensorProto[];
  docString?: string;
  input?: readonly ValueInfoProto[];
  output?: readonly ValueInfoProto[];
  valueInfo?: readonly ValueInfoProto[];
  quantizationAnnotation?: readonly TensorAnnotation[];
  sparseInitializer?: readonly SparseTensorProto[];
  metadataProps?: readonly StringStringEntryProto[];
}

interface TensorAnnotation {
  tensorName?: string;
  quantParameterTensorNames?: readonly StringStringEntryProto[];
}

export interface NodeProto {
  input?: readonly string[];
  output?: readonly string[];
  name?: string;
  opType?: string;
  attribute?: readonly AttributeProto[];
  docString?: string;
  domain?: string;
  overload?: string;
  metadataProps?: readonly StringStringEntryProto[];
}

export interface AttributeProto {
  name?: string;
  f?: number;
  i?: bigint;
  s?: Uint8Array;
  t?: TensorProto;
  g?: GraphProto;
  floats?: Repeated<number>;
  ints?: Repeated<bigint>;
  strings?: Repeated<Uint8Array>;
  tensors?: readonly TensorProto[];
  graphs?: readonly GraphProto[];
  docString?: string;
  tp?: TypeProto;
  typeProtos?: readonly TypeProto[];
  type?: number;
  refAttrName?: string;
  sparseTensor?: SparseTensorProto;
  sparseTensors?: readonly SparseTensorProto[];
}

export interface TensorProto {
  dims?: readonly bigint[];
  dataType?: number;
  segment?: { begin?: bigint; end?: bigint };
  floatData?: Repeated<number>;
  int32Data?: Repeated<bigint>;
  stringData?: Repeated<Uint8Array>;
  int64Data?: Repeated<bigint>;
  name?: string;
  rawData?: Uint8Array;
  doubleData?: Repeated<number>;
  uint64Data?: Repeated<bigint>;
  docString?: string;
  externalData?: readonly StringStringEntryProto[];
  dataLocation?: number;
  metadataProps?: readonly StringStringEntryProto[];
}

export interface SparseTensorProto {
  values?: TensorProto;
  indices?: TensorProto;
  dims?: readonly bigint[];
}

export interface ValueInfoProto {
  name?: string;
  type?: TypeProto;
  docString?: string;
  metadataProps?: readonly StringStringEntryProto[];
}

export interface TypeProto {
  tensorType?: { elemType?: number; shape?: TensorShapeProto };
  sequenceType?: { elemType?: TypeProto };
  mapType?: { keyType?: number; valueType?: TypeProto };
  denotation?: string;
  opaqueType?: { domain?: string; name?: string };
  sparseTensorType?: { elemType?: number; shape?: TensorShapeProto };
  optionalType?: { elemType?: TypeProto };
}

interface TensorShapeProto {
  dim?: readonly { dimValue?: bigint; dimParam?: string; denotation?: string }[];
}

/** TensorProto.DataLocation */
export const EXTERNAL = 1;

/** AttributeProto.AttributeType, the ones mlctl writes. */
export const ATTRIBUTE = { FLOAT: 1, INT: 2, STRING: 3, TENSOR: 4, GRAPH: 5, FLOATS: 6, INTS: 7, STRINGS: 8 } as const;
