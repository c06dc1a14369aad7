// Turns an audited model into a bill of materials in CycloneDX 1.6: the model with its files, its data and its libraries.
import type { Models } from '@cyclonedx/cyclonedx-library';
import type { AuditFacts } from '../checks/audit-facts.js';
import type { SmokeFacts } from '../checks/smoke-check.js';
import { sha256 } from '../files/digest-folder.js';
import { isPrintable, printable } from '../text/printable.js';
import { VERSION } from '../version.js';
import { dataRef } from './data-ref.js';
import { modelCard } from './model-card.js';

export const BOM_FILE = 'bom.cdx.json';
const MODEL_REF = 'model';
const DIGEST = /^sha256:([0-9a-f]{64})$/;

type Library = typeof import('@cyclonedx/cyclonedx-library');

const shown = (text: string): string => (isPrintable(text) && text.length <= 500 ? text : printable(text, 500));

function component(
  { Models, Enums }: Library,
  type: 'MachineLearningModel' | 'File' | 'Data' | 'Library' | 'Application',
  name: string,
  more: { bomRef?: string; version?: string; digest?: string | null; purl?: string },
): Models.Component {
  const made = new Models.Component(Enums.ComponentType[type], shown(name), {
    ...(more.bomRef === undefined ? {} : { bomRef: more.bomRef }),
    ...(more.version === undefined ? {} : { version: shown(more.version) }),
    ...(more.purl === undefined ? {} : { purl: more.purl as never }),
  });
  const hash = DIGEST.exec(more.digest ?? '')?.[1];
  if (hash !== undefined) made.hashes.set(Enums.HashAlgorithm['SHA-256'], hash);
  return made;
}

/** A requirement of one version, as a package of PyPI; others have no version. */
function libraryOf(library: Library, requirement: string): Models.Component {
  const [, name = requirement, version] = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([\w.!+-]+)$/.exec(requirement) ?? [];
  const purl = `pkg:pypi/${encodeURIComponent(name.toLowerCase().replaceAll('_', '-'))}`;
  return component(library, 'Library', name, {
    bomRef: `pypi:${requirement}`,
    ...(version === undefined ? {} : { version, purl: `${purl}@${encodeURIComponent(version)}` }),
  });
}

/** The same facts give the same text: it has no time and no random number of its own. */
export async function formatBom(facts: AuditFacts, found: SmokeFacts): Promise<string> {
  const loaded: Library & { readonly default?: Library } = await import('@cyclonedx/cyclonedx-library');
  // In a bundle of ES modules, a CommonJS package has only its default export.
  const library = loaded.default ?? loaded;
  const { Models, Serialize, Spec } = library;
  const { resolved, digest, lineage, standing } = facts;
  const name = resolved.name ?? resolved.run_id ?? resolved.model_id ?? 'model';
  const model = component(library, 'MachineLearningModel', name, {
    bomRef: MODEL_REF,
    digest: digest?.payload ?? null,
    ...(resolved.version === null ? {} : { version: String(resolved.version) }),
  });
  for (const [key, value] of [
    ['mlctl:package_digest', digest?.package],
    ['mlctl:flavor', facts.flavor],
    ['mlctl:run_id', standing.runId],
    ['mlctl:model_id', standing.modelId],
    ['mlctl:recipe_digest', lineage?.lineage.recipe?.digest],
    ['mlctl:git_commit', lineage?.lineage.git.commit],
  ] as const)
    if (value) model.properties.add(new Models.Property(key, shown(value)));
  for (const { path, sha256: sum } of found.digest?.files ?? [])
    model.components.add(component(library, 'File', path, { bomRef: `file:${path}`, digest: `sha256:${sum}` }));
  const bom = new Models.Bom({
    serialNumber: serialOf(`${digest?.package ?? ''} ${facts.uri} ${standing.runId ?? ''}`),
    metadata: new Models.Metadata({ component: model }),
  });
  bom.metadata.tools.components.add(component(library, 'Application', 'mlctl', { version: VERSION }));
  const data = (lineage?.lineage.data ?? []).map((one, at) =>
    component(library, 'Data', one.name, { bomRef: dataRef(at), digest: one.digest }),
  );
  const libraries = (facts.requirements ?? []).map((one) => libraryOf(library, one));
  for (const one of [...data, ...libraries]) {
    bom.components.add(one);
    model.dependencies.add(one.bomRef);
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  const document = JSON.parse(serializer.serialize(bom, { sortLists: true })) as {
    metadata: { component: Record<string, unknown> };
    components?: { 'bom-ref'?: string; data?: unknown }[];
  };
  // The library has no model card, and no contents of data.
  document.metadata.component.modelCard = modelCard(facts, found);
  for (const one of document.components ?? []) {
    const at = data.findIndex(({ bomRef }) => bomRef.value === one['bom-ref']);
    const source = lineage?.lineage.data[at];
    if (source)
      one.data = [
        {
          type: 'dataset',
          name: shown(source.name),
          contents: { properties: [{ name: 'mlctl:source', value: shown(source.source) }] },
        },
      ];
  }
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A UUID (version 8: its bits are those of a digest). */
function serialOf(text: string): string {
  const hex = sha256(text);
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
