"""What is known of one IRI, and of the service itself: the questions that pages and descriptions are made of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph import Literal, Triple
from kg.graph.terms import english, string
from kg.query import Query
from kg.serve.negotiate import SOLUTIONS, TRIPLES
from kg.serve.pool import Question
from kg.store import catalogue_graph
from kg.store.terms import to_quad
from kg.vocab import RDF, RDFS

_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_SD = "http://www.w3.org/ns/sparql-service-description#"
_SH = "http://www.w3.org/ns/shacl#"
_FORMATS = "http://www.w3.org/ns/formats/"
_MEDIA = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
}
_NAME = "rdfs:label|skos:prefLabel"
_CHINESE = 'FILTER(LANGMATCHES(LANG(?%s), "zh"))'
_MOST = 500


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement about a node: the property and its Chinese name, and the node or the text at its other end."""

    predicate: str
    called: str
    iri: str | None
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A report that the store holds."""

    graph: str
    report: str
    label: str
    triples: int


def is_iri(text: str) -> bool:
    """Tell whether a text can stand between angle brackets in a query as an absolute IRI.

    >>> is_iri("https://w3id.org/govkg/id/place/450100"), is_iri("x:a> } SERVICE <x:b"), is_iri("x:a\ufffd")
    (True, False, False)
    """
    if not _SAFE.fullmatch(text):
        return False
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def ask_triples(iri: str, media: str) -> Question:
    """Return the question for what is said of an IRI and with it, as RDF."""
    return Question(
        f"CONSTRUCT {{ <{iri}> ?p ?o . ?s ?q <{iri}> }} WHERE {{ {{ <{iri}> ?p ?o }} UNION "
        f"{{ SELECT ?s ?q {{ ?s ?q <{iri}> }} LIMIT {_MOST} }} }}",
        triples=media,
    )


def ask_graph(graph: str, media: str) -> Question:
    """Return the question for all triples of a graph."""
    return Question(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", triples=media)


def ask_facts(iri: str) -> tuple[Question, Question]:
    """Return the questions for what is said of an IRI, and where it is what is said."""
    return _ask_ends(f"<{iri}> ?p ?o"), _ask_ends(f"?o ?p <{iri}>")


def _ask_ends(pattern: str) -> Question:
    # What is many is cut before anything is looked up or sorted: some classes have a hundred thousand members.
    return Question(
        f"SELECT ?p ?o (SAMPLE(?called) AS ?term) (COALESCE(SAMPLE(?zh), SAMPLE(?any)) AS ?label) {{ "
        f"{{ SELECT ?p ?o {{ {pattern} }} LIMIT {_MOST} }} OPTIONAL {{ ?p rdfs:label ?called {_CHINESE % 'called'} }} "
        f"OPTIONAL {{ ?o {_NAME} ?zh {_CHINESE % 'zh'} }} OPTIONAL {{ ?o {_NAME} ?any }} }} "
        "GROUP BY ?p ?o ORDER BY ?p ?o"
    )


def ask_reports(base: str) -> Question:
    """Return the question for the reports of the catalogue."""
    return Question(
        f"SELECT ?graph ?report ?label ?n {{ GRAPH <{catalogue_graph(base)}> {{ ?graph dcterms:source ?report ; "
        f"<http://rdfs.org/ns/void#triples> ?n }} OPTIONAL {{ ?report rdfs:label ?label }} }} ORDER BY ?label ?graph"
    )


def read_facts(body: bytes) -> list[Fact]:
    """Return the facts of an answer to `ask_facts`."""
    facts = []
    for row in json.loads(body)["results"]["bindings"]:
        value, label = row.get("o"), row.get("label", {}).get("value")
        if value:
            iri = value["value"] if value["type"] == "uri" else None
            called = row.get("term", {}).get("value", "")
            facts.append(Fact(row["p"]["value"], called, iri, label or value["value"], value.get("xml:lang", "")))
    return facts


def read_reports(body: bytes) -> list[Listing]:
    """Return the reports of an answer to `ask_reports`."""
    found: dict[str, Listing] = {}
    for row in json.loads(body)["results"]["bindings"]:
        graph, report = row["graph"]["value"], row["report"]["value"]
        label = row.get("label", {}).get("value") or report
        found.setdefault(graph, Listing(graph, report, label, int(row["n"]["value"])))
    return list(found.values())


def describe_service(endpoint: str, queries: Iterable[Query], media: str, base: str) -> bytes:
    """Return the SPARQL 1.1 Service Description, with the named queries as examples."""
    triples: list[Triple] = [
        (endpoint, RDF.type, _SD + "Service"),
        (endpoint, _SD + "endpoint", endpoint),
        (endpoint, _SD + "supportedLanguage", _SD + "SPARQL11Query"),
        (endpoint, _SD + "feature", _SD + "UnionDefaultGraph"),
        (endpoint, _SD + "defaultDataset", endpoint + "#dataset"),
        (endpoint + "#dataset", RDF.type, _SD + "Dataset"),
        (endpoint + "#dataset", "http://purl.org/dc/terms/source", f"{base}id/dataset"),
    ]
    forms = dict.fromkeys([*SOLUTIONS.values(), *TRIPLES.values()])
    triples += [(endpoint, _SD + "resultFormat", _FORMATS + _MEDIA[form]) for form in forms]
    for query in queries:
        node = f"{endpoint}#{query.name}"
        triples += [
            (node, RDF.type, _SH + "SPARQLExecutable"),
            (node, RDF.type, _SH + "SPARQLSelectExecutable"),
            (node, RDFS.label, english(query.english)),
            (node, RDFS.label, Literal(query.chinese, "", "zh")),
            (node, _SH + "select", string(query.text)),
            (node, "https://schema.org/target", endpoint),
        ]
    forms_of = {
        "text/turtle": ox.RdfFormat.TURTLE,
        "application/n-triples": ox.RdfFormat.N_TRIPLES,
        "application/ld+json": ox.RdfFormat.JSON_LD,
        "application/rdf+xml": ox.RdfFormat.RDF_XML,
    }
    prefixes = {"sd": _SD, "sh": _SH, "rdfs": RDFS.base, "format": _FORMATS}
    quads = (to_quad(triple, None).triple for triple in triples)
    return ox.serialize(quads, format=forms_of[media], prefixes=prefixes) or b""
