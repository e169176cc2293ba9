/** The way between two nodes, step by step, each with its sentence. */

import { el } from "./dom.mjs";
import { factMarks } from "./facts.mjs";
import { backBar, nodeButton, quote, timeChip } from "./parts.mjs";
import { findPath } from "./paths.mjs";

/**
 * @param {object} app
 * @param {string[]} ends ids of the two nodes
 */
export function pathView(app, [from, to]) {
  const { model, words } = app;
  const names = { from: model.nodes.get(from)?.name ?? from, to: model.nodes.get(to)?.name ?? to };
  const path = findPath(model, from, to);
  const steps = path ? path.edges.map((edge, index) => el("li", {}, ...stepOf(app, edge, path.nodes[index], path.nodes[index + 1]))) : [];
  return {
    title: words("panel.pathTitle", names),
    children: [
      backBar(app),
      el("header", { class: "head" }, el("p", { class: "kind" }, words("panel.path")), el("h2", {}, words("panel.pathTitle", names))),
      path ? el("ol", { class: "path" }, ...steps) : el("p", { class: "quiet" }, words(app.source ? "served.noPath" : "panel.noPath")),
    ],
  };
}

function stepOf(app, edge, at, next) {
  const { model, words } = app;
  const key = edge.from === at ? `predicate.${edge.predicate}` : `inverse.${edge.predicate}`;
  // A step that no fact makes is the sentence that names both.
  const fact = edge.facts[0] ?? { subject: at, object: next, predicate: edge.predicate, sentence: edge.sentence };
  return [
    el("div", { class: "row" }, nodeButton(app, model.nodes.get(at)), el("span", { class: "predicate" }, words(key)),
      nodeButton(app, model.nodes.get(next)), edge.facts.length > 0 && timeChip(app, fact)),
    quote(app, fact.sentence, factMarks(fact)),
  ];
}
