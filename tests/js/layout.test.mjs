import assert from "node:assert/strict";
import test from "node:test";
import { placeBeside } from "../../kg/explorer/assets/js/beside.mjs";
import { placeLabels, wrapName } from "../../kg/explorer/assets/js/labels.mjs";
import { chainLayout, ringLayout, tidyLayout } from "../../kg/explorer/assets/js/tidy.mjs";

const boxes = (count) => Array.from({ length: count }, (_, index) => ({ id: `n${index}`, width: 60 + (index % 5) * 20, height: 55 }));

function overlaps(nodes, spots) {
  let found = 0;
  for (const one of nodes) {
    for (const other of nodes) {
      if (one.id >= other.id) continue;
      const a = spots.get(one.id);
      const b = spots.get(other.id);
      if (Math.abs(a.x - b.x) < (one.width + other.width) / 2 - 2 && Math.abs(a.y - b.y) < (one.height + other.height) / 2 - 2) found += 1;
    }
  }
  return found;
}

test("a tidy layout is the same every time and leaves every label free", () => {
  const nodes = boxes(60);
  const edges = nodes.slice(1).map((node, index) => ({ from: `n${Math.floor(index / 4)}`, to: node.id }));
  const first = tidyLayout(nodes, edges);
  assert.deepEqual(tidyLayout(nodes, edges), first);
  assert.equal(overlaps(nodes, first), 0);
});

test("rings keep the chosen node in the middle", () => {
  const nodes = boxes(90);
  const spots = ringLayout(nodes);
  assert.deepEqual(spots.get("n0"), { x: 0, y: 0 });
  assert.equal(overlaps(nodes, spots), 0);
});

test("nodes without a spot find a free one beside what they belong to", () => {
  const nodes = boxes(40);
  const spots = new Map([["n0", { x: 0, y: 0 }], ["n1", { x: 380, y: 260 }]]);
  placeBeside(nodes, spots, (id) => (Number(id.slice(1)) % 2 ? ["n1"] : ["n0"]));
  assert.equal(spots.size, 40);
  assert.deepEqual(spots.get("n1"), { x: 380, y: 260 });
  assert.ok(spots.get("n3").x > 200 && spots.get("n2").x < 200);
  // A label hangs below its node, so boxes reach from their spot downward.
  const hung = new Map(nodes.map(({ id, height }) => [id, { x: spots.get(id).x, y: spots.get(id).y + height / 2 }]));
  assert.equal(overlaps(nodes, hung), 0);
});

test("layouts of nothing and of one node", () => {
  assert.equal(tidyLayout([], []).size, 0);
  assert.deepEqual(tidyLayout(boxes(1), []).get("n0"), { x: 0, y: 0 });
  assert.deepEqual(ringLayout(boxes(1)).get("n0"), { x: 0, y: 0 });
  assert.equal(chainLayout(boxes(3)).size, 3);
});

test("names break into two lines at a good place", () => {
  const cases = {
    南宁: ["南宁"],
    "环北部湾（广西）水资源配置工程南宁段": ["环北部湾（广西）", "水资源配置工程南宁段"],
    大明山户外体育旅游线路: ["大明山户外体", "育旅游线路"],
    "Guangxi Zone": ["Guangxi Zone"],
    南宁至贵港3000吨级航道工程: ["南宁至贵港", "3000吨级航道工程"],
  };
  for (const [name, lines] of Object.entries(cases)) assert.deepEqual(wrapName(name), lines);
  const long = wrapName("一二三四五六七八九十一二三四五六七八九十一二三四五");
  assert.equal(long.length, 2);
  assert.ok(long[1].endsWith("…"));
});

test("labels never lie on each other or beyond the edge", () => {
  const items = Array.from({ length: 40 }, (_, index) => ({ x: (index * 37) % 500, y: (index * 61) % 400, radius: 8, width: 70, height: 15 }));
  const placed = placeLabels(items, { width: 500, height: 500 }).map((place, index) => place && { ...place, width: 70, height: 15, index }).filter(Boolean);
  assert.ok(placed.length > 15);
  for (const one of placed) {
    assert.ok(one.x - 35 >= 0 && one.x + 35 <= 500);
    for (const other of placed) {
      if (one.index < other.index) assert.ok(Math.abs(one.x - other.x) >= 70 || Math.abs(one.y - other.y) >= 15);
    }
  }
});

test("a label that must be there is there", () => {
  const [, second] = placeLabels([{ x: 50, y: 50, radius: 5, width: 500, height: 15 }, { x: 50, y: 50, radius: 5, width: 500, height: 15, must: true }], { width: 100, height: 100 });
  assert.ok(second);
});

test("a label moves aside for one that has no other room", () => {
  // The first could stand anywhere, and takes the only place that the second has.
  const items = [{ x: 50, y: 20, radius: 5, width: 40, height: 10 }, { x: 50, y: 48, radius: 5, width: 90, height: 10 }];
  const blocked = [{ x: 50, y: 75, width: 100, height: 38 }];
  const placed = placeLabels(items, { width: 100, height: 100 }, blocked);
  assert.deepEqual(placed.map(({ side }) => side), ["above", "above"]);
});
