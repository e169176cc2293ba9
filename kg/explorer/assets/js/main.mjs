/** The page itself: it reads the data, joins the parts, and keeps state, address and view in step. */

import { el, setChildren } from "./dom.mjs";
import { createWords } from "./i18n.mjs";
import { buildModel } from "./join.mjs";
import { renderLegend } from "./legend.mjs";
import { neighboursOf } from "./model.mjs";
import { renderPanel } from "./panel.mjs";
import { findPath } from "./paths.mjs";
import { preparePrint } from "./print.mjs";
import { createReading } from "./reading.mjs";
import { createSearchBox } from "./searchbox.mjs";
import { createSource } from "./source.mjs";
import { createStage } from "./stage.mjs";
import { createStore, decodeState, encodeState } from "./state.mjs";
import { createTableView } from "./tableview.mjs";
import { createTheme } from "./theme.mjs";

const byId = (id) => document.getElementById(id);
const readJson = (id) => JSON.parse(byId(id).textContent);

const model = buildModel({ nodes: readJson("kg-nodes"), edges: readJson("kg-edges"), ...readJson("kg-report") });
const words = createWords(readJson("kg-messages"));
// A link keeps what it showed; going back in the history shows what was there.
const store = createStore(decodeState(location.hash), (state, push) => {
  const address = `#${encodeState(state)}`;
  history[push ? "pushState" : "replaceState"](null, "", address);
});
words.use(store.get().lang);

const app = {
  model, words, store,
  source: null,
  pathFrom: "",
  heading() {
    const reports = [...model.reports.values()];
    const { place, year, title } = reports[0] ?? {};
    if (!reports.length) return words("text.none");
    if (reports.length === 1) return place && year ? words("app.title", { place, year }) : title;
    const years = model.editions.length > 1 ? `${model.editions[0]}–${model.editions.at(-1)}` : String(model.editions[0] ?? "");
    return words(model.places.length > 1 ? "app.titlePlaces" : "app.title", { place, year: years, places: model.places.length });
  },
  /** What files are called that leave the page. */
  fileName: () => (model.reports.size === 1 ? [...model.reports.keys()][0] : "reports"),
  /** Choose something; `show` turns to the graph from views that cannot show it. */
  pick(pick, { show = false } = {}) {
    if (app.pathFrom && pick.startsWith("n:")) {
      endPath(pick.slice(2));
      return;
    }
    const patch = { pick, path: [] };
    if (show && store.get().view === "table") patch.view = "graph";
    store.set(patch);
  },
  /** Turn to a table, with the rows that pass what is asked for. */
  openTable: (table, asked = {}) => store.set({ view: "table", table, words: "", verdict: "", sort: "", ...asked }),
  /** Show a node's neighbours beside what is shown. */
  expand: (node) => app.show(neighboursOf(node), node),
  show(ids, node) {
    const { add, hide } = store.get();
    store.set({ view: "graph", list: false, add: [...new Set([...add, node.id, ...ids])], hide: hide.filter((id) => !ids.includes(id)), pick: `n:${node.id}` });
  },
  focusOn: (node) => store.set({ view: "graph", only: [node.id, ...neighboursOf(node)], add: [], path: [], pick: `n:${node.id}` }),
  hide(node) {
    const { hide, add, only } = store.get();
    store.set({ hide: [...hide, node.id], add: add.filter((id) => id !== node.id), only: only.filter((id) => id !== node.id), pick: "" });
  },
  startPath(node) {
    app.pathFrom = node.id;
    showHint();
  },
  readSentence(sentence) {
    store.set({ view: "text", report: sentence.report.key });
    reading.scrollTo(store.get().pick, sentence);
    document.body.classList.remove("panel-open");
  },
  /** Say that something did not come. */
  complain(reason) {
    byId("hint").textContent = words("served.failed", { reason });
    byId("hint").hidden = false;
  },
  readSection(section) {
    reading.toSection(section);
    document.body.classList.remove("legend-open");
  },
};

