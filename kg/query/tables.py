"""Answers of queries as text: an aligned table for people, CSV and JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Sequence

from kg.query import Cell, Table

_WIDE = {"W", "F"}


def format_table(table: Table, rows: int | None = None, width: int | None = None) -> str:
    """Return a table whose columns line up in a terminal, where a Chinese character is two cells wide.

    `rows` and `width` cut long tables and cells (in terminal cells), and say so.

    >>> print(format_table(Table(("place", "n"), (("南宁市", 2), (None, 10), ("柳州市", 3))), rows=2), end="")
    place   n
    ------  --
    南宁市  2
            10
    … 1 more
    """
    shown = [[_cut(_show(cell), width) for cell in row] for row in table.rows[:rows]]
    widths = [max(map(_width, column)) for column in zip(table.columns, *shown, strict=True)]
    lines = [_align(row, widths) for row in (table.columns, ["-" * cells for cells in widths], *shown)]
    more = len(table.rows) - len(shown)
    return "".join(f"{line}\n" for line in (*lines, *([f"… {more} more"] if more else ())))


def format_csv(table: Table) -> str:
    r"""Return a table as CSV with a header, lines ending in a bare newline; an unbound cell is empty.

    >>> format_csv(Table(("a", "b"), (("x,y", None),)))
    'a,b\n"x,y",\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_show(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def format_json(table: Table) -> str:
    """Return a table as a JSON list of objects; an unbound cell is null.

    >>> print(format_json(Table(("a", "b"), (("南宁", None),))), end="")
    [
     {"a": "南宁", "b": null}
    ]
    """
    rows = [json.dumps(dict(zip(table.columns, row, strict=True)), ensure_ascii=False) for row in table.rows]
    return "[\n " + ",\n ".join(rows) + "\n]\n" if rows else "[]\n"


def _show(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _align(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True))
    return "  ".join(cells).rstrip()


def _cut(text: str, width: int | None) -> str:
    """Shorten a text to `width` terminal cells, the last of them for the sign that it was cut.

    >>> _cut("南宁市经开区", 8), _cut("南宁", 8)
    ('南宁市…', '南宁')
    """
    if width is None or _width(text) <= width:
        return text
    used = 0
    for index, character in enumerate(text):
        used += _width(character)
        if used > width - 1:
            return text[:index] + "…"
    return text


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in _WIDE else 1 for character in text)
