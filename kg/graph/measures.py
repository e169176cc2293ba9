"""What a figure is measured in and what it measures: its unit without scale words, its indicator under one name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kg.graph.iris import Iris
from kg.graph.terms import Triple, chinese, english
from kg.lexicon.linking import LinkingRules
from kg.numerals import read_numeral
from kg.vocab import KG, RDF, SKOS, VOCABULARY, Concept

_SCALED = re.compile("(?P<scale>[十百千]?万亿|[十百千]?[亿万]|[百千])(?P<unit>.*)")
_NO_UNIT = "个数"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit without its scale word, the IRI of its concept, and what one unit as written is in it."""

    iri: str
    words: str
    factor: Decimal


def read_unit(written: str, iris: Iris) -> Unit:
    """Split a unit as written into its scale and its concept; a unit that the ontology lacks is made from its words.

    A word that is itself listed is never split, so 千瓦 stays kilowatt.

    >>> unit = read_unit("万亿元", Iris("x:", "r"))
    >>> unit.iri, unit.factor
    ('https://w3id.org/govkg/unit/yuan', Decimal('1000000000000'))
    >>> read_unit("千瓦", Iris("x:", "r")).factor, read_unit("", Iris("x:", "r")).iri
    (Decimal('1'), 'https://w3id.org/govkg/unit/number')
    """
    words, factor = written, Decimal(1)
    if words not in VOCABULARY.units and (match := _SCALED.fullmatch(words)):
        words, factor = match["unit"], read_numeral(match["scale"])
    words = words or _NO_UNIT
    known = VOCABULARY.units.get(words)
    return Unit(known.iri if known else iris.made("unit", words), known.zh if known else words, factor)


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicators of one report: `known` maps spelled names to the concepts that the ontology lists."""

    iris: Iris
    rules: LinkingRules
    known: Mapping[str, Concept]

    def find(self, words: str) -> tuple[str, str]:
        """Return the IRI and the one Chinese name of the indicator that the words mean."""
        spelled = self.rules.spell_indicator(words)
        known = self.known.get(spelled)
        return (known.iri, known.zh) if known else (self.iris.made("indicator", spelled), spelled)

    def describe(self, surfaces: Mapping[str, None]) -> Iterator[Triple]:
        """Yield the concepts of all the words that figures use, and of the series that derived ones are taken from."""
        for words in surfaces:
            iri, name = self.find(words)
            yield from _describe(iri, name, KG.Indicator)
            if words != name:
                yield iri, SKOS.altLabel, chinese(words)
            base = self.rules.derived.sub("", name)
            if base != name:
                broader, base_name = self.find(base)
                yield iri, SKOS.broader, broader
                yield from _describe(broader, base_name, KG.Indicator)


def view_indicators(iris: Iris, rules: LinkingRules) -> Indicators:
    """Return the listed indicators in the spelling that words are compared in."""
    spelled = {rules.spell_indicator(name): concept for name, concept in VOCABULARY.indicators.items()}
    return Indicators(iris, rules, spelled)


def describe_units(units: Mapping[str, Unit]) -> Iterator[Triple]:
    """Yield the concepts of the units that figures use."""
    for unit in units.values():
        yield from _describe(unit.iri, unit.words, KG.Unit)


def _describe(iri: str, name: str, kind: str) -> Iterator[Triple]:
    yield iri, RDF.type, kind
    yield iri, RDF.type, SKOS.Concept
    yield iri, SKOS.prefLabel, chinese(name)
    known = VOCABULARY.units.get(name) if kind == KG.Unit else VOCABULARY.indicators.get(name)
    if known:
        yield iri, SKOS.prefLabel, english(known.en)
