// The n-th-call loop against the S3 server behind MLflow 3: files go straight to it.
import { nthCall } from './nth-call.js';

nthCall('S3');
