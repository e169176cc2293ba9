/** A figure in the panel: what it says, the same indicator over the years, and the sentence it stands in. */

import { block, figuresBlock, neighbours } from "./blocks.mjs";
import { chartKey, yearChart } from "./chart.mjs";
import { el } from "./dom.mjs";
import { seriesOf, valueText, yearly } from "./figures.mjs";
import { backBar, howRead, nodeButton, quote, reportName, timeChip } from "./parts.mjs";

/**
 * @param {object} app
 * @param {import("./model.mjs").Figure} figure
 */
export function figureView(app, figure) {
  const { model, words } = app;
  const series = seriesOf(model, figure);
  const owner = figure.owner && model.nodes.get(figure.owner);
  const row = (key, value) => [el("dt", {}, words(key)), el("dd", {}, value)];
  return {
    title: `${figure.indicator} ${valueText(figure)}`,
    children: [
      backBar(app),
      el("header", { class: "head" },
        el("p", { class: "kind" }, words("panel.figures")),
        el("h2", {}, figure.indicator || figure.text),
        el("p", { class: "big" }, valueText(figure), " ", timeChip(app, figure))),
      el("dl", { class: "pairs" },
        row("figure.text", figure.text), row("figure.kind", words(`figureKind.${figure.kind}`)),
        figure.bound === "=" ? [] : row("figure.bound", words(`bound.${figure.bound}`)),
        owner ? row("figure.of", nodeButton(app, owner)) : figure.of ? row("figure.of", figure.of) : []),
      ...seriesBlock(app, series),
      ...block(words("panel.evidence"), 1, [quote(app, figure.sentence, [figure]), howRead(app, figure)]),
      ...neighbours(app, figure.sentence),
    ],
  };
}

/** The same indicator over the years: a chart where there are two years or more, and every figure that says it. */
function seriesBlock(app, series) {
  if (series.length < 2) return [];
  const years = yearly(series);
  return block(app.words("panel.same"), series.length, [
    years.length > 1 && chartKey(app), years.length > 1 && yearChart(app, years), figuresBlock(app, series, seriesTable),
  ]);
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
