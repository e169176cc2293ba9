"""Read data/compare/panel.tsv: the columns of the panel, their types, and what they mean in English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from kg.errors import BadData
from kg.lexicon.reading import read_tsv

Type = Literal["text", "integer", "number"]

# Stata takes no longer names, and no other characters.
_NAME = re.compile("[a-z][a-z0-9_]{0,31}")
_TYPES = ("text", "integer", "number")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the panel."""

    name: str
    type: Type
    english: str
    chinese: str


def load_columns(folder: Path) -> tuple[Column, ...]:
    """Read and check `folder/compare/panel.tsv`.

    >>> from kg.resources import data_folder
    >>> load_columns(data_folder())[3].name
    'year'
    """
    path = folder / "compare" / "panel.tsv"
    columns = []
    for row in read_tsv(path, ("column", "type", "english", "chinese")):
        if not _NAME.fullmatch(row["column"]) or row["type"] not in _TYPES:
            raise BadData(path, row["column"], f"should be an ASCII name of at most 32, of {', '.join(_TYPES)}")
        columns.append(Column(row["column"], cast(Type, row["type"]), row["english"], row["chinese"]))
    return tuple(columns)
