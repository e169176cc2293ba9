/** The shortest way between two nodes: over facts, or else over sentences that name both ends of a step. */

import { TOGETHER } from "./model.mjs";

// The own place is next to everything; a way around it says more, so passing it costs as much as three steps.
const HOME_COST = 3;
// A sentence that names this many things says little of any two of them.
const CROWD = 15;

/**
 * The cheapest path from one node to another, or null. A step is an edge of the model, or one of the predicate
 * `together`, which has the `sentence` that names both.
 * @param {object} model
 * @param {string} from
 * @param {string} to
 * @returns {{nodes: string[], edges: object[]}|null}
 */
export function findPath(model, from, to) {
  if (!model.nodes.has(from) || !model.nodes.has(to)) return null;
  const facts = (id) => model.nodes.get(id).edges;
  return search(model, from, to, facts) ?? search(model, from, to, (id) => [...facts(id), ...togetherWith(model, id)]);
}

/** The nodes that a sentence names beside this one, as edges. */
function togetherWith(model, id) {
  const found = new Map();
  for (const { sentence } of model.nodes.get(id).occurrences) {
    if (sentence.named.length > CROWD) continue;
    for (const { node } of sentence.named) {
      if (node.id === id || found.has(node.id)) continue;
      found.set(node.id, { id: `${id}|${TOGETHER}|${node.id}`, from: id, to: node.id, predicate: TOGETHER, facts: [], sentence });
    }
  }
  return [...found.values()];
}

/** Dijkstra's algorithm; costs are halves, so what waits stands in one row a cost. */
function search(model, from, to, edgesOf) {
  const homes = new Set(model.places);
  const cost = new Map([[from, 0]]);
  const came = new Map();
  const done = new Set();
  const rows = [[from]];
  for (let half = 0; half < rows.length; half += 1) {
    for (const at of rows[half] ?? []) {
      if (at === to) return unwind(came, from, to);
      if (done.has(at) || cost.get(at) * 2 !== half) continue;
      done.add(at);
      for (const edge of edgesOf(at)) {
        const next = edge.from === at ? edge.to : edge.from;
        const passed = cost.get(at) + (edge.predicate === TOGETHER ? 1.5 : 1) + (homes.has(at) && at !== from ? HOME_COST - 1 : 0);
        if (cost.get(next) <= passed) continue;
        cost.set(next, passed);
        came.set(next, { at, edge });
        (rows[passed * 2] ??= []).push(next);
      }
    }
  }
  return null;
}

function unwind(came, from, to) {
  const nodes = [to];
  const edges = [];
  for (let at = to; at !== from; ) {
    const step = came.get(at);
    edges.unshift(step.edge);
    nodes.unshift(step.at);
    at = step.at;
  }
  return { nodes, edges };
}
