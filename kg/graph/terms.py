"""RDF terms as plain values: an IRI is a `str`, a literal a named tuple, a triple a tuple of three."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NamedTuple

from kg.vocab import XSD


class Literal(NamedTuple):
    """A literal with its exact lexical form; one of `datatype` and `language` is empty."""

    text: str
    datatype: str
    language: str


Term = str | Literal
Triple = tuple[str, str, Term]


def chinese(text: str) -> Literal:
    """Return a Chinese text."""
    return Literal(text, "", "zh")


def english(text: str) -> Literal:
    """Return an English text."""
    return Literal(text, "", "en")


def string(text: str) -> Literal:
    """Return a string of no language: a code, a file or rule name, a digest."""
    return Literal(text, XSD.string, "")


def integer(number: int) -> Literal:
    """Return an `xsd:integer`."""
    return Literal(str(number), XSD.integer, "")


def decimal(number: Decimal) -> Literal:
    """Return an `xsd:decimal` with the digits that the number has, never with an exponent.

    >>> decimal(Decimal("12.50")).text, decimal(Decimal("1E+3")).text
    ('12.50', '1000')
    """
    return Literal(f"{number:f}", XSD.decimal, "")


def plain_decimal(number: Decimal) -> Literal:
    """Return an `xsd:decimal` without idle zeros after the point.

    >>> plain_decimal(Decimal("34.67") * 10**8).text, plain_decimal(Decimal("0.0")).text
    ('3467000000', '0')
    """
    digits = f"{number:f}"
    return Literal(digits.rstrip("0").rstrip(".") if "." in digits else digits, XSD.decimal, "")


def confidence(value: float) -> Literal:
    """Return a confidence as an `xsd:decimal` of at most three places.

    >>> confidence(0.97).text, confidence(1.0).text
    ('0.97', '1.0')
    """
    return Literal(str(round(value, 3)), XSD.decimal, "")


def calendar_year(year: int) -> Literal:
    """Return an `xsd:gYear`."""
    return Literal(f"{year:04d}", XSD.gYear, "")


def date(day: datetime.date) -> Literal:
    """Return an `xsd:date`."""
    return Literal(day.isoformat(), XSD.date, "")
