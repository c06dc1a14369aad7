// A service with Fastify 5: the model is opened once, follows its alias, and is closed with the server.
import Fastify from 'fastify';
import { SchemaError, watch } from 'mlctl';

const model = await watch('models:/iris_clf@champion');
export const app = Fastify();

app.post('/predict', (request) => model.predict(request.body));
app.addHook('onClose', () => model.close());
app.setErrorHandler((error, _request, reply) => {
  if (!(error instanceof SchemaError)) return reply.send(error);
  return reply.code(400).send(error.findings);
});

await app.listen({ port: Number(process.env.PORT ?? 3001) });