if (document.body.dataset.served) {
  app.source = createSource(document.body.dataset.served, model, { come: refresh, fail: app.complain });
}

const stage = createStage(app, { box: byId("graph"), tools: byId("graph-tools"), list: byId("graph-list") }, { vis: window.vis, settings: readJson("kg-settings") });
const reading = createReading(app, byId("view-text"));
const tables = createTableView(app, byId("view-table"));
const theme = createTheme(() => stage.restyle());
preparePrint(byId("view-graph"), stage);
createSearchBox(app, byId("search"), byId("hits"), byId("search-status"));

async function endPath(to) {
  const from = app.pathFrom;
  app.pathFrom = "";
  showHint();
  if (to === from) return;
  // A served page holds little: the server knows all facts, and what lies on the way then comes piece by piece.
  const way = app.source ? await app.source.findWay(from, to).catch(() => []) : [];
  const nodes = way.length ? way : findPath(model, from, to)?.nodes ?? [from, to];
  store.set({ view: "graph", list: false, path: [from, to], only: nodes, add: [], pick: "" });
}

/** While a path waits for its end, a line above the view says so. */
function showHint() {
  const hint = byId("hint");
  hint.hidden = !app.pathFrom;
  if (!app.pathFrom) return;
  const cancel = () => {
    app.pathFrom = "";
    showHint();
  };
  setChildren(hint, el("strong", {}, model.nodes.get(app.pathFrom).name), ` → ${words("panel.pathHint")} `, el("button", { type: "button", class: "link", onclick: cancel }, words("panel.pathCancel")));
}

const FILTERS = ["noKinds", "noPredicates", "place", "edition", "year", "modality", "section"];
// What a change of the state touches: the camera alone redraws nothing.
const REDRAW = [...FILTERS, "detail", "add", "hide", "only", "tidy", "list", "lang", "pins"];
const REFIT = ["noKinds", "place", "edition", "year", "modality", "section", "detail", "add", "only", "tidy"];

function render(state, changed, travelled) {
  app.source?.want(state);
  const touches = (...keys) => keys.some((key) => changed.has(key));
  if (touches("lang")) sayAll();
  if (touches("view")) showView(state.view);
  const title = touches("view", "pick", "path", "pins", "place", "edition", "lang") ? renderPanel(app, byId("panel"), state) : document.title.split(" · ")[0];
  if (touches("pick", "path")) document.body.classList.toggle("panel-open", state.pick !== "" || state.path.length > 0);
  if (touches("pick", "path", "lang")) document.title = title && title !== app.heading() ? `${title} · ${app.heading()}` : app.heading();
  if (touches(...FILTERS, "view", "lang") || (state.view === "text" && touches("report", "pick"))) renderLegend(app, byId("legend"), state);
  if (touches("view", "pick", ...REDRAW)) {
    if (state.view === "graph") stage.update(state, { refit: touches(...REFIT) || touches("view"), camera: travelled ? state.camera : [] });
    if (state.view === "graph" && touches("pick") && state.pick.startsWith("n:")) stage.reveal(state.pick.slice(2));
  }
  if (state.view === "text") {
    reading.show(state);
    if (touches("noKinds")) reading.markOnly(new Set(state.noKinds));
    if (touches("view", "pick") && state.pick) reading.scrollTo(state.pick);
  }
  if (state.view === "table" && touches("view", "table", "lang", ...FILTERS)) tables.render();
  else if (state.view === "table" && touches("words", "verdict", "sort")) tables.refresh();
}

function showView(view) {
  for (const name of ["graph", "text", "table"]) {
    byId(`view-${name}`).hidden = name !== view;
    byId(`show-${name}`).setAttribute("aria-pressed", String(name === view));
  }
  document.body.dataset.view = view;
}

