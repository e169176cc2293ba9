/** What the panel shows before anything is chosen: what can be compared, how far works are, and where to begin. */

import { block, figuresBlock } from "./blocks.mjs";
import { chartKey } from "./chart.mjs";
import { el } from "./dom.mjs";
import { longSeries, pairFigures, valueText } from "./figures.mjs";
import { createFilter, mapOf } from "./filters.mjs";
import { STATUSES, group, statusOf } from "./model.mjs";
import { outcomeYears } from "./outcomeview.mjs";
import { figureTable, nodeButton, timeChip } from "./parts.mjs";
import { namedChart } from "./series.mjs";

const PAIRS = 8;
// With fewer pairs than this, the report's own growth figures are shown as well.
const ENOUGH = 4;
const FIGURES = 8;
const CHARTS = 6;
const STARTS = ["Project", "Zone", "Corridor", "Programme"];

/**
 * @param {object} app
 * @param {object} state
 */
export function overview(app, state) {
  const { words, model } = app;
  const filter = createFilter(model, state);
  const home = state.place || model.home;
  const reports = [...model.reports.values()].filter(filter.report);
  const figures = [...model.figures.values()].filter((figure) => filter.report(figure.sentence.report));
  return [
    el("header", { class: "head" }, el("h2", {}, words("overview.title")), el("p", { class: "meta" }, words("overview.help"))),
    ...(home ? (reports.length > 1 ? charts(app, figures, home) : compared(app, figures, home)) : placeList(app, reports)),
    ...outcomeYears(app, [...model.outcomes.values()].filter((outcome) => filter.report(outcome.aimed.report))),
    ...statusBlock(app, filter),
    ...startBlock(app, mapOf(model, state).nodes.filter(filter.node)),
  ];
}

/** Last year's results beside this year's targets, as one report gives them. */
function compared(app, figures, home) {
  const { words } = app;
  const pairs = pairFigures(figures);
  return [
    pairs.length > 0 && el("h3", {}, words("overview.pairs")),
    pairs.length > 0 && pairTable(app, pairs),
    ...(pairs.length < ENOUGH ? mainFigures(app, figures, home) : []),
  ];
}

function pairTable(app, pairs) {
  const { words } = app;
  const cell = (figure) => el("td", { class: "number" },
    el("button", { type: "button", class: "link plain", onclick: () => app.pick(`f:${figure.id}`) }, valueText(figure)));
  return el("div", {},
    el("table", { class: "figures pairs-table" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, words("figure.indicator")),
        el("th", { scope: "col", class: "number" }, timeChip(app, pairs[0].result)), el("th", { scope: "col", class: "number" }, timeChip(app, pairs[0].target)))),
      el("tbody", {}, pairs.slice(0, PAIRS).map(({ indicator, result, target }) =>
        el("tr", {}, el("th", { scope: "row" }, indicator), cell(result), cell(target))))),
    allTargets(app, pairs.length));
}

function allTargets(app, count) {
  return count > PAIRS && el("button", { type: "button", class: "link rest", onclick: () => app.openTable("targets") }, app.words("overview.allPairs", { count }));
}

/** Over several reports of a place: targets beside results, year by year. */
function charts(app, figures, home) {
  const { words } = app;
  const series = longSeries(figures.filter((figure) => figure.owner === home));
  if (!series.length) return [];
  return [
    el("h3", {}, words("overview.years")), chartKey(app),
    ...series.slice(0, CHARTS).map((one) => namedChart(app, one.figures[0], one.years)),
    el("button", { type: "button", class: "link rest", onclick: () => app.openTable("targets") }, words("overview.allPairs", { count: series.length })),
  ];
}

/** Several places: which they are, and what is known of each. */
function placeList(app, reports) {
  const { words, model, store } = app;
  const byPlace = group(reports.filter((report) => report.home), (report) => report.home);
  const rows = [...byPlace].map(([home, own]) => {
    const years = own.map((report) => report.year).filter(Boolean).sort();
    const span = years.length > 1 ? `${years[0]}–${years.at(-1)}` : String(years[0] ?? "");
    return el("tr", {},
      el("th", { scope: "row" }, el("button", { type: "button", class: "link plain", onclick: () => store.set({ place: home }) }, model.nodes.get(home).name)),
      el("td", {}, span), el("td", { class: "number" }, String(own.length)));
  });
  const table = (some) => el("table", { class: "figures" },
    el("thead", {}, el("tr", {}, ["promises.place", "table.year", "overview.reports"].map((key) => el("th", { scope: "col" }, words(key))))),
    el("tbody", {}, some));
  return [...block(words("overview.places"), rows.length, [figuresBlock(app, rows, (_, some) => table(some))])];
}

/** The first growth figures of the own place, results and targets each. */
function mainFigures(app, all, home) {
  const { words } = app;
  return ["actual", "target"].flatMap((modality) => {
    const figures = all.filter((figure) => figure.kind === "growth" && figure.modality === modality && figure.owner === home);
    if (!figures.length) return [];
    return [el("h3", {}, words(`overview.${modality}`)), figureTable(app, figures.slice(0, FIGURES))];
  });
}

/** How many works stand at which state. */
function statusBlock(app, filter) {
  const { words, model } = app;
  const works = model.order.filter((node) => statusOf(node) && filter.node(node));
  if (!works.length) return [];
  const counts = group(works, (node) => statusOf(node).status);
  const most = Math.max(...[...counts.values()].map((nodes) => nodes.length));
  const rows = STATUSES.filter((status) => counts.has(status)).map((status) => {
    const count = counts.get(status).length;
    const bar = el("span", { class: "fill" });
    bar.style.width = `${Math.round((100 * count) / most)}%`;
    return el("li", {},
      el("button", { type: "button", class: "link plain", onclick: () => app.openTable("projects", { words: words(`status.${status}`) }) }, words(`status.${status}`), " ", el("b", {}, String(count))),
      el("span", { class: "track", "aria-hidden": "true" }, bar));
  });
  return [el("h3", {}, words("overview.byStatus")), el("ul", { class: "bars short" }, ...rows)];
}

/** Works, zones, corridors and programmes to begin with; what else there is, where there are none of those. */
function startBlock(app, drawn) {
  const { words } = app;
  const lists = STARTS.flatMap((kind) => startList(app, kind, drawn));
  if (lists.length) return [el("h3", {}, words("overview.start")), ...lists];
  if (!drawn.length) return [el("p", { class: "quiet" }, words("overview.nothing"))];
  return [el("h3", {}, words("overview.start")), el("div", { class: "cloud" }, drawn.slice(0, 12).map((node) => nodeButton(app, node)))];
}

function startList(app, kind, drawn) {
  const nodes = drawn.filter((node) => node.kind === kind).slice(0, 5);
  if (!nodes.length) return [];
  return [el("h4", {}, app.words(`kind.${kind}`)), el("div", { class: "cloud" }, nodes.map((node) => nodeButton(app, node)))];
}
