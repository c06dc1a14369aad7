// A model URI, parsed (contract §2).

export type ModelUri =
  | { readonly kind: 'run'; readonly runId: string; readonly path: string }
  | { readonly kind: 'version'; readonly name: string; readonly version: number }
  | { readonly kind: 'stage'; readonly name: string; readonly stage: string }
  | { readonly kind: 'latest'; readonly name: string }
  | { readonly kind: 'alias'; readonly name: string; readonly alias: string }
  | { readonly kind: 'model_id'; readonly modelId: string }
  | { readonly kind: 'artifact'; readonly scheme: 's3' | 'mlflow-artifacts' | 'file'; readonly location: string }
  | { readonly kind: 'path'; readonly path: string };
