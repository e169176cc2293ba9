"""The vocabulary keeps its promises: named and explained in two languages, closed, wholly used, aligned, licensed."""

import re
from pathlib import Path
from typing import get_args

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SH, SKOS
from sample_outcomes import make_outcome_triples
from sample_report import make_joins, make_triples

from kg.graph import to_graph
from kg.lexicon.relations import load_relations
from kg.model import Level
from kg.resources import data_folder, ontology_folder
from kg.vocab import KG, VOCABULARY, Namespace, load_vocabulary

ONTOLOGY = rdflib.URIRef("https://w3id.org/govkg/ontology")
GRAPH = rdflib.Graph().parse(ontology_folder() / "kg.ttl")
SHAPES = rdflib.Graph().parse(ontology_folder() / "shapes.ttl")
RELATIONS = load_relations(data_folder())
TERMS = sorted(term for term in set(GRAPH.subjects()) if isinstance(term, rdflib.URIRef) and term.startswith(KG.base))
PROPERTIES = [term for term in TERMS if {OWL.ObjectProperty, OWL.DatatypeProperty} & set(GRAPH.objects(term, RDF.type))]
SCHEMA = rdflib.Namespace("https://schema.org/")
DCTERMS = rdflib.Namespace("http://purl.org/dc/terms/")
KINDS = [
    *("Place", "Zone", "Project", "Facility", "Corridor", "Programme"),
    *("Organization", "Event", "Honour", "Industry", "Product", "Person"),
]
PREDICATES = [
    *("locatedIn", "partOf", "developedBy", "connects", "awarded"),
    *("cooperatesWith", "hosts", "focusesOn", "produces", "hasStatus"),
]


def languages(term: rdflib.term.Node, predicate: rdflib.URIRef) -> list[str]:
    return sorted(str(getattr(value, "language", None)) for value in GRAPH.objects(term, predicate))


def test_header_names_version_and_licence() -> None:
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in GRAPH
    assert str(GRAPH.value(ONTOLOGY, DCTERMS.license)).startswith("https://")
    version = GRAPH.value(ONTOLOGY, OWL.versionInfo)
    assert GRAPH.value(ONTOLOGY, OWL.versionIRI) == ONTOLOGY + f"/{version}"
    assert languages(ONTOLOGY, DCTERMS.title) == languages(ONTOLOGY, DCTERMS.description) == ["en", "zh"]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term).removeprefix(KG.base))
def test_every_term_is_named_explained_and_owned(term: rdflib.URIRef) -> None:
    assert languages(term, RDFS.label) == ["en", "zh"]
    assert languages(term, RDFS.comment) == ["en", "zh"]
    assert GRAPH.value(term, RDFS.isDefinedBy) == ONTOLOGY
    if (term, RDF.type, SKOS.Concept) in GRAPH:
        assert languages(term, SKOS.prefLabel) == ["en", "zh"]
        assert GRAPH.value(term, SKOS.inScheme) in TERMS


@pytest.mark.parametrize("term", PROPERTIES, ids=lambda term: str(term).removeprefix(KG.base))
def test_every_property_says_what_it_joins(term: rdflib.URIRef) -> None:
    for one, several in ((RDFS.domain, SCHEMA.domainIncludes), (RDFS.range, SCHEMA.rangeIncludes)):
        single, listed = list(GRAPH.objects(term, one)), list(GRAPH.objects(term, several))
        if (term, RDFS.subPropertyOf, rdflib.URIRef(KG.relation)) in GRAPH or term != rdflib.URIRef(KG.relation):
            assert bool(single) != bool(listed), f"give one {one} or several {several}"
        assert len(single) <= 1
        assert len(listed) != 1


def test_the_lists_of_the_guidelines_are_here() -> None:
    assert list(VOCABULARY.kinds) == KINDS
    assert list(VOCABULARY.predicates) == PREDICATES
    for class_name in ("Report", "Section", "Sentence", "Mention", "Figure", "Claim", "Indicator", "Unit"):
        assert (rdflib.URIRef(KG.term(class_name)), RDF.type, OWL.Class) in GRAPH
    for scheme in ("figureKinds", "modalities", "bounds", "statuses", "divisionLevels"):
        assert (rdflib.URIRef(KG.term(scheme)), RDF.type, SKOS.ConceptScheme) in GRAPH
    assert all(f"{level}Level" in KG for level in get_args(Level))


