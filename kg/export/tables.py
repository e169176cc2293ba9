"""Answers of queries as text: an aligned table for people, CSV and JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

from kg.query import Cell, Table

_WIDE = {"W", "F"}


def write_text_table(table: Table) -> str:
    """Return a table whose columns line up in a terminal, where a Chinese character is two cells wide.

    >>> print(write_text_table(Table(("place", "n"), (("南宁市", 2), (None, 10)))), end="")
    place   n
    ------  --
    南宁市  2
            10
    """
    rows = [table.columns, *([_show(cell) for cell in row] for row in table.rows)]
    widths = [max(_width(row[index]) for row in rows) for index in range(len(table.columns))]
    rule = ["-" * width for width in widths]
    lines = (
        "  ".join(text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True))
        for row in (rows[0], rule, *rows[1:])
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)


def write_csv(table: Table) -> str:
    r"""Return a table as CSV with a header, lines ending in a bare newline; an unbound cell is empty.

    >>> write_csv(Table(("a", "b"), (("x,y", None),)))
    'a,b\n"x,y",\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_show(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def write_json(table: Table) -> str:
    """Return a table as a JSON list of objects; an unbound cell is null.

    >>> print(write_json(Table(("a", "b"), (("南宁", None),))), end="")
    [
     {"a": "南宁", "b": null}
    ]
    """
    rows = [json.dumps(dict(zip(table.columns, row, strict=True)), ensure_ascii=False) for row in table.rows]
    return "[\n " + ",\n ".join(rows) + "\n]\n" if rows else "[]\n"


def _show(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in _WIDE else 1 for character in text)
