"""How well names are known for one thing across reports: pairs of names that a reader judged, against the joined graph.

A pair counts as one thing where both names, as mentions in their years' reports, lead to one node. The names are given,
so what is measured is identity alone and not whether a name is found in the text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from kg.errors import BadData
from kg.joining import Table
from kg.lexicon.reading import read_tsv
from kg.model import Document, Mention, Report
from kg.pipeline import Rules, join, link_document, tabulate
from kg.score import Counts
from kg.vocab import VOCABULARY

_COLUMNS = ("left_year", "left_text", "left_kind", "right_year", "right_text", "right_kind", "same", "why")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as a thing of a kind, in the report of a year."""

    year: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, whether a reader took them for one thing, and why."""

    left: Name
    right: Name
    same: bool
    why: str


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """Read judged pairs; a kind that the ontology lacks, or a judgement other than yes and no, is `BadData`."""
    found = []
    for row in read_tsv(path, _COLUMNS):
        entry = f"{row['left_text']} {row['right_text']}"
        if row["same"] not in ("yes", "no"):
            raise BadData(path, entry, f"same should be yes or no, not {row['same']!r}")
        for kind in (row["left_kind"], row["right_kind"]):
            if kind not in VOCABULARY.kinds:
                raise BadData(path, entry, f"kind {kind!r} should be one of {', '.join(VOCABULARY.kinds)}")
        left, right = (Name(int(row[f"{s}_year"]), row[f"{s}_text"], row[f"{s}_kind"]) for s in ("left", "right"))
        found.append(Pair(left, right, row["same"] == "yes", row["why"]))
    return tuple(found)


def judge_pairs(
    pairs: Sequence[Pair], documents: Mapping[int, Document], report: Report, rules: Rules
) -> tuple[tuple[Pair, bool], ...]:
    """Return each pair with whether the joined graph has one node for both names.

    `documents` are extractions of the years that are at hand; of other years only the judged names are known. `report`
    tells the place: its year and text are not read.
    """
    asked: dict[int, dict[Name, None]] = {year: {} for year in documents}
    for pair in pairs:
        for name in (pair.left, pair.right):
            asked.setdefault(name.year, {})[name] = None
    tables: list[Table] = []
    nodes: dict[Name, str] = {}
    for year, names in sorted(asked.items()):
        bare = dataclasses.replace(report, id=f"{report.place_code}-{year}", year=year, text="")
        document = _add_names(documents.get(year, Document(bare, (), (), (), (), ())), list(names))
        linked = link_document(document, rules)
        tables.append(tabulate(linked, rules))
        found = {(m.kind, m.text): link.entity for m, link in zip(document.mentions, linked.mentions, strict=True)}
        nodes.update((name, found[name.kind, name.text]) for name in names)
    things = join(tables, rules).things
    return tuple((pair, things[nodes[pair.left]].id == things[nodes[pair.right]].id) for pair in pairs)


def half_of(pair: Pair) -> int:
    """Return the half of the pairs, 0 or 1, that a pair belongs to: the rules were made on the first one.

    >>> half_of(Pair(Name(2016, "横县", "Place"), Name(2023, "横州市", "Place"), True, ""))
    1
    """
    return crc32("".join(sorted((pair.left.text, pair.right.text))).encode()) % 2


def count_pairs(judged: Sequence[tuple[Pair, bool]]) -> Counts:
    """Return hits, misses and extras of the pairs that are one thing.

    >>> name = Name(2020, "南宁", "Place")
    >>> count_pairs([(Pair(name, name, True, ""), True), (Pair(name, name, False, ""), True)])
    Counts(hits=1, missed=0, extra=1)
    """
    return Counts(
        sum(pair.same and one for pair, one in judged),
        sum(pair.same and not one for pair, one in judged),
        sum(one and not pair.same for pair, one in judged),
    )


def _add_names(document: Document, names: Sequence[Name]) -> Document:
    known = {(mention.kind, mention.text) for mention in document.mentions}
    end = len(document.report.text)
    added = [Mention(end, end, n.text, n.kind, 0, "judged") for n in names if (n.kind, n.text) not in known]
    return dataclasses.replace(document, mentions=(*document.mentions, *added))
