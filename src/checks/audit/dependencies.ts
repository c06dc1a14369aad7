// Judges what is known of the versions that made the model, and whether all that its file names is known to mlctl.
import { printable } from '../../text/printable.js';
import type { AuditFacts } from '../audit-facts.js';
import { type AuditLine, evidence } from '../audit-line.js';
import { lineageChanged } from './lineage-changed.js';

const VERSION_TAGS = [
  ['mlctl', 'mlctl.version'],
  ['node', 'mlctl.node_version'],
  ['onnxruntime', 'mlctl.onnxruntime_version'],
] as const;

function disagreements({ standing: { run }, lineage }: AuditFacts): string[] {
  const versions = lineage?.from === 'artifact' ? lineage?.lineage.versions : undefined;
  if (!versions || !run) return [];
  return VERSION_TAGS.flatMap(([name, tag]) => {
    const [said, recorded] = [run.tags.get(tag), versions[name]];
    return said === undefined || recorded === null || said === recorded
      ? []
      : [`${name} ${recorded} is recorded, but tag ${tag} of the run says ${printable(said, 40)}`];
  });
}

/** Reading a file of Python or of a booster means that every class in it is on mlctl's list. */
function contentsOf({ checks }: AuditFacts): ReturnType<typeof evidence>[] {
  const load = checks.get('load');
  if (load?.status !== 'pass') return [];
  return [
    load.details.engine === 'mlctl'
      ? evidence('classes in the model file', 'read now', 'each is on the list of classes that mlctl reads')
      : evidence(
          'operators in the graph',
          'scanned now',
          'all are standard operators of ONNX, and nothing reaches outside of the package',
        ),
  ];
}

export const dependencies: AuditLine = {
  id: 'dependencies',
  judge(facts) {
    const changed = lineageChanged(facts);
    if (changed !== null) return changed;
    const { lineage, requirements, checks } = facts;
    const load = checks.get('load');
    if (load?.status === 'fail' && load.details.code === 'MODEL_HOSTILE')
      return {
        verdict: 'refuted',
        message: `the model file is not safe: ${load.message}`,
        hint: load.hint ?? 'do not load this model anywhere',
        evidence: [],
        details: load.details,
      };
    const versions = lineage?.lineage.versions;
    const from = lineage?.from === 'artifact' ? `artifact ${lineage.file} of the run` : 'tags of the run';
    const recorded = versions
      ? Object.entries(versions).flatMap(([name, value]) =>
          value === null ? [] : [evidence(name === 'lock' ? 'lock file' : name, from, printable(String(value), 100))],
        )
      : [];
    const rests = [
      ...recorded,
      ...(requirements === null
        ? []
        : [
            evidence(
              'requirements',
              'requirements.txt of the package',
              requirements.map((one) => printable(one, 80)).join(', '),
            ),
          ]),
      ...contentsOf(facts),
    ];
    const apart = disagreements(facts);
    if (apart.length > 0)
      return { verdict: 'refuted', message: apart.join('; '), hint: 'find out who changed the run', evidence: rests };
    const loose = (requirements ?? []).filter((one) => !/==|@/.test(one));
    const hint = 'prove it by training again: mlctl audit URI --reproduce';
    if (recorded.length === 0 && requirements === null)
      return { verdict: 'unknown', message: 'no versions are recorded', hint, evidence: rests };
    const told = [
      ...(versions?.mlctl ? [`mlctl ${printable(versions.mlctl, 40)}, its Node and its ONNX Runtime`] : []),
      ...(versions?.lock ? ['the digest of the lock file'] : []),
      ...(requirements === null
        ? []
        : [
            `${requirements.length} requirements${loose.length === 0 ? ', each of one version' : `, ${loose.length} of them without an exact version`}`,
          ]),
    ];
    return {
      verdict: 'recorded',
      message: `${told.join('; ')}${contentsOf(facts).length === 0 ? '' : '; all that the model file names is known to mlctl'}`,
      hint,
      evidence: rests,
      details: { loose: loose.map((one) => printable(one, 80)) },
    };
  },
};
