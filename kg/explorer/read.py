"""Graphs to what their page shows: what holds triples of reports, a fresh build, a file or a store, can be shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.explorer.data import STATUS_PREDICATE, Fact, Figure, Node, Occurrence, Page, Report, Section, Sentence
from kg.explorer.outcomes import read_outcomes
from kg.explorer.said import (
    About,
    Said,
    group_triples,
    read_chinese,
    read_first,
    read_number,
    read_span,
    read_term,
    read_text,
    read_year,
    restore_digits,
)
from kg.graph import Term, Triple
from kg.vocab import DCTERMS, KG, PROV, RDF, RDFS, SKOS, VOCABULARY

_BOUNDS = {KG.exactly: "=", KG.atLeast: ">=", KG.atMost: "<=", KG.about: "~"}
_KINDS = {KG.term(kind): kind for kind in VOCABULARY.kinds}


@dataclass(slots=True)
class _Named:
    """An entity as the graphs name it: each graph has one voice on its label."""

    kind: str
    labels: Counter[str] = field(default_factory=Counter)
    others: dict[str, None] = field(default_factory=dict)
    code: str | None = None
    occurrences: list[Occurrence] = field(default_factory=list)


def read_page(graphs: Iterable[Iterable[Triple]]) -> Page:
    """Return the page of all reports in these graphs, best one report a graph; reports stand by place and year.

    An entity that nothing was found about, such as the province that a county leads to, is not shown.
    """
    said_by = [group_triples(graph) for graph in graphs]
    return _Reader(said_by).read()


class _Reader:
    """The graphs' subjects by class, and the numbers that reports, sections and sentences get on the page."""

    def __init__(self, graphs: list[Said]) -> None:
        self._graphs = graphs
        found = (
            (str(kind), subject, about)
            for said in graphs
            for subject, about in said.items()
            for kind in about.get(RDF.type, ())
        )
        self._by_class: dict[str, dict[str, About]] = defaultdict(dict)
        for kind, subject, about in found:
            self._by_class[kind][subject] = about
        first = next(iter(self._by_class[KG.Report]), "")
        self._root = first.rpartition("report/")[0]

    def read(self) -> Page:
        entities = self._read_entities()
        reports = self._read_reports(entities)
        numbers = {iri: index for index, iri in enumerate(reports)}
        sections = self._read_sections(numbers)
        section_numbers = {iri: index for index, iri in enumerate(sections)}
        sentences = self._read_sentences(numbers, section_numbers)
        self._sentences = {iri: index for index, iri in enumerate(sentences)}
        self._read_mentions(entities)
        facts = self._read_facts()
        figures = self._read_figures()
        shown = {end for fact in facts for end in (fact.subject, fact.object)}
        shown.update(figure.owner for figure in figures if figure.owner)
        shown.update(report.home for report in reports.values() if report.home)
        nodes = (_make_node(identity, named) for identity, named in sorted(entities.items()))
        return Page(
            self._root,
            tuple(reports.values()),
            tuple(sections.values()),
            tuple(sentences.values()),
            tuple(node for node in nodes if node.occurrences or node.id in shown),
            facts,
            figures,
            read_outcomes(self._by_class[KG.Outcome].values(), self._root, numbers, self._sentences),
        )

    def _local(self, iri: Term) -> str:
        return str(iri).removeprefix(self._root)

    def _read_entities(self) -> dict[str, _Named]:
        entities: dict[str, _Named] = {}
        for said in self._graphs:
            for subject, about in said.items():
                kind = next((kind for term, kind in _KINDS.items() if term in about.get(RDF.type, ())), None)
                if kind is None:
                    continue
                named = entities.setdefault(self._local(subject), _Named(kind))
                # A graph that was merged of many may have several labels: the shortest speaks.
                labels = sorted(map(read_text, about.get(RDFS.label, ())), key=lambda text: (len(text), text))
                named.labels.update(labels[:1])
                named.others.update(dict.fromkeys([*labels, *map(read_text, about.get(SKOS.altLabel, ()))]))
                named.code = named.code or read_first(about, KG.divisionCode)
        return entities

    def _read_reports(self, entities: Mapping[str, _Named]) -> dict[str, Report]:
        reports: dict[str, Report] = {}
        for iri, about in self._by_class[KG.Report].items():
            home = self._local(about[KG.place][0]) if about.get(KG.place) else ""
            reports[iri] = Report(
                key=iri.rpartition("/")[2],
                title=read_first(about, DCTERMS.title) or read_first(about, RDFS.label) or "",
                place=_choose_label(entities[home].labels) if home in entities else None,
                home=home or None,
                year=read_number(about, KG.year),
                date=read_first(about, DCTERMS.issued),
                speaker=read_first(about, KG.speaker),
                source=read_first(about, KG.sourceFile) or "",
                digest=read_first(about, KG.digest) or "",
            )
        return dict(sorted(reports.items(), key=lambda item: (item[1].home or "", item[1].year or 0, item[1].key)))

    def _read_sections(self, reports: Mapping[str, int]) -> dict[str, Section]:
        found = [(iri, about) for iri, about in self._by_class[KG.Section].items() if _in_report(about) in reports]
        found.sort(key=lambda item: (reports[_in_report(item[1])], item[0]))
        numbers = {iri: index for index, (iri, _) in enumerate(found)}
        sections: dict[str, Section] = {}
        for iri, about in found:
            parent = str(about[KG.inSection][0]) if about.get(KG.inSection) else ""
            sections[iri] = Section(
                report=reports[_in_report(about)],
                number=int(iri.rpartition(".")[2]),
                level=sections[parent].level + 1 if parent in sections else 0,
                title=read_first(about, RDFS.label) or "",
                start=read_number(about, KG.begin) or 0,
                end=read_number(about, KG.end) or 0,
                parent=numbers.get(parent),
                period=read_year(about),
                modality=read_term(about, KG.modality),
            )
        return sections

    def _read_sentences(self, reports: Mapping[str, int], sections: Mapping[str, int]) -> dict[str, Sentence]:
        found = [(iri, about) for iri, about in self._by_class[KG.Sentence].items() if _in_report(about) in reports]
        found.sort(key=lambda item: (reports[_in_report(item[1])], int(item[0].rpartition(".")[2])))
        return {
            iri: Sentence(
                report=reports[_in_report(about)],
                number=int(iri.rpartition(".")[2]),
                section=sections.get(str(about[KG.inSection][0])) if about.get(KG.inSection) else None,
                start=read_number(about, KG.begin) or 0,
                text=read_first(about, KG.text) or "",
                period=read_year(about),
                modality=read_term(about, KG.modality),
            )
            for iri, about in found
        }

    def _sentence_of(self, about: About) -> int | None:
        return next((self._sentences[str(s)] for s in about.get(PROV.wasDerivedFrom, ()) if s in self._sentences), None)

    def _read_mentions(self, entities: Mapping[str, _Named]) -> None:
        for about in self._by_class[KG.Mention].values():
            sentence = self._sentence_of(about)
            named = entities.get(self._local(about[KG.refersTo][0]))
            if named is not None and sentence is not None:
                named.occurrences.append(Occurrence(sentence, *read_span(about)))

    def _read_facts(self) -> tuple[Fact, ...]:
        facts = []
        for iri, about in self._by_class[KG.Claim].items():
            sentence = self._sentence_of(about)
            if sentence is None:
                continue
            predicate, value = str(about[RDF.predicate][0]), str(about[RDF.object][0])
            stated = predicate in (KG.hasStatus, KG.aimsAtStatus)
            start, end = read_span(about)
            facts.append(
                Fact(
                    subject=self._local(about[RDF.subject][0]),
                    predicate=STATUS_PREDICATE if stated else predicate.removeprefix(KG.base),
                    object=value.removeprefix(KG.base) if stated else self._local(value),
                    sentence=sentence,
                    start=start,
                    end=end,
                    modality=read_term(about, KG.modality),
                    year=read_number(about, KG.year),
                    rule=read_first(about, KG.rule) or "",
                    confidence=float(read_first(about, KG.confidence) or 1),
                    claim=iri.rpartition(".")[2],
                )
            )
        return tuple(sorted(facts, key=lambda fact: (fact.sentence, fact.start, fact.end, fact.claim)))

    def _read_figures(self) -> tuple[Figure, ...]:
        indicators, found = self._by_class[KG.Indicator], []
        for iri, about in self._by_class[KG.Figure].items():
            sentence = self._sentence_of(about)
            if sentence is None:
                continue
            concept, words = str(about[KG.indicator][0]), read_first(about, KG.asWritten) or ""
            value = restore_digits(read_first(about, KG.value) or "", words)
            start, end = read_span(about)
            year = read_number(about, KG.year)
            figure = Figure(
                sentence=sentence,
                start=start,
                end=end,
                text=words,
                indicator=read_chinese(indicators.get(concept, {}).get(SKOS.prefLabel, ())),
                concept=concept,
                value=value,
                normal=read_first(about, KG.normalizedValue) or value,
                unit=read_first(about, KG.unitAsWritten) or "",
                measure=str(about[KG.unit][0]) if about.get(KG.unit) else "",
                kind=read_term(about, KG.figureKind),
                modality=read_term(about, KG.modality),
                period=str(year) if year else read_first(about, KG.periodLabel) or "",
                bound=_BOUNDS.get(str(about[KG.bound][0]), "=") if about.get(KG.bound) else "=",
                of=read_first(about, KG.measuredForAsWritten),
                owner=self._local(about[KG.measuredFor][0]) if about.get(KG.measuredFor) else None,
                rule=read_first(about, KG.rule) or "",
                confidence=float(read_first(about, KG.confidence) or 1),
            )
            found.append((figure, iri))
        return tuple(
            f for f, _ in sorted(found, key=lambda item: (item[0].sentence, item[0].start, item[0].end, item[1]))
        )


def _make_node(identity: str, named: _Named) -> Node:
    name = _choose_label(named.labels) or identity
    occurrences = sorted(named.occurrences, key=lambda o: (o.sentence, o.start, o.end))
    aliases = tuple(sorted(named.others.keys() - {name}))
    return Node(identity, named.kind, name, aliases, named.code, tuple(dict.fromkeys(occurrences)))


def _choose_label(labels: Counter[str]) -> str | None:
    """Return the label that most graphs use, of several the shortest."""
    return min(labels, key=lambda text: (-labels[text], len(text), text), default=None)


def _in_report(about: About) -> str:
    return read_first(about, KG.inReport) or ""
