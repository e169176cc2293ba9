import assert from "node:assert/strict";
import test from "node:test";
import { toCsv } from "../../kg/explorer/assets/js/csv.mjs";
import { pairFigures, valueText } from "../../kg/explorer/assets/js/figures.mjs";
import { createWords } from "../../kg/explorer/assets/js/i18n.mjs";

test("a cell is quoted where it must be, and never a formula", () => {
  const rows = [["a,b", 'say "x"', "two\nlines"], ["=1+1", "@x", "-4.3"], ["+5.0", null, 7]];
  assert.equal(toCsv(["甲", "乙", "丙"], rows), '\ufeff甲,乙,丙\r\n"a,b","say ""x""","two\nlines"\r\n\'=1+1,\'@x,-4.3\r\n\'+5.0,,7\r\n');
});

const figure = (indicator, value, modality, period, more = {}) => ({ indicator, value, modality, period, kind: "growth", unit: "%", bound: "=", start: 0, ...more });

test("a value is written with its bound, sign and unit", () => {
  assert.equal(valueText(figure("a", "4.0", "actual", "2023")), "+4.0%");
  assert.equal(valueText(figure("a", "-1.5", "actual", "2023")), "-1.5%");
  assert.equal(valueText(figure("a", "5", "target", "2024", { bound: "~" })), "≈ +5%");
  assert.equal(valueText(figure("a", "400", "actual", "2023", { kind: "level", unit: "亿元", bound: ">=" })), "≥ 400亿元");
});

test("a target stands beside the result of the same indicator", () => {
  const figures = [
    figure("地区生产总值", "4.0", "actual", "2023"), figure("全市地区生产总值", "5", "target", "2024"),
    figure("财政收入", "3", "target", "2024"), figure("投资", "2", "actual", "2023"),
    figure("消费", "1", "actual", "2018-2022"), figure("消费", "2", "target", "2024"),
    figure("出口", "1", "actual", "2023"), figure("出口", "2", "target", "2024", { unit: "亿元" }),
  ];
  const pairs = pairFigures(figures);
  assert.deepEqual(pairs.map(({ indicator, result, target }) => [indicator, result.value, target.value]), [["地区生产总值", "4.0", "5"]]);
});

test("words come in two languages, with their values filled in", () => {
  const words = createWords({ "a.b": ["共{n}个", "{n} in all"] });
  assert.equal(words("a.b", { n: 3 }), "共3个");
  words.use("en");
  assert.equal(words("a.b", { n: 3 }), "3 in all");
  assert.equal(words("kind.New"), "New");
});
