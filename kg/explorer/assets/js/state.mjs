/** What the page shows now, as one plain value that fits into the address: a link opens the same view. */

/**
 * The state of a page just opened. `pick` is `n:id`, `e:id`, `f:id`, `s:id` or `o:id`; `place` and `edition` (a year) choose
 * reports, `report` the one being read; `words` and `verdict` filter the table and `sort` is
 * its column, with a minus where it falls; lists hold ids; `pins` and `camera` hold whole numbers.
 */
export const START = Object.freeze({
  view: "graph",
  table: "targets",
  words: "",
  sort: "",
  verdict: "",
  pick: "",
  detail: "main",
  noKinds: [],
  noPredicates: [],
  place: "",
  edition: "",
  report: "",
  year: "",
  modality: "",
  section: "",
  add: [],
  hide: [],
  only: [],
  path: [],
  tidy: false,
  list: false,
  pins: [],
  camera: [],
  lang: "",
});

// What else an address may say here is as at the start.
const CHOICES = { view: ["graph", "text", "table"], detail: ["main", "more", "all"], modality: ["", "actual", "target"], lang: ["", "en"] };

// One comma between values: ids that hold a comma or a percent sign are written with escapes of their own.
const join = (values) => values.map((value) => String(value).replace(/[%,]/g, encodeURIComponent)).join(",");
const split = (text) => (text ? text.split(",").map(decodeURIComponent) : []);

/**
 * Write a state as the part of an address after `#`; what is as at the start is left out.
 * @param {object} state
 */
export function encodeState(state) {
  const words = new URLSearchParams();
  for (const [key, start] of Object.entries(START)) {
    const value = state[key];
    if (Array.isArray(start)) {
      if (value.length) words.set(key, join(value));
    } else if (value !== start) words.set(key, value === true ? "1" : String(value));
  }
  return words.toString();
}

/**
 * Read a state from an address; what is missing or unknown is as at the start.
 * @param {string} hash
 */
export function decodeState(hash) {
  const state = { ...START };
  let words;
  try {
    words = new URLSearchParams(hash.replace(/^#/, ""));
    for (const [key, start] of Object.entries(START)) {
      const text = words.get(key);
      if (text === null) continue;
      if (Array.isArray(start)) state[key] = split(text);
      else if (CHOICES[key] && !CHOICES[key].includes(text)) continue;
      else state[key] = typeof start === "boolean" ? text === "1" : text;
    }
  } catch {
    return { ...START };
  }
  state.camera = state.camera.map(Number);
  if (state.camera.length !== 3 || state.camera.some((part) => !Number.isFinite(part))) state.camera = [];
  return state;
}

/**
 * A place for the state that tells its listeners what changed, and whether the address brought it. `push` makes a step
 * that the back button undoes.
 * @param {object} first
 * @param {(state: object, push: boolean) => void} remember
 */
export function createStore(first, remember) {
  let state = first;
  const listeners = [];
  const tell = (before, travelled) => {
    const changed = new Set(Object.keys(state).filter((key) => state[key] !== before[key]));
    if (changed.size) for (const listener of listeners) listener(state, changed, travelled);
  };
  return {
    get: () => state,
    listen: (listener) => listeners.push(listener),
    /** @param {object} patch @param {{push?: boolean}} [options] */
    set(patch, { push = true } = {}) {
      const before = state;
      state = { ...state, ...patch };
      if (Object.keys(patch).some((key) => before[key] !== state[key])) {
        remember(state, push);
        tell(before, false);
      }
    },
    /** Take over a state that the address gave; nothing is remembered anew. */
    replace(next) {
      const before = state;
      state = next;
      tell(before, true);
    },
  };
}
