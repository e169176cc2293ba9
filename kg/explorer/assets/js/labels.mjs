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
 * Choose a place for each label: below, above, right, left or aslant of its node; a label without room is left out.
 * @param {{x: number, y: number, radius: number, width: number, height: number, must?: boolean}[]} items in falling
 *   importance, all in screen pixels
 * @param {number} view the width of the drawing: a label that would be cut off at its edge is set elsewhere
 * @param {{x: number, y: number, width: number, height: number}[]} [blocked] boxes that are taken already
 * @returns {({x: number, y: number, side: string}|null)[]} the middle of each label's box
 */
export function placeLabels(items, view, blocked = []) {
  const gap = 3;
  const boxes = createBoxes();
  for (const { x, y, width, height } of blocked) boxes.add(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
  for (const { x, y, radius } of items) boxes.add(x - radius, y - radius, x + radius, y + radius);
  return items.map((item) => {
    const { x, y, radius, width, height } = item;
    const down = radius + gap + height / 2;
    const across = radius + gap + 2 + width / 2;
    const aside = width / 2 - radius / 2;
    const sides = [
      ["below", 0, down], ["above", 0, -down], ["right", across, 0], ["left", -across, 0],
      ["below", aside, down], ["below", -aside, down], ["above", aside, -down], ["above", -aside, -down],
    ];
    for (const [side, dx, dy] of sides) {
      const left = x + dx - width / 2;
      const top = y + dy - height / 2;
      if (left >= 0 && left + width <= view && !boxes.meets(left, top, left + width, top + height)) {
        boxes.add(left, top, left + width, top + height);
        return { x: x + dx, y: y + dy, side };
      }
    }
    return item.must ? { x, y: y + down, side: "below" } : null;
  });
}

/** Boxes by the squares of a grid that they touch, so that a question looks at its own corner only. */
function createBoxes() {
  const size = 64;
  const grid = new Map();
  const squares = (left, top, right, bottom, visit) => {
    for (let column = Math.floor(left / size); column <= Math.floor(right / size); column += 1) {
      for (let row = Math.floor(top / size); row <= Math.floor(bottom / size); row += 1) {
        if (visit(column * 100003 + row)) return true;
      }
    }
    return false;
  };
  return {
    add(left, top, right, bottom) {
      const box = [left, top, right, bottom];
      squares(left, top, right, bottom, (key) => {
        if (grid.has(key)) grid.get(key).push(box);
        else grid.set(key, [box]);
        return false;
      });
    },
    meets: (left, top, right, bottom) =>
      squares(left, top, right, bottom, (key) =>
        (grid.get(key) ?? []).some((box) => left < box[2] && right > box[0] && top < box[3] && bottom > box[1])),
  };
}
