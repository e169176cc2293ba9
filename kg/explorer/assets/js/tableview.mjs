/** The tables on the page: chosen by tabs, sorted by their heads, filtered by words, taken away as CSV. */

import { toCsv } from "./csv.mjs";
import { el, setChildren } from "./dom.mjs";
import { saveText } from "./exports.mjs";
import { createFilter } from "./filters.mjs";
import { verdictChip } from "./outcomeview.mjs";
import { TABLES, tableOf } from "./tables.mjs";

const PAGE = 200;
const WIDE = new Set(["table.sentence", "promises.aimedSentence", "promises.toldSentence"]);
const MIDDLE = new Set(["table.section", "table.aliases", "table.place", "table.company", "table.partOf", "table.industry", "table.object", "table.honour", "promises.result"]);
const SHORT = new Set(["figure.unit", "figure.bound", "table.report", "table.resultUnit", "promises.verdict", "promises.match", "promises.gap", "promises.place"]);
const NUMBERS = new Set([
  "figure.value", "table.result", "table.target", "table.change", "table.reached", "table.year", "table.resultYear", "table.targetYear", "figure.period",
  "table.mentions", "table.links", "promises.year", "panel.confidence",
]);

/**
 * Make the table view.
 * @param {object} app
 * @param {HTMLElement} box
 */
