/** How nodes and labels are painted: at the same size on the screen at any zoom, in the colours of the page's style. */

import { placeLabels, wrapName } from "./labels.mjs";
import { KINDS, outlineOf } from "./marks.mjs";
import { STATUSES, statusOf } from "./model.mjs";

/** Width and height in pixels of one line of a label. */
export const GLYPH = 13;
export const LINE_HEIGHT = 15;
const MOST_EDGE_LABELS = 40;

/**
 * What is drawn and how: graph.mjs changes it, the painters read it.
 * @typedef {{model: object, network: object, box: HTMLElement, look: object, nodes: object[], edges: object[],
 *   pickedNode: string, pickedEdge: string, hovered: string, focus: Set<string>|null, labels: object[],
 *   nameEdge: (edge: object) => string}} Scene
 */

/**
 * Read the colours and the font that the style sheet gives the drawing.
 * @param {HTMLElement} box
 */
export function readLook(box) {
  const style = getComputedStyle(box);
  const value = (name) => style.getPropertyValue(name).trim();
  return {
    page: value("--canvas"), ink: value("--ink"), soft: value("--edge"),
    accent: value("--accent"), halo: value("--halo"), font: style.fontFamily,
    colors: Object.fromEntries(KINDS.map((kind) => [kind, value(`--${kind}`)])),
  };
}

/** Between the opening zoom and a close look sizes grow gently; far out they shrink, never to nothing. */
export const zoomFactor = (scale) => Math.min(1.5, Math.max(0.45, scale ** (scale < 1 ? 0.65 : 0.4)));

/** The radius of a node in screen pixels: its area shows its importance. */
export const radiusOf = (node, scale) => (5 + 9.5 * Math.sqrt(node.weight)) * zoomFactor(scale);

const outlines = new Map();
const pathOf = (kind) => {
  if (!outlines.has(kind)) outlines.set(kind, new Path2D(outlineOf(kind)));
  return outlines.get(kind);
};

/**
 * The painter of one node, as vis-network asks for it.
 * @param {Scene} scene
 */
export function paintNode(scene, { ctx, id, x, y }) {
  const node = scene.model.nodes.get(id);
  const scale = scene.network.getScale();
  const radius = radiusOf(node, scale) / scale;
  const faded = scene.focus !== null && !scene.focus.has(id);
  return {
    nodeDimensions: { width: radius * 2, height: radius * 2 },
    drawNode() {
      ctx.save();
      ctx.globalAlpha = faded ? 0.3 : 1;
      ctx.translate(x, y);
      if (id === scene.pickedNode || id === scene.hovered) {
        ctx.beginPath();
        ctx.arc(0, 0, radius * 1.8, 0, 2 * Math.PI);
        ctx.fillStyle = scene.look.halo;
        ctx.fill();
      }
      if (!faded) paintStatus(scene, ctx, node, radius, scale);
      ctx.scale(radius / 10, radius / 10);
      ctx.fillStyle = scene.look.colors[node.kind];
      ctx.strokeStyle = scene.look.page;
      ctx.lineWidth = 3;
      ctx.stroke(pathOf(node.kind));
      ctx.fill(pathOf(node.kind));
      ctx.restore();
    },
  };
}

/** A ring around works: the further they are, the longer it runs; dashed where the state is only aimed at. */
function paintStatus(scene, ctx, node, radius, scale) {
  const status = statusOf(node);
  if (!status) return;
  const part = (STATUSES.indexOf(status.status) + 1) / STATUSES.length;
  ctx.save();
  ctx.beginPath();
  ctx.arc(0, 0, radius * 1.45, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * part);
  ctx.lineWidth = 1.8 / scale;
  ctx.strokeStyle = scene.look.colors[node.kind];
  if (status.modality === "target") ctx.setLineDash([2.5 / scale, 2.5 / scale]);
  ctx.stroke();
  ctx.restore();
}

/**
 * Paint all labels that have room, over everything else; `scene.labels` keeps where they stand.
 * @param {Scene} scene
 * @param {CanvasRenderingContext2D} ctx
 */
