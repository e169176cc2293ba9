/** What each class looks like: a shape of its own beside its colour (kinds.css), so that nobody needs the colour. */

/** Outlines in a box of -12 to 12, for canvas (Path2D), legend and SVG export alike. */
const SHAPES = {
  circle: "M10 0A10 10 0 1 1-10 0A10 10 0 1 1 10 0Z",
  square: "M-6-9H6A3 3 0 0 1 9-6V6A3 3 0 0 1 6 9H-6A3 3 0 0 1-9 6V-6A3 3 0 0 1-6-9Z",
  house: "M0-10.5L9.5-2V9H-9.5V-2Z",
  diamond: "M0-11.5L11.5 0L0 11.5L-11.5 0Z",
  arrows: "M-12 0L-5-7.5V-3.2H5V-7.5L12 0L5 7.5V3.2H-5V7.5Z",
  hexagon: "M-5.5-9.5H5.5L11 0L5.5 9.5H-5.5L-11 0Z",
  triangle: "M0-10.5L11 8.5H-11Z",
  flag: "M0 10.5L11-8.5H-11Z",
  star: "M0-11L2.9-3.2L11.2-2.8L4.7 2.3L6.9 10.3L0 5.7L-6.9 10.3L-4.7 2.3L-11.2-2.8L-2.9-3.2Z",
  cross: "M-3.8-10H3.8V-3.8H10V3.8H3.8V10H-3.8V3.8H-10V-3.8H-3.8Z",
  drop: "M0-11.5C6-4.5 9-.5 9 3A9 8 0 0 1-9 3C-9-.5-6-4.5 0-11.5Z",
  person: "M0-10.5A4.6 4.6 0 1 1 0-1.3A4.6 4.6 0 1 1 0-10.5ZM-9 10C-9 2.5-5 .6 0 .6S9 2.5 9 10Z",
};

/** Class → shape, in the order in which legend, search and tables list the classes. */
const MARKS = {
  Place: "circle",
  Zone: "square",
  Project: "diamond",
  Facility: "house",
  Corridor: "arrows",
  Programme: "hexagon",
  Organization: "triangle",
  Event: "flag",
  Honour: "star",
  Industry: "cross",
  Product: "drop",
  Person: "person",
};

/** The classes in that order. */
export const KINDS = Object.keys(MARKS);

/**
 * The outline of a class as SVG path data.
 * @param {string} kind
 */
export function outlineOf(kind) {
  return SHAPES[MARKS[kind] ?? "circle"];
}
