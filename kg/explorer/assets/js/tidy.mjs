/** Compact layouts for a handful of chosen nodes, without chance: a tidy one by springs, rings around one node, a chain. */

const STEPS = 220;
const LENGTH = 150;

/**
 * Lay out nodes anew.
 * @param {{id: string, width: number, height: number, x: number, y: number}[]} nodes with the room each one wants
 * @param {{from: string, to: string}[]} edges
 * @returns {Map<string, {x: number, y: number}>} whole numbers, the middle at 0, 0
 */
export function tidyLayout(nodes, edges) {
  const at = new Map(nodes.map((node, index) => [node.id, index]));
  const degree = new Array(nodes.length).fill(0);
  const pairs = [];
  for (const { from, to } of edges) {
    const one = at.get(from);
    const other = at.get(to);
    if (one === undefined || other === undefined || one === other) continue;
    pairs.push([one, other]);
    degree[one] += 1;
    degree[other] += 1;
  }
  const spots = startSpots(nodes, degree);
  for (let step = 0; step < STEPS; step += 1) relax(spots, pairs, degree, 1 - step / STEPS);
  pushApart(spots, nodes);
  const middle = { x: mean(spots.map((spot) => spot.x)), y: mean(spots.map((spot) => spot.y)) };
  return new Map(nodes.map((node, index) => [
    node.id, { x: Math.round(spots[index].x - middle.x), y: Math.round(spots[index].y - middle.y) },
  ]));
}

/**
 * Put one node into the middle and the others on rings around it, in their order.
 * @param {{id: string, width: number, height: number}[]} nodes the first one is the middle
 * @returns {Map<string, {x: number, y: number}>}
 */
export function ringLayout([centre, ...others]) {
  const spots = others.map(() => null);
  let placed = 0;
  for (let ring = 0; placed < others.length; ring += 1) {
    const radius = 175 + 100 * ring;
    const room = Math.max(5, Math.floor((2 * Math.PI * radius) / (ring === 0 ? 125 : 135)));
    const count = Math.min(room, others.length - placed);
    for (let seat = 0; seat < count; seat += 1) {
      const angle = (2 * Math.PI * (seat + 0.5 * (ring % 2))) / count - Math.PI / 2;
      spots[placed + seat] = { x: radius * 1.15 * Math.cos(angle), y: radius * 0.92 * Math.sin(angle) };
    }
    placed += count;
  }
  const all = [{ x: 0, y: 0 }, ...spots];
  pushApart(all, [centre, ...others], 0);
  return new Map([centre, ...others].map((node, index) => [node.id, { x: Math.round(all[index].x), y: Math.round(all[index].y) }]));
}

/**
 * Put nodes in a row, each a little above or below the one before, so that long names and lines stay apart.
 * @param {{id: string}[]} nodes
 * @returns {Map<string, {x: number, y: number}>}
 */
export function chainLayout(nodes) {
  return new Map(nodes.map(({ id }, index) => [id, { x: 165 * index, y: index % 2 ? 55 : -55 }]));
}

/**
 * Pull spots apart until they fill a box, each way for itself: on a narrow screen a few nodes of a wide map would leave
 * most of it empty.
 * @param {Map<string, {x: number, y: number}>} spots changed
 * @param {{clientWidth: number, clientHeight: number}} box
 */
export function spreadOut(spots, { clientWidth, clientHeight }) {
  for (const [axis, room] of [["x", clientWidth - 130], ["y", clientHeight - 110]]) {
    const order = [...spots].sort(([, one], [, other]) => one[axis] - other[axis]);
    const first = order[0]?.[1][axis] ?? 0;
    const span = (order.at(-1)?.[1][axis] ?? 0) - first;
    // Half by where they stood, half by their order, so that a crowd loosens.
    order.forEach(([id, spot], seat) => {
      const share = (0.5 * (spot[axis] - first)) / (span || 1) + (0.5 * seat) / Math.max(1, order.length - 1);
      spots.set(id, { ...spots.get(id), [axis]: Math.round((share - 0.5) * Math.max(120, room)) });
    });
  }
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The best linked nodes start in the middle of a sunflower spiral. */
function startSpots(nodes, degree) {
  const order = nodes.map((_, index) => index).sort((one, other) => degree[other] - degree[one] || one - other);
  const spots = new Array(nodes.length);
  order.forEach((index, seat) => {
    const angle = seat * 2.399963;
    const radius = 70 * Math.sqrt(seat);
    spots[index] = { x: radius * Math.cos(angle) * 1.2, y: radius * Math.sin(angle) };
  });
  return spots;
}

function relax(spots, pairs, degree, heat) {
  const moves = spots.map(() => ({ x: 0, y: 0 }));
  for (let one = 0; one < spots.length; one += 1) {
    for (let other = 0; other < one; other += 1) {
      const dx = spots[one].x - spots[other].x;
      const dy = spots[one].y - spots[other].y;
      const square = Math.max(dx * dx + dy * dy, 100);
      if (square > 640000) continue;
      const push = (LENGTH * LENGTH) / square / Math.sqrt(square);
      move(moves, one, other, dx * push * 40, dy * push * 40);
    }
  }
  for (const [one, other] of pairs) {
    const dx = spots[other].x - spots[one].x;
    const dy = spots[other].y - spots[one].y;
    const length = Math.max(Math.hypot(dx, dy), 1);
    const pull = (0.3 * (length - LENGTH)) / length / Math.sqrt(Math.min(degree[one], degree[other]));
    move(moves, one, other, dx * pull, dy * pull);
  }
  spots.forEach((spot, index) => {
    const { x, y } = moves[index];
    const length = Math.hypot(x, y) || 1;
    const limited = Math.min(length, 60 * heat + 1) / length;
    spot.x += x * limited - spot.x * 0.012;
    spot.y += y * limited - spot.y * 0.018;
  });
}

function move(moves, one, other, x, y) {
  moves[one].x += x;
  moves[one].y += y;
  moves[other].x -= x;
  moves[other].y -= y;
}

/** Part boxes that lie on each other; the node of the index `fixed` stays. */
function pushApart(spots, nodes, fixed = -1) {
  for (let step = 0; step < 150; step += 1) {
    let moved = false;
    for (let one = 0; one < spots.length; one += 1) {
      for (let other = 0; other < one; other += 1) {
        const dx = spots[one].x - spots[other].x;
        const dy = spots[one].y - spots[other].y;
        const overX = (nodes[one].width + nodes[other].width) / 2 - Math.abs(dx);
        const overY = (nodes[one].height + nodes[other].height) / 2 - Math.abs(dy);
        if (overX <= 0 || overY <= 0) continue;
        moved = true;
        const alongX = overX < overY * 1.5;
        const shift = (alongX ? overX : overY) * 0.52 * ((alongX ? dx : dy) < 0 ? -1 : 1);
        if (one !== fixed) spots[one][alongX ? "x" : "y"] += shift;
        if (other !== fixed) spots[other][alongX ? "x" : "y"] -= shift;
      }
    }
    if (!moved) return;
  }
}
