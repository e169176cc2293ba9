"""Many small reports for stores to hold: copies of the sample report under other places, years and figures."""

from __future__ import annotations

from functools import cache

from sample_report import make_triples

from kg.graph import Literal, Triple
from kg.vocab import KG

SAMPLE_KEY = "450100-2024"
GRAPHS = "https://w3id.org/govkg/id/graph/"


@cache
def _sample() -> tuple[Triple, ...]:
    return tuple(make_triples())


def make_report(number: int, edition: int = 0) -> tuple[str, list[Triple]]:
    """Return the graph's IRI and the triples of one report; another edition says other values."""
    key = f"{450100 + number}-2024"

    def move(term: str) -> str:
        return term.replace(SAMPLE_KEY, key)

    def renew(predicate: str, term: str | Literal) -> str | Literal:
        if isinstance(term, str):
            return move(term)
        if predicate == KG.value and (number or edition):
            return Literal(f"{number}.{edition + 1}", term.datatype, "")
        return term

    triples = [(move(s), p, renew(p, o)) for s, p, o in _sample()]
    return GRAPHS + key, list(dict.fromkeys(triples))
