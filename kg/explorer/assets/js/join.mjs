/** Parts of what reports say, joined into one model: a page from disk has one part, a served one asks for more. */

import { PREDICATES, STATUS, group, mapKey } from "./model.mjs";
import { addOutcomes } from "./outcomes.mjs";
import { readTable } from "./table.mjs";

/**
 * A model of one part: what `payload.py` described.
 * @param {object} part
 */
export function buildModel(part) {
  const model = {
    root: part.root, reports: new Map(), sections: new Map(), sentences: new Map(), nodes: new Map(), order: [], facts: new Map(),
    figures: new Map(), outcomes: new Map(), edges: new Map(), maps: new Map(), pinyin: {}, totals: part.totals ?? null,
  };
  addPart(model, part);
  return model;
}

/**
 * Join a further part to a model; what the model knows already stays as it is.
 * @param {object} model
 * @param {object} part
 * @param {Record<string, number>} [weights] of nodes, where the part knows too little to tell
 */
export function addPart(model, part, weights = {}) {
  Object.assign(model.pinyin, part.pinyin);
  const nodes = addNodes(model, part, weights);
  const { reports, sentences } = addTexts(model, part, nodes);
  addMentions(part, nodes, sentences);
  addEdges(model, part, nodes, sentences);
  addStates(model, part, nodes, sentences);
  addFigures(model, part, nodes, sentences);
  addOutcomes(model, readTable(part.outcomes).map((row) => (
    { ...row, aimed: sentences[row.aimed], told: sentences[row.told] ?? null, report: reports[row.report] })));
  for (const { place, year, opening, nodes: numbers, x, y } of part.maps) {
    const drawn = numbers.map((number) => nodes[number]);
    const spots = new Map(drawn.map((node, at) => [node.id, { x: x[at], y: y[at] }]));
    model.maps.set(mapKey(place === null ? "" : nodes[place].id, year), { opening, nodes: drawn, spots });
  }
  summarise(model);
}

/** Take over what is new of the rows made; returns the model's own objects in the order of the rows. */
function adopt(known, rows, make) {
  return rows.map((row) => {
    const made = make(row);
    if (!known.has(made.id)) known.set(made.id, made);
    return known.get(made.id);
  });
}

function addNodes(model, part, weights) {
  const names = readTable(part.names);
  return adopt(model.nodes, part.nodes, ({ id, key, label, group: kind, value }) => ({
    id: key, kind, name: label, aliases: names[id].aliases ? names[id].aliases.split("\n") : [], code: names[id].code,
    weight: weights[key] ?? value,
    rank: 0, occurrences: [], facts: [], edges: [], figures: [], outcomes: [],
  }));
}

const pad = (number, places) => String(number).padStart(places, "0");

function addTexts(model, part, nodes) {
  const reports = readTable(part.reports).map((row) => {
    if (!model.reports.has(row.key)) model.reports.set(row.key, { ...row, home: nodes[row.home]?.id ?? "", sections: [], sentences: [] });
    return model.reports.get(row.key);
  });
  const sections = adopt(model.sections, readTable(part.sections), (row) => {
    const report = reports[row.report];
    return Object.assign(row, { report, id: `${report.key}.${pad(row.number, 3)}` });
  });
  const sentences = adopt(model.sentences, readTable(part.sentences), (row) => {
    const report = reports[row.report];
    // Offsets count code points; a text that has none beyond the first plane is its own array of them.
    const letters = /[\ud800-\udfff]/.test(row.text) ? Array.from(row.text) : row.text;
    return Object.assign(row, {
      report, letters, id: `${report.key}.${pad(row.number, 4)}`, section: sections[row.section] ?? null,
      end: row.start + letters.length, named: [], facts: [], figures: [],
    });
  });
  for (const [name, rows] of [["sections", sections], ["sentences", sentences]]) {
    for (const [report, own] of group(rows, (row) => row.report)) report[name] = inOrder(report[name], own);
  }
  return { reports, sentences };
}

const inOrder = (old, more) => (old.length ? [...new Set([...old, ...more])] : more).sort((one, other) => one.number - other.number);

