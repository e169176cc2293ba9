"""The terms that a graph may use: the closed vocabulary of `ontology/kg.ttl`, and the outside terms that we borrow.

The ontology is the only list of kinds, predicates and statuses; a misspelt term raises instead of minting a new IRI.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import BadData
from kg.resources import ontology_folder

_KG = "https://w3id.org/govkg/ontology#"


class Namespace:
    """IRIs of one vocabulary as attributes; an unknown term is an `AttributeError` that names the nearest one.

    >>> Namespace("https://example.org/#", ["Place", "text"]).Place
    'https://example.org/#Place'
    >>> Namespace("https://example.org/#", ["Place", "text"]).Plase
    Traceback (most recent call last):
    AttributeError: https://example.org/# has no term 'Plase'; did you mean 'Place'?
    """

    def __init__(self, base: str, terms: Collection[str]) -> None:
        self.base = base
        # Real attributes: terms are read some hundred thousand times a report.
        self.__dict__.update((name, base + name) for name in terms)
        self._terms = frozenset(terms)

    def __getattr__(self, name: str) -> str:
        return self.term(name)

    def __contains__(self, name: object) -> bool:
        return name in self._terms

    def term(self, name: str) -> str:
        """Return the IRI of a term whose name is a value, as a relation rule's predicate is."""
        if name not in self._terms:
            near = difflib.get_close_matches(name, sorted(self._terms), 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise AttributeError(f"{self.base} has no term {name!r}{hint}")
        return self.base + name


RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", ["type", "Statement", "subject", "predicate", "object"])
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#", ["label", "subClassOf", "subPropertyOf"])
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#", ["Concept", "prefLabel", "altLabel", "exactMatch", "broader"])
PROV = Namespace(
    "http://www.w3.org/ns/prov#",
    ["Entity", "SoftwareAgent", "used", "wasAssociatedWith", "wasDerivedFrom", "wasGeneratedBy"],
)
DCTERMS = Namespace("http://purl.org/dc/terms/", ["isReplacedBy", "issued", "title"])
SCHEMA = Namespace("https://schema.org/", ["softwareVersion"])
XSD = Namespace("http://www.w3.org/2001/XMLSchema#", ["date", "decimal", "gYear", "integer", "string"])

# The prefixes under which files are written and questions may be asked without declaring them.
PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "kg": _KG,
        "unit": "https://w3id.org/govkg/unit/",
        "indicator": "https://w3id.org/govkg/indicator/",
        "rdf": RDF.base,
        "rdfs": RDFS.base,
        "skos": SKOS.base,
        "prov": PROV.base,
        "dcterms": DCTERMS.base,
        "schema": SCHEMA.base,
        "xsd": XSD.base,
    }
)


@dataclass(frozen=True, slots=True)
class Concept:
    """A SKOS concept of the closed lists: its IRI, its classes, and its names."""

    iri: str
    types: tuple[str, ...]
    zh: str
    en: str
    other_names: tuple[str, ...]
    stage: int | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What `ontology/` defines, in the order of its files.

    `kinds` are the twelve entity classes, `predicates` the ten relations, `statuses` the six states by stage; all are
    local names, whose Chinese names `labels` gives. `concepts` maps an IRI to its concept; `units` and `indicators`
    map each of their Chinese names to one.
    """

    terms: Namespace
    kinds: tuple[str, ...]
    predicates: tuple[str, ...]
    statuses: tuple[str, ...]
    labels: Mapping[str, str]
    concepts: Mapping[str, Concept]
    units: Mapping[str, Concept]
    indicators: Mapping[str, Concept]


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read `kg.ttl`, `units.ttl` and `indicators.ttl`; a name that two concepts of one list share is `BadData`.

    >>> vocabulary = load_vocabulary(ontology_folder())
    >>> vocabulary.statuses
    ('planned', 'preparatory', 'started', 'underConstruction', 'completed', 'operating')
    >>> vocabulary.units["元"].en, vocabulary.indicators["GDP"].zh
    ('yuan', '地区生产总值')
    """
    core = _read_nodes(folder / "kg.ttl")
    concepts = {concept.iri: concept for concept in _read_concepts(core)}
    stages = {iri: concept.stage for iri, concept in concepts.items() if concept.stage is not None}

    def below(predicate: str, term: str) -> tuple[str, ...]:
        return tuple(iri.removeprefix(_KG) for iri, node in core.items() if _KG + term in node.values(predicate))

    return Vocabulary(
        terms=Namespace(_KG, [iri.removeprefix(_KG) for iri in core if iri.startswith(_KG)]),
        kinds=below(RDFS.subClassOf, "Entity"),
        predicates=below(RDFS.subPropertyOf, "relation"),
        statuses=tuple(iri.removeprefix(_KG) for iri in sorted(stages, key=lambda iri: stages[iri])),
        labels=MappingProxyType(
            {iri.removeprefix(_KG): name for iri, node in core.items() for name in node.values(RDFS.label, "zh")}
        ),
        concepts=MappingProxyType(concepts),
        units=_read_names(folder / "units.ttl"),
        indicators=_read_names(folder / "indicators.ttl"),
    )


@dataclass(frozen=True, slots=True)
class _Node:
    """The statements of one subject: (predicate, value, language), in the order of the file."""

    statements: list[tuple[str, str, str | None]]

    def values(self, predicate: str, language: str | None = None) -> list[str]:
        return [value for own, value, tag in self.statements if own == predicate and tag == language]


def _read_nodes(path: Path) -> dict[str, _Node]:
    nodes: dict[str, _Node] = {}
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                language = quad.object.language if isinstance(quad.object, ox.Literal) else None
                node = nodes.setdefault(quad.subject.value, _Node([]))
                node.statements.append((quad.predicate.value, quad.object.value, language))
    except SyntaxError as error:
        raise BadData(path, f"line {error.lineno}", f"is not Turtle: {error.msg}") from error
    return nodes


def _read_concepts(nodes: Mapping[str, _Node]) -> list[Concept]:
    return [
        Concept(
            iri=iri,
            types=tuple(node.values(RDF.type)),
            zh=node.values(SKOS.prefLabel, "zh")[0],
            en=node.values(SKOS.prefLabel, "en")[0],
            other_names=tuple(node.values(SKOS.altLabel, "zh")),
            stage=int(stage[0]) if (stage := node.values(_KG + "stage")) else None,
        )
        for iri, node in nodes.items()
        if SKOS.Concept in node.values(RDF.type)
    ]


def _read_names(path: Path) -> Mapping[str, Concept]:
    names: dict[str, Concept] = {}
    for concept in _read_concepts(_read_nodes(path)):
        for name in (concept.zh, *concept.other_names):
            if name in names:
                raise BadData(path, name, f"names both {names[name].iri} and {concept.iri}")
            names[name] = concept
    return MappingProxyType(names)


VOCABULARY = load_vocabulary(ontology_folder())
KG = VOCABULARY.terms
