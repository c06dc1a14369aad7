// Turns a refused request into the answer that MLflow's scoring server sends: plain text, or JSON that contains the message.
import { pythonJsonString } from '../data/json-format.js';
import { describeSchema } from '../schema/describe-schema.js';
import { printFrame } from '../schema/mlflow/pandas/pandas-print.js';
import { pyStr } from '../schema/mlflow/python/python-repr.js';
import { type DataFrame, kindOf, type PyValue } from '../schema/mlflow/python/python-value.js';
import type { MlflowRefused } from '../schema/mlflow/verdict.js';
import type { Signature } from '../schema/types.js';

interface ServerAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** The words of MLflow if MLFLOW_DISABLE_SCHEMA_DETAILS is set. */
const NO_DETAILS = 'Failed to enforce model input schema. Please check your input data.';

/** What Python's server answers if anything else goes wrong. */
export const INTERNAL_ERROR: ServerAnswer = {
  status: 500,
  contentType: 'text/plain; charset=utf-8',
  body: 'Internal Server Error',
};

function printed(data: PyValue): string {
  return kindOf(data) === 'dataframe' ? printFrame(data as DataFrame) : pyStr(data);
}

function wholeMessage(refused: MlflowRefused, signature: Signature | null): string {
  if (refused.phase === 'params' && refused.stackTrace)
    return 'Encountered an unexpected error while evaluating the model. Verify that the serialized input Dataframe is compatible with the model for inference.';
  if (!refused.wrap) return refused.message;
  const data = printed(refused.given ?? null);
  const inputs = signature?.inputs ?? null;
  const schema =
    refused.phase === 'enforce' && inputs !== null
      ? `Failed to enforce schema of data '${data}' with schema '${describeSchema(inputs)}'. Error: `
      : '';
  return `Failed to predict data '${data}'. \nError: ${schema}${refused.message}`;
}

/** Python sends a stack trace here; there is none, so it is empty. `isSilent`: nothing of the request is repeated. */
export function formatRefusal(refused: MlflowRefused, signature: Signature | null, isSilent = false): ServerAnswer {
  if (refused.code === null)
    return { status: refused.status, contentType: 'text/plain; charset=utf-8', body: refused.message };
  const parts = [
    `"error_code": ${pythonJsonString(refused.code)}`,
    `"message": ${pythonJsonString(isSilent ? NO_DETAILS : wholeMessage(refused, signature))}`,
    `"sqlstate": ${pythonJsonString(refused.sqlState ?? '')}`,
    `"error_class": ${pythonJsonString(refused.errorClass ?? '')}`,
    ...(refused.stackTrace ? ['"stack_trace": ""'] : []),
  ];
  return { status: refused.status, contentType: 'application/json', body: `{${parts.join(', ')}}` };
}
