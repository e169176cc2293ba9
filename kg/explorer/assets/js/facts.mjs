/** Facts in words: grouped by what they say, each with its year and the sentence behind it. */

import { el } from "./dom.mjs";
import { PREDICATES, STATUS, group } from "./model.mjs";
import { citeButton, cutList, nodeButton, quote, timeChip } from "./parts.mjs";

const FIRST = 6;
const MOST_CHIPS = 3;

/**
 * Years in words, those that follow each other as a span.
 * @param {number[]} years sorted
 */
export function spansOf(years) {
  const spans = [];
  for (const year of years) {
    if (spans.length && spans.at(-1)[1] === year - 1) spans.at(-1)[1] = year;
    else spans.push([year, year]);
  }
  return spans.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join("、");
}

/**
 * A node's facts, one list a predicate and direction; facts of the same other end are one row.
 * @param {object} app
 * @param {object} node
 */
export function factGroups(app, node) {
  const { words, model } = app;
  const groups = group(node.facts, (fact) => `${fact.subject === node.id ? "predicate" : "inverse"}.${fact.predicate}`);
  const seat = ([key]) => PREDICATES.indexOf(key.split(".")[1]) + (key.startsWith("inverse") ? 0.5 : 0);
  return [...groups].sort((one, other) => seat(one) - seat(other)).map(([key, facts]) => {
    const ends = group(facts, (fact) => (fact.subject === node.id ? fact.object : fact.subject));
    const others = [...ends.keys()].filter((id) => model.nodes.has(id));
    const rows = [...ends].sort(([one], [other]) => rankOf(model, one) - rankOf(model, other))
      .map(([end, same]) => endRow(app, end, same));
    return el("section", { class: "group" },
      el("h4", {}, words(key), " ", el("span", { class: "count" }, String(ends.size)),
        others.length > 0 && el("button", { type: "button", class: "link", onclick: () => app.show(others, node) }, words("panel.expand"))),
      cutList(app, el("ul", { class: "facts" }), rows, FIRST));
  });
}

const rankOf = (model, id) => model.nodes.get(id)?.rank ?? -1;

function endRow(app, end, facts) {
  const node = app.model.nodes.get(end);
  const name = node ? nodeButton(app, node) : el("strong", {}, app.words(`status.${end}`));
  return el("li", {}, evidenceBelow(app, [name, ...chipsOf(app, facts)], facts));
}

/** Each year and modality once, by year; of many years those that follow each other are told together. */
function chipsOf(app, facts) {
  const once = [...group(facts, (fact) => `${fact.year}|${fact.modality}`).values()].map(([fact]) => fact);
  once.sort((one, other) => (one.year ?? 0) - (other.year ?? 0));
  if (once.length <= MOST_CHIPS) return once.map((fact) => timeChip(app, fact));
  return [...group(once, (fact) => fact.modality)].map(([modality, same]) => (
    timeChip(app, { modality, year: spansOf(same.map((fact) => fact.year).filter((year) => year !== null)) })));
}

/** A row whose sentences open below it. */
function evidenceBelow(app, children, facts) {
  const holder = el("div", { class: "evidence" });
  return [el("div", { class: "row" }, ...children, citeButton(app, facts.length, holder, holder, () => facts.map((fact) => quote(app, fact.sentence, factMarks(fact))))), holder];
}

/**
 * A fact as a row of its own: subject, predicate, object.
 * @param {object} app
 * @param {object} fact
 */
export function factRow(app, fact) {
  const { model, words } = app;
  const object = model.nodes.get(fact.object);
  return el("li", { class: "whole" },
    nodeButton(app, model.nodes.get(fact.subject)), el("span", { class: "predicate" }, words(`predicate.${fact.predicate}`)),
    object ? nodeButton(app, object) : el("strong", {}, words(`status.${fact.object}`)), " ", timeChip(app, fact));
}

/**
 * The words to mark in a fact's sentence: its two ends where they are named there, else what its rule matched.
 * @param {object} fact
 */
export function factMarks(fact) {
  const marks = fact.sentence.named.filter(({ node }) => node.id === fact.subject || node.id === fact.object)
    .map(({ node, start, end }) => ({ start, end, kind: node.kind }));
  if (fact.predicate === STATUS || !marks.length) marks.push({ start: fact.start, end: fact.end });
  return marks;
}
