"""Between the plain triples of kg and the terms of an Oxigraph store."""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import BadInput
from kg.graph import Literal, Triple
from kg.vocab import XSD


def to_quad(triple: Triple, graph: str | None) -> ox.Quad:
    """Return a triple as a quad of a named graph, or of the default graph, which is None."""
    subject, predicate, value = triple
    place = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), _to_term(value), place)


def to_triple(quad: ox.Quad) -> Triple:
    """Return the triple of a quad; `BadInput` for a blank node or another term that kg never writes.

    >>> to_triple(to_quad(("x:a", "x:b", Literal("南宁", "", "zh")), "x:g"))
    ('x:a', 'x:b', Literal(text='南宁', datatype='', language='zh'))
    """
    if not isinstance(quad.subject, ox.NamedNode):
        raise BadInput("the store", f"holds {quad.subject}; kg knows IRIs and literals only")
    return quad.subject.value, quad.predicate.value, _from_term(quad.object)


def as_stored(triple: Triple) -> Triple:
    """Return a triple with its decimal in the form that a store gives back: 12.50 as 12.5, 3.0 as 3.

    >>> as_stored(("x:a", "x:b", Literal("12.50", XSD.decimal, "")))[2].text
    '12.5'
    """
    subject, predicate, value = triple
    if isinstance(value, Literal) and value.datatype == XSD.decimal and "." in value.text:
        return subject, predicate, Literal(value.text.rstrip("0").rstrip("."), value.datatype, "")
    return triple


def _from_term(term: object) -> str | Literal:
    if isinstance(term, ox.Literal):
        return Literal(term.value, "" if term.language else term.datatype.value, term.language or "")
    if isinstance(term, ox.NamedNode):
        return term.value
    raise BadInput("the store", f"holds {term}; kg knows IRIs and literals only")


def _to_term(term: str | Literal) -> ox.NamedNode | ox.Literal:
    if isinstance(term, str):
        return ox.NamedNode(term)
    if term.language:
        return ox.Literal(term.text, language=term.language)
    return ox.Literal(term.text, datatype=ox.NamedNode(term.datatype))
