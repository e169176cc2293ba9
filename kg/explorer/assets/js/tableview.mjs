/** The tables on the page: chosen by tabs, sorted by their heads, filtered by words, taken away as CSV. */

import { toCsv } from "./csv.mjs";
import { el, setChildren } from "./dom.mjs";
import { saveText } from "./exports.mjs";
import { createFilter } from "./filters.mjs";
import { TABLES, tableOf } from "./tables.mjs";

const PAGE = 200;
const WIDE = new Set(["table.sentence"]);
const MIDDLE = new Set(["table.section", "table.aliases", "table.place", "table.company", "table.partOf", "table.industry", "table.object", "table.honour"]);
const NUMBERS = new Set([
  "figure.value", "table.result", "table.target", "table.change", "table.year", "table.resultYear", "table.targetYear", "figure.period",
  "table.mentions", "table.links", "panel.confidence",
]);

/**
 * Make the table view.
 * @param {object} app
 * @param {HTMLElement} box
 */
export function createTableView(app, box) {
  const { words, store } = app;
  let order = { column: -1, down: false };
  let wanted = "";
  let shown = "";
  let limit = PAGE;

  function render() {
    const state = store.get();
    if (shown !== state.table) {
      order = { column: -1, down: false };
      wanted = "";
      limit = PAGE;
      shown = state.table;
    }
    const tabs = el("div", { class: "tabs", role: "tablist", "aria-label": words("view.table") }, TABLES.map((name) =>
      el("button", {
        type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(name === state.table), "aria-controls": "table-body",
        tabindex: name === state.table ? "0" : "-1", onclick: () => store.set({ table: name }), onkeydown: moveTab,
      }, words(`table.${name}`))));
    const input = el("input", { type: "search", class: "field", placeholder: words("table.filter"), "aria-label": words("table.filter") });
    input.value = wanted;
    const body = el("div", { id: "table-body", role: "tabpanel", "aria-labelledby": `tab-${state.table}`, class: "table-body", tabindex: "0" });
    const count = el("span", { class: "meta", role: "status" });
    input.addEventListener("input", () => {
      wanted = input.value;
      limit = PAGE;
      draw(body, count);
    });
    setChildren(box, tabs, el("div", { class: "table-tools" }, input, count,
      el("button", { type: "button", class: "action", onclick: download }, words("export.csv"))), body);
    draw(body, count);
  }

  function moveTab(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = TABLES[(TABLES.indexOf(store.get().table) + step + TABLES.length) % TABLES.length];
    store.set({ table: next });
    box.querySelector(`#tab-${next}`).focus();
  }

  function currentRows() {
    const table = tableOf(app, store.get().table, createFilter(app.model, store.get()));
    const needle = wanted.trim().toLowerCase();
    const rows = table.rows.filter((row) => !needle || row.cells.some((cell) => String(cell).toLowerCase().includes(needle)));
    if (order.column >= 0) rows.sort((one, other) => compare(one.cells[order.column], other.cells[order.column]) * (order.down ? -1 : 1));
    return { ...table, rows, total: table.rows.length };
  }

  function draw(body, count) {
    const { columns, rows, total } = currentRows();
    count.textContent = words("table.rows", { shown: rows.length, total });
    if (!rows.length) {
      setChildren(body, el("p", { class: "quiet" }, words("table.empty")));
      return;
    }
    const head = el("tr", {}, columns.map((key, column) => el("th", {
      scope: "col", class: classOf(key),
      "aria-sort": order.column === column ? (order.down ? "descending" : "ascending") : "none",
    }, el("button", { type: "button", onclick: () => sortBy(column, body, count) }, words(key),
      el("span", { class: "arrow", "aria-hidden": "true" }, order.column === column ? (order.down ? " ↓" : " ↑") : "")))));
    const lines = rows.slice(0, limit).map((row) => el("tr", {}, row.cells.map((cell, column) => column === 0
      ? el("th", { scope: "row" }, el("button", { type: "button", class: "link plain", onclick: () => app.pick(row.pick) }, String(cell) || words("table.open")))
      : el("td", { class: classOf(columns[column]) }, String(cell)))));
    setChildren(body, el("table", { class: "data" }, el("thead", {}, head), el("tbody", {}, lines)),
      rows.length > limit && el("button", {
        type: "button", class: "link rest",
        onclick: () => {
          limit += PAGE;
          draw(body, count);
        },
      }, words("table.more", { count: Math.min(PAGE, rows.length - limit) })));
  }

  function sortBy(column, body, count) {
    order = { column, down: order.column === column && !order.down };
    draw(body, count);
    body.querySelectorAll("th button")[column]?.focus();
  }

  function download() {
    const { columns, rows } = currentRows();
    saveText(`${app.model.report.id}-${store.get().table}.csv`, "text/csv", toCsv(columns.map((key) => words(key)), rows.map((row) => row.cells)));
  }

  return { render };
}

const classOf = (key) => (WIDE.has(key) ? "wide" : NUMBERS.has(key) ? "number" : MIDDLE.has(key) ? "middle" : "");

/** Numbers by size, words by the order of Chinese dictionaries; what is empty comes last. */
function compare(one, other) {
  if (one === other) return 0;
  if (one === "" || other === "") return one === "" ? 1 : -1;
  const difference = Number(one) - Number(other);
  if (!Number.isNaN(difference)) return difference;
  return String(one).localeCompare(String(other), "zh-Hans-CN");
}
