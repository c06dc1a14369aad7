// Both ports at one address: MLflow keeps runs and registry in the same file or on the same server.
import type { ModelRegistry } from './model-registry.js';
import type { TrackingStore } from './tracking-store.js';

export type MlflowStore = TrackingStore & ModelRegistry;
