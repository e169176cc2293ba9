"""Named graphs to JSON-LD, for tools that read JSON: the terms of the ontology are the keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from kg.graph import Term, Triple
from kg.vocab import DCTERMS, KG, PROV, RDF, RDFS, SCHEMA, SKOS, XSD

_CONTEXT = {
    prefix: namespace.base
    for prefix, namespace in {
        "kg": KG,
        "rdf": RDF,
        "rdfs": RDFS,
        "skos": SKOS,
        "prov": PROV,
        "dcterms": DCTERMS,
        "schema": SCHEMA,
        "xsd": XSD,
    }.items()
}


def write_jsonld(graphs: Mapping[str, Iterable[Triple]]) -> str:
    """Return named graphs as one JSON-LD document, sorted by graph, node and property."""
    content = [{"@id": iri, "@graph": _write_nodes(graphs[iri])} for iri in sorted(graphs)]
    document = {"@context": _CONTEXT, "@graph": content}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _write_nodes(triples: Iterable[Triple]) -> list[dict[str, Any]]:
    nodes: dict[str, dict[str, list[Term]]] = {}
    for subject, predicate, value in dict.fromkeys(triples):
        nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
    found = []
    for subject, properties in sorted(nodes.items()):
        node: dict[str, Any] = {"@id": subject}
        for predicate, values in sorted(properties.items()):
            if predicate == RDF.type:
                node["@type"] = sorted(_shorten(str(value)) for value in values)
            else:
                written = sorted((_write_value(value) for value in values), key=lambda value: sorted(value.items()))
                node[_shorten(predicate)] = written[0] if len(written) == 1 else written
        found.append(node)
    return found


def _write_value(term: Term) -> dict[str, str]:
    if isinstance(term, str):
        return {"@id": term}
    if term.language:
        return {"@value": term.text, "@language": term.language}
    if term.datatype == XSD.string:
        return {"@value": term.text}
    return {"@value": term.text, "@type": _shorten(term.datatype)}


def _shorten(iri: str) -> str:
    for prefix, base in _CONTEXT.items():
        if iri.startswith(base):
            return f"{prefix}:{iri[len(base) :]}"
    return iri
