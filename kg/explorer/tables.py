"""Rows as columns that say nothing twice: what a page of many reports holds would else be mostly repetition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def write_table(columns: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Return columns of one length as JSON values, which `table.mjs` reads back.

    A column of one value is that value; words and confidences that return are listed once and pointed at.

    >>> write_table({"kind": ["growth", "growth", "share", "growth"], "start": [1, 5, 9, 9], "of": [None] * 4})
    {'size': 4, 'kind': {'words': ['growth', 'share'], 'at': [0, 0, 1, 0]}, 'start': [1, 5, 9, 9], 'of': {'all': None}}
    """
    size = max(map(len, columns.values()), default=0)
    return {"size": size, **{name: _write_column(list(values)) for name, values in columns.items()}}


def _write_column(values: list[Any]) -> Any:
    words = {value: number for number, value in enumerate(dict.fromkeys(values))}
    if len(words) == 1:
        return {"all": values[0]}
    if 2 * len(words) <= len(values) and any(isinstance(value, str | float) for value in words):
        return {"words": list(words), "at": [words[value] for value in values]}
    return values
