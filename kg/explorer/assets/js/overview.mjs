/** What the panel shows before anything is chosen: the report's figures that can be compared, and where to begin. */

import { el } from "./dom.mjs";
import { pairFigures, valueText } from "./figures.mjs";
import { STATUSES, group, statusOf } from "./model.mjs";
import { figureTable, nodeButton, timeChip } from "./parts.mjs";

const PAIRS = 8;
// With fewer pairs than this, the report's own growth figures are shown as well.
const ENOUGH = 4;
const FIGURES = 8;
const STARTS = ["Project", "Zone", "Corridor", "Programme"];

/** @param {object} app */
export function overview(app) {
  const { words, model } = app;
  const pairs = pairFigures(model.figures);
  return [
    el("header", { class: "head" }, el("h2", {}, words("overview.title")), el("p", { class: "meta" }, words("overview.help"))),
    pairs.length > 0 && el("h3", {}, words("overview.pairs")),
    pairs.length > 0 && pairTable(app, pairs),
    ...(pairs.length < ENOUGH ? mainFigures(app) : []),
    ...statusBlock(app),
    el("h3", {}, words("overview.start")),
    ...STARTS.flatMap((kind) => startList(app, kind)),
  ];
}

function pairTable(app, pairs) {
  const { words } = app;
  const cell = (figure) => el("td", { class: "number" },
    el("button", { type: "button", class: "link plain", onclick: () => app.pick(`f:${figure.index}`) }, valueText(figure)));
  return el("div", {},
    el("table", { class: "figures pairs-table" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, words("figure.indicator")),
        el("th", { scope: "col", class: "number" }, timeChip(app, pairs[0].result)), el("th", { scope: "col", class: "number" }, timeChip(app, pairs[0].target)))),
      el("tbody", {}, pairs.slice(0, PAIRS).map(({ indicator, result, target }) =>
        el("tr", {}, el("th", { scope: "row" }, indicator), cell(result), cell(target))))),
    pairs.length > PAIRS && el("button", { type: "button", class: "link rest", onclick: () => app.openTable("targets") },
      words("overview.allPairs", { count: pairs.length })));
}

/** The first growth figures of the own place, results and targets each. */
function mainFigures(app) {
  const { words, model } = app;
  return ["actual", "target"].flatMap((modality) => {
    const figures = model.figures.filter((figure) => figure.kind === "growth" && figure.modality === modality && figure.owner === model.home);
    if (!figures.length) return [];
    return [el("h3", {}, words(`overview.${modality}`)), figureTable(app, figures.slice(0, FIGURES))];
  });
}

/** How many works stand at which state. */
function statusBlock(app) {
  const { words, model } = app;
  const works = [...model.nodes.values()].filter((node) => statusOf(node));
  if (!works.length) return [];
  const counts = group(works, (node) => statusOf(node).status);
  const most = Math.max(...[...counts.values()].map((nodes) => nodes.length));
  const rows = STATUSES.filter((status) => counts.has(status)).map((status) => {
    const count = counts.get(status).length;
    const bar = el("span", { class: "bar actual" });
    bar.style.width = `${Math.round((100 * count) / most)}%`;
    return el("li", {},
      el("button", { type: "button", class: "link plain", onclick: () => app.openTable("projects", words(`status.${status}`)) }, words(`status.${status}`), " ", el("b", {}, String(count))),
      el("span", { class: "track", "aria-hidden": "true" }, bar));
  });
  return [el("h3", {}, words("overview.byStatus")), el("ul", { class: "bars short" }, ...rows)];
}

function startList(app, kind) {
  const nodes = [...app.model.nodes.values()].filter((node) => node.kind === kind).slice(0, 5);
  if (!nodes.length) return [];
  return [el("h4", {}, app.words(`kind.${kind}`)), el("div", { class: "cloud" }, nodes.map((node) => nodeButton(app, node)))];
}
