/** The graph as a list: the same nodes in words, for screen readers, small screens, and whoever likes lists. */

import { el, setChildren } from "./dom.mjs";
import { KINDS } from "./marks.mjs";
import { group } from "./model.mjs";
import { nodeButton } from "./parts.mjs";

/**
 * List the visible nodes by class, each with the relations drawn.
 * @param {object} app
 * @param {HTMLElement} box
 * @param {{nodes: object[], edges: object[]}} visible
 */
export function renderList(app, box, visible) {
  const { words, model } = app;
  const byKind = group(visible.nodes, (node) => node.kind);
  const lines = new Map(visible.nodes.map((node) => [node.id, []]));
  for (const edge of visible.edges) {
    lines.get(edge.from).push([`predicate.${edge.predicate}`, edge.to]);
    if (edge.to !== edge.from) lines.get(edge.to).push([`inverse.${edge.predicate}`, edge.from]);
  }
  setChildren(box, el("h2", {}, words("graph.listTitle")),
    ...KINDS.filter((kind) => byKind.has(kind)).flatMap((kind) => [
      el("h3", {}, words(`kind.${kind}`), " ", el("span", { class: "count" }, String(byKind.get(kind).length))),
      el("ul", { class: "nodes" }, byKind.get(kind).map((node) => el("li", {}, nodeButton(app, node), relations(words, model, lines.get(node.id))))),
    ]));
}

function relations(words, model, lines) {
  if (!lines.length) return "";
  const text = lines.slice(0, 4).map(([key, id]) => `${words(key)} ${model.nodes.get(id).name}`).join("；");
  return el("span", { class: "meta" }, lines.length > 4 ? `${text}；…（${words("graph.links", { count: lines.length })}）` : text);
}
