"""What a graph says of a subject: its values by property, read as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.graph import Literal, Term, Triple
from kg.vocab import DCTERMS, KG, PROV, RDF, RDFS, SKOS

About = Mapping[str, list[Term]]
Said = Mapping[str, About]

# The properties that a page shows; half of a graph's triples are others.
_READ = frozenset(
    (
        *(RDF.type, RDF.subject, RDF.predicate, RDF.object, RDFS.label, SKOS.prefLabel, SKOS.altLabel),
        *(PROV.wasDerivedFrom, DCTERMS.title, DCTERMS.issued, KG.asWritten, KG.begin, KG.bound, KG.confidence),
        *(KG.digest, KG.divisionCode, KG.end, KG.endYear, KG.figureKind, KG.inReport, KG.inSection, KG.indicator),
        *(KG.measuredFor, KG.measuredForAsWritten, KG.modality, KG.normalizedValue, KG.periodLabel, KG.place),
        *(KG.ofTarget, KG.hasResult, KG.followedUpIn, KG.verdict, KG.matchedBy, KG.reached, KG.gap),
        *(KG.refersTo, KG.rule, KG.sourceFile, KG.speaker, KG.text, KG.unit, KG.unitAsWritten, KG.value, KG.year),
    )
)


def group_triples(graph: Iterable[Triple]) -> Said:
    """Return what a graph says of each subject, in the order of its triples."""
    said: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in graph:
        if predicate in _READ:
            said[subject][predicate].append(value)
    return said


def read_text(term: Term) -> str:
    """Return the words of a literal, or an IRI."""
    return term.text if isinstance(term, Literal) else term


def read_first(about: About, predicate: str) -> str | None:
    """Return the first value of a property."""
    values = about.get(predicate)
    return read_text(values[0]) if values else None


def read_number(about: About, predicate: str) -> int | None:
    """Return the first value of a property as a whole number."""
    text = read_first(about, predicate)
    return int(text) if text else None


def read_year(about: About) -> int | None:
    """Return the year that a part speaks of, the last one of a span."""
    return read_number(about, KG.year) or read_number(about, KG.endYear)


def read_term(about: About, predicate: str) -> str:
    """Return the local name of a term of kg's ontology."""
    return (read_first(about, predicate) or "").removeprefix(KG.base)


def read_span(about: About) -> tuple[int, int]:
    """Return where something begins and ends."""
    return read_number(about, KG.begin) or 0, read_number(about, KG.end) or 0


def read_chinese(labels: Iterable[Term]) -> str:
    """Return the Chinese one of several labels, or the first.

    >>> read_chinese([Literal("GDP", "", "en"), Literal("地区生产总值", "", "zh")])
    '地区生产总值'
    """
    texts = [label for label in labels if isinstance(label, Literal)]
    return next((label.text for label in texts if label.language == "zh"), texts[0].text if texts else "")


def restore_digits(value: str, words: str) -> str:
    """Return a value with the zeros that its words end in: a store keeps 12.50 as 12.5.

    >>> restore_digits("12.5", "增长12.50%"), restore_digits("-4", "下降4.0%"), restore_digits("5", "达15.0万")
    ('12.50', '-4.0', '5')
    """
    plain = value.removeprefix("-")
    plain = plain if "." in plain else f"{plain}."
    start = words.find(plain)
    end = begin = start + len(plain)
    while words[end : end + 1] == "0":
        end += 1
    if start < 0 or end == begin or words[end : end + 1].isdigit() or words[start - 1 : start] in set("0123456789."):
        return value
    return value.removesuffix(plain.removesuffix(".")) + words[start:end]
