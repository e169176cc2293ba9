/** A report as it reads, its entities and figures marked; a click on a mark chooses it, a choice shows its mark. */

import { el, setChildren } from "./dom.mjs";
import { wordsOf } from "./model.mjs";
import { reportName } from "./parts.mjs";

/**
 * The report that a state reads: the one that was asked for, that of the pick, or the latest that passes the filters.
 * @param {object} model
 * @param {object} state
 * @returns {import("./model.mjs").Report|undefined} none on a page without reports
 */
export function reportOf(model, { report, pick, place, edition }) {
  const reports = [...model.reports.values()];
  const passing = reports.filter((one) => (!place || one.home === place) && (edition === "" || one.year === Number(edition)));
  const picked = { f: model.figures, s: model.sentences }[pick[0]]?.get(pick.slice(2));
  const own = picked && (picked.sentence ?? picked).report;
  const named = pick.startsWith("n:") && passing.findLast((one) => model.nodes.get(pick.slice(2))?.occurrences.some(({ sentence }) => sentence.report === one));
  return model.reports.get(report) ?? own ?? (named || passing.at(-1)) ?? reports.at(-1);
}

/**
 * Make the reading view; a report is written when it is first asked for.
 * @param {object} app
 * @param {HTMLElement} box
 */
export function createReading(app, box) {
  const { model, words, store } = app;
  let article = null;
  let written = null;
  let current = [];

  /** Write the report that the state reads; false where it is there already. */
  function write(state) {
    const report = reportOf(model, state);
    if (!report) {
      article = el("article", { class: "report" }, el("p", {}, words("text.none")));
      setChildren(box, article);
      return false;
    }
    const key = `${report.key} ${report.sentences.length} ${state.lang}`;
    if (written === key) return false;
    written = key;
    current = [];
    article = el("article", { class: "report", lang: "zh", "aria-label": words("text.label") });
    const bySection = new Map(report.sections.map((section) => [section.start, section]));
    let paragraph = null;
    let end = -1;
    for (const sentence of report.sentences) {
      // A line of the report is a paragraph, so where sentences do not touch, a new one begins.
      if (sentence.start > end) {
        const section = bySection.get(sentence.start);
        const level = section ? Math.min(section.level + 1, 4) : 0;
        paragraph = el(level > 1 ? `h${level}` : "p", level > 1 ? { id: `section-${section.id}` } : {});
        article.append(paragraph);
      }
      end = sentence.end;
      paragraph.append(el("span", { class: "sentence", "data-sentence": sentence.id }, ...marked(sentence)));
    }
    article.addEventListener("click", onClick);
    article.addEventListener("keydown", onKey);
    article.querySelector(".mark")?.setAttribute("tabindex", "0");
    setChildren(box, model.reports.size > 1 && switcher(report), article);
    box.scrollTop = 0;
    markOnly(new Set(state.noKinds));
    return true;
  }

  /** Which of several reports is read, and the way to the one before and after it. */
  function switcher(report) {
    const reports = [...model.reports.values()];
    const at = reports.indexOf(report);
    const go = (next) => store.set({ report: next.key, pick: store.get().pick.startsWith("n:") ? store.get().pick : "" });
    const step = (label, text, next) => el("button", { type: "button", class: "action", disabled: !next, "aria-label": words(label), onclick: () => go(next) }, text);
    const choice = el("select", { class: "field", id: "which-report", "aria-label": words("text.which"), onchange: (event) => go(model.reports.get(event.target.value)) },
      reports.map((one) => el("option", { value: one.key, selected: one === report }, reportName(app, one))));
    return el("div", { class: "which" }, step("text.before", "‹", reports[at - 1]), choice, step("text.after", "›", reports[at + 1]),
      el("span", { class: "meta" }, [report.title, report.date, report.speaker].filter(Boolean).join(" · ")));
  }

  /**
   * A sentence's text with its marks, one after another: of two that overlap the one inside the other cuts it in two, for
   * no button may hold another, and one that crosses an edge is left out.
   */
  function marked(sentence) {
    const spans = [
      ...sentence.named.map(({ node, start, end }) => ({ start, end, pick: `n:${node.id}`, class: `kind-${node.kind}` })),
      ...sentence.figures.map((figure) => ({ start: figure.start, end: figure.end, pick: `f:${figure.id}`, class: `figure ${figure.modality}` })),
    ].sort((one, other) => one.start - other.start || other.end - one.end);
    const pieces = [];
    const open = [];
    const begun = new Set();
    let at = sentence.start;
    const write = (to) => {
      if (to <= at) return;
      const [outer, inner] = [open.at(-2), open.at(-1)];
      const text = wordsOf(sentence, at, to);
      at = to;
      pieces.push(inner ? el("span", {
        class: ["mark", inner.class, outer?.class].filter(Boolean).join(" "), "data-pick": inner.pick, "data-around": outer?.pick,
        ...(begun.has(inner) ? {} : { role: "button", tabindex: "-1" }),
      }, text) : text);
      begun.add(inner);
    };
    const closeUntil = (offset) => {
      while (open.length && open.at(-1).end <= offset) {
        write(open.at(-1).end);
        open.pop();
      }
    };
    for (const span of spans) {
      closeUntil(span.start);
      if (span.start < at || span.end > (open.at(-1)?.end ?? sentence.end)) continue;
      write(span.start);
      open.push(span);
    }
    closeUntil(sentence.end);
    write(sentence.end);
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
    const marks = [...article.querySelectorAll(".mark[role]")];
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
      ? article.querySelectorAll(`[data-sentence="${CSS.escape(pick.slice(2))}"]`)
      : pick ? article.querySelectorAll(`[data-pick="${CSS.escape(pick)}"], [data-around="${CSS.escape(pick)}"]`) : [];
    current = [...chosen];
    for (const element of current) element.classList.add("current");
    return current[0];
  }

  /** Take the mark off the words of these classes. */
  function markOnly(noKinds) {
    for (const mark of article.querySelectorAll(".mark[class*='kind-']")) {
      mark.classList.toggle("unmarked", noKinds.has(/kind-(\w+)/.exec(mark.className)[1]));
    }
  }

  return {
    /** Write the report that a state reads, and mark the pick; true where the report was not there before. */
    show(state) {
      const wrote = write(state);
      highlight(state.pick);
      return wrote;
    },
    /** Bring a sentence, or the first mark of the pick, into sight. */
    scrollTo(pick, sentence = null) {
      const first = highlight(pick);
      const target = sentence === null ? first : article.querySelector(`[data-sentence="${CSS.escape(sentence.id)}"]`);
      target?.scrollIntoView({ block: "center" });
      if (sentence !== null && target) {
        target.classList.add("found");
        current.push(target);
        setTimeout(() => target.classList.remove("found"), 2400);
      }
    },
    markOnly,
    toSection(section) {
      article.querySelector(`#section-${CSS.escape(section.id)}`)?.scrollIntoView({ block: "start" });
    },
  };
}
