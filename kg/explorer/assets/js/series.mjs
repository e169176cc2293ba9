/** One indicator over the years: a chart and every figure that says it. */

import { block, figuresBlock } from "./blocks.mjs";
import { chartKey, yearChart } from "./chart.mjs";
import { el } from "./dom.mjs";
import { valueText, yearly } from "./figures.mjs";
import { reportName, timeChip } from "./parts.mjs";

/**
 * The same indicator over the years: a chart where there are two years or more, and every figure that says it.
 * @param {object} app
 * @param {import("./model.mjs").Figure[]} series
 */
export function seriesBlock(app, series) {
  if (series.length < 2) return [];
  const years = yearly(series);
  return block(app.words("panel.same"), series.length, [
    years.length > 1 && chartKey(app), years.length > 1 && yearChart(app, years), figuresBlock(app, series, seriesTable),
  ]);
}

/**
 * A chart of an indicator under its name.
 * @param {object} app
 * @param {import("./model.mjs").Figure} first one of its figures
 * @param {ReturnType<typeof yearly>} years
 */
export function namedChart(app, first, years) {
  const { words } = app;
  const latest = years.at(-1).result ?? years.at(-1).target;
  const name = first.kind === "level" ? first.indicator : `${first.indicator} · ${words(`figureKind.${first.kind}`)}`;
  // The bars answer to the mouse; the name leads everybody to the same figures.
  return el("div", {}, el("h4", {}, el("button", { type: "button", class: "link plain", onclick: () => app.pick(`f:${latest.id}`) }, name)), yearChart(app, years));
}

/** Figures of one indicator: only what differs, their years, values and reports. */
function seriesTable(app, figures) {
  const { words, model } = app;
  const many = model.reports.size > 1;
  const heads = ["figure.period", "figure.value", many && "table.report"].filter(Boolean);
  return el("table", { class: "figures series" },
    el("thead", {}, el("tr", {}, heads.map((key) => el("th", { scope: "col" }, words(key))))),
    el("tbody", {}, figures.map((figure) => el("tr", {},
      el("th", { scope: "row" }, timeChip(app, figure)),
      el("td", { class: "number" }, el("button", { type: "button", class: "link plain", onclick: () => app.pick(`f:${figure.id}`) }, valueText(figure))),
      many && el("td", {}, reportName(app, figure.sentence.report))))));
}
