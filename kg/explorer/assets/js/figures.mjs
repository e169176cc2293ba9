/** Figures beside each other: the same indicator as a result and as a target, and over the years. */

import { group } from "./model.mjs";

const SIGNS = { "=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ " };

/** Words of scope that stand before an indicator and do not change what it measures. */
const SCOPE = /^(全市|全省|全区|全县|我市|我省|我区|我县|全年)/;

/**
 * What a figure measures, so that two sentences' figures can be compared.
 * @param {import("./model.mjs").Figure} figure
 */
export function measureOf(figure) {
  return [figure.indicator.replace(SCOPE, ""), figure.kind, figure.unit, figure.owner ?? figure.of ?? ""].join("|");
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
 * Indicators that the report gives both as a result and as a target, in the order of their results.
 * @param {import("./model.mjs").Figure[]} figures
 * @returns {{indicator: string, result: object, target: object}[]}
 */
export function pairFigures(figures) {
  const pairs = [];
  for (const same of group(figures, measureOf).values()) {
    const targets = same.filter((figure) => figure.modality === "target" && /^\d{4}$/.test(figure.period));
    const results = same.filter((figure) => figure.modality === "actual" && /^\d{4}$/.test(figure.period));
    const target = targets.at(-1);
    const result = results.findLast((figure) => target && figure.period <= target.period);
    if (target && result) pairs.push({ indicator: result.indicator.replace(SCOPE, ""), result, target });
  }
  return pairs.sort((one, other) => one.result.start - other.result.start);
}

/**
 * The other figures that measure the same, this one among them, by year.
 * @param {object} model
 * @param {import("./model.mjs").Figure} figure
 */
export function seriesOf(model, figure) {
  const measure = measureOf(figure);
  return model.figures
    .filter((other) => measureOf(other) === measure)
    .sort((one, other) => (one.period < other.period ? -1 : one.period > other.period ? 1 : one.start - other.start));
}
