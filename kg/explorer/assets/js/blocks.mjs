/** Blocks that the panel is made of: a heading with a count and what is under it. */

import { el, setChildren } from "./dom.mjs";
import { figureTable, nodeButton } from "./parts.mjs";

const MOST_FIGURES = 8;

/**
 * A heading with a count, and what belongs to it.
 * @param {string} title
 * @param {number} count
 * @param {HTMLElement[]} children
 */
export function block(title, count, children) {
  return [el("h3", {}, title, " ", el("span", { class: "count" }, String(count))), ...children];
}

/**
 * Figures as a table, of which only the first rows show until asked.
 * @param {object} app
 * @param {object[]} figures
 * @param {(app: object, figures: object[]) => HTMLElement} [write]
 */
export function figuresBlock(app, figures, write = figureTable) {
  if (figures.length <= MOST_FIGURES + 1) return write(app, figures);
  const rest = el("button", { type: "button", class: "link rest" }, app.words("panel.showAll", { count: figures.length - MOST_FIGURES }));
  const holder = el("div", {}, write(app, figures.slice(0, MOST_FIGURES)), rest);
  rest.addEventListener("click", () => setChildren(holder, write(app, figures)));
  return holder;
}

/**
 * The nodes that a sentence names.
 * @param {object} app
 * @param {import("./model.mjs").Sentence} sentence
 */
export function neighbours(app, sentence) {
  const named = [...new Set(sentence.named.map(({ node }) => node))];
  if (!named.length) return [];
  return block(app.words("panel.entities"), named.length, [
    el("div", { class: "cloud" }, named.sort((one, other) => one.rank - other.rank).map((node) => nodeButton(app, node))),
  ]);
}
