// A reporter for node's test runner: counts the leaves (tests, not the suites around them) and names what was skipped.
export default async function* tally(source) {
  let passed = 0;
  let failed = 0;
  const skipped = [];
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    if (data.skip !== undefined || data.todo !== undefined) {
      skipped.push({
        name: data.name,
        file: data.file ?? '',
        reason: typeof data.skip === 'string' ? data.skip : 'no reason given',
      });
    } else if (type === 'test:pass') passed += 1;
    else failed += 1;
  }
  yield JSON.stringify({ passed, failed, skipped });
}
