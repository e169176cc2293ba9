/** Finding nodes by name, alias, pinyin and pinyin initials, as letters come in. */

/**
 * A search over the nodes of a model.
 * @param {Iterable<object>} nodes
 * @param {Record<string, string>} pinyin each character's readings, space-separated, without tones
 * @returns {(query: string, most?: number) => {total: number, counts: Map<string, number>,
 *   hits: {node: object, name: string, span: number[]}[]}}
 */
export function createSearch(nodes, pinyin) {
  const entries = [];
  const known = new Map();
  // Tens of thousands of names are made of some thousand characters, which share their readings.
  const read = (character) => {
    if (!known.has(character)) known.set(character, readingsOf(character, pinyin));
    return known.get(character);
  };
  for (const node of nodes) {
    for (const name of [node.name, ...node.aliases, ...(node.code ? [node.code] : [])]) {
      const small = name.toLowerCase();
      entries.push({ node, name, small, readings: Array.from(small, read) });
    }
  }
  return (query, most = 60) => {
    const wanted = Array.from(query.toLowerCase().replace(/[\s'’·\-]/g, ""));
    if (!wanted.length) return { total: 0, counts: new Map(), hits: [] };
    const best = new Map();
    const words = wanted.join("");
    for (const entry of entries) {
      const span = matchName(entry.readings, wanted);
      if (!span) continue;
      const score = scoreHit(entry, span, words);
      if (!(best.get(entry.node)?.score >= score)) best.set(entry.node, { node: entry.node, name: entry.name, span, score });
    }
    const found = [...best.values()];
    // Of very many only those are put in order that can be among the first.
    const least = found.length > most ? Float64Array.from(found, (hit) => -hit.score).sort()[most - 1] : Infinity;
    const hits = found.filter((hit) => -hit.score <= least).sort((one, other) => other.score - one.score || one.node.rank - other.node.rank);
    // Classes stand in the order of their first hits.
    const counts = new Map(hits.map(({ node }) => [node.kind, 0]));
    for (const { node } of found) counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
    return { total: found.length, counts, hits: hits.slice(0, most) };
  };
}

function readingsOf(character, pinyin) {
  const readings = pinyin[character];
  return readings ? [character, ...readings.split(" ")] : [character];
}

/**
 * Where the wanted letters run through a name: each character takes itself or the beginning of one of its readings, so
 * that `nanning`, `nann`, `nn` and `南n` all find 南宁. Returns [start, end) in characters, or null.
 * @param {string[][]} readings
 * @param {string[]} wanted
 * @returns {number[]|null}
 */
export function matchName(readings, wanted) {
  let dead = null;
  for (let start = 0; start < readings.length; start += 1) {
    if (!begins(readings[start], wanted[0])) continue;
    dead ??= new Set();
    const end = run(readings, start, wanted, 0, dead);
    if (end) return [start, end];
  }
  return null;
}

function begins(readings, letter) {
  for (const reading of readings) if (reading[0] === letter) return true;
  return false;
}

function run(readings, at, wanted, done, dead) {
  if (done === wanted.length) return at;
  if (at === readings.length) return 0;
  const key = at * 256 + done;
  if (dead.has(key)) return 0;
  for (const reading of readings[at]) {
    let taken = 0;
    while (taken < reading.length && done + taken < wanted.length && reading[taken] === wanted[done + taken]) taken += 1;
    for (; taken > 0; taken -= 1) {
      const end = run(readings, at + 1, wanted, done + taken, dead);
      if (end) return end;
    }
  }
  // Brackets and dashes inside a name are not typed.
  if (done > 0 && /^[^\p{L}\p{N}]$/u.test(readings[at][0])) {
    const end = run(readings, at + 1, wanted, done, dead);
    if (end) return end;
  }
  dead.add(key);
  return 0;
}

/** A literal match stands above a pinyin one, the beginning of a name above its middle, the own name above an alias. */
function scoreHit({ node, name, small, readings }, [start, end], words) {
  const literal = small.includes(words);
  const whole = start === 0 && end === readings.length;
  return (literal ? 4 : 0) + (whole ? 2 : 0) + (start === 0 ? 1.5 : 0) + (name === node.name ? 0.5 : 0) + node.weight +
    (end - start) / readings.length;
}
