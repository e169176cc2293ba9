/** The page's data with the ways through it: from a node to its facts, from a fact to its words, and back. */

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
 * @typedef {{id: string, kind: string, name: string, aliases: string[], code: string|null, x: number, y: number,
 *   weight: number, rank: number, occurrences: number[][], facts: Fact[], edges: Edge[], figures: Figure[]}} KgNode
 * @typedef {{index: number, subject: string, predicate: string, object: string, sentence: number, start: number,
 *   end: number, modality: string, year: number|null, rule: string, confidence: number}} Fact
 * @typedef {{id: string, from: string, to: string, predicate: string, facts: Fact[]}} Edge
 * @typedef {{index: number, start: number, end: number, text: string, indicator: string, value: string, unit: string,
 *   kind: string, modality: string, period: string, bound: string, of: string|null, owner: string|null, sentence: number, rule: string,
 *   confidence: number}} Figure
 * @typedef {{index: number, start: number, end: number, section: number, paragraph: number, period: number|null,
 *   modality: string}} Sentence
 * @typedef {{index: number, level: number, title: string, start: number, end: number, parent: number|null,
 *   period: number|null, modality: string}} Section
 */

/**
 * Join the rows of the payload into one model.
 * @param {object[]} nodeRows nodes as pyvis wrote them
 * @param {object[]} edgeRows edges as pyvis wrote them, one a subject, predicate and object
 * @param {object} payload report, text and tables of rows
 */
export function buildModel(nodeRows, edgeRows, payload) {
  const table = (rows, names) =>
    rows.map((row, index) => Object.fromEntries([["index", index], ...names.map((name, at) => [name, row[at]])]));
  /** @type {Fact[]} */
  const facts = table(payload.facts, payload.columns.facts);
  /** @type {Figure[]} */
  const figures = table(payload.figures, payload.columns.figures);
  const nodes = new Map();
  for (const [rank, row] of nodeRows.entries()) {
    const { id, label, group, x, y, value, aliases, code, occurrences } = row;
    nodes.set(id, {
      id, kind: group, name: label, aliases, code, x, y, weight: value, rank, occurrences, facts: [], edges: [], figures: [],
    });
  }
  const edges = joinEdges(nodes, edgeRows, facts);
  const model = {
    ...payload,
    text: readable(payload.text),
    sections: table(payload.sections, payload.columns.sections),
    sentences: table(payload.sentences, payload.columns.sentences),
    nodes, facts, figures, edges,
    edgeById: new Map(edges.map((edge) => [edge.id, edge])),
    factsBySentence: group(facts, (fact) => fact.sentence),
    figuresBySentence: group(figures, (figure) => figure.sentence),
    nodesBySentence: namedIn(nodes),
    kinds: new Set(Array.from(nodes.values(), (node) => node.kind)),
    predicates: PREDICATES.filter((predicate) => facts.some((fact) => fact.predicate === predicate)),
    years: [...new Set(facts.map((fact) => fact.year))].filter((year) => year !== null).sort(),
  };
  for (const figure of figures) nodes.get(figure.owner)?.figures.push(figure);
  return model;
}

/** Offsets count code points; a text that has none beyond the first plane is its own array of them. */
function readable(text) {
  const points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
  return { slice: (start, end) => (points ? points.slice(start, end).join("") : text.slice(start, end)) };
}

/** Hang each fact on its ends, and on the edge that stands for all sentences that say the same. */
function joinEdges(nodes, edgeRows, facts) {
  const edges = new Map();
  for (const { from, to, label } of edgeRows) {
    const edge = { id: `${from}|${label}|${to}`, from, to, predicate: label, facts: [] };
    edges.set(edge.id, edge);
    for (const end of new Set([from, to])) nodes.get(end).edges.push(edge);
  }
  for (const fact of facts) {
    for (const end of new Set([fact.subject, fact.object])) nodes.get(end)?.facts.push(fact);
    edges.get(`${fact.subject}|${fact.predicate}|${fact.object}`)?.facts.push(fact);
  }
  return [...edges.values()];
}

function namedIn(nodes) {
  const found = new Map();
  for (const node of nodes.values()) {
    for (const [sentence, start, end] of node.occurrences) {
      if (!found.has(sentence)) found.set(sentence, []);
      found.get(sentence).push({ node, start, end });
    }
  }
  return found;
}

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
 * The furthest state that the report gives a thing, and whether it is reached or aimed at.
 * @param {KgNode} node
 * @returns {{status: string, modality: string, year: number|null, fact: Fact}|null}
 */
export function statusOf(node) {
  let best = null;
  for (const fact of node.facts) {
    if (fact.predicate !== STATUS) continue;
    if (!best || STATUSES.indexOf(fact.object) > STATUSES.indexOf(best.status)) {
      best = { status: fact.object, modality: fact.modality, year: fact.year, fact };
    }
  }
  return best;
}

/**
 * The words of a sentence.
 * @param {object} model
 * @param {number} index
 */
export function sentenceText(model, index) {
  const sentence = model.sentences[index];
  return model.text.slice(sentence.start, sentence.end);
}
