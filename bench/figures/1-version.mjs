import { compare, median } from '../measure.mjs';

export const title = 'mlctl --version, cold process';

export default function figure({ node, bin }) {
  const { times, ratio } = compare({ mlctl: { command: node, args: [bin, '--version'] }, floor: { command: node, args: ['-e', '0'] } }, 31);
  const over = ratio('mlctl', 'floor');
  return [
    { name: 'mlctl --version', value: `${median(times.mlctl).toFixed(0)} ms` },
    { name: 'floor: node -e 0', value: `${median(times.floor).toFixed(0)} ms` },
    { name: 'mlctl / floor', value: `${over.toFixed(2)} x`, target: '<= 1.05 x', met: over <= 1.05 },
  ];
}
