/** The life of a project: in which year it stood, or was to stand, at which state. */

import { el, svg } from "./dom.mjs";
import { STATUS, STATUSES } from "./model.mjs";

const ROW = 20;
const LEFT = 72;
const SPAN = 348;

/**
 * What is said of a node's states, by year: one point a year, state and modality.
 * @param {object} node
 * @returns {{year: number, status: string, modality: string, facts: object[]}[]}
 */
export function lifeOf(node) {
  const points = new Map();
  for (const fact of node.facts) {
    const year = fact.year ?? fact.sentence.report.year;
    if (fact.predicate !== STATUS || year === null) continue;
    const key = `${year}|${fact.object}|${fact.modality}`;
    if (!points.has(key)) points.set(key, { year, status: fact.object, modality: fact.modality, facts: [] });
    points.get(key).facts.push(fact);
  }
  return [...points.values()].sort((one, other) => one.year - other.year || STATUSES.indexOf(one.status) - STATUSES.indexOf(other.status));
}

/**
 * Draw a life of more than one year: full points are reached and joined, hollow ones are aimed at.
 * @param {object} app
 * @param {ReturnType<typeof lifeOf>} points
 */
export function lifeLine(app, points) {
  const { words } = app;
  const years = [...new Set(points.map(({ year }) => year))];
  const [first, last] = [years[0], years.at(-1)];
  const rows = STATUSES.slice(Math.min(...points.map(({ status }) => STATUSES.indexOf(status))), Math.max(...points.map(({ status }) => STATUSES.indexOf(status))) + 1).reverse();
  const x = (year) => LEFT + 14 + ((SPAN - LEFT - 32) * (year - first)) / Math.max(1, last - first);
  const y = (status) => rows.indexOf(status) * ROW + 12;
  // Where one year tells of two states, the line goes over the further one.
  const reached = [...new Map(points.filter(({ modality }) => modality === "actual").map((point) => [point.year, point])).values()];
  const line = reached.map(({ year, status }, index) => `${index ? "L" : "M"}${x(year)} ${y(status)}`).join("");
  const height = rows.length * ROW + 20;
  const shown = last - first > 9 ? years.filter((_, index) => index % 2 === 0 || index === years.length - 1) : years;
  return el("figure", { class: "chart life" },
    svg("svg", { viewBox: `0 0 ${SPAN} ${height}`, role: "img", "aria-label": points.map((point) => said(words, point)).join("；") },
      ...rows.map((status) => svg("g", {},
        svg("text", { class: "row-name", x: LEFT - 8, y: y(status) }, words(`status.${status}`)),
        svg("path", { class: "zero", d: `M${LEFT} ${y(status)}H${SPAN}` }))),
      svg("path", { class: "life-line", d: line }),
      ...points.map((point) => svg("circle", {
        class: `point ${point.modality}`, cx: x(point.year), cy: y(point.status), r: 5, onclick: () => app.pick(`s:${point.facts[0].sentence.id}`),
      }, svg("title", {}, said(words, point)))),
      ...shown.map((year) => svg("text", { class: "year", x: x(year), y: height - 5 }, String(year)))));
}

const said = (words, { year, status, modality }) => `${year} ${words(`status.${status}`)}（${words(`modality.${modality}`)}）`;
