"""What a built graph holds, in a few lines: entities by class, statements by predicate, figures by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from kg.linking import Linked
from kg.vocab import Vocabulary

_WIDTH = 44
_FIGURE_KINDS = (("level", "数量"), ("growth", "增减"), ("share", "比重"), ("rank", "位次"))
_MODALITIES = (("actual", "实际"), ("target", "目标"))


def summarise(linked: Linked, vocabulary: Vocabulary) -> str:
    """Return the summary, in Chinese and English, labels from the ontology."""
    document = linked.document
    report = document.report
    date = report.date.isoformat() if report.date else None
    head = (report.place or "地点未知 place unknown", report.year, date, report.speaker)
    named = "  ".join(str(part) for part in head if part)
    counts = f"{len(report.text):,} 字 characters, {len(document.sentences):,} 句 sentences"
    mentioned = {link.entity for link in linked.mentions}
    entities = Counter(entity.kind for entity in linked.entities if entity.id in mentioned)
    claims = Counter(claim.predicate for claim in document.claims)
    lines = [f"{report.title}  {named}", counts, ""]
    lines += _section("实体 Entities", entities, vocabulary)
    lines += _section("关系 Statements", claims, vocabulary)
    lines.append(f"指标 Figures  {len(document.figures):,}")
    lines.append(" " * 18 + "".join(f"{name} {zh}".rjust(14) for name, zh in _MODALITIES))
    for kind, zh in _FIGURE_KINDS:
        row = [sum(f.kind == kind and f.modality == name for f in document.figures) for name, _ in _MODALITIES]
        lines.append(f"  {zh} {kind:<11}" + "".join(f"{number:>16,}" for number in row))
    return "\n".join([*lines, ""])


def _section(title: str, counts: Mapping[str, int], vocabulary: Vocabulary) -> Iterator[str]:
    yield f"{title}  {sum(counts.values()):,}"
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"  {count:>6,}  {vocabulary.labels[name]} {name}"
    yield ""
