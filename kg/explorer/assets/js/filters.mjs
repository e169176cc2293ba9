/** Which nodes, edges and facts the present state lets through. */

import { TOGETHER, group, mapKey } from "./model.mjs";
import { findPath } from "./paths.mjs";

/** How many nodes each level of detail draws at most, beside those that were asked for by name. */
export const DETAIL = { main: 0, more: 160, all: 500 };

/**
 * Tests that a state makes for reports, sentences, facts and nodes.
 * @param {object} model
 * @param {object} state
 */
export function createFilter(model, state) {
  const section = model.sections.get(state.section) ?? null;
  const year = state.year === "" ? null : Number(state.year);
  const edition = state.edition === "" ? null : Number(state.edition);
  const kinds = new Set(state.noKinds);
  const predicates = new Set(state.noPredicates);
  const report = (one) => (!state.place || one.home === state.place) && (edition === null || one.year === edition);
  const inPart = (sentence, start) => report(sentence.report) &&
    (!section || (sentence.report === section.report && start >= section.start && start < section.end));
  const sentence = (one) => inPart(one, one.start) && (year === null || one.period === year) &&
    (!state.modality || one.modality === state.modality);
  const narrow = section !== null || year !== null || edition !== null || state.modality !== "" || state.place !== "";
  return {
    report, sentence,
    fact: (fact) =>
      !predicates.has(fact.predicate) && (year === null || fact.year === year) &&
      (!state.modality || fact.modality === state.modality) && inPart(fact.sentence, fact.start),
    kind: (kind) => !kinds.has(kind),
    node: (node) => !kinds.has(node.kind) && (!narrow || node.occurrences.some((occurrence) => sentence(occurrence.sentence))),
    figure: (figure) =>
      (year === null || figure.period.endsWith(String(year))) &&
      (!state.modality || figure.modality === state.modality) && inPart(figure.sentence, figure.start),
  };
}

/**
 * The map that a state looks at: of the year and place chosen, of the place, or of all.
 * @param {object} model
 * @param {object} state
 * @returns {{opening: number, nodes: object[], spots: Map<string, {x: number, y: number}>}}
 */
export function mapOf(model, { place, edition }) {
  const home = place || model.home;
  const latest = model.editions.findLast((year) => model.maps.has(mapKey(home, year)));
  return model.maps.get(mapKey(home, edition)) ?? model.maps.get(home) ?? model.maps.get(mapKey(home, latest ?? "")) ?? model.maps.get("") ?? model.maps.values().next().value;
}

/**
 * The nodes and edges to draw, the most important first.
 * @param {object} model
 * @param {object} state
 * @param {number} [opening] how many nodes the least detail shows
 * @returns {{nodes: object[], edges: object[]}}
 */
export function chooseVisible(model, state, opening = Infinity) {
  const filter = createFilter(model, state);
  const map = mapOf(model, state);
  const most = Math.max(DETAIL[state.detail] ?? 0, Math.min(opening, map.opening));
  const home = state.place || model.home;
  const chosen = new Set(state.only.length ? state.only : home ? [home] : []);
  if (!state.only.length) {
    // A small screen shows some of each class, not the first ones alone.
    const first = opening < map.opening ? takeTurns(map.nodes.slice(0, map.opening)) : map.nodes;
    for (const node of [...first, ...model.order]) {
      if (chosen.size >= most) break;
      if (filter.node(node)) chosen.add(node.id);
    }
  }
  for (const id of state.add) chosen.add(id);
  if (state.pick.startsWith("n:")) chosen.add(state.pick.slice(2));
  if (state.pick.startsWith("e:")) {
    const edge = model.edges.get(state.pick.slice(2));
    if (edge) chosen.add(edge.from).add(edge.to);
  }
  for (const id of state.hide) chosen.delete(id);
  const nodes = [...chosen].map((id) => model.nodes.get(id)).filter(Boolean);
  nodes.sort((one, other) => one.rank - other.rank);
  const edges = new Set(nodes.flatMap((node) => node.edges));
  const drawn = [...edges].filter((edge) => chosen.has(edge.from) && chosen.has(edge.to) && edge.facts.some(filter.fact));
  const steps = state.path.length === 2 ? (findPath(model, ...state.path)?.edges ?? []).filter((edge) => edge.predicate === TOGETHER) : [];
  return { nodes, edges: [...drawn, ...steps] };
}

/** Nodes of each class in turn. */
function takeTurns(nodes) {
  const rows = [...group(nodes, (node) => node.kind).values()];
  return Array.from({ length: nodes.length }, (_, turn) => rows.map((row) => row[turn])).flat().filter(Boolean);
}

/**
 * How many nodes and facts each value of a filter has, the other filters as they are.
 * @param {object} model
 * @param {object} state
 */
export function countFacets(model, state) {
  const without = (key, empty) => createFilter(model, { ...state, [key]: empty });
  const counts = { kinds: new Map(), predicates: new Map(), years: new Map(), modalities: new Map() };
  const [byKind, byPredicate] = [without("noKinds", []), without("noPredicates", [])];
  const [byYear, byModality] = [without("year", ""), without("modality", "")];
  const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const node of model.nodes.values()) if (byKind.node(node)) add(counts.kinds, node.kind);
  for (const fact of model.facts.values()) {
    if (byPredicate.fact(fact)) add(counts.predicates, fact.predicate);
    if (fact.year !== null && byYear.fact(fact)) add(counts.years, String(fact.year));
    if (byModality.fact(fact)) add(counts.modalities, fact.modality);
  }
  return counts;
}
