// Turns records of moves into the order they happened in. Clocks of several machines do not agree, but each record says from
// which version it moved.
import { byTime, type MoveRecord } from './move-record.js';
import type { CurrentVersions } from './replay-moves.js';

type Version = number | null;

/** With more records than this of one stage or alias, only time decides. */
const MOST_CHAINED = 2000;

const fits = (at: Version, record: MoveRecord): boolean =>
  record.from_version === at || (record.from_version === null && record.to_version === at);

/** How many unrecorded moves an order implies. */
function gapsOf(records: readonly MoveRecord[], current: Version): number {
  let at: Version = null;
  let gaps = 0;
  for (const record of records) {
    if (!fits(at, record)) gaps += 1;
    at = record.to_version;
  }
  return at === current ? gaps : gaps + 1;
}

/** How many of the records can still follow, one after another or not, once the stage or alias is at `start`. */
function reachable(records: readonly MoveRecord[], without: MoveRecord, start: Version): number {
  const from = new Map<Version, MoveRecord[]>();
  for (const record of records) {
    if (record === without) continue;
    const list = from.get(record.from_version);
    if (list) list.push(record);
    else from.set(record.from_version, [record]);
  }
  let count = 0;
  const open: Version[] = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const here = from.get(at);
    if (here === undefined) continue;
    from.delete(at);
    count += here.length;
    for (const record of here) open.push(record.to_version);
  }
  return count;
}

/**
 * Each record follows one that led to its version. Of several candidates the one that cuts off the fewest others comes next, then
 * the earliest.
 */
function chained(byClock: readonly MoveRecord[]): MoveRecord[] {
  const rest = [...byClock];
  const order: MoveRecord[] = [];
  let at: Version = null;
  while (rest.length > 0) {
    const options = new Map<number, MoveRecord>();
    for (const record of rest)
      if (fits(at, record) && !options.has(record.to_version)) options.set(record.to_version, record);
    let next = rest[0]!;
    let most = -1;
    for (const option of options.values()) {
      const left = options.size === 1 ? 0 : reachable(rest, option, option.to_version);
      if (left > most) [next, most] = [option, left];
    }
    rest.splice(rest.indexOf(next), 1);
    order.push(next);
    at = next.to_version;
  }
  return order;
}

/** The shortest way from one version to another over pending moves, which are used up. */
function bridge(pending: Set<MoveRecord>, from: Version, to: Version): readonly MoveRecord[] {
  const ways: { at: Version; path: readonly MoveRecord[] }[] = [{ at: from, path: [] }];
  const seen = new Set<Version>([from]);
  for (const { at, path } of ways) {
    for (const record of pending) {
      if (record.from_version !== at || seen.has(record.to_version)) continue;
      const longer = [...path, record];
      if (record.to_version === to) {
        for (const used of longer) pending.delete(used);
        return longer;
      }
      seen.add(record.to_version);
      ways.push({ at: record.to_version, path: longer });
    }
  }
  return [];
}

function orderOne(records: readonly MoveRecord[], current: Version): readonly MoveRecord[] {
  const made = records.filter(({ state }) => state === undefined).sort(byTime);
  const gaps = gapsOf(made, current);
  const chain = gaps > 0 && made.length <= MOST_CHAINED ? chained(made) : made;
  const order = gapsOf(chain, current) < gaps ? chain : made;
  // A move of which only the intent is recorded counts as made if it explains a change that no other record explains.
  const pending = new Set(records.filter(({ state }) => state === 'pending').sort(byTime));
  const whole: MoveRecord[] = [];
  let at: Version = null;
  for (const record of order) {
    if (!fits(at, record)) whole.push(...bridge(pending, at, record.from_version));
    whole.push(record);
    at = record.to_version;
  }
  if (at !== current) whole.push(...bridge(pending, at, current));
  return whole;
}

/** All moves that were made, oldest first: for each stage or alias the order with the fewest gaps, then by time. */
export function orderHistory(records: readonly MoveRecord[], now: CurrentVersions): readonly MoveRecord[] {
  const places = new Map<string, MoveRecord[]>();
  for (const record of records) {
    const place = `${record.kind}:${record.target}`;
    const list = places.get(place);
    if (list) list.push(record);
    else places.set(place, [record]);
  }
  const placed: MoveRecord[] = [];
  const times = new Map<MoveRecord, number>();
  for (const [place, list] of places) {
    let time = Number.NEGATIVE_INFINITY;
    for (const record of orderOne(list, now.get(place) ?? null)) {
      time = Math.max(time, record.time);
      times.set(record, time);
      placed.push(record);
    }
  }
  const timeOf = (record: MoveRecord): number => times.get(record) ?? record.time;
  return placed.sort((a, b) => timeOf(a) - timeOf(b) || b.kind.localeCompare(a.kind));
}
