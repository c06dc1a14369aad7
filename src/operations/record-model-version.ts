// The commit point: a model written into the registry, then its stage and alias, with who moved what as tags for `history`.
import { randomUUID } from 'node:crypto';
import { MlctlError } from '../errors/error.js';
import type { ModelVersion, Stage, TrackingStore } from '../tracking/store.js';
import { stageNamed } from '../uri/parse-model-uri.js';
import { printable } from '../uri/printable.js';
import type { World } from '../world.js';
import { moveVersion } from './move-version.js';

export interface Registration {
  readonly name: string;
  readonly stage?: string;
  readonly alias?: string;
}

/** MLflow's rules and those that keep `models:/…` URIs unambiguous (mlflow-wire §1.6). */
export function checkRegistration(request: Registration): { stage: Stage | null } {
  const { name, stage, alias } = request;
  const invalid = (why: string, hint: string, code: 'NAME_INVALID' | 'USAGE' = 'NAME_INVALID'): never => {
    throw new MlctlError(code, why, { hint });
  };
  if (name.trim() === '' || /[/:\\\u0000-\u001f\u007f-\u009f]/.test(name) || name === '.' || name === '..') {
    invalid(
      `"${printable(name, 100)}" is no name for a registered model`,
      'Use letters, digits, spaces, dots, dashes and underscores; no slash or colon.',
    );
  }
  if (name.length > 256 || (name.includes("'") && name.includes('"')))
    invalid(
      `"${printable(name, 100)}" ${name.length > 256 ? `has ${name.length} characters, more than the 256 a name may have` : "has both kinds of quotes, which MLflow's searches cannot spell"}`,
      'Choose another name.',
    );
  if (/^m-[0-9a-f]{32}$/i.test(name))
    invalid(
      `"${printable(name, 100)}" looks like the id of a logged model; models:/${name} would be ambiguous`,
      'Choose another name.',
    );
  if (alias !== undefined) {
    if (!/^[\w-]+$/.test(alias) || alias.length > 255)
      invalid(`"${printable(alias, 100)}" is no alias`, 'Use letters, digits, dashes and underscores.');
    if (/^(?:latest|v\d+)$/i.test(alias))
      invalid(`The alias "${alias}" is reserved by MLflow`, 'Use another word, for example champion.');
  }
  if (stage === undefined) return { stage: null };
  const named = stageNamed(stage);
  return {
    stage:
      named ??
      invalid(
        `"${printable(stage, 60)}" is no stage`,
        'The stages are None, Staging, Production and Archived; for other words use --alias.',
        'USAGE',
      ),
  };
}

/** The new version. What fails after it exists says so, and how to finish by hand. */
export async function recordModelVersion(
  world: World,
  registry: TrackingStore,
  request: Registration & {
    readonly uri: string;
    readonly source: string;
    readonly modelId: string | null;
    readonly runId: string | null;
    readonly tags: ReadonlyMap<string, string>;
  },
): Promise<ModelVersion> {
  const { stage } = checkRegistration(request);
  world.signal.throwIfAborted();
  await registry.ensureRegisteredModel(request.name);
  const version = await registry.createModelVersion({
    name: request.name,
    source: request.source,
    modelId: request.modelId,
    runId: request.runId,
    tags: request.tags,
    requestId: randomUUID(),
  });
  if (stage !== null || request.alias !== undefined) {
    try {
      await moveVersion(world, registry, version, {
        ...(stage === null ? {} : { stage }),
        ...(request.alias === undefined ? {} : { alias: request.alias }),
        action: 'register',
      });
    } catch (error) {
      throw registeredBut(error, version);
    }
  }
  return version;
}

/** The version is there: whoever reads the error must not make another. */
function registeredBut(error: unknown, { name, version }: ModelVersion): unknown {
  if (!(error instanceof MlctlError)) return error;
  return new MlctlError(error.code, error.message, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    details: { ...error.details, registered: { name, version } },
    cause: error,
  });
}
