"""The Python face: what the commands do, as three functions over typed values.

document = extract_report("data/reports/nanning-2024.txt")
graph = build_graph(document)                 # rdflib, with evidence for every statement
network = build_network(document)             # networkx, for measures and pictures
"""

from __future__ import annotations

import functools
from pathlib import Path

import networkx as nx
import rdflib

from kg.graph import to_graph
from kg.model import Document
from kg.pipeline import Given, Rules, describe, extract, link_document, load_rules, publish, read_report
from kg.resources import data_folder

# Below this confidence a mention or claim is held back; docs/quality.md shows the precision and recall of each choice.
LEAST = 0.4


@functools.cache
def _shipped_rules() -> Rules:
    """Load the rules of data/ once a process: they are frozen, and loading them takes longer than a report."""
    return load_rules(data_folder())


def extract_report(path: str | Path, given: Given = Given(), least: float = LEAST) -> Document:
    """Read one report file and find everything in it that has at least the confidence `least`.

    `given` overrides what the report says of itself. Raises `kg.errors.BadInput` for a file that cannot be read.

    >>> document = extract_report(data_folder() / "reports" / "nanning-2024.txt")
    >>> document.report.place, document.report.year
    ('南宁市', 2024)
    >>> figure = document.figures[0]
    >>> document.report.text[figure.start : figure.end] == figure.text
    True
    """
    rules = _shipped_rules()
    report, _ = read_report(Path(path), rules, given)
    return publish(extract(report, rules), least)


def build_graph(document: Document) -> rdflib.Graph:
    """Return the RDF graph of an extracted report, as `kg build` writes it."""
    rules = _shipped_rules()
    return to_graph(describe(link_document(document, rules), rules))


def build_network(document: Document) -> nx.MultiDiGraph[str]:
    """Return entities as nodes (`kind`, `name`) and claims as edges (`predicate`, `year`, `modality`, `sentence`)."""
    linked = link_document(document, _shipped_rules())
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in linked.entities:
        network.add_node(entity.id, kind=entity.kind, name=entity.name)
    for claim, (subject, other) in zip(document.claims, linked.claims, strict=True):
        if other is None:
            network.nodes[subject].setdefault("status", []).append((claim.year, claim.modality, claim.object.text))
        else:
            text = document.sentences[claim.sentence].text
            network.add_edge(
                subject, other, predicate=claim.predicate, year=claim.year, modality=claim.modality, sentence=text
            )
    return network
