/** Tables as CSV that a spreadsheet opens as they are: UTF-8 with a mark, and no cell that is a formula. */

/**
 * Write rows as CSV text.
 * @param {string[]} header
 * @param {(string|number|null)[][]} rows
 */
export function toCsv(header, rows) {
  return "\ufeff" + [header, ...rows].map((row) => row.map(toCell).join(",") + "\r\n").join("");
}

function toCell(value) {
  if (value === null || value === undefined) return "";
  let text = String(value);
  // A spreadsheet runs what begins like a formula; a plain number may begin with a minus.
  if (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
