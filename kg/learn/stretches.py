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

    A line is a JSON object: `place`, `year`, `text`, and `sentences`, each with its `start` and `end` in the text and
    `entities` as annotated reports have them. Raises `BadData` where a name does not stand in its sentence.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        stretch = json.loads(line)
        text = stretch["text"]
        rows = [row | {"text": text[row["start"] : row["end"]]} for row in stretch["sentences"]]
        for row in rows:
            for entity in row["entities"]:
                if entity["text"] not in row["text"]:
                    raise BadData(path, f"line {number}", f"{entity['text']} is not in the sentence at {row['start']}")
        division = find_division(stretch["place"], stretch["year"], reading.names.divisions)
        yield from cut_examples(rows, text, division.code if division else None, vocabulary, reading)