function addMentions(part, nodes, sentences) {
  const { mentions: counts } = part.names;
  const mentions = readTable(part.mentions);
  let at = 0;
  for (const [number, { mentions: count }] of readTable({ size: part.names.size, mentions: counts }).entries()) {
    const node = nodes[number];
    const known = node.occurrences.length ? new Set(node.occurrences.map(({ sentence, start }) => `${sentence.id} ${start}`)) : null;
    for (const end = at + count; at < end; at += 1) {
      const { sentence: index, start: offset, length } = mentions[at];
      const sentence = sentences[index];
      const start = sentence.start + offset;
      if (known?.has(`${sentence.id} ${start}`)) continue;
      node.occurrences.push({ sentence, start, end: start + length });
      sentence.named.push({ node, start, end: start + length });
    }
  }
}

/** Give a row that stands in a sentence the sentence itself and offsets of the report. */
function place(row, sentences) {
  row.sentence = sentences[row.sentence];
  row.start += row.sentence.start;
  row.end = row.start + row.length;
  return row;
}

/** Hang facts on both ends, and on the edge that stands for all sentences that say the same. */
function addEdges(model, part, nodes, sentences) {
  const edges = adopt(model.edges, part.edges, ({ from, to, label }) => (
    { id: `${nodes[from].id}|${label}|${nodes[to].id}`, from: nodes[from].id, to: nodes[to].id, predicate: label, facts: [] }));
  for (const edge of new Set(edges)) {
    for (const end of new Set([edge.from, edge.to])) {
      const node = model.nodes.get(end);
      if (!node.edges.includes(edge)) node.edges.push(edge);
    }
  }
  for (const row of readTable(part.facts)) {
    const edge = edges[row.edge];
    const fact = addFact(model, Object.assign(place(row, sentences), { subject: edge.from, predicate: edge.predicate, object: edge.to }));
    if (fact) edge.facts.push(fact);
  }
}

function addStates(model, part, nodes, sentences) {
  for (const row of readTable(part.states)) {
    addFact(model, Object.assign(place(row, sentences), { subject: nodes[row.subject].id, predicate: STATUS }));
  }
}

function addFact(model, fact) {
  fact.id = `${fact.sentence.report.key}.${fact.claim}`;
  if (model.facts.has(fact.id)) return null;
  model.facts.set(fact.id, fact);
  fact.sentence.facts.push(fact);
  model.nodes.get(fact.subject).facts.push(fact);
  if (fact.object !== fact.subject) model.nodes.get(fact.object)?.facts.push(fact);
  return fact;
}

function addFigures(model, part, nodes, sentences) {
  const seen = new Map();
  for (const row of readTable(part.figures)) {
    const figure = place(row, sentences);
    const span = `${figure.sentence.report.key}.${pad(figure.start, 6)}-${pad(figure.end, 6)}`;
    seen.set(span, (seen.get(span) ?? 0) + 1);
    figure.id = seen.get(span) > 1 ? `${span}-${seen.get(span)}` : span;
    if (model.figures.has(figure.id)) continue;
    figure.owner = nodes[figure.owner]?.id ?? null;
    figure.normal ??= figure.value;
    figure.outcome = null;
    model.figures.set(figure.id, figure);
    figure.sentence.figures.push(figure);
    model.nodes.get(figure.owner)?.figures.push(figure);
  }
}

/** What the legend lists: recounted when a part has come. */
function summarise(model) {
  const first = model.order.length === 0;
  model.order = [...model.nodes.values()];
  if (!first) model.order.sort((one, other) => other.weight - one.weight);
  for (const [rank, node] of model.order.entries()) node.rank = rank;
  const reports = [...model.reports.values()];
  const facts = [...model.facts.values()];
  model.places = [...new Set(reports.map((report) => report.home))].filter(Boolean);
  model.home = model.places.length === 1 ? model.places[0] : "";
  model.editions = [...new Set(reports.map((report) => report.year))].filter((year) => year !== null).sort();
  model.kinds = new Set(model.order.map((node) => node.kind));
  model.predicates = PREDICATES.filter((predicate) => facts.some((fact) => fact.predicate === predicate));
  model.years = [...new Set(facts.map((fact) => fact.year))].filter((year) => year !== null).sort();
}
