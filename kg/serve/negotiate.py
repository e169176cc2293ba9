"""Which form of an answer a client wants: the `Accept` header against the forms that there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

SOLUTIONS: Mapping[str, str] = MappingProxyType(
    {
        "application/sparql-results+json": "application/sparql-results+json",
        "application/json": "application/sparql-results+json",
        "application/sparql-results+xml": "application/sparql-results+xml",
        "application/xml": "application/sparql-results+xml",
        "text/csv": "text/csv",
        "text/tab-separated-values": "text/tab-separated-values",
    }
)
TRIPLES: Mapping[str, str] = MappingProxyType(
    {
        "text/turtle": "text/turtle",
        "application/n-triples": "application/n-triples",
        "text/plain": "application/n-triples",
        "application/ld+json": "application/ld+json",
        "application/json": "application/ld+json",
        "application/rdf+xml": "application/rdf+xml",
    }
)
PAGE: Mapping[str, str] = MappingProxyType({"text/html": "text/html", "application/xhtml+xml": "text/html"})


def choose_form(accept: str, *offers: Mapping[str, str]) -> str | None:
    """Return the offered form that `accept` likes best, the first of equals; None where it likes none.

    Without an `accept` the first offer is taken.

    >>> choose_form("text/html;q=0.5, text/*, */*;q=0.1", TRIPLES)
    'text/turtle'
    >>> choose_form("image/png", TRIPLES) is None
    True
    >>> choose_form("text/html, */*;q=0.8", TRIPLES, PAGE)
    'text/html'
    """
    forms = {name: form for offer in offers for name, form in offer.items()}
    ranges = _read_ranges(accept) or [("*/*", 1.0)]
    best, liking = None, 0.0
    for name, form in forms.items():
        quality = _find_quality(name, ranges)
        if quality > liking:
            best, liking = form, quality
    return best


def _read_ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(",")[:50]:
        name, *parameters = (word.strip().lower() for word in part.split(";"))
        if not name:
            continue
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = min(max(float(parameter[2:]), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        found.append((name, quality))
    return found


def _find_quality(name: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Return the quality that the most specific range gives to a media type."""
    for pattern in (name, name.partition("/")[0] + "/*", "*/*"):
        for given, quality in ranges:
            if given == pattern:
                return quality
    return 0.0
