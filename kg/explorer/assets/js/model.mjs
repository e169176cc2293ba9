/** The shape of what the page knows (join.mjs makes it), and small questions to it. */

/** The object of a fact with this predicate is a status word and no node. */
export const STATUS = "hasStatus";

/** What two nodes have in common that one sentence names, where no fact joins them. */
export const TOGETHER = "together";

/** The relations in the order in which lists show them. */
export const PREDICATES = [
  STATUS, "locatedIn", "partOf", "developedBy", "connects", "focusesOn", "awarded", "hosts", "cooperatesWith", "produces",
];

/** The states of a thing, from the first to the furthest. */
export const STATUSES = ["planned", "preparatory", "started", "underConstruction", "completed", "operating"];

/**
 * Everything hangs together by reference: a fact has its sentence, a sentence its report and what it names.
 * @typedef {{key: string, title: string, place: string|null, home: string, year: number|null, date: string|null,
 *   speaker: string|null, source: string, digest: string, sections: Section[], sentences: Sentence[]}} Report
 * @typedef {{id: string, report: Report, number: number, level: number, title: string, start: number, end: number,
 *   period: number|null, modality: string}} Section
 * @typedef {{id: string, report: Report, number: number, section: Section|null, start: number, end: number,
 *   letters: string|string[], period: number|null, modality: string, named: {node: KgNode, start: number, end: number}[],
 *   facts: Fact[], figures: Figure[]}} Sentence
 * @typedef {{id: string, kind: string, name: string, aliases: string[], code: string|null, weight: number, rank: number,
 *   occurrences: {sentence: Sentence, start: number, end: number}[], facts: Fact[], edges: Edge[], figures: Figure[],
 *   outcomes: Outcome[]}} KgNode
 * @typedef {{id: string, subject: string, predicate: string, object: string, sentence: Sentence, start: number, end: number,
 *   modality: string, year: number|null, rule: string, confidence: number}} Fact
 * @typedef {{id: string, from: string, to: string, predicate: string, facts: Fact[]}} Edge
 * @typedef {{id: string, sentence: Sentence, start: number, end: number, text: string, indicator: string, concept: string,
 *   value: string, normal: string, unit: string, measure: string, kind: string, modality: string, period: string,
 *   bound: string, of: string|null, owner: string|null, outcome: Outcome|null, rule: string, confidence: number}} Figure
 * @typedef {{figure?: Figure, fact?: Fact, named?: {node: KgNode, start: number, end: number}}} Finding
 * @typedef {{id: string, target: Finding, result: Finding|null, aimed: Sentence, told: Sentence|null, report: Report,
 *   verdict: string, match: string, reached: string, gap: string}} Outcome
 */

/** Maps are of a place, of one year's report of it, or of everything (no place). */
export const mapKey = (place, year) => (year === null || year === "" ? place : `${place}|${year}`);

/**
 * Gather values under a key, in their order.
 * @template T, K
 * @param {Iterable<T>} values
 * @param {(value: T) => K} key
 * @returns {Map<K, T[]>}
 */
export function group(values, key) {
  const groups = new Map();
  for (const value of values) {
    const at = key(value);
    if (!groups.has(at)) groups.set(at, []);
    groups.get(at).push(value);
  }
  return groups;
}

/**
 * The other ends of a node's edges, by relation.
 * @param {KgNode} node
 * @returns {string[]}
 */
export function neighboursOf(node) {
  const sorted = [...node.edges].sort((one, other) => PREDICATES.indexOf(one.predicate) - PREDICATES.indexOf(other.predicate));
  return [...new Set(sorted.map((edge) => (edge.from === node.id ? edge.to : edge.from)))].filter((id) => id !== node.id);
}

/**
 * Whether an edge is only aimed at: no sentence says that it holds already.
 * @param {Edge} edge
 */
export function isAimed(edge) {
  return edge.facts.length > 0 && edge.facts.every((fact) => fact.modality === "target");
}

/**
 * The furthest state that the latest report to speak of it gives a thing, and whether it is reached or aimed at.
 * @param {KgNode} node
 * @returns {{status: string, modality: string, year: number|null, fact: Fact}|null}
 */
export function statusOf(node) {
  let best = null;
  for (const fact of node.facts) {
    if (fact.predicate !== STATUS) continue;
    const later = best ? (fact.sentence.report.year ?? 0) - (best.fact.sentence.report.year ?? 0) : 1;
    if (later > 0 || (later === 0 && STATUSES.indexOf(fact.object) > STATUSES.indexOf(best.status))) {
      best = { status: fact.object, modality: fact.modality, year: fact.year, fact };
    }
  }
  return best;
}

/**
 * The words of a sentence between two offsets of its report; all of them without offsets.
 * @param {Sentence} sentence
 * @param {number} [start]
 * @param {number} [end]
 */
export function wordsOf(sentence, start = sentence.start, end = sentence.end) {
  const words = sentence.letters.slice(start - sentence.start, end - sentence.start);
  return typeof words === "string" ? words : words.join("");
}

/**
 * The title of the part of the report that a sentence stands in.
 * @param {Sentence} sentence
 */
export function sectionTitle(sentence) {
  return sentence.section?.title ?? "";
}
