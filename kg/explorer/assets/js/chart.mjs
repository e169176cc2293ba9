/** A small chart over years: a bar for what was reached, a line across it for what was aimed at. */

import { el, svg } from "./dom.mjs";
import { isMet, valueText } from "./figures.mjs";

const HEIGHT = 84;
const HEAD = 14;
const FOOT = 16;
const ACROSS_ALL = 348;
const MOST_SLOT = 58;
// How high a label is with its air.
const ROOM = 15;

/**
 * The span of values that a chart shows, zero among them, and where a value stands in it.
 * @param {number[]} values
 * @param {number} height
 * @returns {(value: number) => number}
 */
export function scaleOf(values, height) {
  const most = Math.max(0, ...values);
  const least = Math.min(0, ...values);
  return (value) => (most === least ? height : (height * (most - value)) / (most - least));
}

/**
 * Draw one row a year; a click opens the figure. Screen readers get it as one sentence.
 * @param {object} app
 * @param {{year: number, result: object|null, target: object|null}[]} years
 */
export function yearChart(app, years) {
  const { words } = app;
  const unit = commonUnit(years);
  const valueOf = (figure) => Number(figure.normal) / unit.factor;
  const figures = years.flatMap(({ result, target }) => [result, target]).filter(Boolean);
  const slot = Math.min(MOST_SLOT, ACROSS_ALL / years.length);
  const at = scaleOf(figures.map(valueOf), HEIGHT);
  const digits = (figure) => shorten(valueOf(figure));
  const marks = years.flatMap(({ year, result, target }, index) => {
    const left = index * slot;
    const middle = left + slot / 2;
    const width = Math.min(22, slot * 0.62);
    const zero = at(0);
    const said = [result, target].filter(Boolean).map((figure) => `${year} ${words(`modality.${figure.modality}`)} ${valueText(figure)}`).join("\n");
    const open = result ?? target;
    const line = target && at(valueOf(target));
    // Above the bar that it tells of; where the line would run through it inside the bar, or above the line.
    const bar = at(Math.max(0, valueOf(open)));
    const crossed = target && line <= bar && bar - line < ROOM;
    const inside = crossed && result && at(0) - bar > ROOM;
    const top = inside ? bar + ROOM : crossed ? line : bar;
    return [svg("g", { class: `slot${isMet({ result, target }) === false ? " missed" : ""}`, onclick: () => app.pick(`f:${open.id}`) },
      svg("title", {}, said),
      svg("rect", { class: "room", x: left, y: 0, width: slot, height: HEAD + HEIGHT + FOOT }),
      result && svg("rect", { class: "reached", x: middle - width / 2, y: HEAD + Math.min(zero, at(valueOf(result))), width, height: Math.max(1.5, Math.abs(zero - at(valueOf(result)))), rx: 1.5 }),
      target && svg("path", { class: "aimed", d: `M${middle - width / 2 - 3} ${HEAD + at(valueOf(target))}h${width + 6}` }),
      slot >= 24 && svg("text", { class: inside ? "value inside" : result ? "value" : "value planned", x: middle, y: HEAD + top - 4 }, digits(open)),
      (slot >= 18 || index % 2 === 0) && svg("text", { class: "year", x: middle, y: HEAD + HEIGHT + 12 }, slot >= 28 ? String(year) : String(year).slice(2)))];
  });
  const told = figures.map((figure) => `${figure.period} ${words(`modality.${figure.modality}`)} ${valueText(figure)}`).join("；");
  return el("figure", { class: "chart" },
    svg("svg", { viewBox: `0 0 ${ACROSS_ALL} ${HEAD + HEIGHT + FOOT}`, role: "img", "aria-label": told },
      svg("path", { class: "zero", d: `M0 ${HEAD + at(0)}H${slot * years.length}` }), ...marks),
    unit.words !== "%" && el("figcaption", {}, unit.words));
}

/**
 * What the marks of the charts mean.
 * @param {object} app
 */
export function chartKey({ words }) {
  return el("p", { class: "chart-key" }, el("span", { class: "reached" }), words("modality.actual"), el("span", { class: "missed" }), words("chart.missed"), el("span", { class: "aimed" }), words("modality.target"));
}

/** The unit that most of the figures were written in, and what one of it is in the plain one. */
function commonUnit(years) {
  const counts = new Map();
  for (const figure of years.flatMap(({ result, target }) => [result, target])) {
    if (figure) counts.set(figure.unit, { figure, count: (counts.get(figure.unit)?.count ?? 0) + 1 });
  }
  const [words, { figure }] = [...counts].sort(([, one], [, other]) => other.count - one.count)[0];
  const factor = Number(figure.value) === 0 ? 1 : Number(figure.normal) / Number(figure.value);
  return { words, factor: factor || 1 };
}

/** At most four digits: a label over a bar has room for no more. */
function shorten(value) {
  const size = Math.abs(value);
  const places = size >= 1000 ? 0 : size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return String(Number(value.toFixed(places)));
}
