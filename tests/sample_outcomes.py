"""The year after the small report of `sample_report`, and what it makes of that report's targets."""

from __future__ import annotations

import dataclasses
import tempfile
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from sample_report import EXTRACTION, make_document, make_triples

from kg.export.turtle import write_turtle
from kg.facts import Account, list_reports, read_account
from kg.graph import Triple, to_triples
from kg.lexicon.divisions import load_divisions
from kg.lexicon.linking import load_linking
from kg.lexicon.tracking import load_tracking
from kg.linking import link
from kg.model import Claim, Document, Figure, FigureKind, Mention, Name, Sentence
from kg.query import load_store
from kg.resources import data_folder
from kg.track import Outcome, track_targets
from kg.track.triples import describe_outcomes

_SENTENCES = (
    "地区生产总值增长4.2%，登记失业率4.6%，新增锅炉3蒸吨。",
    "比亚迪项目投产。",
)
_FIGURES: tuple[tuple[str, str, str, str, FigureKind], ...] = (
    ("增长4.2%", "GDP", "4.2", "%", "growth"),
    ("4.6%", "登记失业率", "4.6", "%", "share"),
    ("3蒸吨", "锅炉", "3", "蒸吨", "level"),
)


def make_next_document() -> Document:
    """Return the report of 2025, which tells of 2024."""
    text = "\n".join(_SENTENCES)
    report = dataclasses.replace(make_document().report, id="450100-2025", text=text, year=2025, date=None)
    starts = (0, len(_SENTENCES[0]) + 1)
    sentences = tuple(
        Sentence(index, 0, index, start, start + len(words), words, 2024, "actual")
        for index, (start, words) in enumerate(zip(starts, _SENTENCES, strict=True))
    )
    figures = tuple(
        Figure(
            text.index(words), text.index(words) + len(words), words, name, Decimal(value), unit, kind,
            "actual", "2024", "=", 0, "figure.sample",
        )
        for words, name, value, unit, kind in _FIGURES
    )  # fmt: skip
    at = text.index("比亚迪项目")
    mention = Mention(at, at + 5, "比亚迪项目", "Project", 1, "lexicon.sample")
    claim = Claim(
        Name("比亚迪项目", "Project"), "hasStatus", Name("operating", "Status"), 1, at, at + 7, "actual", 2024, "sample"
    )
    return Document(report, (), sentences, (mention,), figures, (claim,))


@cache
def write_both() -> str:
    """Return both reports as Turtle."""
    linked = link(make_next_document(), load_divisions(data_folder()), load_linking(data_folder()))
    return write_turtle({**make_triples(), **to_triples(linked, load_linking(data_folder()), EXTRACTION)})


@cache
def make_both() -> ox.Store:
    """Return a store of both reports."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "both.ttl"
        file.write_text(write_both(), encoding="utf-8")
        return load_store(file)


def read_both() -> tuple[Account, Account]:
    """Return the rows of both reports."""
    before, after = (read_account(make_both(), told) for told in list_reports(make_both()))
    return before, after


def make_outcomes() -> tuple[Outcome, ...]:
    """Return what became of the targets of 2024."""
    return track_targets(*read_both(), load_tracking(data_folder()))


def make_outcome_triples() -> dict[Triple, None]:
    """Return the outcomes as triples."""
    return describe_outcomes(make_outcomes())
