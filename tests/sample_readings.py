"""Rows as `kg.facts` reads them, made of short lines by hand."""

from __future__ import annotations

from decimal import Decimal

from kg.facts import Quote, Reading
from kg.graph.iris import Iris
from kg.graph.measures import read_unit, view_indicators
from kg.lexicon.linking import load_linking
from kg.resources import data_folder

INDICATORS = view_indicators(Iris("x:", "r"), load_linking(data_folder()))


def make_reading(text: str, modality: str, period: str, quote: Quote | None = None) -> Reading:
    """Make a reading of `name | words | value | unit | kind | bound`; without a sentence it gets one of its own."""
    name, words, value, written, kind, bound = (part.strip() for part in text.split("|"))
    iri, label = INDICATORS.find(name)
    unit = read_unit(written, INDICATORS.iris)
    number, year = Decimal(value), int(period) if period.isdigit() else None
    quote = quote or Quote(f"x:{modality}", f"{name}{words}", 0, modality)
    begin = quote.begin + quote.text.index(words)
    return Reading(
        iri=f"{quote.iri}.{begin}",
        indicator=iri,
        name=label,
        value=number,
        normal=number * unit.factor,
        unit=unit.iri,
        measure=unit.words,
        written=written,
        kind=kind,
        modality=modality,
        bound=bound,
        year=year,
        period=period,
        owner="",
        of="",
        words=words,
        begin=begin,
        end=begin + len(words),
        quote=quote,
    )
