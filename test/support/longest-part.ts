// How long the parts of a work take: processor time, because this machine may be busy with something else.

export const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

export function longestPart<T>(work: Iterator<unknown, T, void>): { longest: number; said: string[]; result: T } {
  let longest = 0;
  const said = new Set<string>();
  for (;;) {
    const start = cpuMs();
    const { done, value } = work.next();
    longest = Math.max(longest, cpuMs() - start);
    if (done) return { longest, said: [...said], result: value };
    if (value !== undefined) said.add(String(value));
  }
}
