/** The panel beside the view: what is known of the node, edge, figure, sentence or path that was chosen. */

import { chartKey, yearChart } from "./chart.mjs";
import { el, setChildren } from "./dom.mjs";
import { factGroups, factMarks, factRow } from "./facts.mjs";
import { seriesOf, valueText, yearly } from "./figures.mjs";
import { lifeLine, lifeOf } from "./lifeline.mjs";
import { group, neighboursOf, statusOf } from "./model.mjs";
import { overview } from "./overview.mjs";
import { backBar, cutList, figureTable, kindIcon, nodeButton, quote, timeChip } from "./parts.mjs";
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
      ...block(words("panel.facts"), node.facts.length,
        node.facts.length ? factGroups(app, node) : [el("p", { class: "quiet" }, words("panel.noFacts"))]),
      ...(node.figures.length ? block(words("panel.figures"), node.figures.length, [figuresBlock(app, node.figures)]) : []),
      ...(related.length ? block(words("panel.nearFigures"), related.length, [figuresBlock(app, related)]) : []),
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

function block(title, count, children) {
  return [el("h3", {}, title, " ", el("span", { class: "count" }, String(count))), ...children];
}

function figuresBlock(app, figures) {
  const table = figureTable(app, figures.slice(0, 8));
  if (figures.length <= 9) return figureTable(app, figures);
  const rest = el("button", { type: "button", class: "link rest" }, app.words("panel.showAll", { count: figures.length - 8 }));
  const holder = el("div", {}, table, rest);
  rest.addEventListener("click", () => setChildren(holder, figureTable(app, figures)));
  return holder;
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

/** A fact's year, rule and confidence above its sentence. */
function evidence(app, fact) {
  const { words } = app;
  return [
    el("p", { class: "meta" }, timeChip(app, fact), ` ${words("panel.rule")} ${fact.rule} · ${words("panel.confidence")} ${fact.confidence.toFixed(2)}`),
    quote(app, fact.sentence, factMarks(fact)),
  ];
}

function figureView(app, figure) {
  const { model, words } = app;
  const series = seriesOf(model, figure);
  const owner = figure.owner && model.nodes.get(figure.owner);
  const row = (key, value) => [el("dt", {}, words(key)), el("dd", {}, value)];
  return {
    title: `${figure.indicator} ${valueText(figure)}`,
    children: [
      backBar(app),
      el("header", { class: "head" },
        el("p", { class: "kind" }, words("panel.figures")),
        el("h2", {}, figure.indicator || figure.text),
        el("p", { class: "big" }, valueText(figure), " ", timeChip(app, figure))),
      el("dl", { class: "pairs" },
        row("figure.text", figure.text), row("figure.kind", words(`figureKind.${figure.kind}`)), row("figure.bound", words(`bound.${figure.bound}`)),
        owner ? row("figure.of", nodeButton(app, owner)) : figure.of ? row("figure.of", figure.of) : [],
        row("panel.rule", figure.rule), row("panel.confidence", figure.confidence.toFixed(2))),
      ...seriesBlock(app, series),
      ...block(words("panel.evidence"), 1, [quote(app, figure.sentence, [figure])]),
      ...neighbours(app, figure.sentence),
    ],
  };
}

/** The same indicator over the years: a chart where there are two years or more, and every figure that says it. */
function seriesBlock(app, series) {
  if (series.length < 2) return [];
  const years = yearly(series);
  return block(app.words("panel.same"), series.length, [
    years.length > 1 && yearChart(app, years), years.length > 1 && chartKey(app), figuresBlock(app, series),
  ]);
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

/** The nodes that a sentence names. */
function neighbours(app, sentence) {
  const named = [...new Set(sentence.named.map(({ node }) => node))];
  if (!named.length) return [];
  return block(app.words("panel.entities"), named.length, [
    el("div", { class: "cloud" }, named.sort((one, other) => one.rank - other.rank).map((node) => nodeButton(app, node))),
  ]);
}

