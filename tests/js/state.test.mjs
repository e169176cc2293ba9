import assert from "node:assert/strict";
import test from "node:test";
import { START, createStore, decodeState, encodeState } from "../../kg/explorer/assets/js/state.mjs";

test("a page just opened has an empty address", () => {
  assert.equal(encodeState(START), "");
  assert.deepEqual(decodeState(""), START);
  assert.deepEqual(decodeState("#"), START);
});

test("what is written is read again", () => {
  const state = {
    ...START, view: "text", pick: "n:project/0a,b%2C1", year: "2023", modality: "target", section: "450100-2024.001", edition: "2024", tidy: true, lang: "en",
    noKinds: ["Honour", "Event"], add: ["a,b", "c%d", "e&f=#"], pins: ["zone/1:-20:35"], camera: [-12, 40, 0.75],
  };
  assert.deepEqual(decodeState(`#${encodeState(state)}`), state);
});

test("a broken address is as good as none", () => {
  assert.deepEqual(decodeState("#add=%25E0%25A4%25A&view=text"), START);
  assert.deepEqual(decodeState("#camera=1,x,3"), START);
  assert.deepEqual(decodeState("#unknown=1&__proto__=2"), START);
});

test("listeners hear what changed, and whether the address brought it", () => {
  const heard = [];
  const remembered = [];
  const store = createStore({ ...START }, (state, push) => remembered.push([encodeState(state), push]));
  store.listen((state, changed, travelled) => heard.push([[...changed].sort(), travelled]));
  store.set({ view: "text", year: "2023" });
  store.set({ view: "text" });
  store.set({ year: "" }, { push: false });
  store.replace({ ...START });
  assert.deepEqual(heard, [[["view", "year"], false], [["year"], false], [["view"], true]]);
  assert.deepEqual(remembered, [["view=text&year=2023", true], ["view=text", false]]);
});
