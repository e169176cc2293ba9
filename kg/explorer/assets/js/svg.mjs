/** The drawing as an SVG text: the same shapes, lines and labels, sharp at any size. */

import { outlineOf } from "./marks.mjs";
import { STATUSES, isAimed, statusOf } from "./model.mjs";
import { radiusOf } from "./paint.mjs";

const escape = (text) => text.replace(/[&<>"]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter]);
const round = (number) => Number(number.toFixed(1));

/**
 * Write what a scene shows.
 * @param {import("./paint.mjs").Scene} scene
 * @param {string} title
 */
export function toSvg(scene, title) {
  const { box, network, look } = scene;
  const width = Math.max(1, box.clientWidth);
  const height = Math.max(1, box.clientHeight);
  const scale = network.getScale();
  const spots = new Map(scene.nodes.map((node) => [node.id, network.canvasToDOM(network.getPosition(node.id))]));
  const lines = scene.edges.map((edge) => lineOf(edge, spots.get(edge.from), spots.get(edge.to), reachOf(scene, edge.to, scale)));
  const shapes = scene.nodes.map((node) => {
    const { x, y } = spots.get(node.id);
    const radius = radiusOf(node, scale);
    const color = look.colors[node.kind];
    return `<g transform="translate(${round(x)} ${round(y)})"><title>${escape(node.name)}</title>${ringOf(node, radius, color)}` +
      `<path d="${outlineOf(node.kind)}" fill="${color}" transform="scale(${(radius / 10).toFixed(2)})"/></g>`;
  });
  const labels = scene.labels.flatMap((label) => label.lines.map((text, row) => {
    const y = label.y + (row - (label.lines.length - 1) / 2) * (label.height / label.lines.length);
    return `<text x="${round(label.x)}" y="${round(y)}">${escape(text)}</text>`;
  }));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${look.page}"/>`,
    `<defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 1L8 4L0 7Z" fill="${look.soft}"/></marker></defs>`,
    `<g stroke="${look.soft}" stroke-width="1">`, ...lines, "</g>",
    ...shapes,
    `<g font-family="${escape(look.font)}" font-size="13" fill="${look.ink}" stroke="${look.page}" stroke-width="4" stroke-linejoin="round" paint-order="stroke" text-anchor="middle" dominant-baseline="central">`,
    ...labels, "</g>", "</svg>", "",
  ].join("\n");
}

/** How far from the middle of a node its edges end. */
function reachOf(scene, id, scale) {
  const node = scene.model.nodes.get(id);
  return radiusOf(node, scale) * (statusOf(node) ? 1.6 : 1.2);
}

function lineOf(edge, from, to, reach) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const part = Math.max(0, 1 - reach / length);
  const dashes = isAimed(edge) ? ' stroke-dasharray="5 4"' : "";
  return `<line x1="${round(from.x)}" y1="${round(from.y)}" x2="${round(from.x + (to.x - from.x) * part)}" ` +
    `y2="${round(from.y + (to.y - from.y) * part)}" marker-end="url(#to)"${dashes}/>`;
}

/** The ring that tells how far works have come, as paint.mjs draws it. */
function ringOf(node, radius, color) {
  const status = statusOf(node);
  if (!status) return "";
  const share = (STATUSES.indexOf(status.status) + 1) / STATUSES.length;
  const around = 2 * Math.PI * radius * 1.45;
  const full = share * around;
  // A dash pattern leaves the rest of the circle empty; for a state only aimed at, the drawn part is dashed itself.
  const dashes = status.modality === "target"
    ? [...Array(Math.floor(full / 5)).fill("2.5 2.5"), `0 ${round(around - Math.floor(full / 5) * 5)}`].join(" ")
    : `${round(full)} ${round(around - full)}`;
  return `<circle r="${round(radius * 1.45)}" fill="none" stroke="${color}" stroke-width="1.8" stroke-dasharray="${dashes}" transform="rotate(-90)"/>`;
}
