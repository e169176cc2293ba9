"""The story: file → Report → sentences → mentions and figures → claims → entities → triples, and reports joined."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from kg.encoder import Encoder, load_encoder
from kg.errors import BadInput
from kg.figures import find_figures
from kg.graph import Extraction, Triple, to_triples
from kg.graph.iris import DEFAULT_BASE
from kg.head import find_division, find_head
from kg.joining import Joins, Table, join_tables, make_table
from kg.joining.rewriting import rewrite_triples
from kg.lexicon.divisions import Divisions, load_divisions
from kg.lexicon.figure_rules import FigureRules
from kg.lexicon.figures import load_figures
from kg.lexicon.head import HeadRules, load_head
from kg.lexicon.joining import JoiningRules, load_joining
from kg.lexicon.linking import LinkingRules, load_linking
from kg.lexicon.names import NameLexicon, load_names
from kg.lexicon.relations import RelationRules, load_relations
from kg.lexicon.structure import StructureRules, load_structure
from kg.linking import Linked, link
from kg.model import Document, Level, Report
from kg.names import find_names
from kg.readers import Source, clean_text, read_source
from kg.relations import find_claims
from kg.text import split_report

# What of data/ decides how a report is read; the rest is reports, annotations and queries.
_RULE_PATTERNS = ("*.toml", "*.tsv", "names/*.tsv", "tagger/encoder.npz")


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that data/ holds, loaded once and given to every report."""

    structure: StructureRules
    head: HeadRules
    divisions: Divisions
    names: NameLexicon
    figures: FigureRules
    relations: RelationRules
    encoder: Encoder
    linking: LinkingRules
    joining: JoiningRules
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of a report, which stands above what its text says."""

    place: str | None = None
    year: int | None = None
    date: datetime.date | None = None
    speaker: str | None = None
    title: str | None = None


def load_rules(folder: Path) -> Rules:
    """Load and check all rule files of a data folder; the first fault is a `BadData`."""
    return Rules(
        structure=load_structure(folder),
        head=load_head(folder),
        divisions=load_divisions(folder),
        names=load_names(folder),
        figures=load_figures(folder),
        relations=load_relations(folder),
        encoder=load_encoder(folder),
        linking=load_linking(folder),
        joining=load_joining(folder),
        extraction=Extraction(version("govkg"), _digest_rules(folder)),
    )


def _digest_rules(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(found for pattern in _RULE_PATTERNS for found in folder.glob(pattern)):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def read_report(path: Path, rules: Rules, given: Given = Given()) -> tuple[Report, tuple[str, ...]]:
    """Read, clean and identify one report; also return the fields that neither its text nor the user told."""
    return identify_report(read_source(path), rules, given)


def identify_report(source: Source, rules: Rules, given: Given) -> tuple[Report, tuple[str, ...]]:
    """Make the report of a source that was already read."""
    cleanings = [(cleaning.pattern, cleaning.to) for cleaning in rules.structure.cleanings]
    text, origins = clean_text(source.raw, cleanings)
    if not text:
        raise BadInput(source.name, "has no text but web addresses, comments and page numbers")
    head = find_head(text, source.name, rules.head, rules.divisions)
    year = given.year or head.year
    place, code, level = head.place, head.place_code, head.level
    if given.place:
        place, code, level = _given_place(given.place, year, rules.divisions)
    report = Report(
        id=f"{code or source.digest[:12]}-{year or 'undated'}",
        title=given.title or head.title,
        text=text,
        source=source.name,
        digest=source.digest,
        place=place,
        place_code=code,
        level=level,
        year=year,
        date=given.date or head.date,
        speaker=given.speaker or head.speaker,
        origins=origins,
    )
    unknown = [name for name in ("place", "year", "date", "speaker") if getattr(report, name) is None]
    return report, tuple(unknown)


def _given_place(name: str, year: int | None, divisions: Divisions) -> tuple[str, str | None, Level | None]:
    division = find_division(name, year, divisions)
    return (division.name, division.code, division.level) if division else (name, None, None)


def extract(report: Report, rules: Rules) -> Document:
    """Find everything in one report, the unsure things too: `publish` holds those back."""
    sections, sentences = split_report(report, rules.structure)
    mentions = find_names(report, sentences, rules.names, rules.encoder)
    figures = find_figures(report, sections, sentences, rules.figures)
    claims = find_claims(report, sections, sentences, mentions, rules.relations, rules.divisions)
    return Document(report, sections, sentences, tuple(mentions), tuple(figures), tuple(claims))


def publish(document: Document, least: float) -> Document:
    """Keep what has at least this confidence; a claim also needs both its ends to be kept somewhere in the report."""
    mentions = tuple(m for m in document.mentions if m.confidence >= least)
    names = {(m.text, m.kind) for m in mentions}
    held = {(m.text, m.kind) for m in document.mentions} - names
    return dataclasses.replace(
        document,
        mentions=mentions,
        figures=tuple(f for f in document.figures if f.confidence >= least),
        claims=tuple(
            c
            for c in document.claims
            if c.confidence >= least
            and (c.subject.text, c.subject.kind) not in held
            and (c.object.text, c.object.kind) not in held
        ),
    )


def link_document(document: Document, rules: Rules) -> Linked:
    """Give every name in a document its entity."""
    return link(document, rules.divisions, rules.linking)


def describe(linked: Linked, rules: Rules) -> dict[Triple, None]:
    """Return the triples of one linked report."""
    return to_triples(linked, rules.linking, rules.extraction)


def tabulate(linked: Linked, rules: Rules) -> Table:
    """Return what of a linked report is needed to join it with others."""
    return make_table(linked, rules.divisions, rules.linking)


def join(tables: Sequence[Table], rules: Rules) -> Joins:
    """Tell which entities of several reports are one thing, and why."""
    return join_tables(tables, rules.divisions, rules.linking, rules.joining)


def describe_joined(triples: Iterable[Triple], joins: Joins) -> dict[Triple, None]:
    """Return a report's triples with the ids and names that its things have among several reports."""
    return rewrite_triples(triples, joins, f"{DEFAULT_BASE}id/")
