/** The figures of a node: what was told for years as charts with targets beside results, the rest as a table. */

import { figuresBlock } from "./blocks.mjs";
import { chartKey } from "./chart.mjs";
import { el } from "./dom.mjs";
import { measureOf, valueText, yearly } from "./figures.mjs";
import { group } from "./model.mjs";
import { citeButton, cutList, quote } from "./parts.mjs";
import { namedChart } from "./series.mjs";

const FIRST_CHARTS = 3;

/**
 * @param {object} app
 * @param {import("./model.mjs").Figure[]} figures
 * @returns {HTMLElement[]}
 */
export function nodeFigures(app, figures) {
  const series = [...group(figures, measureOf).values()].map((same) => ({ same, years: yearly(same) }));
  const long = series.filter(({ years }) => years.length > 2 || years.some(({ result, target }) => result && target));
  const rest = series.filter((one) => !long.includes(one)).map(({ same }) => same);
  long.sort((one, other) => paired(other) - paired(one) || other.years.length - one.years.length);
  return [
    long.length > 0 && chartKey(app),
    long.length > 0 && cutList(app, el("div", {}), long.map((one) => chartWithSentences(app, one)), FIRST_CHARTS),
    rest.length > 0 && figuresBlock(app, rest, besideTable),
  ];
}

const paired = ({ years }) => years.filter(({ result, target }) => result && target).length;

function chartWithSentences(app, { same, years }) {
  const holder = el("div", { class: "evidence" });
  return el("div", { class: "charted" }, namedChart(app, same[0], years), citeButton(app, same.length, holder, holder, () => quotesOf(app, same)), holder);
}

/** The sentences of figures, each once, with the words of all of them marked. */
const quotesOf = (app, figures) => [...group(figures, ({ sentence }) => sentence)].map(([sentence, own]) => quote(app, sentence, own));

/** One row for what measures the same: its results, its targets beside them, and their sentences to open below. */
function besideTable(app, rows) {
  const { words } = app;
  const cell = (same, modality) => el("td", { class: "number" }, same.filter((figure) => figure.modality === modality).map((figure) => (
    el("div", {}, el("button", { type: "button", class: "link plain", onclick: () => app.pick(`f:${figure.id}`) }, valueText(figure)), " ", el("span", { class: "when" }, figure.period)))));
  const there = ["actual", "target"].filter((modality) => rows.some((same) => same.some((figure) => figure.modality === modality)));
  return el("table", { class: "figures beside" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, words("figure.indicator")),
      there.map((modality) => el("th", { scope: "col", class: "number" }, el("span", { class: `chip ${modality}` }, words(`modality.${modality}`)))), el("td", {}))),
    el("tbody", {}, rows.flatMap((same) => {
      const into = el("td", { colspan: there.length + 2 });
      const below = el("tr", { class: "below" }, into);
      return [
        el("tr", {}, el("th", { scope: "row" }, same[0].indicator || same[0].text), there.map((modality) => cell(same, modality)),
          el("td", {}, citeButton(app, 1, below, into, () => quotesOf(app, same)))), below];
    })));
}
