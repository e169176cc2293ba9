"""Figures and claims as triples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.graph.entities import describe_finding
from kg.graph.iris import Iris
from kg.graph.measures import Unit, describe_units, read_unit, view_indicators
from kg.graph.terms import Triple, calendar_year, chinese, decimal, integer, plain_decimal, string
from kg.lexicon.linking import LinkingRules
from kg.linking import Linked
from kg.model import Bound, Claim
from kg.vocab import KG, RDF

_BOUNDS: Mapping[Bound, str] = {"=": KG.exactly, ">=": KG.atLeast, "<=": KG.atMost, "~": KG.about}
_YEARS = re.compile(r"(?P<start>\d{4})-(?P<end>\d{4})")
_PART_OF_YEAR = re.compile(r"(?P<year>\d{4})-.+")


def describe_figures(linked: Linked, rules: LinkingRules, iris: Iris) -> Iterator[Triple]:
    """Yield each figure, and the indicators and units that they use."""
    figures = linked.document.figures
    indicators, surfaces, units = view_indicators(iris, rules), dict[str, None](), dict[str, Unit]()
    nodes = iris.spans("figure", ((f.start, f.end) for f in figures))
    for node, figure, measured in zip(nodes, figures, linked.measured, strict=True):
        surfaces[figure.indicator] = None
        unit = units.setdefault(figure.unit, read_unit(figure.unit, iris))
        yield node, RDF.type, KG.Figure
        yield node, KG.indicator, indicators.find(figure.indicator)[0]
        yield node, KG.value, decimal(figure.value)
        yield node, KG.normalizedValue, plain_decimal(figure.value * unit.factor)
        yield node, KG.unit, unit.iri
        if figure.unit:
            yield node, KG.unitAsWritten, chinese(figure.unit)
        yield node, KG.figureKind, KG.term(figure.kind)
        yield node, KG.modality, KG.term(figure.modality)
        yield node, KG.bound, _BOUNDS[figure.bound]
        if measured:
            yield node, KG.measuredFor, iris.entity(measured)
        if figure.of:
            yield node, KG.measuredForAsWritten, chinese(figure.of)
        yield from _describe_period(node, figure.period)
        yield from describe_finding(
            node,
            figure.text,
            figure.start,
            figure.end,
            figure.rule,
            figure.confidence,
            iris.sentence(figure.sentence),
        )
    yield from indicators.describe(surfaces)
    yield from describe_units(units)


def _describe_period(node: str, period: str) -> Iterator[Triple]:
    if re.fullmatch(r"\d{4}", period):
        yield node, KG.year, integer(int(period))
        yield node, KG.period, calendar_year(int(period))
        return
    if match := _YEARS.fullmatch(period):
        yield node, KG.startYear, integer(int(match["start"]))
        yield node, KG.endYear, integer(int(match["end"]))
    elif match := _PART_OF_YEAR.fullmatch(period):
        yield node, KG.startYear, integer(int(match["year"]))
        yield node, KG.endYear, integer(int(match["year"]))
    if period:
        yield node, KG.periodLabel, string(period)


def describe_claims(linked: Linked, iris: Iris) -> Iterator[Triple]:
    """Yield each relation twice: as the direct triple, and as a claim with its circumstances."""
    document = linked.document
    sentences = {sentence.index: sentence for sentence in document.sentences}
    surest: dict[str, tuple[Claim, str, str, str]] = {}
    for claim, (subject, thing) in zip(document.claims, linked.claims, strict=True):
        predicate = direct_predicate(claim)
        target = iris.entity(thing) if thing else KG.term(claim.object.text)
        node = iris.claim(sentences[claim.sentence], subject, predicate, target, claim.modality)
        # One sentence may state a thing twice, by two rules: the surer reading stands.
        if node not in surest or claim.confidence > surest[node][0].confidence:
            surest[node] = (claim, iris.entity(subject), predicate, target)
    for node, (claim, entity, predicate, target) in surest.items():
        yield entity, predicate, target
        yield node, RDF.type, KG.Claim
        yield node, RDF.type, RDF.Statement
        yield node, RDF.subject, entity
        yield node, RDF.predicate, predicate
        yield node, RDF.object, target
        yield node, KG.modality, KG.term(claim.modality)
        if claim.year is not None:
            yield node, KG.year, integer(claim.year)
        words = document.report.text[claim.start : claim.end]
        yield from describe_finding(
            node, words, claim.start, claim.end, claim.rule, claim.confidence, iris.sentence(claim.sentence)
        )


def direct_predicate(claim: Claim) -> str:
    """Return the property that states a claim directly: a state that is only aimed at never becomes `kg:hasStatus`."""
    if claim.predicate == "hasStatus" and claim.modality == "target":
        return KG.aimsAtStatus
    return KG.term(claim.predicate)
