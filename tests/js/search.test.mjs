import assert from "node:assert/strict";
import test from "node:test";
import { createSearch, matchName } from "../../kg/explorer/assets/js/search.mjs";

const PINYIN = { 南: "nan", 宁: "ning", 市: "shi", 比: "bi pi", 亚: "ya", 迪: "di", 东: "dong", 盟: "meng", 电: "dian", 池: "chi", 重: "zhong chong", 庆: "qing", 横: "heng", 州: "zhou" };
const node = (name, rank, aliases = [], code = null) => ({ name, rank, aliases, code, weight: 1 / (rank + 1), kind: "Place" });
const NODES = [
  node("南宁市", 0, ["南宁", "邕"], "450100"),
  node("比亚迪东盟电池", 1),
  node("比亚迪", 2),
  node("重庆", 3),
  node("南宁—横州", 4),
  node("RCEP", 5),
];
const names = (query) => createSearch(NODES, PINYIN)(query).hits.map((hit) => hit.node.name);

test("a name is found by itself, an alias, pinyin, initials and any mixture", () => {
  for (const query of ["南宁市", "南宁", "nanning", "nann", "nn", "nns", "NanN", "南n", "nan ning", "nan'ning", "450100"]) {
    assert.equal(names(query)[0], "南宁市", query);
  }
  assert.deepEqual(names("邕"), ["南宁市"]);
  assert.deepEqual(names("bydDM"), ["比亚迪东盟电池"]);
  assert.deepEqual(names("比亚迪dm"), ["比亚迪东盟电池"]);
  assert.deepEqual(names("dongmeng"), ["比亚迪东盟电池"]);
  assert.deepEqual(names("rcep"), ["RCEP"]);
});

test("every reading of a character counts", () => {
  assert.deepEqual(names("chongqing"), ["重庆"]);
  assert.deepEqual(names("zhongq"), ["重庆"]);
});

test("signs inside a name need not be typed", () => {
  assert.deepEqual(names("nnhz"), ["南宁—横州"]);
});

test("the closest name comes first", () => {
  assert.deepEqual(names("byd"), ["比亚迪", "比亚迪东盟电池"]);
});

test("nothing and nonsense find nothing", () => {
  assert.deepEqual(names(""), []);
  assert.deepEqual(names("  "), []);
  assert.deepEqual(names("xyz"), []);
  assert.deepEqual(names("<b>"), []);
});

test("the total counts what the list leaves out", () => {
  const { total, counts, hits } = createSearch(NODES, PINYIN)("n", 1);
  assert.equal(total, 2);
  assert.deepEqual([...counts], [["Place", 2]]);
  assert.equal(hits.length, 1);
});

test("the span is the part of the name that was typed", () => {
  const readings = [["南", "nan"], ["宁", "ning"], ["市", "shi"]];
  assert.deepEqual(matchName(readings, Array.from("sn")), null);
  assert.deepEqual(matchName(readings, Array.from("ns")), [1, 3]);
  assert.deepEqual(matchName(readings, Array.from("nis")), [1, 3]);
  assert.deepEqual(matchName(readings, Array.from("ning")), [1, 2]);
});

test("twenty thousand names are searched in a tenth of a second", () => {
  const many = Array.from({ length: 20000 }, (_, index) => node(`南宁东盟电池横州重庆${index}`, index));
  const find = createSearch(many, PINYIN);
  find("warm");
  for (const query of ["n", "nanningdongm", "zzzz", "池横"]) {
    // The quickest of three: others work on the same machine.
    const times = [1, 2, 3].map(() => {
      const before = performance.now();
      find(query);
      return performance.now() - before;
    });
    assert.ok(Math.min(...times) < 200, `${query}: ${times} ms`);
  }
});
