"""Annotated sentences as ids and names, in the text form that is read at run time."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kg.encoder import DILATIONS, INNER_KINDS, Hit, Ids, Vocabulary, encode_text
from kg.errors import BadData
from kg.head import find_head
from kg.lexicon.head import HeadRules, load_head
from kg.lexicon.names import NameLexicon, load_names
from kg.lexicon.structure import load_structure
from kg.model import Report
from kg.readers import Source, clean_text, read_source

# Characters before and after a sentence that the network may look at.
_CONTEXT = sum(DILATIONS)


@dataclass(frozen=True, slots=True)
class Example:
    """One annotated sentence: the ids of it and its neighbours, where in them it lies, and its names from its start.

    `inner` are the names that stand within one of `names`.
    """

    ids: Ids
    start: int
    length: int
    names: tuple[Hit, ...]
    inner: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How reports are read before the tagger sees them."""

    cleanings: tuple[tuple[re.Pattern[str], str], ...]
    head: HeadRules
    names: NameLexicon


def load_reading(folder: Path) -> Reading:
    """Load what the data folder says of cleaning, heads and names."""
    cleanings = tuple((cleaning.pattern, cleaning.to) for cleaning in load_structure(folder).cleanings)
    return Reading(cleanings, load_head(folder), load_names(folder))


def read_gold(folder: Path, vocabulary: Vocabulary, reading: Reading) -> dict[str, tuple[Example, ...]]:
    """Read `DOC.jsonl` and `sources/DOC.txt` of a folder of annotated reports: the examples of each, by DOC."""
    documents = {}
    for path in sorted(folder.glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        source = read_source(folder / "sources" / f"{path.stem}.txt")
        for row in rows:
            if not source.raw.startswith(row["text"], row["start"]):
                raise BadData(path, str(row["start"]), "the source has another text there")
        documents[path.stem] = tuple(make_examples(rows, source, vocabulary, reading))
    return documents


def make_examples(
    rows: Sequence[Mapping[str, Any]], source: Source, vocabulary: Vocabulary, reading: Reading
) -> Iterator[Example]:
    """Yield the examples of one report; offsets of `rows` are those of the raw source."""
    text, origins = clean_text(source.raw, reading.cleanings)
    report = Report("", "", text, source.name, source.digest, origins=origins)
    raw = np.array([report.origin(offset) for offset in range(len(text))])

    def published(offset: int) -> int:
        return int(np.searchsorted(raw, offset))

    near = find_head(text, source.name, reading.head, reading.names.divisions).place_code
    yield from cut_examples(rows, text, near, vocabulary, reading, published)


def cut_examples(
    rows: Iterable[Mapping[str, Any]],
    text: str,
    near: str | None,
    vocabulary: Vocabulary,
    reading: Reading,
    published: Callable[[int], int] = int,
) -> Iterator[Example]:
    """Yield an example for each row of a text read at the place of code `near`.

    `published` turns a row's offset into one of `text`.
    """
    hits = [(hit.start, hit.end, hit.kind) for hit in reading.names.find(text, near=near)]
    ids = encode_text(vocabulary, text, hits)
    for row in rows:
        start, end = published(row["start"]), published(row["start"] + len(row["text"]))
        if start == end:
            # The whole row was cleaned away, as a watermark line is.
            continue
        outer, inner = (
            tuple(
                (published(row["start"] + first) - start, published(row["start"] + last) - start, kind)
                for first, last, kind in placed
            )
            for placed in place_names(row["text"], row["entities"])
        )
        low = max(0, start - _CONTEXT)
        yield Example(
            ids=_cut(ids, low, end + _CONTEXT),
            start=start - low,
            length=end - start,
            names=tuple((first, last, kind) for first, last, kind in outer if first < last),
            inner=tuple((first, last, kind) for first, last, kind in inner if first < last),
        )


def place_names(text: str, entities: Iterable[Mapping[str, Any]]) -> tuple[list[Hit], list[Hit]]:
    """Return where a sentence has its annotated names, and where the names that stand only within others.

    A name is everywhere where its words stand, the longest first. Both lists are sorted by place.

    >>> names = {"南宁": "Place", "南宁港": "Facility", "甲厂": "Organization", "甲厂电池": "Project"}
    >>> place_names("南宁建设南宁港、甲厂电池", [{"text": text, "type": kind} for text, kind in names.items()])
    ([(0, 2, 'Place'), (4, 7, 'Facility'), (8, 12, 'Project')], [(8, 10, 'Organization')])
    """
    taken: set[int] = set()
    placed: list[Hit] = []
    inner_taken: set[int] = set()
    inner: list[Hit] = []
    for entity in sorted(entities, key=lambda entity: -len(entity["text"])):
        spans = [
            range(match.start(), match.start() + len(entity["text"]))
            for match in re.finditer(f"(?={re.escape(entity['text'])})", text)
        ]
        free = [span for span in spans if taken.isdisjoint(span)]
        for span in free:
            taken.update(span)
            placed.append((span.start, span.stop, entity["type"]))
        if free or entity["type"] not in INNER_KINDS:
            continue
        for span in spans:
            if inner_taken.isdisjoint(span) and taken.issuperset(span):
                inner_taken.update(span)
                inner.append((span.start, span.stop, entity["type"]))
    return sorted(placed), sorted(inner)


def _cut(ids: Ids, low: int, high: int) -> Ids:
    return Ids(*(getattr(ids, column.name)[low:high] for column in dataclasses.fields(ids)))
