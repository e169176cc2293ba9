/** The graph view: which nodes stand where, the tools above the drawing, and the keys that move through it. */

import { placeBeside } from "./beside.mjs";
import { el, setChildren } from "./dom.mjs";
import { saveBlob, saveText, toPng } from "./exports.mjs";
import { DETAIL, chooseVisible, mapOf } from "./filters.mjs";
import { createGraph } from "./graph.mjs";
import { renderList } from "./listview.mjs";
import { wrapName } from "./labels.mjs";
import { neighboursOf } from "./model.mjs";
import { GLYPH, LINE_HEIGHT } from "./paint.mjs";
import { toSvg } from "./svg.mjs";
import { chainLayout, ringLayout, spreadOut, tidyLayout } from "./tidy.mjs";
import { toTurtle } from "./turtle.mjs";

// Beyond this many nodes a tidy layout would take longer than a person likes to wait; the map stays.
const MOST_TIDY = 450;
// A drawing narrower than this opens on fewer nodes, so that their names can be read.
const NARROW = 560;
const FEW = 24;

/**
 * Make the graph view.
 * @param {object} app
 * @param {{box: HTMLElement, tools: HTMLElement, list: HTMLElement}} places
 * @param {{vis: object, settings: object}} library
 */
export function createStage(app, { box, tools, list }, { vis, settings }) {
  const { model, words, store } = app;
  let visible = { nodes: [], edges: [] };
  let spots = new Map();
  let cameraTimer = 0;
  const graph = createGraph(box, {
    vis, settings, model,
    nameEdge: (edge) => words(`predicate.${edge.predicate}`),
    onPick: (pick) => app.pick(pick),
    onOpen: (id) => app.expand(model.nodes.get(id)),
    onDrag: (id, { x, y }) => {
      const others = store.get().pins.filter((pin) => !pin.startsWith(`${id}:`));
      store.set({ pins: [...others, `${id}:${Math.round(x)}:${Math.round(y)}`] }, { push: false });
    },
    onCamera: rememberCamera,
  });
  box.addEventListener("keydown", onKey);
  // The panels around the drawing change its size; what was in the middle stays there.
  new ResizeObserver(() => graph.network.redraw()).observe(box);

  function rememberCamera() {
    clearTimeout(cameraTimer);
    cameraTimer = setTimeout(() => store.set({ camera: graph.camera() }, { push: false }), 250);
  }

  /** Draw a state; `refit` brings everything visible into sight (`grown`: where it is more than before), unless the address says where to look. */
  function update(state, { refit, camera }) {
    const before = visible.nodes.map(({ id }) => id).join();
    const narrow = box.parentElement.clientWidth < NARROW;
    visible = chooseVisible(model, state, narrow ? FEW : Infinity);
    spots = placeVisible(state, narrow && state.detail === "main");
    // First what changes the size of the drawing, then the drawing.
    renderTools(state);
    list.hidden = !state.list;
    box.hidden = state.list;
    graph.network.setSize();
    graph.show(visible, (node) => spots.get(node.id));
    graph.mark(state.pick);
    if (camera.length) graph.moveTo(camera);
    else if (refit === "grown" ? before !== visible.nodes.map(({ id }) => id).join() : refit) fit();
    if (state.list) renderList(app, list, visible);
    box.setAttribute("aria-label", words("graph.label", { nodes: visible.nodes.length, edges: visible.edges.length }));
  }

  function placeVisible(state, narrow) {
    const made = layOut(state);
    if (narrow && !state.only.length && !state.tidy) spreadOut(made, box);
    for (const pin of state.pins) {
      const [, id, x, y] = /^(.*):(-?\d+):(-?\d+)$/.exec(pin) ?? [];
      if (made.has(id)) made.set(id, { x: Number(x), y: Number(y) });
    }
    return made;
  }

  function layOut(state) {
    const { nodes, edges } = visible;
    const rooms = nodes.map((node) => ({ id: node.id, ...roomOf(node) }));
    const around = state.only.length > 0 && !state.path.length && !state.add.length ? model.nodes.get(state.only[0]) : null;
    if (around && nodes.includes(around)) {
      // Neighbours of one relation sit side by side.
      const seat = new Map([around.id, ...neighboursOf(around)].map((id, index) => [id, index]));
      return ringLayout(rooms.sort((one, other) => (seat.get(one.id) ?? Infinity) - (seat.get(other.id) ?? Infinity)));
    }
    if (state.path.length && !state.add.length) return chainLayout(rooms.sort((one, other) => state.only.indexOf(one.id) - state.only.indexOf(other.id)));
    if ((state.tidy || state.only.length > 0) && nodes.length <= MOST_TIDY) return tidyLayout(rooms, edges);
    const known = mapOf(model, state).spots;
    const made = new Map(nodes.filter((node) => known.has(node.id)).map((node) => [node.id, known.get(node.id)]));
    placeBeside(rooms, made, (id) => neighboursOf(model.nodes.get(id)));
    return made;
  }

  function fit() {
    graph.fit(spots);
    rememberCamera();
  }

  /** Bring a node into sight where it is not. */
  function reveal(id) {
    if (spots.has(id)) graph.reveal(id);
  }

  function renderTools(state) {
    const button = (label, onclick, more = {}) => el("button", { type: "button", onclick, ...more }, label);
    // What no drawing can show is not promised: of thousands there are lists, tables and the search.
    const whole = model.order.length > DETAIL.all ? words("graph.most", { count: DETAIL.all }) : words("graph.all");
    const level = (name) => button(name === "all" ? whole : words(`graph.${name}`), () => store.set({ detail: name }, { push: false }), { "aria-pressed": String(state.detail === name) });
    const narrowed = state.only.length > 0;
    setChildren(tools,
      narrowed
        ? el("div", { class: "segments" }, button(`‹ ${words("graph.whole")}`, () => store.set({ only: [], path: [], add: [], pick: state.pick }), { class: "strong" }))
        : el("div", { class: "segments", role: "group", "aria-label": words("graph.detail") }, level("main"), level("more"), level("all")),
      el("span", { class: "meta", role: "status" }, words("graph.shown", { nodes: visible.nodes.length, all: model.totals?.nodes ?? model.nodes.size })),
      !narrowed && !state.place && model.places.length > 1 && el("span", { class: "meta wide-only" }, words("graph.joining")),
      state.hide.length > 0 && el("div", { class: "segments" }, button(words("graph.restore", { count: state.hide.length }), () => store.set({ hide: [] }))),
      el("span", { class: "gap" }),
      !state.list && el("div", { class: "segments" },
        !narrowed && button(words("graph.tidy"), () => store.set({ tidy: !state.tidy }, { push: false }), { class: "wide-only", "aria-pressed": String(state.tidy), disabled: visible.nodes.length > MOST_TIDY }),
        button("+", () => graph.zoom(1.25), { class: "wide-only", "aria-label": words("graph.in"), title: words("graph.in") }),
        button("−", () => graph.zoom(0.8), { class: "wide-only", "aria-label": words("graph.out"), title: words("graph.out") }),
        button("⤢", fit, { "aria-label": words("graph.fit"), title: words("graph.fit") })),
      el("div", { class: "segments" }, button(words(state.list ? "graph.picture" : "graph.list"), () => store.set({ list: !state.list }, { push: false }), { id: "toggle-list" })),
    );
  }

  function onKey(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) walk(step);
    else if (event.key === "+" || event.key === "=") graph.zoom(1.25);
    else if (event.key === "-") graph.zoom(0.8);
    else if (event.key === "0") fit();
    else if (event.key === "Enter" && store.get().pick.startsWith("n:")) app.expand(model.nodes.get(store.get().pick.slice(2)));
    else return;
    event.preventDefault();
  }

  /** Choose the nearest node in a direction; the first step lands on the most important one. */
  function walk([dx, dy]) {
    const from = spots.get(store.get().pick.slice(2));
    if (!from) {
      if (visible.nodes.length) app.pick(`n:${visible.nodes[0].id}`);
      return;
    }
    let best = null;
    for (const [id, spot] of spots) {
      const along = (spot.x - from.x) * dx + (spot.y - from.y) * dy;
      const aside = Math.abs((spot.x - from.x) * dy) + Math.abs((spot.y - from.y) * dx);
      if (along <= 0 || aside > along * 1.5) continue;
      if (!best || along + 2 * aside < best.cost) best = { id, cost: along + 2 * aside };
    }
    if (best) app.pick(`n:${best.id}`);
  }

  const name = (ending) => `${app.fileName()}.${ending}`;
  return {
    update, reveal,
    /** Where a node is drawn, in pixels of the drawing; null where it is not. */
    spotOf: (id) => (spots.has(id) ? graph.network.canvasToDOM(graph.network.getPosition(id)) : null),
    restyle: () => graph.restyle(),
    savePng: async () => saveBlob(name("png"), await toPng(box.querySelector("canvas"), graph.scene.look.page)),
    toSvg: () => toSvg(graph.scene, app.heading()),
    saveSvg: () => saveText(name("svg"), "image/svg+xml", toSvg(graph.scene, app.heading())),
    saveTurtle: () => saveText(name("ttl"), "text/turtle", toTurtle(model, visible)),
  };
}

/** The room that a node and its label want, in the pixels of the opening view. */
function roomOf(node) {
  const lines = wrapName(node.name);
  const glyphs = Math.max(...lines.map((line) => Array.from(line).reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e80 ? 1 : 0.56), 0)));
  return { width: Math.max(40, glyphs * GLYPH + 20), height: 40 + lines.length * LINE_HEIGHT };
}
