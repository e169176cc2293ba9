import assert from "node:assert/strict";
import test from "node:test";
import { buildModel } from "../../kg/explorer/assets/js/join.mjs";
import { createSource, piecesFor } from "../../kg/explorer/assets/js/source.mjs";
import { START } from "../../kg/explorer/assets/js/state.mjs";
import { makePart } from "./made.mjs";

const answer = (status, value) => ({ ok: status === 200, status, json: async () => value, text: async () => String(value) });
const settled = () => new Promise((resolve) => setTimeout(resolve, 120));

/** A page of three reports of which only the catalogue is there. */
function makeBare() {
  const part = makePart([2022, 2023, 2024], ["5", "6", "7"]);
  const none = (table) => Object.fromEntries(Object.entries(table).map(([name, column]) => [name, name === "size" ? 0 : []]));
  const bare = { ...part, edges: [], maps: [] };
  for (const name of ["sections", "sentences", "mentions", "facts", "states", "figures"]) bare[name] = none(part[name]);
  bare.names = { ...part.names, mentions: { all: 0 } };
  return buildModel(bare);
}

test("what a state shows is what is asked for", () => {
  const model = makeBare();
  model.home = "";
  assert.deepEqual(piecesFor(model, START), []);
  assert.deepEqual(piecesFor(model, { ...START, pick: "n:works", add: ["zone"] }), ["node zone", "node works"]);
  assert.deepEqual(piecesFor(model, { ...START, pick: "e:works|developedBy|firm" }), ["node works"]);
  assert.deepEqual(piecesFor(model, { ...START, pick: "f:r-2023.000005-000006" }), ["report r-2023"]);
  assert.deepEqual(piecesFor(model, { ...START, pick: "f:elsewhere.1-2" }), []);
  assert.deepEqual(piecesFor(model, { ...START, view: "text", report: "r-2022" }), ["report r-2022"]);
  assert.deepEqual(piecesFor(model, { ...START, place: "home" }), ["report r-2024", "report r-2023", "report r-2022", "promises r-2023", "promises r-2022"]);
  assert.deepEqual(piecesFor(model, { ...START, place: "home", edition: "2023" }), ["report r-2023", "report r-2024", "promises r-2023"]);
  assert.deepEqual(piecesFor(model, { ...START, pick: "o:figure/r-2022.000005-000006" }), ["report r-2022", "report r-2023", "promises r-2022"]);
});

test("reports beyond the latest are read when they are wanted, each once", async () => {
  const model = makeBare();
  model.home = "";
  const asked = [];
  const get = async (address) => {
    asked.push(address);
    return answer(200, address.includes("promises") ? [] : { part: makePart([2023], ["6"]), weights: {} });
  };
  const source = createSource("data/", model, { come: () => {}, fail: assert.fail }, get);
  source.want({ ...START, view: "text", report: "r-2024" });
  assert.deepEqual(source.unread("home").map(({ key }) => key), ["r-2022", "r-2023"]);
  source.readAll(source.unread("home"));
  await settled();
  assert.deepEqual(asked, ["report?key=r-2024", "report?key=r-2022", "report?key=r-2023", "promises?key=r-2022", "promises?key=r-2023"].map((path) => `data/${path}`));
  assert.deepEqual([source.unread("home").filter(({ key }) => key !== "r"), source.reportsRead()], [[], 3]);
});

test("each piece is asked for once, joined, and told", async () => {
  const model = makeBare();
  model.home = "";
  const asked = [];
  let came = 0;
  const get = async (address) => {
    asked.push(address);
    return answer(200, { part: makePart([2023], ["6"]), weights: { works: 0.9 } });
  };
  const source = createSource("data/", model, { come: () => (came += 1), fail: assert.fail }, get);
  const state = { ...START, pick: "n:works" };
  source.want(state);
  source.want(state);
  assert.equal(source.isWaiting(state), true);
  await settled();
  assert.deepEqual(asked, ["data/node?id=works"]);
  assert.equal(source.isWaiting(state), false);
  assert.equal(came, 1);
  assert.equal(model.nodes.get("works").facts.length > 0, true);
});

test("what does not come is told, and a busy server is asked again", async () => {
  const model = makeBare();
  const told = [];
  const replies = [answer(503, "busy"), answer(404, "no report speaks of that\n")];
  const source = createSource("data/", model, { come: () => {}, fail: (reason) => told.push(reason) }, async () => replies.shift());
  model.home = "";
  source.want({ ...START, pick: "n:works" });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  assert.deepEqual(told, ["404 no report speaks of that"]);
});

test("a search shows things that the page has never seen", async () => {
  const model = makeBare();
  const hit = (id) => ({ id, kind: "Project", label: `名${id}`, name: `名${id}`, span: [0, 1] });
  const source = createSource("data/", model, {}, async (address) => {
    assert.equal(address, "data/search?q=%E5%90%8D");
    return answer(200, { total: 9, counts: { Project: 9 }, hits: [hit("works"), hit("new")] });
  });
  const { total, counts, hits } = await source.search("名");
  assert.deepEqual([total, counts.get("Project")], [9, 9]);
  assert.equal(hits[0].node, model.nodes.get("works"));
  assert.equal(hits[1].node.name, "名new");
});
