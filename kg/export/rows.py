"""A document as JSON lines in the form of the annotation guidelines: one object a sentence."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kg.model import Document, Figure


def to_rows(document: Document) -> Iterator[dict[str, Any]]:
    """Yield one row a sentence, with offsets in the file as decoded.

    Entities are listed once a sentence, as the guidelines say; each entity and figure has its own `start`.
    """
    report = document.report
    entities: dict[int, dict[tuple[str, str], dict[str, Any]]] = defaultdict(dict)
    for mention in document.mentions:
        row = {"text": mention.text, "type": mention.kind, "start": report.origin(mention.start)}
        entities[mention.sentence].setdefault((mention.text, mention.kind), row)
    figures: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for figure in document.figures:
        figures[figure.sentence].append({**_figure_row(figure), "start": report.origin(figure.start)})
    relations: dict[int, list[dict[str, str]]] = defaultdict(list)
    for claim in document.claims:
        relation = {"subject": claim.subject.text, "predicate": claim.predicate, "object": claim.object.text}
        if relation not in relations[claim.sentence]:
            relations[claim.sentence].append(relation)
    for sentence in document.sentences:
        yield {
            "doc": report.id,
            "start": report.origin(sentence.start),
            "text": sentence.text,
            "entities": list(entities[sentence.index].values()),
            "relations": relations[sentence.index],
            "figures": figures[sentence.index],
        }


def _figure_row(figure: Figure) -> dict[str, Any]:
    whole = figure.value == figure.value.to_integral_value()
    row = {
        "indicator": figure.indicator,
        "value": int(figure.value) if whole else float(figure.value),
        "unit": figure.unit,
        "kind": figure.kind,
        "modality": figure.modality,
        "period": figure.period,
        "bound": figure.bound,
        "text": figure.text,
    }
    return {**row, "of": figure.of} if figure.of else row


def to_json_lines(document: Document) -> str:
    """Return the rows as JSON lines, in the order of the text."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in to_rows(document))
