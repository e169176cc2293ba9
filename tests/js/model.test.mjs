import assert from "node:assert/strict";
import test from "node:test";
import { chooseVisible, countFacets, createFilter } from "../../kg/explorer/assets/js/filters.mjs";
import { buildModel, neighboursOf, sentenceText, statusOf } from "../../kg/explorer/assets/js/model.mjs";
import { findPath } from "../../kg/explorer/assets/js/paths.mjs";
import { START } from "../../kg/explorer/assets/js/state.mjs";
import { toTurtle } from "../../kg/explorer/assets/js/turtle.mjs";

const NODES = [["home", "Place"], ["zone", "Zone"], ["works", "Project"], ["firm", "Organization"], ["lonely", "Honour"]];
const FACTS = [
  ["zone", "locatedIn", "home", 0, 0, 4, "actual", 2023, "r1", 0.9, "claim/1"],
  ["works", "locatedIn", "home", 0, 0, 4, "actual", 2023, "r1", 0.9, "claim/2"],
  ["works", "developedBy", "firm", 1, 5, 9, "target", 2024, "r2", 0.8, "claim/3"],
  ["works", "hasStatus", "started", 0, 0, 4, "actual", 2023, "r3", 0.9, "claim/4"],
  ["works", "hasStatus", "operating", 1, 5, 9, "target", 2024, "r3", 0.9, "claim/5"],
];

function makeModel() {
  const nodes = NODES.map(([id, kind], rank) => ({
    id, label: `名${id}`, group: kind, x: rank, y: 0, value: 1 - rank / 10, aliases: [], code: null,
    occurrences: id === "lonely" || id === "firm" ? [[1, 5, 6]] : [[0, 0, 1]],
  }));
  const edges = FACTS.slice(0, 3).map(([from, label, to]) => ({ from, to, label }));
  return buildModel(nodes, edges, {
    report: { id: "r" }, root: "https://example.org/id/", key: "r", home: "home", opening: 2, text: "𠮷一二三\n甲乙丙丁\n",
    columns: {
      sections: ["level", "title", "start", "end", "parent", "period", "modality"],
      sentences: ["start", "end", "section", "paragraph", "period", "modality"],
      facts: ["subject", "predicate", "object", "sentence", "start", "end", "modality", "year", "rule", "confidence", "claim"],
      figures: ["start", "end", "text", "indicator", "value", "unit", "kind", "modality", "period", "bound", "of", "sentence", "rule", "confidence", "owner"],
    },
    sections: [[0, "t", 0, 10, null, 2023, "actual"], [1, "一", 0, 5, 0, 2023, "actual"], [1, "二", 5, 10, 0, 2024, "target"]],
    sentences: [[0, 4, 1, 0, 2023, "actual"], [5, 9, 2, 1, 2024, "target"]],
    facts: FACTS,
    figures: [[5, 6, "甲", "i", "5", "%", "growth", "target", "2024", "=", null, 1, "f", 1, "home"]],
    pinyin: {},
  });
}
const model = makeModel();
const see = (patch) => chooseVisible(model, { ...START, ...patch });
const ids = ({ nodes }) => nodes.map((node) => node.id);

test("offsets count code points, as Python does", () => {
  assert.equal(sentenceText(model, 0), "𠮷一二三");
  assert.equal(sentenceText(model, 1), "甲乙丙丁");
});

test("facts, edges and figures hang on their nodes", () => {
  assert.deepEqual(neighboursOf(model.nodes.get("works")), ["home", "firm"]);
  assert.deepEqual(model.nodes.get("home").figures.map((figure) => figure.value), ["5"]);
  assert.equal(model.edges.length, 3);
  const { status, modality, year } = statusOf(model.nodes.get("works"));
  assert.deepEqual([status, modality, year], ["operating", "target", 2024]);
  assert.equal(statusOf(model.nodes.get("zone")), null);
});

test("the page opens on the first nodes and what joins them", () => {
  assert.deepEqual(ids(see({})), ["home", "zone"]);
  assert.deepEqual(see({}).edges.map((edge) => edge.predicate), ["locatedIn"]);
  assert.equal(see({ detail: "all" }).nodes.length, 5);
});

test("a pick, an expansion and a hidden node change what is drawn", () => {
  assert.deepEqual(ids(see({ pick: "n:lonely" })), ["home", "zone", "lonely"]);
  assert.deepEqual(ids(see({ pick: "e:works|developedBy|firm" })), ["home", "zone", "works", "firm"]);
  assert.deepEqual(ids(see({ add: ["works", "nobody"], hide: ["zone"] })), ["home", "works"]);
  assert.deepEqual(ids(see({ only: ["works", "firm"] })), ["works", "firm"]);
});

test("filters narrow nodes, edges and counts", () => {
  assert.deepEqual(ids(see({ detail: "all", noKinds: ["Zone", "Project"] })), ["home", "firm", "lonely"]);
  assert.deepEqual(ids(see({ detail: "all", year: "2024" })), ["home", "firm", "lonely"]);
  assert.deepEqual(ids(see({ detail: "all", section: "2" })), ["home", "firm", "lonely"]);
  assert.deepEqual(see({ detail: "all", modality: "target", add: ["works"] }).edges.map((edge) => edge.predicate), ["developedBy"]);
  assert.deepEqual(see({ detail: "all", noPredicates: ["locatedIn"] }).edges.map((edge) => edge.predicate), ["developedBy"]);
  const counts = countFacets(model, { ...START, year: "2023", noKinds: ["Zone"] });
  assert.deepEqual([counts.kinds.get("Zone"), counts.kinds.get("Honour")], [1, undefined]);
  assert.deepEqual([...counts.years], [["2023", 3], ["2024", 2]]);
  assert.equal(createFilter(model, { ...START, year: "2023" }).figure(model.figures[0]), false);
});

test("a path goes over facts, and over sentences only where no fact leads", () => {
  assert.deepEqual(findPath(model, "zone", "firm").nodes, ["zone", "home", "works", "firm"]);
  const path = findPath(model, "lonely", "works");
  assert.deepEqual(path.nodes, ["lonely", "firm", "works"]);
  assert.deepEqual(path.edges.map((edge) => edge.predicate), ["together", "developedBy"]);
  assert.equal(findPath(model, "zone", "nobody"), null);
});

test("turtle has the direct triples, the claims and their sentences", () => {
  const text = toTurtle(model, { nodes: [model.nodes.get("works"), model.nodes.get("firm")], edges: model.edges });
  assert.match(text, /<https:\/\/example.org\/id\/works> a kg:Project ;/);
  assert.match(text, /kg:developedBy <https:\/\/example.org\/id\/firm>/);
  assert.match(text, /kg:hasStatus kg:started ;\n {4}kg:aimsAtStatus kg:operating ;/);
  assert.match(text, /sentence\/r\.0001> a kg:Sentence ; kg:begin 5 ; kg:end 9/);
  assert.ok(!text.includes("id/zone>"));
});
