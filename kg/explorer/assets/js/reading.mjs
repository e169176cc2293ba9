/** The whole report as it reads, its entities and figures marked; a click on a mark chooses it, a choice shows its mark. */

import { el, setChildren } from "./dom.mjs";

/**
 * Make the reading view; it is written on first use.
 * @param {object} app
 * @param {HTMLElement} box
 */
export function createReading(app, box) {
  const { model } = app;
  let article = null;
  let current = [];

  function write() {
    article = el("article", { class: "report", lang: "zh", "aria-label": app.words("text.label") });
    const bySection = new Map(model.sections.map((section) => [section.start, section]));
    let paragraph = null;
    let number = -1;
    for (const sentence of model.sentences) {
      if (sentence.paragraph !== number) {
        number = sentence.paragraph;
        const section = bySection.get(sentence.start);
        const level = section ? Math.min(section.level + 1, 4) : 0;
        paragraph = el(level > 1 ? `h${level}` : "p", level > 1 ? { id: `section-${section.index}` } : {});
        article.append(paragraph);
      }
      paragraph.append(el("span", { class: "sentence", "data-sentence": sentence.index }, ...marked(sentence)));
    }
    article.addEventListener("click", onClick);
    article.addEventListener("keydown", onKey);
    article.querySelector(".mark")?.setAttribute("tabindex", "0");
    setChildren(box, article);
  }

  /** A sentence's text with its marks; where two overlap, the one inside the other is nested, a crossing one left out. */
  function marked(sentence) {
    const spans = [
      ...(model.nodesBySentence.get(sentence.index) ?? []).map(({ node, start, end }) => (
        { start, end, pick: `n:${node.id}`, class: `mark kind-${node.kind}` })),
      ...(model.figuresBySentence.get(sentence.index) ?? []).map((figure) => (
        { start: figure.start, end: figure.end, pick: `f:${figure.index}`, class: `mark figure ${figure.modality}` })),
    ].sort((one, other) => one.start - other.start || other.end - one.end);
    const pieces = [];
    const open = [{ end: sentence.end, into: pieces }];
    let at = sentence.start;
    const closeUntil = (offset) => {
      while (open.length > 1 && open.at(-1).end <= offset) {
        open.at(-1).into.append(model.text.slice(at, open.at(-1).end));
        at = open.pop().end;
      }
    };
    const add = (piece) => (open.length > 1 ? open.at(-1).into.append(piece) : pieces.push(piece));
    for (const span of spans) {
      if (span.start < sentence.start || span.end > sentence.end) continue;
      closeUntil(span.start);
      if (span.start < at || span.end > open.at(-1).end) continue;
      add(model.text.slice(at, span.start));
      const element = el("span", { class: span.class, "data-pick": span.pick, role: "button", tabindex: "-1" });
      add(element);
      open.push({ end: span.end, into: element });
      at = span.start;
    }
    closeUntil(sentence.end);
    pieces.push(model.text.slice(at, sentence.end));
    return pieces;
  }

  function onClick(event) {
    const mark = event.target.closest("[data-pick]");
    if (mark) app.pick(mark.dataset.pick);
    else if (!String(window.getSelection())) {
      const sentence = event.target.closest("[data-sentence]");
      if (sentence) app.pick(`s:${sentence.dataset.sentence}`);
    }
  }

  /** One stop of the Tab key for all marks; the arrow keys go from mark to mark. */
  function onKey(event) {
    const mark = event.target.closest(".mark");
    if (!mark) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      app.pick(mark.dataset.pick);
    }
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const marks = [...article.querySelectorAll(".mark")];
    const next = marks[marks.indexOf(mark) + step];
    if (!next) return;
    mark.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  }

  /** Mark what is chosen in the text; returns the first such element. */
  function highlight(pick) {
    for (const element of current) element.classList.remove("current");
    const chosen = pick.startsWith("s:")
      ? article.querySelectorAll(`[data-sentence="${Number(pick.slice(2))}"]`)
      : pick ? article.querySelectorAll(`[data-pick="${CSS.escape(pick)}"]`) : [];
    current = [...chosen];
    for (const element of current) element.classList.add("current");
    return current[0];
  }

  return {
    /** Write the text if it is not written yet, and mark the pick. */
    show(pick) {
      if (!article) write();
      highlight(pick);
    },
    /** Bring a sentence, or the first mark of the pick, into sight. */
    scrollTo(pick, sentence = null) {
      if (!article) write();
      const first = highlight(pick);
      const target = sentence === null ? first : article.querySelector(`[data-sentence="${Number(sentence)}"]`);
      target?.scrollIntoView({ block: "center" });
      if (sentence !== null && target) {
        target.classList.add("found");
        current.push(target);
        setTimeout(() => target.classList.remove("found"), 2400);
      }
    },
    /** Take the mark off the words of these classes. */
    markOnly(noKinds) {
      for (const mark of article.querySelectorAll(".mark[class*='kind-']")) {
        mark.classList.toggle("unmarked", noKinds.has(/kind-(\w+)/.exec(mark.className)[1]));
      }
    },
    toSection(index) {
      if (!article) write();
      article.querySelector(`#section-${Number(index)}`)?.scrollIntoView({ block: "start" });
    },
  };
}
