/** The legend, which is the filter: classes, relations, years, results and targets, parts of the report, with counts. */

import { el, setChildren } from "./dom.mjs";
import { countFacets } from "./filters.mjs";
import { KINDS } from "./marks.mjs";
import { kindIcon } from "./parts.mjs";

/**
 * Fill the side bar for a state. In the reading view the parts of the report come first, as its contents.
 * @param {object} app
 * @param {HTMLElement} box
 * @param {object} state
 */
export function renderLegend(app, box, state) {
  const { words, model } = app;
  const open = new Map([...box.querySelectorAll("details")].map((details) => [details.dataset.group, details.open]));
  const counts = countFacets(model, state);
  const filtered = state.noKinds.length || state.noPredicates.length || state.year || state.modality || state.section !== "";
  const fold = (name, start, ...children) => {
    const details = el("details", { "data-group": name }, el("summary", {}, words(`legend.${name}`)), ...children);
    details.open = open.get(name) ?? start;
    return details;
  };
  const kinds = KINDS.filter((kind) => model.kinds.has(kind));
  const predicates = [...model.predicates];
  const sections = fold(state.view === "text" ? "outline" : "section", state.view === "text", sectionList(app, state));
  setChildren(box,
    el("div", { class: "legend-head" }, el("h2", {}, words("legend.title")),
      filtered && el("button", {
        type: "button", class: "link",
        onclick: () => app.store.set({ noKinds: [], noPredicates: [], year: "", modality: "", section: "" }),
      }, words("legend.reset"))),
    state.view === "text" && sections,
    fold("kinds", true, checkList(app, state, "noKinds", kinds, counts.kinds, "kind", kindIcon)),
    fold("year", true, choice(app, state, "year", [...model.years].map((year) => [String(year), String(year), counts.years.get(String(year)) ?? 0]))),
    fold("modality", true, choice(app, state, "modality",
      ["actual", "target"].map((value) => [value, words(`modality.${value}`), counts.modalities.get(value) ?? 0]))),
    fold("predicates", false, checkList(app, state, "noPredicates", predicates, counts.predicates, "predicate")),
    state.view !== "text" && sections,
    fold("keys", true, el("ul", { class: "keys" },
      el("li", {}, el("span", { class: "key size" }), words("legend.size")), el("li", {}, el("span", { class: "key ring" }), words("legend.ring")),
      el("li", {}, el("span", { class: "key solid" }), words("legend.solid")), el("li", {}, el("span", { class: "key dashed" }), words("legend.dashed")))),
  );
}

/** Values to tick, each with its count and a way to see it alone. */
function checkList(app, state, key, values, counts, prefix, icon) {
  const { words, store } = app;
  const off = new Set(state[key]);
  const set = (next) => store.set({ [key]: values.filter((value) => next.has(value)) }, { push: false });
  return el("ul", { class: "checks" }, values.map((value) => {
    const name = words(`${prefix}.${value}`);
    const box = el("input", {
      type: "checkbox", onchange: () => {
        const next = new Set(off);
        if (next.has(value)) next.delete(value);
        else next.add(value);
        set(next);
      },
    });
    box.checked = !off.has(value);
    const alone = off.size === values.length - 1 && !off.has(value);
    return el("li", {},
      el("label", {}, box, icon && icon(value), el("span", { class: "name" }, name), el("span", { class: "count" }, String(counts.get(value) ?? 0))),
      el("button", {
        type: "button", class: "only", "aria-label": alone ? words("legend.all") : words("legend.onlyOf", { name }),
        onclick: () => set(alone ? new Set() : new Set(values.filter((other) => other !== value))),
      }, alone ? words("legend.all") : words("legend.only")));
  }));
}

/** One value or all. */
function choice(app, state, key, options) {
  const { words, store } = app;
  const button = (value, label, count) => el("button", {
    type: "button", "aria-pressed": String(state[key] === value), onclick: () => store.set({ [key]: value }, { push: false }),
  }, label, count !== null && el("span", { class: "count" }, ` ${count}`));
  return el("div", { class: "segments", role: "group", "aria-label": words(`legend.${key}`) },
    button("", words("legend.all"), null), options.map(([value, label, count]) => button(value, label, count)));
}

/** The headings of the report: a filter for graph and tables, the contents of the reading view. */
function sectionList(app, state) {
  const { words, model, store } = app;
  const reading = state.view === "text";
  const choose = (index) => (reading ? app.readSection(index) : store.set({ section: state.section === String(index) ? "" : String(index) }, { push: false }));
  return el("ul", { class: "outline" },
    !reading && el("li", {}, el("button", { type: "button", "aria-pressed": String(state.section === ""), onclick: () => store.set({ section: "" }, { push: false }) }, words("legend.all"))),
    model.sections.filter((section) => section.level > 0).map((section) => el("li", { class: `level-${Math.min(section.level, 3)}` },
      el("button", { type: "button", "aria-pressed": reading ? null : String(state.section === String(section.index)), title: section.title, onclick: () => choose(section.index) }, section.title))));
}
