/** Figures beside each other: the same indicator as a result and as a target, and over the years. */

import { group } from "./model.mjs";

const SIGNS = { "=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ " };
const YEAR = /^\d{4}$/;

/**
 * What a figure measures: its indicator as a concept, whatever words were used, its kind, unit, and whose it is.
 * @param {import("./model.mjs").Figure} figure
 */
export function measureOf({ concept, kind, measure, owner, of }) {
  return [concept, kind, measure, owner ?? of ?? ""].join("|");
}

/**
 * A value with its bound and unit, as one reads it aloud: `≥ 400亿元`.
 * @param {import("./model.mjs").Figure} figure
 */
export function valueText({ bound, value, unit, kind }) {
  const sign = kind === "growth" && !value.startsWith("-") && value !== "0" ? "+" : "";
  return `${SIGNS[bound] ?? ""}${sign}${value}${unit}`;
}

/**
 * The figures that measure the same as this one, this one among them, by year.
 * @param {object} model
 * @param {import("./model.mjs").Figure} figure
 */
export function seriesOf(model, figure) {
  const measure = measureOf(figure);
  return [...model.figures.values()].filter((other) => measureOf(other) === measure)
    .sort((one, other) => (one.period < other.period ? -1 : one.period > other.period ? 1 : one.start - other.start));
}

/**
 * One row a year: the result and the target that speak best for it. A year's target is the one of the report that
 * plans the year; its result the one of the report that follows, which looks back on it.
 * @param {import("./model.mjs").Figure[]} series figures that measure the same
 * @returns {{year: number, result: object|null, target: object|null}[]}
 */
export function yearly(series) {
  const dated = series.filter((figure) => YEAR.test(figure.period));
  return [...group(dated, (figure) => Number(figure.period))].sort(([one], [other]) => one - other).map(([year, same]) => ({
    year, result: nearest(same, "actual", year + 1), target: nearest(same, "target", year),
  }));
}

function nearest(figures, modality, year) {
  const off = (figure) => Math.abs((figure.sentence.report.year ?? year) - year);
  return figures.filter((figure) => figure.modality === modality).reduce((best, figure) => (best && off(best) <= off(figure) ? best : figure), null);
}

/**
 * Whether a result keeps what was aimed at, as it was judged when the reports were held against each other, else by the
 * bound; null where one of the two is missing or that cannot be told.
 * @param {{result: object|null, target: object|null}} pair
 */
export function isMet({ result, target }) {
  if (!result || !target) return null;
  const { outcome } = target;
  if (outcome?.result?.figure === result) return { exceeded: true, met: true, missed: false }[outcome.verdict] ?? null;
  const [reached, aimed] = [Number(result.normal), Number(target.normal)];
  if (target.bound === "<=") return reached <= aimed;
  return target.bound === "~" ? null : reached >= aimed;
}

/**
 * Indicators of one place that were given for several years, those with most pairs of target and result first.
 * @param {import("./model.mjs").Figure[]} figures
 * @returns {{indicator: string, kind: string, figures: object[], years: object[]}[]}
 */
export function longSeries(figures) {
  const rows = [...group(figures.filter((figure) => YEAR.test(figure.period)), measureOf).values()].map((same) => (
    { indicator: same[0].indicator, kind: same[0].kind, figures: same, years: yearly(same) }));
  const pairs = ({ years }) => years.filter(({ result, target }) => result && target).length;
  return rows.filter(({ years }) => years.length > 2)
    .sort((one, other) => pairs(other) - pairs(one) || other.years.length - one.years.length || other.figures.length - one.figures.length);
}

/**
 * Indicators that a report gives both as a result and as a target, in the order of their results.
 * @param {import("./model.mjs").Figure[]} figures
 * @returns {{indicator: string, result: object, target: object}[]}
 */
export function pairFigures(figures) {
  const pairs = [];
  for (const same of group(figures, measureOf).values()) {
    const dated = same.filter((figure) => YEAR.test(figure.period));
    const target = dated.findLast((figure) => figure.modality === "target");
    const result = dated.findLast((figure) => figure.modality === "actual" && target && figure.period <= target.period);
    if (target && result) pairs.push({ indicator: result.indicator, result, target });
  }
  return pairs.sort((one, other) => one.result.start - other.result.start);
}
