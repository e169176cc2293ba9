/** A figure in the panel: what it says, the same indicator over the years, and the sentence it stands in. */

import { block, neighbours } from "./blocks.mjs";
import { el } from "./dom.mjs";
import { seriesOf, valueText } from "./figures.mjs";
import { outcomesBlock } from "./outcomeview.mjs";
import { backBar, howRead, nodeButton, quote, timeChip } from "./parts.mjs";
import { seriesBlock } from "./series.mjs";

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
      ...(figure.outcome ? outcomesBlock(app, [figure.outcome]) : []),
      ...seriesBlock(app, series),
      ...block(words("panel.evidence"), 1, [quote(app, figure.sentence, [figure]), howRead(app, figure)]),
      ...neighbours(app, figure.sentence),
    ],
  };
}
