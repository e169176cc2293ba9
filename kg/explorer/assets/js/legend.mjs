/** The legend, which is the filter: reports, classes, relations, years, results and targets, with counts. */

import { el, setChildren } from "./dom.mjs";
import { countFacets, createFilter } from "./filters.mjs";
import { KINDS } from "./marks.mjs";
import { group } from "./model.mjs";
import { kindIcon } from "./parts.mjs";
import { reportOf } from "./reading.mjs";

// What can be chosen stands as buttons up to this many, in a list to choose from beyond.
const FEW_CHOICES = 4;
const GRID = 15;
const NONE = { noKinds: [], noPredicates: [], place: "", edition: "", year: "", modality: "", section: "" };

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
  const filtered = Object.keys(NONE).some((key) => state[key].length > 0);
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
        onclick: () => app.store.set({ ...NONE }),
      }, words("legend.reset"))),
    app.source && el("p", { class: "quiet" }, words("served.partly")),
    state.view === "text" && sections,
    model.places.length > 1 && fold("place", true, choice(app, state, "place", placesOf(model))),
    model.editions.length > 1 && fold("edition", true, choice(app, state, "edition", editionsOf(model, state), { grid: true })),
    fold("kinds", true, checkList(app, state, "noKinds", kinds, counts.kinds, "kind", kindIcon)),
    fold("year", model.reports.size < 2, choice(app, state, "year", [...model.years].map((year) => [String(year), String(year), counts.years.get(String(year)) ?? 0]))),
    fold("modality", true, choice(app, state, "modality",
      ["actual", "target"].map((value) => [value, words(`modality.${value}`), counts.modalities.get(value) ?? 0]))),
    fold("predicates", false, checkList(app, state, "noPredicates", predicates, counts.predicates, "predicate")),
    state.view !== "text" && reportsOf(model, state).length === 1 && sections,
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

const reportsOf = (model, state) => [...model.reports.values()].filter(createFilter(model, state).report);

/** The places of the reports with how many there are, and the years of reports that the chosen place has. */
function placesOf(model) {
  const counts = group(model.reports.values(), (report) => report.home);
  return model.places.map((home) => [home, model.nodes.get(home).name, counts.get(home).length]);
}

function editionsOf(model, state) {
  const years = new Set(reportsOf(model, { ...state, edition: "" }).map((report) => report.year));
  return model.editions.filter((year) => years.has(year)).map((year) => [String(year), String(year), null]);
}

/** One value or all. A choice of other reports leaves what only the old ones had. */
function choice(app, state, key, options, { grid = false } = {}) {
  const { words, store } = app;
  const set = (value) => store.set({ [key]: value, ...(key === "place" || key === "edition" ? { section: "", report: "", only: [], add: [], path: [] } : {}), ...(key === "place" ? { edition: "" } : {}) }, { push: key === "place" || key === "edition" });
  if (options.length > (grid ? GRID : FEW_CHOICES)) {
    return el("select", { class: "field", "aria-label": words(`legend.${key}`), onchange: (event) => set(event.target.value) },
      el("option", { value: "", selected: state[key] === "" }, words("legend.all")),
      options.map(([value, label, count]) => el("option", { value, selected: state[key] === value }, count === null ? label : `${label}（${count}）`)));
  }
  const button = (value, label, count) => el("button", {
    type: "button", "aria-pressed": String(state[key] === value), onclick: () => set(value),
  }, label, count !== null && el("span", { class: "count" }, ` ${count}`));
  return el("div", { class: grid ? "grid" : "segments", role: "group", "aria-label": words(`legend.${key}`) },
    button("", words("legend.all"), null), options.map(([value, label, count]) => button(value, label, count)));
}

/** The headings of a report: a filter for graph and tables, the contents of the reading view. */
function sectionList(app, state) {
  const { words, model, store } = app;
  const reading = state.view === "text";
  const { sections } = (reading ? reportOf(model, state) : reportsOf(model, state)[0]) ?? { sections: [] };
  const choose = (section) => (reading ? app.readSection(section) : store.set({ section: state.section === section.id ? "" : section.id }, { push: false }));
  return el("ul", { class: "outline" },
    !reading && el("li", {}, el("button", { type: "button", "aria-pressed": String(state.section === ""), onclick: () => store.set({ section: "" }, { push: false }) }, words("legend.all"))),
    sections.filter((section) => section.level > 0).map((section) => el("li", { class: `level-${Math.min(section.level, 3)}` },
      el("button", { type: "button", "aria-pressed": reading ? null : String(state.section === section.id), title: section.title, onclick: () => choose(section) }, section.title))));
}
