// Turns the Node that runs this into a check: is it new enough?
import { OLDEST_NODE } from '../../version.js';
import { type Check, passed } from '../check.js';

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (const [i, part] of left!.entries()) if (part !== right![i]) return part - right![i]!;
  return 0;
}

export function judgeNode(): Check {
  const details = { node: process.versions.node, platform: process.platform, arch: process.arch };
  const shown = `Node ${process.versions.node} on ${process.platform} ${process.arch}`;
  if (compareVersions(process.versions.node, OLDEST_NODE) >= 0) return passed(shown, details);
  return {
    status: 'fail',
    message: `${shown} is too old`,
    hint: `install Node ${OLDEST_NODE} or newer`,
    details,
    exit: 2,
  };
}
