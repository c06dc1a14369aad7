// A handler for Express, or for anything that calls (request, response, next):
// app.post('/predict', express.json(), predictWith(await load('models:/iris_clf@champion')));
import { SchemaError } from 'mlctl';

export const predictWith = (model) => async (request, response, next) => {
  try {
    response.json(await model.predict(request.body));
  } catch (error) {
    if (error instanceof SchemaError) response.status(400).json(error.findings);
    else next(error);
  }
};
