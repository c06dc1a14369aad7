// The n-th-call loop against MLflow 3: models are logged models.
import { nthCall } from './nth-call.js';

nthCall('MLflow 3');
