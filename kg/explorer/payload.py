"""What a page knows, as plain rows for its script: each text once, offsets counted in their sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

from kg.explorer.data import STATUS_PREDICATE, Fact, Figure, Occurrence, Page
from kg.explorer.overview import Map
from kg.explorer.pinyin import read_characters
from kg.explorer.rank import list_relations
from kg.explorer.tables import write_table

_REPORT = "key title place year date speaker source digest"
_SECTION = "report number level title start end parent period modality"
_SENTENCE = "report number section start text period modality"
_CLAIM = "sentence modality year rule confidence claim"
_OUTCOME = "target result aimed told report verdict match reached gap"
_FIGURE = "sentence text indicator concept value unit measure kind modality period bound of rule confidence"


def describe_page(page: Page, maps: Sequence[Map]) -> dict[str, Any]:
    """Return everything that the page shows, ready for JSON; `nodes` and `edges` are rows as vis-network has them.

    Nodes are numbered, those that the page opens on first. Values are the digits of the report: 12.50 stays 12.50.
    """
    weights = {node.id: max(m.weights.get(node.id, 0.0) for m in maps) for node in page.nodes}
    seats = {identity: seat for seat, identity in enumerate(maps[0].spots)}
    nodes = sorted(page.nodes, key=lambda node: (seats.get(node.id, len(seats)), -weights[node.id], node.id))
    numbers = {node.id: number for number, node in enumerate(nodes)}
    relations = {relation: number for number, relation in enumerate(list_relations(page.facts))}
    occurrences = [occurrence for node in nodes for occurrence in node.occurrences]
    facts = [fact for fact in page.facts if fact.predicate != STATUS_PREDICATE]
    states = [fact for fact in page.facts if fact.predicate == STATUS_PREDICATE]
    return {
        # No `title`: pyvis would let one that holds "href" through as HTML.
        "nodes": [
            {"id": number, "label": node.name, "group": node.kind, "value": weights[node.id], "key": node.id}
            for number, node in enumerate(nodes)
        ],
        "edges": [{"from": numbers[s], "to": numbers[o], "label": predicate} for s, predicate, o in relations],
        "root": page.root,
        "reports": write_table(
            {**_columns(page.reports, _REPORT), "home": [numbers.get(r.home or "") for r in page.reports]}
        ),
        "sections": write_table(_columns(page.sections, _SECTION)),
        "sentences": write_table(_columns(page.sentences, _SENTENCE)),
        "names": write_table(
            {
                # Nearly every node has no alias and no code.
                "aliases": ["\n".join(node.aliases) for node in nodes],
                "code": [node.code for node in nodes],
                "mentions": [len(node.occurrences) for node in nodes],
            }
        ),
        "mentions": write_table({"sentence": [o.sentence for o in occurrences], **_spans(page, occurrences)}),
        "facts": write_table(
            {
                "edge": [relations[fact.subject, fact.predicate, fact.object] for fact in facts],
                **_columns(facts, _CLAIM),
                **_spans(page, facts),
            }
        ),
        "states": write_table(
            {
                "subject": [numbers[fact.subject] for fact in states],
                "object": [fact.object for fact in states],
                **_columns(states, _CLAIM),
                **_spans(page, states),
            }
        ),
        "figures": write_table(
            {
                **_columns(page.figures, _FIGURE),
                **_spans(page, page.figures),
                # What is written in its unit already needs no second value.
                "normal": [figure.normal if figure.normal != figure.value else None for figure in page.figures],
                "owner": [numbers.get(figure.owner or "") for figure in page.figures],
            }
        ),
        "outcomes": write_table(_columns(page.outcomes, _OUTCOME)),
        "maps": [_describe_map(m, numbers) for m in maps],
        "pinyin": read_characters(name for node in nodes for name in (node.name, *node.aliases)),
    }


def _describe_map(drawn: Map, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "place": numbers.get(drawn.place or ""),
        "year": drawn.year,
        "opening": drawn.opening,
        "nodes": [numbers[node] for node in drawn.spots],
        "x": [x for x, _ in drawn.spots.values()],
        "y": [y for _, y in drawn.spots.values()],
    }


def _columns(rows: Sequence[Any], names: str) -> dict[str, list[Any]]:
    return {name: list(map(attrgetter(name), rows)) for name in names.split()}


def _spans(page: Page, rows: Sequence[Occurrence | Fact | Figure]) -> dict[str, list[int]]:
    return {
        "start": [row.start - page.sentences[row.sentence].start for row in rows],
        "length": [row.end - row.start for row in rows],
    }