def test_it_is_aligned_with_the_vocabularies_that_readers_know() -> None:
    used = {str(value) for value in GRAPH.objects()}
    for namespace in (
        "https://schema.org/",
        "http://www.w3.org/ns/prov#",
        "http://www.w3.org/ns/org#",
        "http://www.w3.org/2004/02/skos/core#",
        "http://purl.org/linked-data/cube#",
        "http://purl.org/linked-data/sdmx/",
        "http://www.w3.org/ns/oa#",
    ):
        assert any(value.startswith(namespace) for value in used), namespace


def test_every_used_term_is_defined_and_every_defined_term_is_used() -> None:
    built = to_graph((*make_triples(), *make_joins(), *make_outcome_triples()))
    used = {str(node) for triple in built for node in triple if str(node).startswith(KG.base)}
    defined = {str(term) for term in TERMS}
    assert used <= defined
    # Properties and classes of the graph, the schemes of its concepts, and terms that give their reason to be.
    reasons = {str(term) for term in TERMS if GRAPH.value(term, SKOS.scopeNote)}
    schemes = {str(scheme) for scheme in GRAPH.objects(None, SKOS.inScheme)}
    statuses = {KG.term(status) for status in VOCABULARY.statuses}
    verdicts = {iri for iri, concept in VOCABULARY.concepts.items() if KG.Verdict in concept.types}
    levels = {KG.term(f"{level}Level") for level in get_args(Level)}
    assert defined - used - schemes - statuses - verdicts - levels == reasons


@pytest.mark.parametrize("path", [*ontology_folder().glob("*.ttl"), *(data_folder() / "queries").glob("*.rq")], ids=str)
def test_no_file_uses_an_undefined_term(path: Path) -> None:
    for name in re.findall(r"(?<![\w/#])kg:([A-Za-z]+)", path.read_text(encoding="utf-8")):
        assert name in KG, name


def test_it_has_no_blank_nodes_and_only_ascii_iris() -> None:
    for name in ("kg.ttl", "units.ttl", "indicators.ttl"):
        graph = rdflib.Graph().parse(ontology_folder() / name)
        for triple in graph:
            assert not any(isinstance(node, rdflib.BNode) for node in triple)
            assert all(str(node).isascii() for node in triple if isinstance(node, rdflib.URIRef))


def test_a_misspelt_term_raises_and_names_the_nearest() -> None:
    with pytest.raises(AttributeError, match="did you mean 'hasStatus'"):
        _ = KG.hasStatuss
    with pytest.raises(AttributeError, match="no term 'zzz'"):
        Namespace("x:", ["a"]).term("zzz")


def test_a_name_of_two_units_is_refused(tmp_path: Path) -> None:
    from kg.errors import BadData

    for path in ontology_folder().glob("*.ttl"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    units = tmp_path / "units.ttl"
    units.write_text(units.read_text(encoding="utf-8").replace('"家"@zh', '"户"@zh'), encoding="utf-8")
    with pytest.raises(BadData, match="户: names both"):
        load_vocabulary(tmp_path)
    units.write_text("@prefix", encoding="utf-8")
    with pytest.raises(BadData, match="line 1: is not Turtle"):
        load_vocabulary(tmp_path)


@pytest.mark.parametrize("predicate", PREDICATES)
def test_ontology_shapes_and_rules_agree_on_the_ends_of_a_relation(predicate: str) -> None:
    term = rdflib.URIRef(KG.term(predicate))
    ends = (
        ("subject", RDFS.domain, SCHEMA.domainIncludes, RELATIONS.subjects),
        ("object", RDFS.range, SCHEMA.rangeIncludes, RELATIONS.objects),
    )
    for end, one, several, allowed in ends:
        ontology = {str(kind).removeprefix(KG.base) for way in (one, several) for kind in GRAPH.objects(term, way)}
        shape = SHAPES.value(
            rdflib.URIRef(f"https://w3id.org/govkg/shapes#{predicate}-{end}-kind"), SH.qualifiedValueShape
        )
        kinds = SHAPES.value(shape, SH["in"])
        assert kinds is not None
        checked = {str(kind).removeprefix(KG.base) for kind in SHAPES.items(kinds)} - {str(SKOS.Concept)}
        assert checked == ontology
        # The rules may name a developer as a Project, as the guidelines do; linking makes it an Organization.
        assert allowed.get(predicate, frozenset()) - {"Project"} <= ontology, f"{predicate}: {end}"
