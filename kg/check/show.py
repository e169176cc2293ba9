"""Contradictions as words: a table for people, rows for programs."""

from __future__ import annotations

from collections.abc import Sequence

from kg.check.rows import Doubt, Kind
from kg.query import Table

_KINDS: dict[Kind, str] = {
    "growth": "增速与总量不符",
    "retreat": "目标低于上年",
    "share": "占比超过100%",
    "double": "一个指标两个数值",
    "sum": "分区合计超过全域",
}
COLUMNS = ("number", "check", "place", "report_year", "indicator", "note", "year", "words", "sentence", "iri")


def list_doubts(doubts: Sequence[Doubt]) -> Table:
    """Return one row a reading; the readings of one contradiction share its number, from 1."""
    rows = (
        (
            number,
            doubt.kind,
            doubt.told.name,
            doubt.told.year,
            reading.name,
            doubt.note,
            reading.year,
            reading.words,
            reading.quote.text,
            reading.iri,
        )
        for number, doubt in enumerate(doubts, 1)
        for reading in doubt.readings
    )
    return Table(COLUMNS, tuple(rows))


def write_doubts(doubts: Sequence[Doubt]) -> str:
    """Return a few lines for each contradiction: what it is, and each sentence that it rests on, once."""
    lines = []
    for doubt in doubts:
        where = f"{doubt.told.name}{doubt.told.year or ''}"
        lines.append(f"{_KINDS[doubt.kind]} {doubt.kind}  {where}  {doubt.readings[0].name}：{doubt.note}")
        quotes = {reading.quote.iri: (reading.year, reading.quote.text) for reading in doubt.readings}
        lines += [f"    {year or ''}  {text}" for year, text in quotes.values()]
    return "".join(f"{line}\n" for line in lines)