export function createTableView(app, box) {
  const { words, store } = app;
  let limit = PAGE;
  let parts = null;

  /** Draw everything anew: another table, language or filter. */
  function render() {
    const state = { ...store.get(), table: tableName() };
    const tabs = el("div", { class: "tabs", role: "tablist", "aria-label": words("view.table") }, TABLES.map((name) =>
      el("button", {
        type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(name === state.table), "aria-controls": "table-body",
        tabindex: name === state.table ? "0" : "-1", onclick: () => app.openTable(name), onkeydown: moveTab,
      }, words(`table.${name}`))));
    const input = el("input", { type: "search", class: "field", placeholder: words("table.filter"), "aria-label": words("table.filter") });
    input.value = state.words;
    input.addEventListener("input", () => store.set({ words: input.value }, { push: false }));
    const body = el("div", { id: "table-body", role: "tabpanel", "aria-labelledby": `tab-${state.table}`, class: "table-body", tabindex: "0" });
    const count = el("span", { class: "meta", role: "status" });
    const chips = el("div", { class: "chips" });
    const partly = el("p", { class: "quiet partly" });
    parts = { body, count, input, chips, partly };
    setChildren(box, tabs, el("div", { class: "table-tools" }, input, count,
      el("button", { type: "button", class: "action", onclick: download }, words("export.csv"))), partly, chips, body);
    refresh();
  }

  /** Draw the rows anew: other words to find, or another order. */
  function refresh() {
    limit = PAGE;
    if (parts.input.value !== store.get().words) parts.input.value = store.get().words;
    draw();
  }

  function moveTab(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = TABLES[(TABLES.indexOf(tableName()) + step + TABLES.length) % TABLES.length];
    app.openTable(next);
    box.querySelector(`#tab-${next}`).focus();
  }

  /** The table that the state names; the first one where it names none that there is. */
  const tableName = () => (TABLES.includes(store.get().table) ? store.get().table : TABLES[0]);

  /** The order that the state names: a column, and whether it falls. */
  function orderOf({ sort }) {
    return sort === "" ? { column: -1, down: false } : { column: Math.abs(parseInt(sort, 10)), down: sort.startsWith("-") };
  }

  function currentRows() {
    const state = store.get();
    const table = tableOf(app, tableName(), createFilter(app.model, state));
    const needle = state.words.trim().toLowerCase();
    const found = table.rows.filter((row) => !needle || row.cells.some((cell) => String(cell).toLowerCase().includes(needle)));
    const rows = found.filter((row) => !table.verdicts?.includes(state.verdict) || row.verdict === state.verdict);
    const { column, down } = orderOf(state);
    if (column in table.columns) rows.sort((one, other) => compare(one.cells[column], other.cells[column]) * (down ? -1 : 1));
    return { ...table, rows, found, total: table.rows.length };
  }

  function draw() {
    const { body, count } = parts;
    const { columns, rows, found, total, verdicts = [], empty = "table.empty" } = currentRows();
    drawChips(verdicts, found);
    drawPartly();
    const order = orderOf(store.get());
    count.textContent = words("table.rows", { shown: rows.length, total });
    if (!rows.length) {
      setChildren(body, el("p", { class: "quiet empty" }, words(total ? "table.noMatch" : empty)));
      return;
    }
    // A column that these rows leave empty takes no room.
    const filled = [...columns.keys()].filter((column) => rows.some((row) => row.cells[column] !== ""));
    const head = el("tr", {}, filled.map((column) => el("th", {
      scope: "col", class: classOf(columns[column]), "data-column": column,
      "aria-sort": order.column === column ? (order.down ? "descending" : "ascending") : "none",
    }, el("button", { type: "button", onclick: () => sortBy(column) }, words(columns[column]),
      el("span", { class: "arrow", "aria-hidden": "true" }, order.column === column ? (order.down ? " ↓" : " ↑") : "")))));
    const lines = rows.slice(0, limit).map((row) => el("tr", {}, filled.map((column) => column === 0
      ? el("th", { scope: "row" }, el("button", { type: "button", class: "link plain", onclick: () => app.pick(row.pick) }, String(row.cells[0]) || words("table.open")))
      : el("td", { class: classOf(columns[column]) }, columns[column] === "promises.verdict" ? verdictChip(app, row.verdict) : el("div", {}, String(row.cells[column]))))));
    setChildren(body, el("table", { class: "data" }, el("thead", {}, head), el("tbody", {}, lines)),
      rows.length > limit && el("button", {
        type: "button", class: "link rest",
        onclick: () => {
          limit += PAGE;
          draw();
        },
      }, words("table.more", { count: Math.min(PAGE, rows.length - limit) })));
  }

  /** A served page has read some of the reports; how many, and the way to the others of the place. */
  function drawPartly() {
    parts.partly.hidden = !app.source;
    if (!app.source) return;
    const home = store.get().place || app.model.home;
    const unread = home ? app.source.unread(home) : [];
    const all = app.model.totals?.reports ?? app.model.reports.size;
    setChildren(parts.partly, words(home ? "served.tables" : "served.choosePlace", { read: app.source.reportsRead(), all }), unread.length > 0 && el("button", {
      type: "button", class: "link", onclick: () => {
        app.source.readAll(unread);
        drawPartly();
      },
    }, ` ${words("served.readAll", { count: unread.length })}`));
  }

  /** What became of targets, to choose from, with counts of the rows that hold the words asked for. */
  function drawChips(verdicts, found) {
    const { verdict } = store.get();
    const chip = (value, label, count) => el("button", {
      type: "button", class: "chip-button", "aria-pressed": String(verdict === value), onclick: () => {
        store.set({ verdict: value }, { push: false });
        parts.chips.querySelector('[aria-pressed="true"]')?.focus();
      },
    }, label, el("span", { class: "count" }, ` ${count}`));
    parts.chips.hidden = !found.length || !verdicts.length;
    setChildren(parts.chips, chip("", words("legend.all"), found.length), ...verdicts.map((value) => (
      chip(value, verdictChip(app, value), found.filter((row) => row.verdict === value).length))));
  }

  function sortBy(column) {
    const order = orderOf(store.get());
    store.set({ sort: `${order.column === column && !order.down ? "-" : ""}${column}` }, { push: false });
    parts.body.querySelector(`[data-column="${column}"] button`)?.focus();
  }

  function download() {
    const { columns, rows } = currentRows();
    saveText(`${app.fileName()}-${tableName()}.csv`, "text/csv", toCsv(columns.map((key) => words(key)), rows.map((row) => row.cells)));
  }

  return { render, refresh };
}

const classOf = (key) => (WIDE.has(key) ? "wide" : NUMBERS.has(key) ? "number" : MIDDLE.has(key) ? "middle" : SHORT.has(key) ? "short" : "");

/** Numbers by size, also with a sign and a unit, words by the order of Chinese dictionaries; what is empty comes last. */
function compare(one, other) {
  if (one === other) return 0;
  if (one === "" || other === "") return one === "" ? 1 : -1;
  const difference = numberOf(one) - numberOf(other);
  if (difference) return difference;
  return String(one).localeCompare(String(other), "zh-Hans-CN");
}

const numberOf = (cell) => Number(/^(?:[≥≤≈] )?([+-]?\d+(?:\.\d+)?)/.exec(cell)?.[1] ?? NaN);
