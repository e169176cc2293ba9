/** Parts made by hand for the tests, in the form that payload.py writes. */

/** Rows of values to a table of columns. */
export function table(names, rows) {
  const columns = names.split(" ").map((name, at) => [name, rows.map((row) => row[at])]);
  return { size: rows.length, ...Object.fromEntries(columns) };
}

const NODES = [["home", "Place"], ["zone", "Zone"], ["works", "Project"], ["firm", "Organization"], ["lonely", "Honour"]];
// Each report says the same in its own year: sentence 0 of what was, sentence 1 of what shall be.
const SENTENCES = [["𠮷一二三", 0, -1, "actual"], ["甲乙丙丁", 5, 0, "target"]];

/**
 * A part of one report a year, all of the place `home`.
 * @param {number[]} years
 * @param {string[]} values the figure that each report aims at for its year; the report after gives `reached` for it
 */
export function makePart(years = [2024], values = ["5"], reached = "4") {
  const key = (year) => (years.length === 1 ? "r" : `r-${year}`);
  const all = years.flatMap((year, report) => SENTENCES.map((sentence) => [report, year, ...sentence]));
  const at = (report, number) => 2 * report + number;
  const facts = years.flatMap((year, report) => [
    [0, at(report, 0), 0, 4, "actual", year - 1, "r1", 0.9, "1"],
    [1, at(report, 0), 0, 4, "actual", year - 1, "r1", 0.9, "2"],
    [2, at(report, 1), 0, 4, "target", year, "r2", 0.8, "3"],
  ]);
  const states = years.flatMap((year, report) => [
    [2, "started", at(report, 0), 0, 4, "actual", year - 1, "r3", 0.9, "4"],
    [2, "operating", at(report, 1), 0, 4, "target", year, "r3", 0.9, "5"],
  ]);
  const figures = years.flatMap((year, report) => [
    [at(report, 0), 0, 1, "𠮷", "i", "x:i", reached, null, "%", "x:percent", "growth", "actual", String(year - 1), "=", null, "f", 1, 0],
    [at(report, 1), 0, 1, "甲", "i", "x:i", values[report], null, "%", "x:percent", "growth", "target", String(year), ">=", null, "f", 1, 0],
  ]);
  const named = (id) => years.map((_, report) => at(report, id === "lonely" || id === "firm" ? 1 : 0));
  return {
    root: "https://example.org/id/", pinyin: {},
    nodes: NODES.map(([id, kind], rank) => ({ id: rank, key: id, label: `名${id}`, group: kind, value: 1 - rank / 10 })),
    edges: [[1, "locatedIn", 0], [2, "locatedIn", 0], [2, "developedBy", 3]].map(([from, label, to]) => ({ from, to, label })),
    reports: table("key title place year date speaker source digest home", years.map((year) => [key(year), "t", "名home", year, null, null, "s", "d", 0])),
    sections: table("report number level title start end parent period modality", years.flatMap((year, report) => [
      [report, 0, 0, "t", 0, 10, null, year, "actual"], [report, 1, 1, "一", 0, 5, 0, year - 1, "actual"], [report, 2, 1, "二", 5, 10, 0, year, "target"]])),
    sentences: table("report number section start text period modality",
      all.map(([report, year, text, start, off, modality], index) => [report, index % 2, 3 * report + 1 + (index % 2), start, text, year + off, modality])),
    names: table("aliases code mentions", NODES.map(() => ["", null, years.length])),
    mentions: table("sentence start length", NODES.flatMap(([id]) => named(id).map((sentence) => [sentence, 0, 1]))),
    facts: table("edge sentence start length modality year rule confidence claim", facts),
    states: table("subject object sentence start length modality year rule confidence claim", states),
    figures: table("sentence start length text indicator concept value normal unit measure kind modality period bound of rule confidence owner", figures),
    outcomes: table("target result aimed told report verdict match reached gap", []),
    maps: [{ place: null, year: null, opening: 2, nodes: [0, 1, 2, 3, 4], x: [0, 90, 180, 0, 0], y: [0, 0, 0, 90, 180] }],
  };
}
