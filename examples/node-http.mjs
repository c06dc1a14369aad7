// A service with nothing but node: POST / takes a JSON list of rows, and follows the alias while it runs.
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { SchemaError, watch } from 'mlctl';

const model = await watch('models:/iris_clf@champion', { interval: 30_000, onError: console.error });

export const server = createServer(async (request, response) => {
  const answer = (status, body) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  try {
    answer(200, await model.predict(await json(request)));
  } catch (error) {
    if (error instanceof SchemaError) answer(400, error.findings);
    else answer(error instanceof SyntaxError ? 400 : 500, { error: 'no prediction' });
  }
}).listen(Number(process.env.PORT ?? 3000));
