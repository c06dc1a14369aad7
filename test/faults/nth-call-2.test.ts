// The n-th-call loop against MLflow 2.22.4: models are artifacts of their run.
import { nthCall } from './nth-call.js';

nthCall('MLflow 2');
