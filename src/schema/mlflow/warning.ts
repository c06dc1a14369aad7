// What MLflow only logs while the request goes on.

export type MlflowWarning =
  | { readonly w: 'extra_inputs'; readonly names: readonly (string | number)[] }
  | { readonly w: 'unrecognized_params'; readonly names: readonly string[] }
  | { readonly w: 'no_params_schema' }
  | { readonly w: 'params_nonstr_keys' };
