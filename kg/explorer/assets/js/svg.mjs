/** The drawing as an SVG text: the same shapes, lines and labels, sharp at any size. */

import { outlineOf } from "./marks.mjs";
import { isAimed } from "./model.mjs";
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
  const width = box.clientWidth;
  const height = box.clientHeight;
  const scale = network.getScale();
  const spots = new Map(scene.nodes.map((node) => [node.id, network.canvasToDOM(network.getPosition(node.id))]));
  const lines = scene.edges.map((edge) => {
    const from = spots.get(edge.from);
    const to = spots.get(edge.to);
    const dashes = isAimed(edge) ? ' stroke-dasharray="5 4"' : "";
    return `<line x1="${round(from.x)}" y1="${round(from.y)}" x2="${round(to.x)}" y2="${round(to.y)}"${dashes}/>`;
  });
  const shapes = scene.nodes.map((node) => {
    const { x, y } = spots.get(node.id);
    const size = round(radiusOf(node, scale) / 10);
    return `<path d="${outlineOf(node.kind)}" fill="${look.colors[node.kind]}" transform="translate(${round(x)} ${round(y)}) scale(${size})"><title>${escape(node.name)}</title></path>`;
  });
  const labels = scene.labels.flatMap((label) => label.lines.map((text, row) => {
    const y = label.y + (row - (label.lines.length - 1) / 2) * (label.height / label.lines.length);
    return `<text x="${round(label.x)}" y="${round(y)}">${escape(text)}</text>`;
  }));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${look.page}"/>`,
    `<g stroke="${look.soft}" stroke-width="1">`, ...lines, "</g>",
    `<g stroke="${look.page}" stroke-width="1.5" paint-order="stroke">`, ...shapes, "</g>",
    `<g font-family="${escape(look.font)}" font-size="13" fill="${look.ink}" stroke="${look.page}" stroke-width="4" stroke-linejoin="round" paint-order="stroke" text-anchor="middle" dominant-baseline="central">`,
    ...labels, "</g>", "</svg>", "",
  ].join("\n");
}
