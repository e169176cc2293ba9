"""The page's data as plain rows: columns are named once, offsets stay code points of the report's text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kg.explorer.data import Fact, Page
from kg.explorer.pinyin import read_characters
from kg.model import Figure, Section, Sentence

COLUMNS = {
    name: tuple(columns.split())
    for name, columns in {
        "sections": "level title start end parent period modality",
        "sentences": "start end section paragraph period modality",
        "facts": "subject predicate object sentence start end modality year rule confidence claim",
        "figures": "start end text indicator value unit kind modality period bound of sentence rule confidence owner",
    }.items()
}


def describe_page(page: Page, opening: int) -> dict[str, Any]:
    """Return what the page holds beside nodes and edges, ready for JSON.

    A decimal is written as its plain digits, so that 12.50 stays 12.50.
    """
    report = page.report
    return {
        "report": {
            "id": report.id,
            "title": report.title,
            "place": report.place,
            "year": report.year,
            "date": report.date.isoformat() if report.date else None,
            "speaker": report.speaker,
            "source": report.source,
            "digest": report.digest,
        },
        "root": page.root,
        "key": page.key,
        "home": page.home,
        "opening": opening,
        "text": report.text,
        "columns": COLUMNS,
        "sections": [_row(section, COLUMNS["sections"]) for section in page.sections],
        "sentences": [_row(sentence, COLUMNS["sentences"]) for sentence in page.sentences],
        "facts": [_row(fact, COLUMNS["facts"]) for fact in page.facts],
        "figures": [
            [*_row(figure, COLUMNS["figures"][:-1]), owner]
            for figure, owner in zip(page.figures, page.owners, strict=True)
        ],
        "pinyin": read_characters(name for node in page.nodes for name in (node.name, *node.aliases)),
    }


def _row(item: Section | Sentence | Fact | Figure, columns: tuple[str, ...]) -> list[Any]:
    return [_plain(getattr(item, column)) for column in columns]


def _plain(value: object) -> object:
    return f"{value:f}" if isinstance(value, Decimal) else value
