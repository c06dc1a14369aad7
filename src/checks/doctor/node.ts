// Turns the Node that runs this into a check: is it new enough?
import { type Check, passed } from '../check.js';

const OLDEST = [20, 12] as const;

export function judgeNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const details = { node: process.versions.node, platform: process.platform, arch: process.arch };
  const shown = `Node ${process.versions.node} on ${process.platform} ${process.arch}`;
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return passed(shown, details);
  return {
    status: 'fail',
    message: `${shown} is too old`,
    hint: `install Node ${OLDEST.join('.')} or newer`,
    details,
    exit: 2,
  };
}
