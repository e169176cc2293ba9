/** The drawing of the visible nodes and edges: vis-network keeps camera and edges, paint.mjs shapes and labels. */

import { TOGETHER, isAimed, neighboursOf } from "./model.mjs";
import { paintLabels, paintNode, readLook } from "./paint.mjs";

// Room in pixels that labels want at the edges of the drawing, and the closest look that a fit takes.
const SIDE = 72;
const END = 44;
const CLOSEST = 1.3;
// Below this zoom names crowd each other; a node that is asked for is brought closer.
const READABLE = 0.55;
// The lines of a node with more neighbours than this would be a blot in full strength.
const MANY = 25;

/**
 * Draw a graph into a box.
 * @param {HTMLElement} box
 * @param {object} options
 * @param {object} options.vis the library that pyvis brought
 * @param {object} options.settings of vis-network, as pyvis wrote them
 * @param {object} options.model
 * @param {(edge: object) => string} options.nameEdge
 * @param {(pick: string) => void} options.onPick
 * @param {(id: string) => void} options.onOpen a node was clicked twice
 * @param {(id: string, spot: {x: number, y: number}) => void} options.onDrag
 * @param {() => void} options.onCamera the person moved or zoomed
 */
export function createGraph(box, { vis, settings, model, nameEdge, onPick, onOpen, onDrag, onCamera }) {
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  /** @type {import("./paint.mjs").Scene} */
  const scene = {
    model, network: null, box, look: readLook(box), nodes: [], edges: [], pickedNode: "", pickedEdge: "", hovered: "",
    focus: null, labels: [], nameEdge,
  };
  const ctxRenderer = (node) => paintNode(scene, node);
  const network = new vis.Network(box, { nodes, edges }, settings);
  scene.network = network;

  const at = (point) => network.getNodeAt(point) ?? labelAt(scene.labels, point);
  const pickAt = (point) => {
    const node = at(point);
    if (node !== undefined) return `n:${node}`;
    const id = network.getEdgeAt(point);
    const edge = scene.edges.find((shown) => shown.id === id);
    if (!edge) return "";
    return edge.predicate === TOGETHER ? `s:${edge.sentence.id}` : `e:${id}`;
  };
  network.on("click", ({ pointer }) => onPick(pickAt(pointer.DOM)));
  network.on("doubleClick", ({ pointer }) => {
    const node = at(pointer.DOM);
    if (node !== undefined) onOpen(node);
  });
  network.on("dragEnd", ({ nodes: dragged }) => {
    for (const id of dragged) onDrag(id, network.getPosition(id));
    onCamera();
  });
  network.on("zoom", onCamera);
  network.on("afterDrawing", (ctx) => paintLabels(scene, ctx));
  network.on("hoverNode", ({ node }) => hover(node));
  network.on("blurNode", () => hover(""));
  box.addEventListener("mousemove", (event) => {
    const bounds = box.getBoundingClientRect();
    const label = labelAt(scene.labels, { x: event.clientX - bounds.left, y: event.clientY - bounds.top });
    box.style.cursor = label !== undefined || scene.hovered ? "pointer" : "";
  });

  function hover(id) {
    if (scene.hovered === id) return;
    scene.hovered = id;
    setFocus();
  }

  /** What is chosen or pointed at stands out with its neighbours; the rest steps back. */
  function setFocus() {
    const centre = scene.hovered || scene.pickedNode;
    const edge = scene.hovered ? null : model.edges.get(scene.pickedEdge);
    if (edge) scene.focus = new Set([edge.from, edge.to]);
    else scene.focus = centre && nodes.get(centre) ? new Set([centre, ...neighboursOf(model.nodes.get(centre))]) : null;
    edges.update(scene.edges.map((shown) => edgeStyle(shown)));
    network.redraw();
  }

  function edgeStyle(edge) {
    const { look, focus, pickedEdge } = scene;
    const centre = scene.hovered || scene.pickedNode;
    const lit = edge.id === pickedEdge || (focus !== null && (edge.from === centre || edge.to === centre));
    const faded = focus !== null && !lit;
    const many = focus !== null && focus.size > MANY;
    return {
      id: edge.id,
      color: { color: lit ? look.accent : look.soft, opacity: faded ? 0.25 : lit && many ? 0.45 : 1, inherit: false },
      width: lit && !many ? 1.8 : 1,
    };
  }

  function drawEdge(edge, twins) {
    return {
      ...edgeStyle(edge), from: edge.from, to: edge.to,
      dashes: edge.predicate === TOGETHER ? [1, 4] : isAimed(edge) ? [5, 4] : false,
      arrows: edge.predicate === TOGETHER ? "" : "to",
      smooth: twins ? { enabled: true, type: "curvedCW", roundness: 0.12 * twins } : false,
    };
  }

  return {
    network, scene,
    /** Show exactly these nodes and edges, each node where `spotOf` says. */
    show(visible, spotOf) {
      // The library may draw between two changes, when half of the old nodes are gone.
      scene.nodes = [];
      scene.edges = [];
      replaceRows(nodes, visible.nodes.map((node) => ({ id: node.id, shape: "custom", ctxRenderer, ...spotOf(node) })));
      const pairs = new Map();
      replaceRows(edges, visible.edges.map((edge) => {
        const pair = [edge.from, edge.to].sort().join("|");
        const twins = pairs.get(pair) ?? 0;
        pairs.set(pair, twins + 1);
        return drawEdge(edge, twins);
      }));
      scene.nodes = visible.nodes;
      scene.edges = visible.edges;
      setFocus();
    },
    /** Mark a pick, `n:id` or `e:id`; anything else clears the mark. */
    mark(pick) {
      scene.pickedNode = pick.startsWith("n:") ? pick.slice(2) : "";
      scene.pickedEdge = pick.startsWith("e:") ? pick.slice(2) : "";
      setFocus();
    },
    /** Read the style sheet's colours anew, after the theme changed. */
    restyle() {
      scene.look = readLook(box);
      setFocus();
    },
    /** Bring all spots into sight, with room for their labels at the edges. */
    fit(spots) {
      if (!spots.size || !box.clientWidth) return;
      const all = [...spots.values()];
      const [left, right] = [Math.min(...all.map(({ x }) => x)), Math.max(...all.map(({ x }) => x))];
      const [top, bottom] = [Math.min(...all.map(({ y }) => y)), Math.max(...all.map(({ y }) => y))];
      const wide = Math.max(120, box.clientWidth - 2 * SIDE) / Math.max(1, right - left);
      const high = Math.max(120, box.clientHeight - 2 * END) / Math.max(1, bottom - top);
      const scale = Math.min(wide, high, CLOSEST);
      this.moveTo(plainCamera([(left + right) / 2, (top + bottom) / 2 + 8 / scale, scale]));
    },
    /** Move the camera to a node that stands outside the box, or too far off to read what is around it. */
    reveal(id) {
      const spot = network.canvasToDOM(network.getPosition(id));
      const inside = spot.x > 40 && spot.y > 30 && spot.x < box.clientWidth - 40 && spot.y < box.clientHeight - 50;
      const scale = Math.max(network.getScale(), READABLE);
      if (!inside || scale > network.getScale()) network.moveTo({ position: network.getPosition(id), scale, animation: false });
    },
    zoom(by) {
      network.moveTo({ scale: Math.min(4, Math.max(0.08, network.getScale() * by)) });
      onCamera();
    },
    camera() {
      const { x, y } = network.getViewPosition();
      return plainCamera([x, y, network.getScale()]);
    },
    moveTo([x, y, scale]) {
      network.moveTo({ position: { x, y }, scale, animation: false });
    },
  };
}

/** A camera in numbers that are short in an address, so that a link shows the very same picture. */
const plainCamera = ([x, y, scale]) => [Math.round(x), Math.round(y), Number(scale.toFixed(3))];

function labelAt(labels, { x, y }) {
  return labels.find((label) => Math.abs(label.x - x) < label.width / 2 && Math.abs(label.y - y) < label.height / 2)?.id;
}

/** Bring a data set to hold exactly these rows. */
function replaceRows(set, rows) {
  const kept = new Set(rows.map((row) => row.id));
  set.remove(set.getIds().filter((id) => !kept.has(id)));
  set.update(rows);
}
