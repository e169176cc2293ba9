import assert from "node:assert/strict";
import test from "node:test";
import { isMet } from "../../kg/explorer/assets/js/figures.mjs";
import { createWords } from "../../kg/explorer/assets/js/i18n.mjs";
import { buildModel } from "../../kg/explorer/assets/js/join.mjs";
import { aimOf, gapOf, nodeOf, resultOf, subjectOf } from "../../kg/explorer/assets/js/outcomes.mjs";
import { makePart, table } from "./made.mjs";

const words = createWords({
  "status.operating": ["运营", "operating"], "status.started": ["开工", "started"], "promises.advance": ["推进", "a"], "promises.named": ["提及", "n"],
  "promises.planned": ["{state}（计划）", "{state}"], "promises.computed": ["{value}（算出）", "{value}"], "promises.points": ["个百分点", "p"],
});

/** Two years; sentence 1 is the plan of 2023, sentence 2 looks back from 2024, sentence 3 is the plan of 2024. */
function modelOf(...rows) {
  const part = makePart([2023, 2024], ["5", "6"]);
  return buildModel({ ...part, outcomes: table("target result aimed told report verdict match reached gap", rows) });
}

test("a figure's outcome tells target, result and gap, and the judgement of the pair follows it", () => {
  const model = modelOf(["figure/r-2023.000005-000006", "figure/r-2024.000000-000001", 1, 2, 1, "met", "same", "4", "-1"]);
  const [outcome] = model.outcomes.values();
  assert.deepEqual([subjectOf(model, outcome), aimOf(words, outcome), resultOf(words, outcome), gapOf(words, outcome)], ["i", "≥ +5%", "+4%", "-1个百分点"]);
  const pair = { target: outcome.target.figure, result: outcome.result.figure };
  // By its bound alone it would be missed.
  assert.equal(isMet(pair), true);
  assert.equal(nodeOf(model, outcome), null);
});

test("a computed result says so, and is no judgement of the figure beside it", () => {
  const model = modelOf(["figure/r-2023.000005-000006", "", 1, 2, 1, "exceeded", "computed", "7.5", "2.5"]);
  const [outcome] = model.outcomes.values();
  assert.deepEqual([resultOf(words, outcome), gapOf(words, outcome)], ["7.5%（算出）", "+2.5个百分点"]);
  assert.equal(isMet({ target: outcome.target.figure, result: model.figures.get("r-2024.000000-000001") }), false);
});

test("a thing's outcome hangs on the thing, whether a state or only its name was aimed at", () => {
  const model = modelOf(
    ["claim/r-2023.5", "claim/r-2024.4", 1, 2, 1, "inProgress", "same", "", ""], ["mention/r-2023.000005-000006", "", 1, 3, 1, "inProgress", "similar", "", ""],
    ["claim/r-2023.3", "", 1, null, 1, "notMentioned", "", "", ""]);
  const [state, name, silent] = model.outcomes.values();
  assert.deepEqual([aimOf(words, state), resultOf(words, state), gapOf(words, state)], ["运营", "开工", ""]);
  assert.deepEqual(model.nodes.get("works").outcomes, [state, silent]);
  assert.deepEqual([aimOf(words, name), resultOf(words, name)], ["推进", "提及（计划）"]);
  assert.equal(resultOf(words, silent), "");
});

test("an outcome whose finding the page lacks is left out", () => {
  assert.equal(modelOf(["figure/elsewhere.1-2", "", 1, null, 1, "met", "", "", ""], ["mention/r-2023.000001-000002", "", 1, null, 1, "met", "", "", ""]).outcomes.size, 0);
});
