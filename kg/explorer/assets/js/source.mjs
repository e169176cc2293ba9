/** Where a served page asks for what it was not given: its own server, piece by piece. */

import { addPart } from "./join.mjs";
import { addOutcomes } from "./outcomes.mjs";
import { reportOf } from "./reading.mjs";

// So many reports of a place, the latest ones, come with it; others when they are chosen.
const MOST_REPORTS = 12;
const TOGETHER_MS = 60;
const PATIENCE = [700, 1500, 3000];

/**
 * What a state needs to be shown, as the names of pieces: `node id`, `report key`, and `promises key` of a report that
 * another one follows.
 * @param {object} model
 * @param {object} state
 * @returns {string[]}
 */
export function piecesFor(model, state) {
  const key = state.pick.slice(2);
  const nodes = [...state.only, ...state.add, ...state.path];
  const reports = [];
  if (state.pick.startsWith("n:")) nodes.push(key);
  if (state.pick.startsWith("e:")) nodes.push(key.split("|")[0]);
  if (/^[fs]:/.test(state.pick)) reports.push(key.slice(0, key.lastIndexOf(".")));
  const promised = state.pick.startsWith("o:") ? key.slice(key.indexOf("/") + 1, key.lastIndexOf(".")) : "";
  if (promised) reports.push(promised, followUp(model, promised));
  if (state.view === "text") reports.push(reportOf(model, state)?.key);
  const home = state.place || model.home;
  const own = [...model.reports.values()].filter((report) => report.home === home && (!state.edition || String(report.year) === state.edition));
  const latest = own.slice(-MOST_REPORTS).reverse().map((report) => report.key);
  // What became of one year's targets stands in the report after it.
  reports.push(...latest, ...(state.edition ? latest.map((one) => followUp(model, one)) : []));
  const wanted = [...new Set(reports)].filter((one) => model.reports.has(one));
  const followed = [...new Set([promised, ...latest])].filter((one) => wanted.includes(followUp(model, one)));
  return [...new Set([...nodes.map((id) => `node ${id}`), ...wanted.map((one) => `report ${one}`), ...followed.map((one) => `promises ${one}`)])];
}

/** The key of the report of the year after this one, of the same place; empty where there is none. */
function followUp(model, key) {
  const told = model.reports.get(key);
  return [...model.reports.values()].find((one) => told && one.home === told.home && one.year === told.year + 1)?.key ?? "";
}

/**
 * A way to the server.
 * @param {string} address where it answers
 * @param {object} model which grows by what comes
 * @param {{come: () => void, fail: (reason: string) => void}} tell
 * @param {typeof fetch} [get]
 */
export function createSource(address, model, tell, get = fetch) {
  /** @type {Map<string, "asked"|"there"|"failed">} */
  const pieces = new Map();
  let queue = Promise.resolve();
  let timer = 0;

  async function read(question, patience = PATIENCE) {
    const answer = await get(address + question, { headers: { accept: "application/json" } });
    if (answer.status === 503 && patience.length) {
      // The server is busy and says so; it is asked again a little later.
      await new Promise((resolve) => setTimeout(resolve, patience[0]));
      return read(question, patience.slice(1));
    }
    if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).trim().slice(0, 200)}`);
    return answer.json();
  }

  /** An outcome with the sentences and the report that the model has under the ids that the server gave. */
  const standing = (row) => (
    { ...row, aimed: model.sentences.get(row.aimed), told: row.told ? model.sentences.get(row.told) : null, report: model.reports.get(row.report) });

  async function fetchPiece(piece) {
    const [kind, key] = [piece.slice(0, piece.indexOf(" ")), piece.slice(piece.indexOf(" ") + 1)];
    try {
      const answer = await read(`${kind}?${kind === "node" ? "id" : "key"}=${encodeURIComponent(key)}`);
      if (kind === "promises") addOutcomes(model, answer.map(standing).filter(({ told }) => told !== undefined));
      else addPart(model, answer.part, answer.weights);
      pieces.set(piece, "there");
    } catch (error) {
      pieces.set(piece, "failed");
      tell.fail(error.message);
    }
    // Several pieces that come together are drawn once.
    clearTimeout(timer);
    timer = setTimeout(tell.come, TOGETHER_MS);
  }

  function ask(piece) {
    if (pieces.has(piece)) return;
    pieces.set(piece, "asked");
    queue = queue.then(() => fetchPiece(piece));
  }

  return {
    /** How many reports were read whole. */
    reportsRead: () => [...pieces].filter(([piece, state]) => piece.startsWith("report ") && state === "there").length,
    /** The reports of a place that nobody asked for yet. */
    unread: (home) => [...model.reports.values()].filter((report) => report.home === home && !pieces.has(`report ${report.key}`)),
    /** Read these reports too. */
    readAll(reports) {
      for (const { key } of reports) ask(`report ${key}`);
      for (const { key } of reports) if (followUp(model, key)) ask(`promises ${key}`);
    },
    /** Whether something that a state needs is still on its way. */
    isWaiting: (state) => piecesFor(model, state).some((piece) => pieces.get(piece) === "asked"),
    /** Ask for what a state needs and the model lacks, one piece after another, what was asked for last first. */
    want(state) {
      piecesFor(model, state).forEach(ask);
    },
    /** The ids of the things on a way between two, over all facts of the store; none where there is no way. */
    findWay: (from, to) => read(`way?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`),
    /**
     * The things of the whole store that a query finds; nodes that the model lacks come with what a hit shows of them.
     * @param {string} query
     */
    async search(query) {
      const { total, counts, hits } = await read(`search?q=${encodeURIComponent(query)}`);
      const node = ({ id, kind, label }) => model.nodes.get(id) ?? { id, kind, name: label, aliases: [], rank: Infinity };
      return { total, counts: new Map(Object.entries(counts)), hits: hits.map((hit) => ({ node: node(hit), name: hit.name, span: hit.span })) };
    },
  };
}
