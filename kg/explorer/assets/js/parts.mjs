/** Small pieces that panel, tables and lists are built of. Each takes the app: model, words, store, `pick`. */

import { el, svg } from "./dom.mjs";
import { outlineOf } from "./marks.mjs";
import { valueText } from "./figures.mjs";
import { sectionTitle, wordsOf } from "./model.mjs";

// A quotation shows this many characters around the marked words; the rest opens on demand.
const AROUND = 36;
const WHOLE = 110;

/**
 * The shape of a class; its colour comes from the style sheet, which knows the theme.
 * @param {string} kind
 */
export function kindIcon(kind) {
  return svg("svg", { class: `icon kind-${kind}`, viewBox: "-13 -13 26 26", "aria-hidden": "true" },
    svg("path", { d: outlineOf(kind) }));
}

/**
 * A button that chooses a node.
 * @param {object} app
 * @param {object} node
 * @param {string} [label]
 */
export function nodeButton(app, node, label = node.name) {
  return el("button", { type: "button", class: "node", onclick: () => app.pick(`n:${node.id}`) }, kindIcon(node.kind), el("span", {}, label));
}

/**
 * A chip that says of what year something is, and whether it is a result or a target.
 * @param {object} app
 * @param {{year?: number|null, period?: string, modality: string}} said
 */
export function timeChip(app, { year, period, modality }) {
  const when = year ?? period ?? "";
  return el("span", { class: `chip ${modality}` }, `${when} ${app.words(`modality.${modality}`)}`.trim());
}

/**
 * Which report something stands in, where the page holds several: by its year, and its place if there are more.
 * @param {object} app
 * @param {import("./model.mjs").Report} report
 */
export function reportName({ model, words }, report) {
  const year = report.year ? words("report.year", { year: report.year }) : report.title;
  return model.places.length > 1 && report.place ? `${report.place} ${year}` : year;
}

/**
 * A quoted sentence with words marked, shortened around them, and the way to it in the text.
 * @param {object} app
 * @param {import("./model.mjs").Sentence} sentence
 * @param {{start: number, end: number, kind?: string}[]} marks offsets of the report's text
 */
export function quote(app, sentence, marks) {
  const { model, words } = app;
  const { start, end } = sentence;
  const inside = tidyMarks(marks, start, end);
  const long = end - start > WHOLE;
  const from = long && inside.length ? Math.max(start, inside[0].start - AROUND) : start;
  const to = long ? Math.min(end, Math.max(from + WHOLE, inside.at(-1)?.end + AROUND || 0)) : end;
  const body = el("p", {});
  const draw = (left, right) => body.replaceChildren(
    left > start ? more() : "", ...markedPieces(sentence, left, right, inside), right < end ? more() : "");
  const more = () => el("button", {
    type: "button", class: "more", "aria-label": words("panel.sentence"), onclick: () => draw(start, end),
  }, "…");
  draw(from, to);
  return el("blockquote", { class: "quote" }, body,
    el("footer", {}, el("span", { title: words("panel.where", { start, end }) },
      [model.reports.size > 1 && reportName(app, sentence.report), sectionTitle(sentence)].filter(Boolean).join(" · ")),
      el("button", { type: "button", class: "link", onclick: () => app.readSentence(sentence) }, words("panel.inText"))));
}

/**
 * A button that opens and closes the sentences that something rests on, which are written when they are first asked for.
 * @param {object} app
 * @param {number} count
 * @param {HTMLElement} holder what is shown and hidden
 * @param {HTMLElement} into where the sentences go
 * @param {() => HTMLElement[]} write
 */
export function citeButton({ words }, count, holder, into, write) {
  const button = el("button", { type: "button", class: "link cite", "aria-expanded": "false" }, `${words("panel.evidence")}${count > 1 ? ` ${count}` : ""}`);
  holder.hidden = true;
  button.addEventListener("click", () => {
    if (!into.childNodes.length) into.append(...write());
    holder.hidden = !holder.hidden;
    button.setAttribute("aria-expanded", String(!holder.hidden));
  });
  return button;
}

/**
 * How a finding was read, for whoever doubts it: the rule, how sure it is, and where exactly the words stand.
 * @param {object} app
 * @param {{rule: string, confidence: number, start: number, end: number}} finding
 */
export function howRead({ words }, { rule, confidence, start, end }) {
  const row = (key, value) => [el("dt", {}, words(key)), el("dd", {}, value)];
  return el("details", { class: "how" }, el("summary", {}, words("panel.how")),
    el("dl", { class: "pairs" }, row("panel.rule", rule), row("panel.confidence", confidence.toFixed(2)), row("panel.place", words("panel.where", { start, end }))));
}

/** Sort marks, cut them to the sentence, drop those inside others. */
function tidyMarks(marks, start, end) {
  const kept = [];
  for (const mark of [...marks].sort((one, other) => one.start - other.start || other.end - one.end)) {
    if (mark.start < start || mark.end > end || mark.start < (kept.at(-1)?.end ?? start)) continue;
    kept.push(mark);
  }
  return kept;
}

function markedPieces(sentence, from, to, marks) {
  const pieces = [];
  let at = from;
  for (const mark of marks) {
    if (mark.end <= from || mark.start >= to) continue;
    pieces.push(wordsOf(sentence, at, mark.start));
    pieces.push(el("mark", { class: mark.kind ? `kind-${mark.kind}` : "figure" }, wordsOf(sentence, mark.start, mark.end)));
    at = mark.end;
  }
  return [...pieces, wordsOf(sentence, at, to)];
}

/**
 * A table of figures, each row opening the figure.
 * @param {object} app
 * @param {object[]} figures
 */
export function figureTable(app, figures) {
  const { words } = app;
  return el("table", { class: "figures" },
    el("thead", {}, el("tr", {}, ["figure.indicator", "figure.value", "figure.period"].map((key) => el("th", { scope: "col" }, words(key))))),
    el("tbody", {}, figures.map((figure) => el("tr", {},
      el("th", { scope: "row" }, el("button", { type: "button", class: "link plain", onclick: () => app.pick(`f:${figure.id}`) }, figure.indicator || figure.text)),
      el("td", { class: "number" }, valueText(figure)),
      el("td", {}, timeChip(app, figure))))));
}

/**
 * A list of which only the first items show until asked.
 * @param {object} app
 * @param {HTMLElement} list
 * @param {HTMLElement[]} items
 * @param {number} first
 */
export function cutList(app, list, items, first) {
  list.append(...items.slice(0, first));
  if (items.length <= first + 1) {
    list.append(...items.slice(first));
    return list;
  }
  const rest = el("button", { type: "button", class: "link rest" }, app.words("panel.showAll", { count: items.length - first }));
  rest.addEventListener("click", () => {
    rest.remove();
    list.append(...items.slice(first));
  });
  return el("div", {}, list, rest);
}

/**
 * The bar over everything that is chosen: the way back to the overview.
 * @param {object} app
 */
export function backBar(app) {
  return el("div", { class: "backbar" },
    el("button", { type: "button", class: "link", onclick: () => app.pick("") }, `‹ ${app.words("app.back")}`));
}
