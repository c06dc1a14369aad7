// The long texts of MLflow's messages.

export const MISSING_VALUES_HINT =
  ' Hint: the type mismatch is likely caused by missing values. ' +
  'Integer columns in python can not represent missing values and are therefore ' +
  'encoded as floats. The best way to avoid this problem is to infer the model ' +
  'schema based on a realistic data sample (training dataset) that includes missing ' +
  'values. Alternatively, you can declare integer columns as doubles (float64) ' +
  'whenever these columns may have missing values. See `Handling Integers With ' +
  'Missing Values <https://www.mlflow.org/docs/latest/models.html#' +
  'handling-integers-with-missing-values>`_ for more details.';

export const PROTOCOL_CHANGE =
  'IMPORTANT: The MLflow Model scoring protocol has changed in MLflow version 2.0. If you are' +
  ' seeing this error, you are likely using an outdated scoring request format. To resolve the' +
  " error, either update your request format or adjust your MLflow Model's requirements file to" +
  " specify an older version of MLflow (for example, change the 'mlflow' requirement specifier" +
  " to 'mlflow==1.30.0'). If you are making a request using the MLflow client" +
  ' (e.g. via `mlflow.pyfunc.spark_udf()`), upgrade your MLflow client to a version >= 2.0 in' +
  ' order to use the new request format. For more information about the updated MLflow' +
  ' Model scoring protocol in MLflow 2.0, see' +
  ' https://mlflow.org/docs/latest/models.html#deploy-mlflow-models.';
