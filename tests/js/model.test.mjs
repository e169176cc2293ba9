import assert from "node:assert/strict";
import test from "node:test";
import { chooseVisible, countFacets, createFilter } from "../../kg/explorer/assets/js/filters.mjs";
import { addPart, buildModel } from "../../kg/explorer/assets/js/join.mjs";
import { neighboursOf, statusOf, wordsOf } from "../../kg/explorer/assets/js/model.mjs";
import { findPath } from "../../kg/explorer/assets/js/paths.mjs";
import { START } from "../../kg/explorer/assets/js/state.mjs";
import { readTable } from "../../kg/explorer/assets/js/table.mjs";
import { toTurtle } from "../../kg/explorer/assets/js/turtle.mjs";
import { makePart } from "./made.mjs";

const model = buildModel(makePart());
const see = (patch) => chooseVisible(model, { ...START, ...patch });
const ids = ({ nodes }) => nodes.map((node) => node.id);

test("offsets count code points, as Python does", () => {
  const [first, second] = model.sentences.values();
  assert.equal(wordsOf(first), "𠮷一二三");
  assert.equal(wordsOf(first, 0, 2), "𠮷一");
  assert.equal(wordsOf(second, 6, 8), "乙丙");
  assert.deepEqual([first.end, second.id], [4, "r.0001"]);
});

test("facts, edges and figures hang on their nodes", () => {
  assert.deepEqual(neighboursOf(model.nodes.get("works")), ["home", "firm"]);
  assert.deepEqual(model.nodes.get("home").figures.map((figure) => figure.value), ["4", "5"]);
  assert.equal(model.edges.size, 3);
  const { status, modality, year } = statusOf(model.nodes.get("works"));
  assert.deepEqual([status, modality, year], ["operating", "target", 2024]);
  assert.equal(statusOf(model.nodes.get("zone")), null);
});

test("a table is read back, whatever form its columns have", () => {
  const rows = readTable({ size: 3, a: [1, 2, 3], b: { all: null }, c: { words: ["x", "y"], at: [1, 0, 1] } });
  assert.deepEqual(rows, [{ a: 1, b: null, c: "y" }, { a: 2, b: null, c: "x" }, { a: 3, b: null, c: "y" }]);
});

test("a part that comes again changes nothing, and one that goes further is joined", () => {
  const grown = buildModel(makePart([2023, 2024], ["5", "6"]));
  const size = ({ nodes, facts, figures, sentences, edges }) => [nodes, facts, figures, sentences, edges].map((all) => all.size);
  const before = size(grown);
  addPart(grown, makePart([2023, 2024], ["5", "6"]));
  assert.deepEqual(size(grown), before);
  addPart(grown, makePart([2024, 2025], ["6", "7"]));
  assert.deepEqual(size(grown), [5, 15, 6, 6, 3]);
  assert.deepEqual(grown.editions, [2023, 2024, 2025]);
  assert.equal(grown.nodes.get("works").occurrences.length, 3);
  assert.equal(grown.edges.get("works|developedBy|firm").facts.length, 3);
});

test("reports are chosen by year, and a state is that of the latest", () => {
  const many = buildModel(makePart([2022, 2024], ["5", "6"]));
  const filter = createFilter(many, { ...START, edition: "2022" });
  assert.deepEqual([...many.facts.values()].filter(filter.fact).map((fact) => fact.year), [2021, 2021, 2022, 2021, 2022]);
  assert.equal(filter.node(many.nodes.get("zone")), true);
  assert.equal(createFilter(many, { ...START, place: "elsewhere" }).node(many.nodes.get("zone")), false);
  assert.equal(statusOf(many.nodes.get("works")).year, 2024);
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
  assert.deepEqual(ids(see({ detail: "all", section: "r.002" })), ["home", "firm", "lonely"]);
  assert.deepEqual(see({ detail: "all", modality: "target", add: ["works"] }).edges.map((edge) => edge.predicate), ["developedBy"]);
  assert.deepEqual(see({ detail: "all", noPredicates: ["locatedIn"] }).edges.map((edge) => edge.predicate), ["developedBy"]);
  const counts = countFacets(model, { ...START, year: "2023", noKinds: ["Zone"] });
  assert.deepEqual([counts.kinds.get("Zone"), counts.kinds.get("Honour")], [1, undefined]);
  assert.deepEqual([...counts.years], [["2023", 3], ["2024", 2]]);
  assert.equal(createFilter(model, { ...START, year: "2023" }).figure(model.figures.get("r.000005-000006")), false);
});

test("a path goes over facts, and over sentences only where no fact leads", () => {
  assert.deepEqual(findPath(model, "zone", "firm").nodes, ["zone", "home", "works", "firm"]);
  const path = findPath(model, "lonely", "works");
  assert.deepEqual(path.nodes, ["lonely", "firm", "works"]);
  assert.deepEqual(path.edges.map((edge) => edge.predicate), ["together", "developedBy"]);
  assert.equal(findPath(model, "zone", "nobody"), null);
});

test("turtle has the direct triples, the claims and their sentences", () => {
  const text = toTurtle(model, { nodes: [model.nodes.get("works"), model.nodes.get("firm")], edges: [...model.edges.values()] });
  assert.match(text, /<https:\/\/example.org\/id\/works> a kg:Project ;/);
  assert.match(text, /kg:developedBy <https:\/\/example.org\/id\/firm>/);
  assert.match(text, /kg:hasStatus kg:started ;\n {4}kg:aimsAtStatus kg:operating ;/);
  assert.match(text, /sentence\/r\.0001> a kg:Sentence ; kg:begin 5 ; kg:end 9/);
  assert.ok(!text.includes("id/zone>"));
});
