"""A linked document to RDF: plain triples in the hot path, an rdflib graph for those who want one.

Every relation stands as a direct triple and as a claim node; every mention, figure and claim leads to its sentence,
its offsets and its rule. There are no blank nodes, so two graphs are equal when their sets of triples are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import rdflib

from kg.graph.entities import describe_entities, describe_mentions
from kg.graph.findings import describe_claims, describe_figures
from kg.graph.iris import DEFAULT_BASE, name_nodes
from kg.graph.report import Extraction, describe_extraction, describe_report, describe_text
from kg.graph.terms import Literal, Term, Triple, chinese, english, integer
from kg.lexicon.linking import LinkingRules
from kg.linking import Linked
from kg.model import Report
from kg.vocab import KG, RDF, SKOS, VOCABULARY, XSD

__all__ = ["DEFAULT_BASE", "Extraction", "Literal", "Term", "Triple", "name_graph", "to_graph", "to_triples"]


def to_triples(
    linked: Linked, rules: LinkingRules, extraction: Extraction, base: str = DEFAULT_BASE
) -> dict[Triple, None]:
    """Return the graph of one report as an ordered set of triples.

    The names and classes of the closed concepts that it uses (statuses, kinds of figures …) are part of it, so that a
    file is readable without the ontology beside it.
    """
    iris = name_nodes(linked.document.report, base)
    triples = dict.fromkeys(
        (
            *describe_report(linked.document, linked.own, iris),
            *describe_extraction(extraction, iris),
            *describe_text(linked.document, iris),
            *describe_entities(linked, iris),
            *describe_mentions(linked, iris),
            *describe_figures(linked, rules, iris),
            *describe_claims(linked, iris),
        )
    )
    triples.update(dict.fromkeys(_describe_concepts(triples)))
    return triples


def name_graph(report: Report, base: str = DEFAULT_BASE) -> str:
    """Return the IRI of the named graph that a report's triples go to: to put it anew replaces the report."""
    return name_nodes(report, base).graph


def to_graph(triples: Iterable[Triple]) -> rdflib.Graph:
    """Return triples as an rdflib graph, for SHACL and for users of rdflib; some twenty times slower than writing text.

    >>> from kg.vocab import XSD
    >>> graph = to_graph([("https://example.org/a", KG.value, Literal("12.50", XSD.decimal, ""))])
    >>> [str(value) for value in graph.objects()]
    ['12.50']
    """
    graph = rdflib.Graph()
    graph.bind("kg", KG.base)
    for subject, predicate, value in triples:
        graph.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), _to_rdflib(value)))
    return graph


def _to_rdflib(value: Term) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(value, str):
        return rdflib.URIRef(value)
    if value.language:
        return rdflib.Literal(value.text, lang=value.language)
    # rdflib tells a string with its datatype written from one without, though RDF 1.1 does not.
    return rdflib.Literal(value.text, datatype=None if value.datatype == XSD.string else rdflib.URIRef(value.datatype))


def _describe_concepts(triples: Iterable[Triple]) -> Iterator[Triple]:
    used = {value for _, _, value in triples if isinstance(value, str)}
    for iri, concept in VOCABULARY.concepts.items():
        if iri in used:
            yield from ((iri, RDF.type, kind) for kind in concept.types)
            yield iri, SKOS.prefLabel, chinese(concept.zh)
            yield iri, SKOS.prefLabel, english(concept.en)
            if concept.stage is not None:
                yield iri, KG.stage, integer(concept.stage)
