/** Which nodes, edges and facts the present state lets through. */

import { TOGETHER } from "./model.mjs";
import { findPath } from "./paths.mjs";

/** How many nodes each level of detail draws at most, beside those that were asked for by name. */
export const DETAIL = { main: 0, more: 160, all: 2000 };

/**
 * Tests that a state makes for sentences, facts and nodes.
 * @param {object} model
 * @param {object} state
 */
export function createFilter(model, state) {
  const section = state.section === "" ? null : model.sections[Number(state.section)];
  const year = state.year === "" ? null : Number(state.year);
  const kinds = new Set(state.noKinds);
  const predicates = new Set(state.noPredicates);
  const inSection = (start) => !section || (start >= section.start && start < section.end);
  const sentence = (index) => {
    const found = model.sentences[index];
    return inSection(found.start) && (year === null || found.period === year) &&
      (!state.modality || found.modality === state.modality);
  };
  const narrow = section !== null || year !== null || state.modality !== "";
  return {
    sentence,
    fact: (fact) =>
      !predicates.has(fact.predicate) && (year === null || fact.year === year) &&
      (!state.modality || fact.modality === state.modality) && inSection(fact.start),
    kind: (kind) => !kinds.has(kind),
    node: (node) => !kinds.has(node.kind) && (!narrow || node.occurrences.some(([index]) => sentence(index))),
    figure: (figure) =>
      (year === null || figure.period.endsWith(String(year))) &&
      (!state.modality || figure.modality === state.modality) && inSection(figure.start),
  };
}

/**
 * The nodes and edges to draw, the most important first.
 * @param {object} model
 * @param {object} state
 * @param {number} [opening] how many nodes the least detail shows
 * @returns {{nodes: object[], edges: object[]}}
 */
export function chooseVisible(model, state, opening = model.opening) {
  const filter = createFilter(model, state);
  const most = Math.max(DETAIL[state.detail] ?? 0, opening);
  const chosen = new Set(state.only.length ? state.only : [model.home]);
  if (!state.only.length) {
    let drawn = 0;
    for (const node of model.nodes.values()) {
      if (drawn >= most) break;
      if (!filter.node(node)) continue;
      chosen.add(node.id);
      drawn += 1;
    }
  }
  for (const id of state.add) chosen.add(id);
  if (state.pick.startsWith("n:")) chosen.add(state.pick.slice(2));
  if (state.pick.startsWith("e:")) {
    const edge = model.edgeById.get(state.pick.slice(2));
    if (edge) chosen.add(edge.from).add(edge.to);
  }
  for (const id of state.hide) chosen.delete(id);
  const nodes = [...chosen].map((id) => model.nodes.get(id)).filter(Boolean);
  nodes.sort((one, other) => one.rank - other.rank);
  const drawn = new Set(nodes.map((node) => node.id));
  const edges = model.edges.filter((edge) => drawn.has(edge.from) && drawn.has(edge.to) && edge.facts.some(filter.fact));
  const steps = state.path.length === 2 ? (findPath(model, ...state.path)?.edges ?? []).filter((edge) => edge.predicate === TOGETHER) : [];
  return { nodes, edges: [...edges, ...steps] };
}

/**
 * How many nodes and facts each value of a filter has, the other filters as they are.
 * @param {object} model
 * @param {object} state
 */
export function countFacets(model, state) {
  const without = (key, empty) => createFilter(model, { ...state, [key]: empty });
  const byKind = without("noKinds", []);
  const byPredicate = without("noPredicates", []);
  const byYear = without("year", "");
  const byModality = without("modality", "");
  const kinds = new Map();
  const predicates = new Map();
  const years = new Map();
  const modalities = new Map();
  const add = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const node of model.nodes.values()) if (byKind.node(node)) add(kinds, node.kind);
  for (const fact of model.facts) {
    if (byPredicate.fact(fact)) add(predicates, fact.predicate);
    if (fact.year !== null && byYear.fact(fact)) add(years, String(fact.year));
    if (byModality.fact(fact)) add(modalities, fact.modality);
  }
  return { kinds, predicates, years, modalities };
}
