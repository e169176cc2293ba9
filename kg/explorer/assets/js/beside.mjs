/** Spots for nodes that the map of the page has none for: each the free one nearest to what it belongs to. */

// The grid on which nodes look for room, as in layout.py.
const ACROSS = 38;
const DOWN = 26;

/**
 * Give every node without a spot one; the others stay where they are.
 * @param {{id: string, width: number, height: number}[]} rooms all nodes that are drawn, with the room each one wants
 * @param {Map<string, {x: number, y: number}>} spots known ones; new ones are added
 * @param {(id: string) => Iterable<string>} neighbours
 */
export function placeBeside(rooms, spots, neighbours) {
  const taken = new Set();
  const searches = new Map();
  const missing = rooms.filter(({ id }) => !spots.has(id));
  for (const room of rooms) {
    const spot = spots.get(room.id);
    if (spot) for (const cell of cellsOf(Math.round(spot.x / ACROSS), Math.round(spot.y / DOWN), room)) taken.add(cell);
  }
  for (const room of missing) {
    const { x, y } = anchorOf(room.id, spots, neighbours);
    const start = [Math.round(x / ACROSS), Math.round(y / DOWN)];
    const key = start.join();
    // A search goes on where the last one around the same spot ended: what was taken then is taken still.
    if (!searches.has(key)) searches.set(key, walkOutward(start));
    for (let step = searches.get(key).next(); !step.done; step = searches.get(key).next()) {
      const [column, row] = step.value;
      const cells = cellsOf(column, row, room);
      if (cells.some((cell) => taken.has(cell))) continue;
      for (const cell of cells) taken.add(cell);
      spots.set(room.id, { x: column * ACROSS, y: row * DOWN });
      break;
    }
  }
}

function anchorOf(id, spots, neighbours) {
  for (const other of neighbours(id)) if (spots.has(other)) return spots.get(other);
  return { x: 0, y: 0 };
}

/** The cells that a node with its label covers, as numbers. */
function cellsOf(column, row, { width, height }) {
  const half = Math.ceil(width / 2 / ACROSS);
  const down = Math.ceil(height / DOWN);
  const cells = [];
  for (let x = column - half; x < column + half; x += 1) for (let y = row; y < row + down; y += 1) cells.push(x * 100003 + y);
  return cells;
}

/** The cells around a start, square by square, so that what is filled is as high as it is wide. */
function* walkOutward([column, row]) {
  yield [column, row];
  for (let size = DOWN; ; size += DOWN) {
    const [columns, rows] = [Math.floor(size / ACROSS), size / DOWN];
    const inside = Math.floor((size - DOWN) / ACROSS);
    for (let x = 0; x <= columns; x += 1) {
      // The whole height in new columns, else the top and the bottom row.
      for (const y of x > inside ? Array.from({ length: rows + 1 }, (_, at) => at) : [rows]) {
        yield [column + x, row + y];
        if (x) yield [column - x, row + y];
        if (y) yield [column + x, row - y];
        if (x && y) yield [column - x, row - y];
      }
    }
  }
}
