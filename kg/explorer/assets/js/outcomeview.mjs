/** Outcomes of targets in the panel: one with both its sentences, a list of a node's, and how each year's went. */

import { block } from "./blocks.mjs";
import { el } from "./dom.mjs";
import { factMarks } from "./facts.mjs";
import { seriesOf } from "./figures.mjs";
import { group } from "./model.mjs";
import { VERDICTS, aimOf, gapOf, nodeOf, resultOf, subjectOf } from "./outcomes.mjs";
import { backBar, cutList, nodeButton, quote } from "./parts.mjs";
import { seriesBlock } from "./series.mjs";

const FIRST_TARGETS = 6;

/**
 * A chip that says what became of a target.
 * @param {object} app
 * @param {string} verdict
 */
export function verdictChip({ words }, verdict) {
  return el("span", { class: `chip verdict ${verdict}` }, words(`verdict.${verdict}`));
}

/**
 * A target and what became of it.
 * @param {object} app
 * @param {object} outcome
 */
export function outcomeView(app, outcome) {
  const { model, words } = app;
  const { target, result, aimed, told, report } = outcome;
  const node = nodeOf(model, outcome);
  const subject = subjectOf(model, outcome);
  const row = (key, ...value) => [el("dt", {}, words(key)), el("dd", {}, ...value)];
  const gap = gapOf(words, outcome);
  const reached = resultOf(words, outcome);
  return {
    title: `${subject} ${aimOf(words, outcome)}`,
    children: [
      backBar(app),
      el("header", { class: "head" },
        el("p", { class: "kind" }, words("promises.one", { year: aimed.report.year, next: report.year })),
        el("h2", {}, subject),
        el("p", { class: "big outcome" }, el("span", {}, aimOf(words, outcome)), el("span", { class: "arrow" }, " → "), el("span", {}, reached || "—"))),
      el("p", { class: "verdict-line" }, verdictChip(app, outcome.verdict), gap && el("span", { class: "meta" }, ` ${words("promises.gap")} ${gap}`)),
      el("p", { class: "meta" }, words(`why.${outcome.verdict}`, { next: report.year })),
      el("dl", { class: "pairs" },
        node ? row("panel.thing", nodeButton(app, node)) : [],
        target.figure ? row("panel.figures", figureButton(app, target.figure)) : [],
        outcome.match && outcome.match !== "same" ? row("promises.match", words(`match.${outcome.match}`)) : []),
      el("h3", {}, words("promises.aimed", { year: aimed.report.year })), quote(app, aimed, marksOf(target)),
      el("h3", {}, words("promises.told", { year: report.year })),
      told ? quote(app, told, marksOf(result)) : el("p", { class: "quiet" }, words("promises.silent")),
      ...(target.figure ? seriesBlock(app, seriesOf(model, target.figure)) : []),
    ],
  };
}

const figureButton = (app, figure) => (
  el("button", { type: "button", class: "link plain", onclick: () => app.pick(`f:${figure.id}`) }, `${figure.indicator} ${figure.text}`));

function marksOf(finding) {
  if (!finding) return [];
  if (finding.figure) return [finding.figure];
  return finding.fact ? factMarks(finding.fact) : [{ ...finding.named, kind: finding.named.node.kind }];
}

/**
 * What became of some targets, a row each, the latest first.
 * @param {object} app
 * @param {object[]} outcomes
 */
export function outcomesBlock(app, outcomes) {
  if (!outcomes.length) return [];
  const { words } = app;
  const rows = [...outcomes].sort((one, other) => (other.aimed.report.year ?? 0) - (one.aimed.report.year ?? 0)).map((outcome) => {
    const reached = resultOf(words, outcome);
    const aim = [outcome.target.figure?.indicator, aimOf(words, outcome)].filter(Boolean).join(" ");
    return el("li", {}, el("div", { class: "row" },
      el("span", { class: "meta" }, String(outcome.aimed.report.year ?? "")),
      el("button", { type: "button", class: "link plain", onclick: () => app.pick(`o:${outcome.id}`) }, reached ? `${aim} → ${reached}` : aim),
      verdictChip(app, outcome.verdict)));
  });
  return block(words("promises.title"), outcomes.length, [cutList(app, el("ul", { class: "facts" }), rows, FIRST_TARGETS)]);
}

/**
 * How the targets of each year went: a bar a year, and how many there are of each verdict.
 * @param {object} app
 * @param {object[]} outcomes
 */
export function outcomeYears(app, outcomes) {
  if (!outcomes.length) return [];
  const { words } = app;
  const counted = (some) => VERDICTS.map((verdict) => [verdict, some.filter((outcome) => outcome.verdict === verdict).length]).filter(([, count]) => count);
  const years = [...group(outcomes, (outcome) => outcome.aimed.report.year)].sort(([one], [other]) => one - other);
  const most = Math.max(...years.map(([, some]) => some.length));
  const bars = years.map(([year, some]) => {
    const parts = counted(some);
    const told = parts.map(([verdict, count]) => `${words(`verdict.${verdict}`)} ${count}`).join("，");
    const bar = el("span", { class: "stack", title: told, "aria-hidden": "true" }, parts.map(([verdict, count]) => {
      const part = el("span", { class: verdict });
      part.style.width = `${(100 * count) / most}%`;
      return part;
    }));
    return el("li", {}, el("button", { type: "button", class: "link plain", "aria-label": `${year} ${told}`, onclick: () => app.openTable("promises", { edition: String(year) }) }, String(year), el("b", {}, String(some.length))), bar);
  });
  const key = counted(outcomes).map(([verdict, count]) => (
    el("li", {}, el("button", { type: "button", class: "link plain", onclick: () => app.openTable("promises", { verdict }) },
      el("span", { class: `dot ${verdict}`, "aria-hidden": "true" }), words(`verdict.${verdict}`), " ", el("b", {}, String(count))))));
  return [
    el("h3", {}, words("promises.title"), " ", el("span", { class: "count" }, String(outcomes.length))),
    el("ul", { class: "verdict-key" }, key), el("ul", { class: "bars stacks" }, bars),
    el("button", { type: "button", class: "link rest", onclick: () => app.openTable("promises") }, words("promises.table")),
  ];
}
