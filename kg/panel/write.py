"""The panel as files: CSV, Parquet, and the dictionary of its columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from kg.errors import BadInput
from kg.graph.terms import plain_decimal
from kg.lexicon.panel import Column
from kg.panel import Cell, Row

_BOM = "\ufeff"


def write_csv(rows: Iterable[Row], columns: Sequence[Column], bom: bool = False) -> str:
    r"""Return rows as CSV in UTF-8: one header line, lines ending in a bare newline, numbers in plain digits.

    With `bom` it begins with the mark by which Excel knows UTF-8; pandas and Stata read it with and without.

    >>> write_csv([{"year": 2023, "target": Decimal("5.0")}], [Column("year", "integer", "", ""),
    ...                                                        Column("target", "number", "", "")])
    'year,target\n2023,5\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([_show(row[column.name]) for column in columns] for row in rows)
    return (_BOM if bom else "") + out.getvalue()


def write_parquet(rows: Iterable[Row], columns: Sequence[Column]) -> bytes:
    """Return rows as Parquet: text, 64-bit whole numbers and 64-bit floats; what is not known is null.

    Raises `BadInput` where pyarrow, of the extra `tables`, is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise BadInput(
            "parquet", "needs pyarrow, which is not installed 未安装; pip install 'govkg[tables]'"
        ) from error
    types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    held = list(rows)
    arrays = [pa.array([_plain(row[column.name]) for row in held], types[column.type]) for column in columns]
    fields = [
        pa.field(column.name, types[column.type], metadata={"en": column.english, "zh": column.chinese})
        for column in columns
    ]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), out)
    return out.getvalue()


def write_dictionary(columns: Sequence[Column], bom: bool = False) -> str:
    """Return what each column means, as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("column", "type", "english", "chinese"))
    writer.writerows((column.name, column.type, column.english, column.chinese) for column in columns)
    return (_BOM if bom else "") + out.getvalue()


def dictionary_path(panel: Path) -> Path:
    """Return where the dictionary of a panel lies: beside it.

    >>> dictionary_path(Path("out/panel.parquet")).as_posix()
    'out/panel-dictionary.csv'
    """
    return panel.with_name(f"{panel.stem}-dictionary.csv")


def _show(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return plain_decimal(cell).text
    return "" if cell is None else str(cell)


def _plain(cell: Cell) -> str | int | float | None:
    return float(cell) if isinstance(cell, Decimal) else cell
