// Reads the rooms: every folder of src/ holds `imports.list`, which says in its first line what the room turns
// into what, and then line by line what it may import, with the reason. A section `[file.ts]` holds for that file alone.
// A target is a room, a package as `npm:name`, or one of Node's modules that reach outside as `node:name`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOM_LINE = /^# (.+)$/;
const PERMISSION = /^(\S+)\s{2,}(\S.*)$/;

function readList(text, file, roomPath) {
  const [first = '', ...lines] = text.split('\n');
  const faults = [];
  const turns = ROOM_LINE.exec(first)?.[1] ?? '';
  if (turns === '') faults.push(`src/${file}: the first line does not say what the room turns into what`);
  const all = [];
  const sections = new Map();
  let into = all;
  lines.forEach((line, i) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const section = /^\[(.+)\]$/.exec(line)?.[1];
    if (section !== undefined) {
      into = [];
      sections.set(roomPath(section), into);
      return;
    }
    const [, target, reason] = PERMISSION.exec(line) ?? [];
    if (reason === undefined) faults.push(`src/${file}:${i + 2}: expected a target, two spaces and a reason`);
    else into.push({ target, reason });
  });
  return { turns, all, sections, faults };
}

/** The rooms by name, those furthest from the ground first, and what is wrong with the lists. */
export function readRooms(root) {
  const byName = new Map();
  const faults = [];
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  for (const name of folders) {
    const file = `${name}/imports.list`;
    if (!existsSync(join(root, 'src', file))) continue;
    const list = readList(readFileSync(join(root, 'src', file), 'utf8'), file, (section) => `${name}/${section}`);
    byName.set(name, { name, ...list });
    faults.push(...list.faults);
  }
  // The files that lie in src/ itself are rooms of one file.
  const top = readList(readFileSync(join(root, 'src', 'imports.list'), 'utf8'), 'imports.list', (section) => section);
  faults.push(...top.faults);
  for (const [name, all] of top.sections) byName.set(name, { name, turns: null, all, sections: new Map() });

  // A room's floor is one above the highest room it may import.
  const floors = new Map();
  const floorOf = (name, path) => {
    if (path.includes(name)) {
      faults.push(`rooms stand above each other: ${[...path.slice(path.indexOf(name)), name].join(' -> ')}`);
      return 0;
    }
    const known = floors.get(name);
    if (known !== undefined) return known;
    const room = byName.get(name);
    const targets = [...room.all, ...[...room.sections.values()].flat()].map(({ target }) => target);
    const below = targets.filter((target) => byName.has(target));
    const floor = 1 + Math.max(-1, ...below.map((target) => floorOf(target, [...path, name])));
    floors.set(name, floor);
    return floor;
  };
  for (const name of byName.keys()) floorOf(name, []);
  const listOf = (name) => (name.endsWith('.ts') ? 'imports.list' : `${name}/imports.list`);
  return { byName, floors, faults, listOf };
}