export function paintLabels(scene, ctx) {
  const factor = Math.min(1.25, Math.max(0.88, zoomFactor(scene.network.getScale())));
  const size = GLYPH * factor;
  ctx.save();
  ctx.setTransform(window.devicePixelRatio, 0, 0, window.devicePixelRatio, 0, 0);
  ctx.font = `${size}px ${scene.look.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  const items = labelItems(scene, ctx, LINE_HEIGHT * factor);
  const places = placeLabels(items, sizeOf(scene.box));
  scene.labels = items.flatMap((item, index) => (places[index] ? [{ ...item, ...places[index] }] : []));
  for (const label of scene.labels) {
    ctx.globalAlpha = scene.focus && !scene.focus.has(label.id) ? 0.42 : 1;
    ctx.font = `${label.strong ? "600 " : ""}${size}px ${scene.look.font}`;
    label.lines.forEach((text, row) => {
      const y = label.y + (row - (label.lines.length - 1) / 2) * LINE_HEIGHT * factor;
      paintText(ctx, text, label.x, y, scene.look.page, scene.look.ink);
    });
  }
  ctx.globalAlpha = 1;
  ctx.font = `${size * 0.9}px ${scene.look.font}`;
  paintEdgeLabels(scene, ctx, size * 0.9, items);
  ctx.restore();
}

const sizeOf = ({ clientWidth: width, clientHeight: height }) => ({ width, height });

function paintText(ctx, text, x, y, halo, ink) {
  ctx.strokeStyle = halo;
  ctx.lineWidth = 4;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = ink;
  ctx.fillText(text, x, y);
}

/** The labels wanted, in the order of their right to room: chosen, in focus, then by importance. */
function labelItems(scene, ctx, lineHeight) {
  const { network, box, focus, nodes, model } = scene;
  const scale = network.getScale();
  const right = (node) => (isMarked(scene, node) ? 0 : focus === null || focus.has(node.id) ? 1 : 2);
  const ordered = nodes.map((node) => ({ node, right: right(node) })).sort((one, other) => one.right - other.right);
  const items = [];
  for (const { node } of ordered) {
    const spot = network.canvasToDOM(network.getPosition(node.id));
    if (spot.x < -80 || spot.y < -40 || spot.x > box.clientWidth + 80 || spot.y > box.clientHeight + 40) continue;
    const must = isMarked(scene, node) || node.id === model.home;
    const lines = wrapName(node.name);
    // The places whose reports these are stand out from those that they only name.
    const strong = must || model.places.includes(node.id);
    const width = Math.max(...lines.map((text) => ctx.measureText(text).width)) + (strong ? 8 : 4);
    const radius = radiusOf(node, scale) * (statusOf(node) ? 1.55 : 1.1);
    items.push({ id: node.id, ...spot, spot, lines, strong, must, width, height: lines.length * lineHeight, radius });
  }
  return items;
}

const isMarked = (scene, node) => node.id === scene.pickedNode || node.id === scene.hovered;

function paintEdgeLabels(scene, ctx, size, items) {
  const { network, pickedEdge } = scene;
  const centre = scene.hovered || scene.pickedNode;
  const named = scene.edges.filter((edge) => edge.id === pickedEdge || edge.from === centre || edge.to === centre);
  if (named.length > MOST_EDGE_LABELS) return;
  const wanted = named.map((edge) => {
    const from = network.canvasToDOM(network.getPosition(edge.from));
    const to = network.canvasToDOM(network.getPosition(edge.to));
    const text = scene.nameEdge(edge);
    return {
      text, x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 - size / 2 - 3, radius: 0,
      width: ctx.measureText(text).width + 4, height: size + 3,
    };
  });
  const symbols = items.map(({ spot: { x, y }, radius }) => ({ x, y, width: 2 * radius, height: 2 * radius }));
  placeLabels(wanted, sizeOf(scene.box), [...scene.labels, ...symbols]).forEach((place, index) => {
    if (place) paintText(ctx, wanted[index].text, place.x, place.y, scene.look.page, scene.look.accent);
  });
}
