"""A graph against the shapes of `ontology/shapes.ttl`: what a graph breaks, as data.

SHACL runs over an in-memory rdflib graph: over a store's graph pyshacl is wrong and many times slower.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyshacl
import rdflib
from rdflib.namespace import SH

from kg.errors import KgError
from kg.resources import ontology_folder


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One broken promise: the node, the path (empty where the whole node is at fault), the message, the shape."""

    focus: str
    path: str
    message: str
    shape: str


def validate(graph: rdflib.Graph, shapes: Path | None = None, language: str = "en") -> list[Violation]:
    """Return what `graph` breaks of the shapes file (by default our own), sorted; an empty list conforms.

    `language` (`en` or `zh`) chooses the messages. The graph is not changed: nothing is inferred into it.

    >>> turtle = "@prefix kg: <https://w3id.org/govkg/ontology#> . <https://example.org/a> a kg:Zone ."
    >>> [violation.message for violation in validate(rdflib.Graph().parse(data=turtle))]
    ['An entity has a name, tagged with its language.']
    """
    path = shapes or ontology_folder() / "shapes.ttl"
    shape_graph = rdflib.Graph().parse(path, format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shape_graph, inplace=True, meta_shacl=False)
    if not isinstance(report, rdflib.Graph):
        raise KgError(f"{path}: the shapes cannot be run: {report!r}")
    results = report.subjects(rdflib.RDF.type, SH.ValidationResult)
    return sorted(_read_result(report, result, shape_graph, language) for result in results)


def _read_result(report: rdflib.Graph, result: rdflib.term.Node, shapes: rdflib.Graph, language: str) -> Violation:
    focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
    constraint = report.value(result, SH.sourceConstraint)
    shape = constraint or report.value(result, SH.sourceShape)
    # A constraint on the whole graph has a term of the ontology for a focus; the node at fault is its value.
    at_fault = str(value if constraint and value else focus)
    # The report's own messages lose their language where a value is put in, so the shape's are read.
    own = [text for text in shapes.objects(shape, SH.message) if getattr(text, "language", None) == language]
    messages = own or list(report.objects(result, SH.resultMessage))
    message = min(map(str, messages)).replace("{?value}", at_fault)
    return Violation(at_fault, str(report.value(result, SH.resultPath) or ""), message, str(shape))
