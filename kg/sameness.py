"""How well names are known for one thing across reports: pairs of names that a reader judged, against the joined graph.

A pair counts as one thing where both names, as mentions in their years' reports, lead to one node. The names are given,
so what is measured is identity alone and not whether a name is found in the text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BadData
from kg.joining import Table
from kg.joining.likeness import measure_likeness
from kg.joining.names import read_cores
from kg.joining.renamed import list_new_names
from kg.joining.words import WordCutter
from kg.lexicon.reading import read_tsv
from kg.linking import view_places
from kg.model import Document, Mention, Report
from kg.pipeline import Rules, join, link_document, tabulate
from kg.score import Counts
from kg.vocab import VOCABULARY

_COLUMNS = ("place", "left_year", "left_text", "left_kind", "right_year", "right_text", "right_kind", "same", "why")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as a thing of a kind, in the report of a year."""

    year: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names in the reports of a place, whether a reader took them for one thing, and why."""

    place: str
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
        found.append(Pair(row["place"], left, right, row["same"] == "yes", row["why"]))
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


def measure_pairs(pairs: Sequence[Pair], place: Report, rules: Rules) -> Iterator[tuple[tuple[float, ...], bool]]:
    """Yield what `kg.joining.likeness` measures of each pair, whose names reports of `place` give, and if it is one.

    Two judged names that no pair joins, not even by way of others, are taken for two things too: most names of a place
    that share some characters are, and those that annotators ask about are not like them.
    """
    view = view_places(place, rules.divisions, rules.linking)
    renamed = list_new_names(rules.divisions, (place.place_code or "")[:2])
    cutter = WordCutter()
    cores = {
        name: read_cores(name.kind, name.text, view, renamed, rules.linking, rules.joining)[0]
        for pair in pairs
        for name in (pair.left, pair.right)
    }
    asked = ((pair.left, pair.right, pair.same) for pair in pairs)
    for left, right, same in (*asked, *_list_unasked(pairs)):
        one_kind = left.kind == right.kind
        if one_kind or (left.kind, right.kind) in rules.joining.together:
            yield measure_likeness(cores[left], cores[right], one_kind, cutter, rules.joining), same


def _list_unasked(pairs: Sequence[Pair]) -> Iterator[tuple[Name, Name, bool]]:
    """Yield the pairs of judged names that share two characters in a row and that are not one by what was judged."""
    things: dict[str, str] = {}
    for pair in pairs:
        if pair.same:
            one, other = (things.get(name.text, name.text) for name in (pair.left, pair.right))
            things.update({text: other for text, thing in things.items() if thing == one})
            things.update({pair.left.text: other, pair.right.text: other})
    asked = {frozenset((pair.left.text, pair.right.text)) for pair in pairs}
    names = list({name.text: name for pair in pairs for name in (pair.left, pair.right)}.values())
    for number, left in enumerate(names):
        for right in names[:number]:
            shared = any(left.text[at : at + 2] in right.text for at in range(len(left.text) - 1))
            known = things.get(left.text, left.text) == things.get(right.text, right.text)
            if shared and not known and frozenset((left.text, right.text)) not in asked:
                yield left, right, False


def count_pairs(judged: Sequence[tuple[Pair, bool]]) -> Counts:
    """Return hits, misses and extras of the pairs that are one thing.

    >>> name = Name(2020, "南宁", "Place")
    >>> count_pairs([(Pair("", name, name, True, ""), True), (Pair("", name, name, False, ""), True)])
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
