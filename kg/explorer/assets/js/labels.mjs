/** Labels that never lie on each other: each is set beside its node where there is room, the most important first. */

const LINE = 10;
const LONGEST = 20;

/** Full-width characters count one, others about half. */
const widthOf = (character) => (character.codePointAt(0) > 0x2e80 ? 1 : 0.54);

/**
 * Break a name into at most two lines of similar length; what is longer ends with an ellipsis.
 * @param {string} name
 * @returns {string[]}
 */
export function wrapName(name) {
  let characters = Array.from(name);
  const total = characters.reduce((sum, character) => sum + widthOf(character), 0);
  if (total <= LINE) return [name];
  if (total > LONGEST) {
    let kept = 0;
    let width = 0;
    while (width + widthOf(characters[kept]) < LONGEST) width += widthOf(characters[kept++]);
    characters = [...characters.slice(0, kept), "…"];
  }
  const half = characters.reduce((sum, character) => sum + widthOf(character), 0) / 2;
  let at = 0;
  for (let width = 0; width + 0.3 < half; at += 1) width += widthOf(characters[at]);
  at = bestBreak(characters, at);
  return [characters.slice(0, at).join(""), characters.slice(at).join("")];
}

/** Near the middle, break before a bracket or number, or after a bracket or dash; never inside a Latin word or after a number. */
function bestBreak(characters, middle) {
  for (const step of [0, 1, -1, 2, -2, 3, -3]) {
    const at = middle + step;
    if (at < 2 || at > characters.length - 2) continue;
    const number = /\d/.test(characters[at]) && !/[\w.+%]/.test(characters[at - 1]);
    if (number || /[（“《]/.test(characters[at]) || /[）”》—·、至]/.test(characters[at - 1])) return at;
  }
  for (const step of [0, 1, -1, 2, -2, 3, -3]) {
    const at = middle + step;
    if (at < 1 || at >= characters.length) continue;
    const inWord = /[\w.+%]/.test(characters[at]) && /[\w.+%]/.test(characters[at - 1]);
    if (!inWord && !/\d/.test(characters[at - 1]) && !/[）”》、]/.test(characters[at])) return at;
  }
  return middle;
}

/**
 * Choose a place for each label: below, above, right, left or aslant of its node. Where one finds no room, another that
 * stands in its way may move aside; a label without room is left out.
 * @param {{x: number, y: number, radius: number, width: number, height: number, must?: boolean}[]} items in falling
 *   importance, all in screen pixels
 * @param {{width: number, height: number}} view the size of the drawing: a label that would be cut off at its edge is
 *   set elsewhere
 * @param {{x: number, y: number, width: number, height: number}[]} [blocked] boxes that are taken already
 * @returns {({x: number, y: number, side: string}|null)[]} the middle of each label's box
 */
export function placeLabels(items, view, blocked = []) {
  const boxes = createBoxes();
  for (const { x, y, width, height } of blocked) boxes.add([x - width / 2, y - height / 2, x + width / 2, y + height / 2]);
  for (const { x, y, radius } of items) boxes.add([x - radius, y - radius, x + radius, y + radius]);
  const inside = ([left, top, right, bottom]) => left >= 0 && right <= view.width && top >= 0 && bottom <= view.height;
  const places = items.map((item) => {
    const place = spotsAround(item).find(({ box }) => inside(box) && !boxes.meets(box).size);
    return place ? take(boxes, item, place) : null;
  });
  if (items.length <= MOST_MOVED) {
    const seat = new Map(items.map((item, index) => [item, index]));
    for (const [index, item] of items.entries()) if (!places[index]) makeRoom(item, places, seat, boxes, inside);
  }
  return places.map((place, index) => {
    if (place) return { x: place.x, y: place.y, side: place.side };
    const { x, y, radius, height, must } = items[index];
    return must ? { x, y: y + radius + GAP + height / 2, side: "below" } : null;
  });
}

const GAP = 3;
// Among more labels than this nobody misses one, and the search would be felt.
const MOST_MOVED = 90;

/** The places around a node that its label can take, the best first. */
function spotsAround({ x, y, radius, width, height }) {
  const down = radius + GAP + height / 2;
  const across = radius + GAP + 2 + width / 2;
  const aside = width / 2 - radius / 2;
  const sides = [
    ["below", 0, down], ["above", 0, -down], ["right", across, 0], ["left", -across, 0],
    ["below", aside, down], ["below", -aside, down], ["above", aside, -down], ["above", -aside, -down],
    ["below", aside / 2, down], ["below", -aside / 2, down], ["above", aside / 2, -down], ["above", -aside / 2, -down],
    ["right", across, height / 2], ["left", -across, height / 2], ["right", across, -height / 2], ["left", -across, -height / 2],
  ];
  return sides.map(([side, dx, dy]) => (
    { side, x: x + dx, y: y + dy, box: [x + dx - width / 2, y + dy - height / 2, x + dx + width / 2, y + dy + height / 2] }));
}

function take(boxes, item, place) {
  place.box.item = item;
  boxes.add(place.box);
  return place;
}

/** Find a place for a label that one or two other labels stand in, and other places for those. */
function makeRoom(item, places, seat, boxes, inside) {
  for (const place of spotsAround(item)) {
    const met = inside(place.box) ? [...boxes.meets(place.box)] : [];
    if (met.length > 2 || !met.length || met.some((box) => !box.item)) continue;
    met.forEach(boxes.remove);
    const moved = [take(boxes, item, place)];
    for (const old of met) {
      const other = spotsAround(old.item).find(({ box }) => inside(box) && !boxes.meets(box).size);
      if (other) moved.push(take(boxes, old.item, other));
    }
    if (moved.length > met.length) {
      for (const one of moved) places[seat.get(one.box.item)] = one;
      return;
    }
    for (const { box } of moved) boxes.remove(box);
    met.forEach(boxes.add);
  }
}

/** Boxes by the squares of a grid that they touch, so that a question looks at its own corner only. */
function createBoxes() {
  const size = 64;
  const grid = new Map();
  const squares = ([left, top, right, bottom]) => {
    const found = [];
    for (let column = Math.floor(left / size); column <= Math.floor(right / size); column += 1) {
      for (let row = Math.floor(top / size); row <= Math.floor(bottom / size); row += 1) {
        const key = column * 100003 + row;
        if (!grid.has(key)) grid.set(key, new Set());
        found.push(grid.get(key));
      }
    }
    return found;
  };
  return {
    add: (box) => squares(box).forEach((square) => square.add(box)),
    remove: (box) => squares(box).forEach((square) => square.delete(box)),
    /** The boxes that lie on this one. */
    meets(box) {
      const met = new Set();
      for (const square of squares(box)) for (const other of square) if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) met.add(other);
      return met;
    },
  };
}
