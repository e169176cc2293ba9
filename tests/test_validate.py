"""Shapes against small graphs: the valid ones conform, and each invalid one breaks exactly the shapes that it names."""

import re
from pathlib import Path

import pytest
import rdflib
from sample_report import make_triples

from kg.graph import to_graph
from kg.resources import ontology_folder
from kg.validate import Violation, validate

FOLDER = Path(__file__).parent / "shapes"
VALID = sorted((FOLDER / "valid").glob("*.ttl"))
INVALID = sorted((FOLDER / "invalid").glob("*.ttl"))


def named_shapes(path: Path) -> list[str]:
    """Return the shapes that the `# breaks:` lines of an invalid file name."""
    lines = re.findall(r"^# breaks: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return " ".join(lines).split()


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_graphs_conform(path: Path) -> None:
    assert validate(rdflib.Graph().parse(path)) == []


def test_a_built_graph_conforms() -> None:
    assert validate(to_graph(make_triples())) == []


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_graphs_break_the_shapes_they_name(path: Path) -> None:
    graph = rdflib.Graph()
    for part in [*VALID, path]:
        graph.parse(part)
    broken = {violation.shape.rpartition("#")[2] for violation in validate(graph)}
    assert sorted(broken) == named_shapes(path)


def test_every_shape_is_broken_by_a_case() -> None:
    text = (ontology_folder() / "shapes.ttl").read_text(encoding="utf-8")
    shapes = set(re.findall(r"^shape:(\S+) (?:sh:path|a sh:SPARQLConstraint)", text, re.MULTILINE))
    assert len(shapes) > 50
    assert shapes == {shape for path in INVALID for shape in named_shapes(path)}


def test_a_violation_says_where_what_and_in_which_language() -> None:
    graph = rdflib.Graph()
    for part in [*VALID, FOLDER / "invalid" / "other-words.ttl"]:
        graph.parse(part)
    shape = "https://w3id.org/govkg/shapes#Graph-words"
    node = "https://example.org/invented"
    assert validate(graph) == [
        Violation(node, "", f"The words of {node} do not stand at its offsets in its sentence.", shape)
    ]
    assert validate(graph, language="zh")[0].message == f"{node}的字词与句中该位置的原文不符。"
