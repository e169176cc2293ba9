"""Read the rows of a report from a store by SPARQL.

A report at a time: ten years of a city and the cities of a country take the same memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import pyoxigraph as ox

from kg.facts.rows import Account, Naming, Quote, Reading, Standing, Told
from kg.query import Cell, run_query
from kg.vocab import KG, VOCABULARY

# The kinds of things that have a life line.
TRACKED = ("Project", "Zone", "Facility", "Corridor")
# And those that a plan may promise to push ahead; a thing of two kinds counts as the first of them.
NAMED = (*TRACKED, "Organization", "Programme")
_BOUNDS = {KG.exactly: "=", KG.atLeast: ">=", KG.atMost: "<=", KG.about: "~"}

_REPORTS = """
SELECT ?report ?place (MIN(?label) AS ?name) ?year (MIN(?above) AS ?parent) WHERE {
  ?report a kg:Report .
  OPTIONAL { ?report kg:year ?year }
  OPTIONAL { ?report kg:place ?place . ?place rdfs:label ?label }
  OPTIONAL { ?report kg:place/kg:parentDivision ?above }
} GROUP BY ?report ?place ?year
"""
_SENTENCES = """
SELECT ?sentence ?text ?begin ?modality (MIN(?title) AS ?section) WHERE {
  ?sentence kg:inReport <REPORT> ; a kg:Sentence ; kg:text ?text ; kg:begin ?begin ; kg:modality ?modality .
  OPTIONAL { ?sentence kg:inSection/rdfs:label ?title }
} GROUP BY ?sentence ?text ?begin ?modality
"""
_FIGURES = """
SELECT ?figure ?indicator ?value ?normal ?unit ?kind ?modality ?bound ?words ?begin ?end ?sentence
       (MIN(?known) AS ?name) (MIN(?called) AS ?measure) (MIN(?spelled) AS ?written) (MIN(?one) AS ?year)
       (MIN(?label) AS ?period) (MIN(?whose) AS ?owner) (MIN(?named) AS ?of) WHERE {
  ?sentence kg:inReport <REPORT> .
  ?figure prov:wasDerivedFrom ?sentence ; a kg:Figure ; kg:indicator ?indicator ; kg:value ?value ;
          kg:normalizedValue ?normal ; kg:unit ?unit ; kg:figureKind ?kind ; kg:modality ?modality ; kg:bound ?bound ;
          kg:asWritten ?words ; kg:begin ?begin ; kg:end ?end .
  ?indicator skos:prefLabel ?known . FILTER(LANG(?known) = "zh")
  ?unit skos:prefLabel ?called . FILTER(LANG(?called) = "zh")
  OPTIONAL { ?figure kg:unitAsWritten ?spelled }
  OPTIONAL { ?figure kg:year ?one }
  OPTIONAL { ?figure kg:periodLabel ?label }
  OPTIONAL { ?figure kg:measuredFor ?whose }
  OPTIONAL { ?figure kg:measuredForAsWritten ?named }
} GROUP BY ?figure ?indicator ?value ?normal ?unit ?kind ?modality ?bound ?words ?begin ?end ?sentence
"""
_STATES = """
SELECT ?claim ?thing ?sort ?status ?modality ?words ?begin ?end ?sentence
       (MIN(?label) AS ?name) (MIN(?one) AS ?year) WHERE {
  ?sentence kg:inReport <REPORT> .
  ?claim prov:wasDerivedFrom ?sentence ; a kg:Claim ; rdf:predicate ?predicate ; rdf:subject ?thing ;
         rdf:object ?status ; kg:modality ?modality ; kg:asWritten ?words ; kg:begin ?begin ; kg:end ?end .
  FILTER(?predicate = kg:hasStatus || ?predicate = kg:aimsAtStatus)
  ?thing a ?sort ; rdfs:label ?label .
  OPTIONAL { ?claim kg:year ?one }
} GROUP BY ?claim ?thing ?sort ?status ?modality ?words ?begin ?end ?sentence
"""
_MENTIONS = """
SELECT ?mention ?thing ?sort ?words ?begin ?end ?sentence (MIN(?label) AS ?name) WHERE {
  ?sentence kg:inReport <REPORT> .
  ?mention prov:wasDerivedFrom ?sentence ; a kg:Mention ; kg:refersTo ?thing ; kg:asWritten ?words ;
           kg:begin ?begin ; kg:end ?end .
  ?thing a ?sort ; rdfs:label ?label .
} GROUP BY ?mention ?thing ?sort ?words ?begin ?end ?sentence
"""


def list_reports(store: ox.Store) -> tuple[Told, ...]:
    """Return the reports of a store, by place and year."""
    found = (
        Told(_text(row["report"]), _text(row["place"]), _text(row["name"]), _year(row["year"]), _text(row["parent"]))
        for row in _ask(store, _REPORTS)
    )
    return tuple(sorted(found, key=lambda told: (told.place, told.year or 0, told.iri)))


def read_account(store: ox.Store, told: Told) -> Account:
    """Return the rows of one report, in the order of its text."""
    quotes = {
        _text(row["sentence"]): Quote(
            _text(row["sentence"]),
            _text(row["text"]),
            _number(row["begin"]),
            _local(row["modality"]),
            _text(row["section"]),
        )
        for row in _ask(store, _about(_SENTENCES, told))
    }
    readings = [_read_figure(row, quotes, told) for row in _ask(store, _about(_FIGURES, told))]
    standings = [_read_state(row, quotes) for row in _take_first(_ask(store, _about(_STATES, told)), "claim", TRACKED)]
    mentions = _take_first(_ask(store, _about(_MENTIONS, told)), "mention", NAMED)
    namings = [_read_mention(row, quotes) for row in mentions]
    return Account(
        told,
        tuple(sorted(quotes.values(), key=lambda quote: (quote.begin, quote.iri))),
        tuple(sorted(readings, key=lambda found: (found.begin, found.end, found.iri))),
        tuple(sorted(standings, key=lambda found: (found.quote.begin, found.begin, found.end, found.iri))),
        tuple(sorted(namings, key=lambda found: (found.begin, found.end, found.thing))),
    )


def _about(query: str, told: Told) -> str:
    return query.replace("REPORT", told.iri)


def _ask(store: ox.Store, query: str) -> Iterator[Mapping[str, Cell]]:
    table = run_query(store, query)
    for row in table.rows:
        yield dict(zip(table.columns, row, strict=True))


def _take_first(rows: Iterable[Mapping[str, Cell]], key: str, kinds: Sequence[str]) -> Iterable[Mapping[str, Cell]]:
    """Return of the rows that differ only in the kind of a thing that with the first of some kinds."""
    found: dict[Cell, Mapping[str, Cell]] = {}
    for row in rows:
        if (kind := _local(row["sort"])) in kinds:
            known = found.get(row[key])
            if known is None or kinds.index(kind) < kinds.index(_local(known["sort"])):
                found[row[key]] = row
    return found.values()


def _read_figure(row: Mapping[str, Cell], quotes: Mapping[str, Quote], told: Told) -> Reading:
    year, owner = _year(row["year"]), _text(row["owner"])
    return Reading(
        iri=_text(row["figure"]),
        indicator=_text(row["indicator"]),
        name=_text(row["name"]),
        value=Decimal(_text(row["value"])),
        normal=Decimal(_text(row["normal"])),
        unit=_text(row["unit"]),
        measure=_text(row["measure"]),
        written=_text(row["written"]),
        kind=_local(row["kind"]),
        modality=_local(row["modality"]),
        bound=_BOUNDS[_text(row["bound"])],
        year=year,
        period=str(year) if year else _text(row["period"]),
        owner="" if owner == told.place else owner,
        of=_text(row["of"]),
        words=_text(row["words"]),
        begin=_number(row["begin"]),
        end=_number(row["end"]),
        quote=quotes[_text(row["sentence"])],
    )


def _read_state(row: Mapping[str, Cell], quotes: Mapping[str, Quote]) -> Standing:
    status = _text(row["status"])
    return Standing(
        iri=_text(row["claim"]),
        thing=_text(row["thing"]),
        name=_text(row["name"]),
        kind=_local(row["sort"]),
        status=_local(row["status"]),
        stage=VOCABULARY.concepts[status].stage or 0,
        modality=_local(row["modality"]),
        year=_year(row["year"]),
        words=_text(row["words"]),
        begin=_number(row["begin"]),
        end=_number(row["end"]),
        quote=quotes[_text(row["sentence"])],
    )


def _read_mention(row: Mapping[str, Cell], quotes: Mapping[str, Quote]) -> Naming:
    return Naming(
        iri=_text(row["mention"]),
        thing=_text(row["thing"]),
        name=_text(row["name"]),
        kind=_local(row["sort"]),
        words=_text(row["words"]),
        begin=_number(row["begin"]),
        end=_number(row["end"]),
        quote=quotes[_text(row["sentence"])],
    )


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _local(cell: Cell) -> str:
    return _text(cell).removeprefix(KG.base)


def _number(cell: Cell) -> int:
    return int(_text(cell))


def _year(cell: Cell) -> int | None:
    return None if cell is None else int(cell)
