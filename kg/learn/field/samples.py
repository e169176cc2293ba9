"""Annotated sentences as the field learns them: laid out with their features, a label on each character."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.head import find_head
from kg.learn.field.crf import Sample, Settings, train_weights
from kg.learn.gold import Reading, place_names
from kg.lexicon.name_patterns import NameHit
from kg.readers import read_source
from kg.tagger import Tagger, locate_hits, make_tagger
from kg.tagger.classes import WordClasses
from kg.tagger.features import describe
from kg.tagger.lines import Ints, lay_out
from kg.tagger.marginals import BEGIN, INSIDE, KINDS, OUTSIDE

_SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Annotated:
    """The annotated sentences of one report.

    `names` has the (start, end, kind) of each sentence's names; `hits` pairs of sentence index and the lexicon's hit
    in it. Offsets are from the sentence's start.
    """

    name: str
    texts: tuple[str, ...]
    names: tuple[tuple[tuple[int, int, str], ...], ...]
    hits: tuple[tuple[int, NameHit], ...]


def read_annotated(folder: Path, reading: Reading) -> tuple[Annotated, ...]:
    """Read `DOC.jsonl` and `sources/DOC.txt` of every annotated report of a folder, sorted by name."""
    reports = []
    for path in sorted(folder.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        rows.sort(key=lambda row: row["start"])
        source = read_source(folder / "sources" / f"{path.stem}.txt")
        place = find_head(source.raw, source.name, reading.head, reading.names.divisions).place_code
        bounds = [(row["start"], row["start"] + len(row["text"])) for row in rows]
        reports.append(
            Annotated(
                name=path.stem,
                texts=tuple(row["text"] for row in rows),
                names=tuple(tuple(place_names(row["text"], row["entities"])) for row in rows),
                hits=tuple(locate_hits(reading.names.find(source.raw, near=place), bounds)),
            )
        )
    return tuple(reports)


def train_tagger(
    reports: Sequence[Annotated],
    classes: WordClasses,
    skip: Collection[str] = (),
    settings: Settings = _SETTINGS,
) -> Tagger:
    """Train on all reports but those named in `skip`; the same reports and settings give the same tagger."""
    return make_tagger(classes, train_weights(_make_sample(reports, classes, skip), settings))


def label_names(length: int, names: Iterable[tuple[int, int, str]]) -> Ints:
    """Return a label for each character of a sentence.

    >>> label_names(4, [(1, 3, "Place")]).tolist()
    [0, 1, 2, 0]
    """
    labels = np.full(length, OUTSIDE, np.int64)
    for start, end, kind in names:
        labels[start] = BEGIN[KINDS.index(kind)]
        labels[start + 1 : end] = INSIDE[KINDS.index(kind)]
    return labels


def _make_sample(reports: Sequence[Annotated], classes: WordClasses, skip: Collection[str]) -> Sample:
    learnt = [report for report in reports if report.name not in skip]
    first = np.cumsum([0, *(len(report.texts) for report in learnt)]).tolist()
    hits = [(first[i] + index, hit) for i, report in enumerate(learnt) for index, hit in report.hits]
    lines = lay_out([text for report in learnt for text in report.texts], hits, classes)
    labels = np.zeros(len(lines.chars), np.int64)
    names = (names for report in learnt for names in report.names)
    for found, start, length in zip(names, lines.start.tolist(), lines.length.tolist(), strict=True):
        labels[start : start + length] = label_names(length, found)
    return Sample(describe(lines), lines.start, lines.length, labels)
