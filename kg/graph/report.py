"""The report, its sections and sentences, and how its graph was made, as triples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.graph.iris import Iris
from kg.graph.terms import Triple, chinese, date, integer, string
from kg.model import Document, Section, Sentence
from kg.vocab import DCTERMS, KG, PROV, RDF, RDFS, SCHEMA

_PROGRAM = "govkg"


@dataclass(frozen=True, slots=True)
class Extraction:
    """What read a report: the program's version, and the SHA-256 over its rule files and model."""

    version: str
    rules_digest: str


def describe_report(document: Document, own: str | None, iris: Iris) -> Iterator[Triple]:
    """Yield the report's own triples; `own` is the id of its place."""
    report, node = document.report, iris.report
    yield node, RDF.type, KG.Report
    parts = (report.place or "", f"{report.year}年" if report.year else "", "政府工作报告")
    yield node, RDFS.label, chinese("".join(parts))
    yield node, DCTERMS.title, chinese(report.title or "政府工作报告")
    yield node, KG.sourceFile, string(report.source)
    yield node, KG.digest, string(report.digest)
    if own:
        yield node, KG.place, iris.entity(own)
    if report.year:
        yield node, KG.year, integer(report.year)
    if report.date:
        yield node, DCTERMS.issued, date(report.date)
    if report.speaker:
        yield node, KG.speaker, chinese(report.speaker)


def describe_text(document: Document, iris: Iris) -> Iterator[Triple]:
    """Yield the triples of sections and sentences."""
    for section in document.sections:
        node = iris.section(section.index)
        yield node, RDF.type, KG.Section
        yield node, RDFS.label, chinese(section.title or "政府工作报告")
        if section.parent is not None:
            yield node, KG.inSection, iris.section(section.parent)
        yield from _describe_part(node, section, iris)
    for sentence in document.sentences:
        node = iris.sentence(sentence.index)
        yield node, RDF.type, KG.Sentence
        yield node, KG.text, chinese(sentence.text)
        if document.sections:
            yield node, KG.inSection, iris.section(sentence.section)
        yield from _describe_part(node, sentence, iris)


def _describe_part(node: str, part: Section | Sentence, iris: Iris) -> Iterator[Triple]:
    yield node, KG.inReport, iris.report
    yield node, KG.begin, integer(part.start)
    yield node, KG.end, integer(part.end)
    yield node, KG.modality, KG.term(part.modality)
    if part.period is not None and part.since is not None and part.since != part.period:
        yield node, KG.startYear, integer(part.since)
        yield node, KG.endYear, integer(part.period)
    elif part.period is not None:
        yield node, KG.year, integer(part.period)


def describe_extraction(extraction: Extraction, iris: Iris) -> Iterator[Triple]:
    """Yield how the graph was made: which version of the program and its rules read the report."""
    program = f"{iris.root}software/{_PROGRAM}-{extraction.version}"
    yield iris.graph, RDF.type, PROV.Entity
    yield iris.graph, PROV.wasDerivedFrom, iris.report
    yield iris.graph, PROV.wasGeneratedBy, iris.extraction
    yield iris.extraction, RDF.type, KG.Extraction
    yield iris.extraction, PROV.used, iris.report
    yield iris.extraction, PROV.wasAssociatedWith, program
    yield iris.extraction, KG.rulesDigest, string(extraction.rules_digest)
    yield program, RDF.type, PROV.SoftwareAgent
    yield program, RDFS.label, string(f"{_PROGRAM} {extraction.version}")
    yield program, SCHEMA.softwareVersion, string(extraction.version)
