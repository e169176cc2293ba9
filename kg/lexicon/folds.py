"""Load `tagger/folds.tsv`: which group each annotated report belongs to when the tagger is measured."""

from __future__ import annotations

from pathlib import Path

from kg.errors import BadData
from kg.lexicon.reading import read_tsv


def load_folds(folder: Path) -> dict[str, int]:
    """Return the number of the group of each report; a group's model never saw the annotations of its reports."""
    path = folder / "tagger" / "folds.tsv"
    folds = {}
    for row in read_tsv(path, ("report", "fold")):
        if not row["fold"].isdigit():
            raise BadData(path, row["report"], "fold should be a number")
        folds[row["report"]] = int(row["fold"])
    return folds
