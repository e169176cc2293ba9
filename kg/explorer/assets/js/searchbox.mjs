/** The search field: results by class as letters come in, all of it by keyboard. */

import { el, setChildren } from "./dom.mjs";
import { group } from "./model.mjs";
import { kindIcon } from "./parts.mjs";
import { createSearch } from "./search.mjs";

const MOST = 40;
// A served page asks when no letter has come for so many milliseconds.
const PAUSE = 90;

/**
 * Bring the search field to life (the combobox pattern of WAI-ARIA).
 * @param {object} app
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 * @param {HTMLElement} status where the number of results is announced
 */
export function createSearchBox(app, input, list, status) {
  const { words, model } = app;
  let find = null;
  let asked = 0;
  let timer = 0;
  let pending = false;
  let eager = false;
  let options = [];
  let active = -1;

  /** Look in the page itself, or let the server look while one goes on typing. */
  function look() {
    const query = input.value.trim();
    if (!app.source) {
      find ??= createSearch(model.nodes.values(), model.pinyin);
      render(query, find(query, MOST));
      return;
    }
    clearTimeout(timer);
    asked += 1;
    pending = query !== "";
    eager = false;
    if (pending) timer = setTimeout(ask, PAUSE, query, asked);
    else open(false);
  }

  async function ask(query, mine) {
    let found;
    try {
      found = await app.source.search(query);
    } catch (error) {
      if (mine === asked) app.complain(error.message);
      return;
    }
    if (mine !== asked) return;
    pending = false;
    render(query, found);
    // Who pressed Enter before the answer came means its first hit.
    if (eager && options.length) choose(options[0].node);
  }

  function render(query, { total, counts, hits }) {
    options = [];
    active = -1;
    const children = [...group(hits, (hit) => hit.node.kind)].flatMap(([kind, found]) => [
      el("li", { class: "group-name", role: "presentation" }, words(`kind.${kind}`), el("span", { class: "count" }, String(counts.get(kind)))),
      ...found.map(option),
    ]);
    if (total > hits.length) children.push(el("li", { class: "quiet", role: "presentation" }, words("search.more", { more: total - hits.length })));
    if (!total && query) children.push(el("li", { class: "quiet", role: "presentation" }, words("search.none", { query })));
    setChildren(list, ...children);
    status.textContent = query ? words("search.found", { total }) : "";
    open(query !== "");
    if (options.length) move(0);
  }

  function option({ node, name, span }) {
    const characters = Array.from(name);
    const item = el("li", { role: "option", id: `hit-${options.length}`, "aria-selected": "false", onmousedown: (event) => event.preventDefault(), onclick: () => choose(node) },
      kindIcon(node.kind),
      el("span", { class: "hit" }, characters.slice(0, span[0]).join(""), el("mark", {}, characters.slice(...span).join("")), characters.slice(span[1]).join("")),
      name !== node.name && el("span", { class: "quiet" }, node.name));
    options.push({ item, node });
    return item;
  }

  function open(yes) {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (!yes) input.removeAttribute("aria-activedescendant");
  }

  function move(to) {
    options[active]?.item.setAttribute("aria-selected", "false");
    active = (to + options.length) % options.length;
    const { item } = options[active];
    item.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  function choose(node) {
    input.value = "";
    open(false);
    input.blur();
    app.pick(`n:${node.id}`, { show: true });
  }

  // The index of very many names is made while nobody waits for it.
  if (!app.source) window.requestIdleCallback?.(() => (find ??= createSearch(model.nodes.values(), model.pinyin)), { timeout: 4000 });
  input.addEventListener("input", look);
  input.addEventListener("focus", () => input.value && look());
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && options.length) move(active + 1);
    else if (event.key === "ArrowUp" && options.length) move(active - 1);
    else if (event.key === "Enter" && pending) eager = true;
    else if (event.key === "Enter" && options[active]) choose(options[active].node);
    else if (event.key === "Escape") {
      input.value = "";
      open(false);
      input.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
