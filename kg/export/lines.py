"""Triples to N-Triples and N-Quads: one statement a line, sorted, for bulk loaders and for comparing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.export.turtle import escape_text
from kg.graph import Term, Triple
from kg.vocab import XSD


def write_ntriples(triples: Iterable[Triple]) -> str:
    """Return a set of triples as sorted N-Triples.

    >>> print(write_ntriples([("https://example.org/a", "https://example.org/b", "https://example.org/c")]), end="")
    <https://example.org/a> <https://example.org/b> <https://example.org/c> .
    """
    return "".join(sorted(f"<{s}> <{p}> {_write_term(o)} .\n" for s, p, o in dict.fromkeys(triples)))


def write_nquads(graphs: Mapping[str, Iterable[Triple]]) -> str:
    """Return named graphs as N-Quads, sorted within each graph."""
    return "".join(
        "".join(sorted(f"<{s}> <{p}> {_write_term(o)} <{iri}> .\n" for s, p, o in dict.fromkeys(graphs[iri])))
        for iri in sorted(graphs)
    )


def _write_term(term: Term) -> str:
    if isinstance(term, str):
        return f"<{term}>"
    if term.language:
        return f"{escape_text(term.text)}@{term.language}"
    datatype = "" if term.datatype == XSD.string else f"^^<{term.datatype}>"
    return escape_text(term.text) + datatype
