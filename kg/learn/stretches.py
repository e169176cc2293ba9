"""Stretches of many reports with names alone annotated: what the tagger learns from beside whole reports.

They are never scored, so no group of reports is without them; their places are none of the scored ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kg.encoder import Vocabulary
from kg.errors import BadData
from kg.head import find_division
from kg.learn.gold import Example, Reading, cut_examples


def read_stretches(path: Path, vocabulary: Vocabulary, reading: Reading) -> Iterator[Example]:
    """Yield the examples of a file with one stretch a line.

    A line is a JSON object: `place`, `year`, `text`, and `sentences`, each with its `start` in the text, `text` and
    `entities` as annotated reports have them. Raises `BadData` where a sentence does not stand where it says.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        stretch = json.loads(line)
        rows, text = stretch["sentences"], stretch["text"]
        for row in rows:
            if not text.startswith(row["text"], row["start"]):
                raise BadData(path, f"line {number}", f"the stretch has another text at {row['start']}")
        division = find_division(stretch["place"], stretch["year"], reading.names.divisions)
        yield from cut_examples(rows, text, division.code if division else None, vocabulary, reading)
