import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

const FOLDER = new URL("../../kg/explorer/assets/js/", import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".mjs"));

test("every module but the page itself loads without a page", async () => {
  for (const name of FILES.filter((file) => file !== "main.mjs")) await import(new URL(name, FOLDER));
});

test("every imported name is used, and every exported function is explained", () => {
  assert.ok(FILES.length > 20);
  for (const name of FILES) {
    const text = readFileSync(new URL(name, FOLDER), "utf-8");
    assert.match(text, /^\/\*\* /, `${name} opens without saying what it is`);
    for (const [statement, names] of text.matchAll(/^import \{ ([^}]*) \} from .*$/gm)) {
      for (const imported of names.split(", ")) {
        const uses = text.replace(statement, "").match(new RegExp(`\\b${imported}\\b`, "g"));
        assert.ok(uses, `${name} imports ${imported} and does not use it`);
      }
    }
    for (const [, before, exported] of text.matchAll(/^(.*)\nexport (?:function|const) (\w+)/gm)) {
      assert.match(before, /\*\/$/, `${name}: ${exported} is not explained`);
    }
  }
});

test("no two modules declare the same name, for they are joined into one script", () => {
  const seen = new Map();
  for (const name of FILES) {
    const text = readFileSync(new URL(name, FOLDER), "utf-8");
    for (const [, declared] of text.matchAll(/^(?:export )?(?:async )?(?:const|let|class|function\*?) (\w+)/gm)) {
      assert.ok(!seen.has(declared), `${declared} is declared in ${seen.get(declared)} and in ${name}`);
      seen.set(declared, name);
    }
  }
});