/** Put the words of the chosen language everywhere that the template left a place for them. */
function sayAll() {
  words.use(store.get().lang);
  document.documentElement.lang = words.language();
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = words(element.dataset.say);
  for (const element of document.querySelectorAll("[data-say-label]")) element.setAttribute("aria-label", words(element.dataset.sayLabel));
  for (const element of document.querySelectorAll("[data-say-title]")) element.setAttribute("title", words(element.dataset.sayTitle));
  byId("search").placeholder = words("search.placeholder");
  const { date, speaker } = model.reports.size === 1 ? [...model.reports.values()][0] : {};
  byId("heading").textContent = app.heading();
  const counted = model.totals ? words("served.counts", model.totals) : words("app.counts", { nodes: model.nodes.size, facts: model.facts.size, figures: model.figures.size });
  byId("subheading").textContent = [date, speaker, counted].filter(Boolean).join(" · ");
}

function listen() {
  for (const view of ["graph", "text", "table"]) byId(`show-${view}`).addEventListener("click", () => store.set({ view }));
  byId("language").addEventListener("click", () => store.set({ lang: words.language() === "zh" ? "en" : "" }, { push: false }));
  byId("theme").addEventListener("click", theme.toggle);
  byId("toggle-legend").addEventListener("click", () => document.body.classList.toggle("legend-open"));
  byId("toggle-panel").addEventListener("click", () => {
    // On a narrow screen the panel lies over the view; what was chosen gives way to the overview.
    const open = store.get().pick === "" && !document.body.classList.contains("panel-open");
    if (store.get().pick) app.pick("");
    document.body.classList.toggle("panel-open", open || store.get().pick !== "");
  });
  byId("shade").addEventListener("click", () => document.body.classList.remove("legend-open"));
  byId("skip").addEventListener("click", () => (store.get().list ? byId("graph-list") : byId(store.get().view === "graph" ? "graph" : `view-${store.get().view}`)).focus());
  for (const [id, save] of [["save-png", stage.savePng], ["save-svg", stage.saveSvg], ["save-turtle", stage.saveTurtle], ["print", () => window.print()]]) {
    byId(id).addEventListener("click", () => {
      byId("export").open = false;
      save();
    });
  }
  byId("copy-link").addEventListener("click", async () => {
    byId("export").open = false;
    // Where the browser refuses, the address is shown to be copied by hand.
    const told = await navigator.clipboard.writeText(location.href).then(() => words("app.copied"), () => location.href);
    byId("hint").textContent = told;
    byId("hint").hidden = false;
    setTimeout(showHint, 4000);
  });
  window.addEventListener("popstate", () => store.replace(decodeState(location.hash)));
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === "/" && !typing) {
      event.preventDefault();
      byId("search").focus();
    } else if (event.key === "Escape") {
      byId("export").open = false;
      document.body.classList.remove("legend-open");
      if (app.pathFrom) {
        app.pathFrom = "";
        showHint();
      } else if (store.get().pick || store.get().path.length) app.pick("");
    }
  });
}

/** Draw everything anew when a piece has come; what the person looks at stays where it is. */
function refresh() {
  const [from, to] = store.get().path;
  const found = to && findPath(model, from, to)?.nodes;
  // What came may join the two ends of a path that was asked for.
  if (found?.some((id) => !store.get().only.includes(id))) store.set({ only: found }, { push: false });
  const state = store.get();
  const { scrollTop } = byId("panel");
  renderPanel(app, byId("panel"), state);
  byId("panel").scrollTop = scrollTop;
  renderLegend(app, byId("legend"), state);
  if (state.view === "graph") stage.update(state, { refit: "grown", camera: [] });
  if (state.view === "text" && reading.show(state) && state.pick) reading.scrollTo(state.pick);
  if (state.view === "table") tables.refresh();
}

// For the console, and for tests that point at a node: what the page knows and where it drew it.
window.kg = Object.freeze({ model, store, spotOf: stage.spotOf });
listen();
store.listen(render);
render(store.get(), new Set(["lang", "view", "pick", ...REDRAW]), true);
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("kg-ready")));
