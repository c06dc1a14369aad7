// An AWS Lambda behind a function URL: the model is loaded once for all calls of an instance. MODEL_URI names it.
import { load, SchemaError } from 'mlctl';

const model = await load();

export async function handler({ body }) {
  try {
    return { statusCode: 200, body: JSON.stringify(await model.predict(JSON.parse(body))) };
  } catch (error) {
    if (error instanceof SchemaError) return { statusCode: 400, body: JSON.stringify(error.findings) };
    throw error;
  }
}
