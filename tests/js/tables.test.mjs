import assert from "node:assert/strict";
import test from "node:test";
import { scaleOf } from "../../kg/explorer/assets/js/chart.mjs";
import { toCsv } from "../../kg/explorer/assets/js/csv.mjs";
import { isMet, longSeries, pairFigures, seriesOf, valueText, yearly } from "../../kg/explorer/assets/js/figures.mjs";
import { createWords } from "../../kg/explorer/assets/js/i18n.mjs";
import { buildModel } from "../../kg/explorer/assets/js/join.mjs";
import { lifeOf } from "../../kg/explorer/assets/js/lifeline.mjs";
import { makePart } from "./made.mjs";

test("a cell is quoted where it must be, and never a formula", () => {
  const rows = [["a,b", 'say "x"', "two\nlines"], ["=1+1", "@x", "-4.3"], ["+5.0", null, 7]];
  assert.equal(toCsv(["甲", "乙", "丙"], rows), '\ufeff甲,乙,丙\r\n"a,b","say ""x""","two\nlines"\r\n\'=1+1,\'@x,-4.3\r\n\'+5.0,,7\r\n');
});

const figure = (indicator, value, modality, period, more = {}) => (
  { indicator, concept: `x:${indicator}`, value, normal: value, modality, period, kind: "growth", unit: "%", measure: "x:percent", bound: "=", start: 0, ...more });

test("a value is written with its bound, sign and unit", () => {
  assert.equal(valueText(figure("a", "4.0", "actual", "2023")), "+4.0%");
  assert.equal(valueText(figure("a", "-1.5", "actual", "2023")), "-1.5%");
  assert.equal(valueText(figure("a", "5", "target", "2024", { bound: "~" })), "≈ +5%");
  assert.equal(valueText(figure("a", "400", "actual", "2023", { kind: "level", unit: "亿元", bound: ">=" })), "≥ 400亿元");
});

test("a target stands beside the result of the same indicator", () => {
  const figures = [
    figure("地区生产总值", "4.0", "actual", "2023"), figure("GDP", "5", "target", "2024", { concept: "x:地区生产总值" }),
    figure("财政收入", "3", "target", "2024"), figure("投资", "2", "actual", "2023"),
    figure("消费", "1", "actual", "2018-2022"), figure("消费", "2", "target", "2024"),
    figure("出口", "1", "actual", "2023"), figure("出口", "2", "target", "2024", { measure: "x:yuan" }),
  ];
  const pairs = pairFigures(figures);
  assert.deepEqual(pairs.map(({ indicator, result, target }) => [indicator, result.value, target.value]), [["地区生产总值", "4.0", "5"]]);
});

test("over several reports a year has the target of its own report and the result of the next", () => {
  const model = buildModel(makePart([2022, 2023, 2024], ["5", "3", "6"]));
  const series = seriesOf(model, [...model.figures.values()][0]);
  const rows = yearly(series);
  assert.deepEqual(rows.map(({ year, result, target }) => [year, result?.value, target?.value]), [
    [2021, "4", undefined], [2022, "4", "5"], [2023, "4", "3"], [2024, undefined, "6"]]);
  assert.deepEqual(rows.map(isMet), [null, false, true, null]);
  assert.equal(rows[1].result.sentence.report.year, 2023);
  assert.equal(longSeries(series)[0].years.length, 4);
});

test("figures are compared in the plain unit, and about is neither met nor missed", () => {
  const target = figure("a", "1.2", "target", "2024", { normal: "1200000000000" });
  assert.equal(isMet({ result: figure("a", "11000", "actual", "2024", { normal: "1100000000000" }), target }), false);
  assert.equal(isMet({ result: target, target: { ...target, bound: "~" } }), null);
  assert.equal(isMet({ result: target, target: { ...target, bound: "<=" } }), true);
});

test("a chart has zero in it, and a life has one point a year, state and modality", () => {
  assert.equal(scaleOf([4, 10], 100)(10), 0);
  assert.equal(scaleOf([-5, 5], 100)(0), 50);
  assert.equal(scaleOf([0], 100)(0), 100);
  const { nodes } = buildModel(makePart([2022, 2023], ["5", "3"]));
  assert.deepEqual(lifeOf(nodes.get("works")).map(({ year, status, modality }) => [year, status, modality]), [
    [2021, "started", "actual"], [2022, "started", "actual"], [2022, "operating", "target"], [2023, "operating", "target"]]);
});

test("words come in two languages, with their values filled in", () => {
  const words = createWords({ "a.b": ["共{n}个", "{n} in all"] });
  assert.equal(words("a.b", { n: 3 }), "共3个");
  words.use("en");
  assert.equal(words("a.b", { n: 3 }), "3 in all");
  assert.equal(words("kind.New"), "New");
});
