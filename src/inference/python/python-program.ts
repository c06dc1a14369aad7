// The program that runs a model through MLflow in the user's own Python: it opens one package and answers lines of JSON.

/**
 * Given by `-c`, with the folder of the package, and how many bytes it may take and one answer may have. What the model prints to stdout goes to
 * stderr, because stdout carries the answers. Numbers are answered as the bytes of their array, so that none is rounded.
 */
export const PYTHON_PROGRAM = `
import sys
sys.path[:] = [path for path in sys.path if path]
import base64, json, os, queue, signal, threading

folder, limit, most = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
sys.argv[1:] = []
requests, answers = os.fdopen(os.dup(0), 'rb'), os.fdopen(os.dup(1), 'wb')
nothing = os.open(os.devnull, os.O_RDONLY)
os.dup2(nothing, 0)
os.dup2(2, 1)
me = os.getpid()
try:
    import resource
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
except (ImportError, ValueError, OSError):
    pass

def answer(message):
    # A model may have forked: only the process that was asked answers.
    if os.getpid() != me:
        os._exit(0)
    line = json.dumps(message).encode() + b'\\n'
    if len(line) > most:
        error = ValueError(f'the answer takes {len(line)} bytes; at most {most} are read')
        return answer({'failed': failure('predict', error)})
    answers.write(line)
    answers.flush()

def end():
    if hasattr(os, 'killpg') and os.getpgrp() == me:
        os.killpg(me, signal.SIGKILL)
    os._exit(1)

waiting = queue.SimpleQueue()

def listen():
    for line in requests:
        waiting.put(line)
    # mlctl is gone, whatever the model is doing.
    end()

def failure(kind, error):
    if isinstance(error, MemoryError):
        kind = 'memory'
    name = getattr(error, 'name', None) if isinstance(error, ImportError) else None
    said = ' '.join(str(error).split())[:2000]
    return {'kind': kind, 'type': type(error).__name__, 'message': said, 'name': name}

def plain(value):
    import datetime
    import numpy as np
    import pandas as pd
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if hasattr(value, 'model_dump'):
        return plain(value.model_dump())
    raise TypeError(f'the model answered a value of type {type(value).__name__}, which has no form in JSON')

def packed(values):
    import numpy as np
    import pandas as pd
    missing = None
    if isinstance(values, pd.Series):
        kind = getattr(values.dtype, 'numpy_dtype', None)
        if isinstance(kind, np.dtype) and kind.kind in 'biuf':
            missing = values.isna().to_numpy()
            values = values.to_numpy(dtype=kind, na_value=kind.type(0))
        elif getattr(values.dtype, 'tz', None) is not None:
            values = values.dt.tz_convert('UTC').dt.tz_localize(None).to_numpy()
        else:
            values = np.asarray(values)
    kind, size = values.dtype.kind, values.dtype.itemsize
    to = None
    if kind == 'f':
        to = 'float32' if size <= 4 else 'float64'
    elif kind == 'i' or (kind == 'u' and size < 8):
        to = 'int32' if size + (kind == 'u') <= 4 else 'int64'
    elif kind == 'b':
        to = 'uint8'
    elif kind == 'M' and values.ndim == 1:
        missing, to = np.isnat(values), 'datetime'
        values = values.astype('datetime64[ns]').astype('int64')
    facts = {'shape': list(values.shape)}
    if missing is not None and missing.any():
        facts['nulls'] = base64.b64encode(missing.astype('u1').tobytes()).decode()
    if to is not None and values.ndim <= 2:
        layout = np.dtype('int64' if to == 'datetime' else to).newbyteorder('<')
        data = np.ascontiguousarray(values, dtype=layout).tobytes()
        return {**facts, 'dtype': to, 'bytes': base64.b64encode(data).decode()}
    listed = values.ravel().tolist() if values.ndim <= 2 else values.tolist()
    # pandas marks a missing text by NaN
    listed = [None if isinstance(one, float) and one != one else plain(one) for one in listed]
    return {**facts, 'dtype': 'object', 'values': listed}

def array_of(values):
    import numpy as np
    if hasattr(values, 'toarray'):
        values = values.toarray()
    if isinstance(values, np.ndarray):
        return values
    try:
        array = np.asarray(values)
    except ValueError:
        array = None
    if array is not None and array.dtype.kind in 'biuf':
        return array
    listed = np.empty(len(values), dtype=object)
    listed[:] = list(values) if array is None or array.ndim == 1 else [list(one) for one in values]
    return listed

def described(result):
    import numpy as np
    import pandas as pd
    if isinstance(result, pd.Series) and result.name is not None:
        result = result.to_frame()
    if isinstance(result, pd.DataFrame):
        columns = [(str(name), result.iloc[:, at]) for at, name in enumerate(result.columns)]
        return {'columns': [{'name': name, **packed(values)} for name, values in columns]}
    if isinstance(result, pd.Series):
        return {'array': packed(result)}
    if isinstance(result, dict):
        return {'columns': [{'name': str(name), **packed(array_of(values))} for name, values in result.items()]}
    if isinstance(result, (np.ndarray, list, tuple)) or hasattr(result, 'toarray'):
        array = array_of(result)
        if array.ndim > 0:
            return {'array': packed(array)}
    raise TypeError(f'the model answered a {type(result).__name__}; expected one value for each row')

def table_of(request, schema):
    from mlflow.utils.proto_json_utils import dataframe_from_parsed_json, parse_tf_serving_input
    if 'inputs' in request:
        return parse_tf_serving_input(request, schema)
    return dataframe_from_parsed_json(request['dataframe_split'], 'split', schema)

def main():
    try:
        import mlflow.pyfunc
    except BaseException as error:
        return answer({'failed': failure('mlflow', error)})
    try:
        model = mlflow.pyfunc.load_model(folder)
        schema = model.metadata.get_input_schema()
    except BaseException as error:
        return answer({'failed': failure('load', error)})
    answer({'opened': {'python': sys.version.split()[0], 'mlflow': mlflow.__version__}})
    while True:
        request = json.loads(waiting.get())
        try:
            params = request.pop('params', None)
            asked = {} if params is None else {'params': params}
            message = {'predicted': described(model.predict(table_of(request, schema), **asked))}
            answer(message)
        except BaseException as error:
            answer({'failed': failure('predict', error)})

threading.Thread(target=listen, daemon=True).start()
main()
end()
`;
