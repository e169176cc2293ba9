/** Tables as the page carries them, read back into rows: tables.py writes them. */

/**
 * Read a table: a column is a list, a value that all rows have, or a list of words with each row's place in it.
 * @param {{size: number}} table
 * @returns {object[]}
 */
export function readTable({ size, ...columns }) {
  const rows = Array.from({ length: size }, () => ({}));
  for (const [name, column] of Object.entries(columns)) {
    const valueOf = Array.isArray(column) ? (index) => column[index] : "all" in column ? () => column.all : (index) => column.words[column.at[index]];
    for (let index = 0; index < size; index += 1) rows[index][name] = valueOf(index);
  }
  return rows;
}
