"""What the explorer asks of the store, piece by piece: a thing with the sentences that tell of it, a whole report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from kg.explorer.maps import draw_maps
from kg.explorer.overview import Map
from kg.explorer.payload import describe_page
from kg.explorer.read import read_page
from kg.serve.pool import Question
from kg.store.terms import to_triple

_TRIPLES = "application/n-triples"
# A panel shows no more; the reports themselves have the rest.
_MOST_SENTENCES = 100
_NOWHERE = Map(None, None, 0, {}, {})
# What a finding or a sentence leads to, in the lines of an answer.
_ENDS = re.compile(rb"(?:#(?:refersTo|subject|object|measuredFor|indicator|inReport|inSection)>) <([^>]+)> \.\n")
# What is shown of those: a place has thousands of other statements.
_SHOWN = (
    "rdf:type rdfs:label skos:prefLabel skos:altLabel dcterms:title dcterms:issued kg:begin kg:digest kg:divisionCode "
    "kg:end kg:endYear kg:inReport kg:inSection kg:modality kg:place kg:sourceFile kg:speaker kg:year"
)


def ask_report(graph: str) -> Question:
    """Return the question for everything in the graph of a report."""
    return Question(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", triples=_TRIPLES)


def ask_sentences(iri: str, central: bool) -> Question:
    """Return the question for sentences that name a thing, or state or measure something of it, the latest first.

    A report states so much of its own place, which is `central`, that only what names it is asked for.
    """
    found = f"{{ <{iri}> kg:mentionedIn ?s }}"
    if not central:
        ends = "rdf:subject|rdf:object|kg:measuredFor"
        found += f" UNION {{ ?x {ends} <{iri}> . ?x prov:wasDerivedFrom ?s }}"
    return Question(
        f"SELECT ?s {{ {{ SELECT DISTINCT ?s {{ {found} }} }} ?s kg:inReport ?r . OPTIONAL {{ ?r kg:year ?year }} }} "
        f"ORDER BY DESC(?year) ?s LIMIT {_MOST_SENTENCES}"
    )


def read_sentences(body: bytes) -> list[str]:
    """Return the sentences of that answer."""
    return [row["s"]["value"] for row in json.loads(body)["results"]["bindings"]]


def ask_findings(sentences: Iterable[str]) -> Question:
    """Return the question for what some sentences are, and for everything that was found in them."""
    given = f"VALUES ?s {{ {_list(sentences)} }}"
    return Question(
        f"CONSTRUCT {{ ?a ?p ?o }} {{ {{ {given} ?a prov:wasDerivedFrom ?s . ?a ?p ?o }} UNION "
        f"{{ {given} BIND(?s AS ?a) ?a ?p ?o }} }}",
        triples=_TRIPLES,
    )


def ask_names(iri: str, findings: bytes) -> Question:
    """Return the question for what the ends of findings are called, and for the reports and sections they stand in."""
    ends = dict.fromkeys([iri, *(end.decode() for end in _ENDS.findall(findings))])
    where = {name: [end for end in ends if f"/id/{name}/" in end] for name in ("section", "report")}
    return Question(
        f"CONSTRUCT {{ ?a ?p ?o }} {{ {{ VALUES ?a {{ {_list(ends)} }} }} UNION "
        f"{{ VALUES ?s {{ {_list(where['section'])} }} ?s kg:inSection+ ?a }} UNION "
        f"{{ VALUES ?r {{ {_list(where['report'])} }} ?r kg:place ?a }} "
        f"?a ?p ?o FILTER(?p IN ({', '.join(_SHOWN.split())})) }}",
        triples=_TRIPLES,
    )


def _list(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def build_part(body: bytes, whole: bool) -> tuple[bytes, list[str]]:
    """Return the rows of the page for an answer in N-Triples, as JSON, and the ids of the things in them.

    A whole report comes with its map, which is that of its year, beside those of other years.
    """
    page = read_page([[to_triple(ox.Quad(*t)) for t in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]])
    if whole:
        rows = describe_page(page, [replace(drawn, year=page.reports[0].year) for drawn in draw_maps(page)])
    else:
        rows = {**describe_page(page, [_NOWHERE]), "maps": []}
    ids = [row["key"] for row in rows["nodes"]]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), ids
