// A service with Express 5: the model is opened once, follows its alias, and a row that breaks the signature is the client's fault.
import express from 'express';
import { SchemaError, watch } from 'mlctl';

const model = await watch('models:/iris_clf@champion');
const app = express();

app.post('/predict', express.json({ limit: '1mb' }), async (request, response) => {
  response.json(await model.predict(request.body));
});

app.use((error, _request, response, next) => {
  if (error instanceof SchemaError) response.status(400).json(error.findings);
  else next(error);
});

export const server = app.listen(process.env.PORT ?? 3000, '127.0.0.1');
server.on('close', () => model.close());
