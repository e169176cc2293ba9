/** A small bar chart of figures that measure the same: results are full, targets only outlined. */

import { el } from "./dom.mjs";
import { valueText } from "./figures.mjs";
import { timeChip } from "./parts.mjs";

/**
 * One row a figure; the longest bar is the largest value.
 * @param {object} app
 * @param {object[]} figures
 */
export function bars(app, figures) {
  const most = Math.max(...figures.map((figure) => Math.abs(Number(figure.value)))) || 1;
  return el("ul", { class: "bars" }, figures.map((figure) => {
    const share = Math.abs(Number(figure.value)) / most;
    const bar = el("span", { class: `bar ${figure.modality}` });
    bar.style.width = `${Math.max(1, Math.round(share * 100))}%`;
    return el("li", {},
      el("button", { type: "button", class: "link plain", onclick: () => app.pick(`f:${figure.index}`) }, timeChip(app, figure), " ", el("b", {}, valueText(figure))),
      el("span", { class: "track", "aria-hidden": "true" }, bar));
  }));
}
