/** The panel beside the view: what is known of the node, edge, figure, sentence or path that was chosen. */

import { block, figuresBlock, neighbours } from "./blocks.mjs";
import { el, setChildren } from "./dom.mjs";
import { factGroups, factMarks, factRow } from "./facts.mjs";
import { figureView } from "./figureview.mjs";
import { lifeLine, lifeOf } from "./lifeline.mjs";
import { group, neighboursOf, statusOf } from "./model.mjs";
import { nodeFigures } from "./nodefigures.mjs";
import { outcomesBlock, outcomeView } from "./outcomeview.mjs";
import { overview } from "./overview.mjs";
import { backBar, cutList, howRead, kindIcon, nodeButton, quote, timeChip } from "./parts.mjs";
import { pathView } from "./pathview.mjs";

/**
 * Fill the panel for a state; returns the title of what it shows, for the page's title.
 * @param {object} app
 * @param {HTMLElement} panel
 * @param {object} state
 */
export function renderPanel(app, panel, state) {
  const content = contentFor(app, state);
  setChildren(panel, app.source?.isWaiting(state) && el("p", { class: "waiting", role: "status" }, app.words("served.waiting")), ...content.children);
  panel.classList.toggle("chosen", content.title !== "");
  panel.scrollTop = 0;
  return content.title;
}

function contentFor(app, state) {
  const { model } = app;
  const kind = state.pick[0];
  const key = state.pick.slice(2);
  if (state.path.length === 2 && !state.pick) return pathView(app, state.path);
  if (kind === "n" && model.nodes.has(key)) return nodeView(app, model.nodes.get(key), state);
  if (kind === "e" && model.edges.has(key)) return edgeView(app, model.edges.get(key));
  if (kind === "f" && model.figures.has(key)) return figureView(app, model.figures.get(key));
  if (kind === "o" && model.outcomes.has(key)) return outcomeView(app, model.outcomes.get(key));
  if (kind === "s" && model.sentences.has(key)) return sentenceView(app, model.sentences.get(key));
  if (kind && app.source?.isWaiting(state)) return { title: "", children: [backBar(app)] };
  return { title: "", children: overview(app, state) };
}

function nodeView(app, node, state) {
  const { words, store } = app;
  const status = statusOf(node);
  const spots = node.occurrences;
  const pinned = state.pins.some((pin) => pin.startsWith(`${node.id}:`));
  const action = (label, onclick, count = 0) =>
    el("button", { type: "button", class: "action", onclick }, words(label), count > 0 && el("span", { class: "count" }, ` ${count}`));
  const near = neighboursOf(node).length;
  const related = relatedFigures(app, node);
  return {
    title: node.name,
    children: [
      backBar(app),
      el("header", { class: "head" },
        el("p", { class: "kind" }, kindIcon(node.kind), words(`kind.${node.kind}`)),
        el("h2", {}, node.name),
        node.aliases.length > 0 && el("p", { class: "meta" }, `${words("panel.aliases")}　${node.aliases.join("、")}`),
        node.code && el("p", { class: "meta" }, `${words("panel.code")}　${node.code}`),
        status && el("p", { class: "meta" }, `${words("panel.status")}　`, el("strong", {}, words(`status.${status.status}`)), " ", timeChip(app, status))),
      el("div", { class: "actions" },
        state.view !== "graph" && action("panel.inGraph", () => store.set({ view: "graph" })),
        near > 0 && action("panel.expandAll", () => app.expand(node), near),
        near > 0 && action("panel.focus", () => app.focusOn(node)),
        action("panel.pathFrom", () => app.startPath(node)),
        action("panel.hide", () => app.hide(node)),
        pinned && action("panel.unpin", () => store.set({ pins: state.pins.filter((pin) => !pin.startsWith(`${node.id}:`)) }))),
      ...lifeBlock(app, node),
      ...outcomesBlock(app, node.outcomes),
      ...block(words("panel.facts"), node.facts.length,
        node.facts.length ? factGroups(app, node) : [el("p", { class: "quiet" }, words("panel.noFacts"))]),
      ...(node.figures.length ? block(words("panel.figures"), node.figures.length, nodeFigures(app, node.figures)) : []),
      ...(related.length ? block(words("panel.nearFigures"), related.length, nodeFigures(app, related)) : []),
      ...block(words("panel.mentions"), spots.length, [mentionList(app, node)]),
    ],
  };
}

/** The states of something by year, where more than one year tells of them. */
function lifeBlock(app, node) {
  const points = lifeOf(node);
  if (new Set(points.map(({ year }) => year)).size < 2) return [];
  return [el("h3", {}, app.words("panel.life")), lifeLine(app, points)];
}

/** Figures of the sentences that name a node, where the figures are nobody's own; the own place has them all anyway. */
function relatedFigures(app, node) {
  if (app.model.places.includes(node.id)) return [];
  const sentences = [...new Set(node.occurrences.map(({ sentence }) => sentence))];
  return sentences.flatMap((sentence) => sentence.figures).filter((figure) => !node.figures.includes(figure));
}

function mentionList(app, node) {
  const bySentence = group(node.occurrences, ({ sentence }) => sentence);
  const items = [...bySentence].map(([sentence, spots]) => quote(app, sentence, spots.map(({ start, end }) => ({ start, end, kind: node.kind }))));
  return cutList(app, el("div", {}), items, 3);
}

function edgeView(app, edge) {
  const { model, words } = app;
  const from = model.nodes.get(edge.from);
  const to = model.nodes.get(edge.to);
  return {
    title: `${from.name} ${words(`predicate.${edge.predicate}`)} ${to.name}`,
    children: [
      backBar(app),
      el("header", { class: "head" },
        el("p", { class: "kind" }, words("panel.facts")),
        el("h2", { class: "triple" }, nodeButton(app, from), el("span", { class: "predicate" }, words(`predicate.${edge.predicate}`)), nodeButton(app, to))),
      ...block(words("panel.evidence"), edge.facts.length, edge.facts.flatMap((fact) => evidence(app, fact))),
    ],
  };
}

/** A fact's year above its sentence, and below it how it was read. */
function evidence(app, fact) {
  return [
    el("p", { class: "meta" }, timeChip(app, fact)), quote(app, fact.sentence, factMarks(fact)), howRead(app, fact),
  ];
}

function sentenceView(app, sentence) {
  const { words } = app;
  const { facts, figures } = sentence;
  return {
    title: words("panel.sentence"),
    children: [
      backBar(app),
      el("header", { class: "head" },
        el("p", { class: "kind" }, words("panel.sentence")),
        el("p", { class: "meta" }, timeChip(app, { ...sentence, year: sentence.period }))),
      quote(app, sentence, [...sentence.named.map(({ node, start, end }) => ({ start, end, kind: node.kind })), ...figures]),
      ...(facts.length ? block(words("panel.facts"), facts.length, [el("ul", { class: "facts" }, facts.map((fact) => factRow(app, fact)))]) : []),
      ...(figures.length ? block(words("panel.figures"), figures.length, [figuresBlock(app, figures)]) : []),
      ...neighbours(app, sentence),
    ],
  };
}
