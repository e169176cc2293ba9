"""The graph of a small report: evidence everywhere, exact numbers, one set of triples in every format."""

import subprocess
import sys
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from sample_report import EXTRACTION, make_document, make_linked, make_triples

from kg.export.jsonld import write_jsonld
from kg.export.lines import write_nquads, write_ntriples
from kg.export.turtle import write_trig, write_turtle
from kg.graph import Literal, Triple, name_graph, to_graph, to_triples
from kg.graph.iris import Iris, name_nodes
from kg.graph.measures import read_unit, view_indicators
from kg.lexicon.linking import load_linking
from kg.model import Report
from kg.resources import data_folder
from kg.vocab import KG, PROV, RDF, RDFS, SKOS, XSD

TRIPLES = make_triples()
BASE = "https://w3id.org/govkg/id/"
FINDINGS = ("Mention", "Figure", "Claim")


def values(subject: str, predicate: str) -> list[str]:
    return sorted(str(getattr(o, "text", o)) for s, p, o in TRIPLES if (s, p) == (subject, predicate))


def subjects(predicate: str, value: str) -> list[str]:
    return sorted(s for s, p, o in TRIPLES if p == predicate and getattr(o, "text", o) == value)


def figure_of(words: str) -> str:
    (found,) = (s for s in subjects(KG.asWritten, words) if "/figure/" in s)
    return found


@pytest.mark.parametrize("kind", FINDINGS)
def test_every_finding_leads_to_its_words(kind: str) -> None:
    text = make_document().report.text
    nodes = subjects(RDF.type, KG.term(kind))
    assert nodes
    for node in nodes:
        (begin,), (end,) = values(node, KG.begin), values(node, KG.end)
        assert [text[int(begin) : int(end)]] == values(node, KG.asWritten)
        (sentence,) = values(node, PROV.wasDerivedFrom)
        (start,), (words,) = values(sentence, KG.begin), values(sentence, KG.text)
        assert text[int(start) : int(start) + len(words)] == words
        assert int(start) <= int(begin) < int(end) <= int(start) + len(words)
        assert values(node, KG.rule)


def test_nothing_of_the_document_is_lost() -> None:
    document = make_document()
    for kind, found in (("Mention", document.mentions), ("Figure", document.figures), ("Claim", document.claims)):
        assert len(subjects(RDF.type, KG.term(kind))) == len(found)
    assert len(subjects(RDF.type, KG.Sentence)) == len(document.sentences)
    assert len(subjects(RDF.type, KG.Section)) == len(document.sections)


def test_relation_triples_and_claims_are_the_same_statements() -> None:
    claimed = {
        (values(c, RDF.subject)[0], values(c, RDF.predicate)[0], values(c, RDF.object)[0])
        for c in subjects(RDF.type, KG.Claim)
    }
    relations = {predicate for _, predicate, _ in claimed}
    assert {(s, p, o) for s, p, o in TRIPLES if p in relations} == claimed


def test_a_promise_is_no_fact() -> None:
    (project,) = subjects(RDFS.label, "比亚迪项目")
    assert values(project, KG.hasStatus) == [KG.operating]
    assert values(project, KG.aimsAtStatus) == [KG.completed]


@pytest.mark.parametrize(
    ("words", "value", "normalized", "unit"),
    [
        ("增长4.0%", "4.0", "4", "percent"),
        ("占全区20.10%", "20.10", "20.1", "percent"),
        ("提高2.6个百分点", "2.6", "2.6", "percentage-point"),
        ("34.67亿元", "34.67", "3467000000", "yuan"),
        ("1.20万亿元", "1.20", "1200000000000", "yuan"),
        ("约10万吨", "10", "100000", "tonne"),
        ("下降1.5%", "-1.5", "-1.5", "percent"),
        ("第6位", "6", "6", "rank"),
    ],
)
def test_numbers_stay_as_written_and_scale_words_are_multiplied_out(
    words: str, value: str, normalized: str, unit: str
) -> None:
    figure = figure_of(words)
    assert values(figure, KG.value) == [value]
    assert values(figure, KG.normalizedValue) == [normalized]
    assert values(figure, KG.unit) == [f"https://w3id.org/govkg/unit/{unit}"]


@pytest.mark.parametrize(
    ("written", "words", "factor"),
    [
        ("万亿元", "元", 10**12),
        ("亿千瓦时", "千瓦时", 10**8),
        ("千瓦", "千瓦", 1),
        ("千户", "户", 1000),
        ("万", "个数", 10**4),
        ("", "个数", 1),
        ("平米", "平方米", 1),
        ("万标准箱", "标箱", 10**4),
        ("百分点", "个百分点", 1),
        ("万吨/年", "吨/年", 10**4),
    ],
)
def test_units_are_split_into_scale_and_concept(written: str, words: str, factor: int) -> None:
    unit = read_unit(written, Iris("x:", "r"))
    assert (unit.words, unit.factor) == (words, Decimal(factor))


def test_a_unit_that_the_ontology_lacks_is_made_from_its_words() -> None:
    (unit,) = values(figure_of("3蒸吨"), KG.unit)
    assert unit.startswith(BASE + "unit/")
    assert values(unit, SKOS.prefLabel) == ["蒸吨"]


def test_periods_are_years_or_spans_never_both() -> None:
    year, span, quarter = figure_of("增长4.0%"), figure_of("1.20万亿元"), figure_of("12个")
    assert (values(year, KG.year), values(year, KG.period)) == (["2023"], ["2023"])
    assert (values(span, KG.startYear), values(span, KG.endYear)) == (["2018"], ["2022"])
    assert (values(span, KG.year), values(span, KG.periodLabel)) == ([], ["2018-2022"])
    assert (values(quarter, KG.startYear), values(quarter, KG.periodLabel)) == (["2022"], ["2022-Q1"])


def test_a_figure_measures_its_own_place_or_the_one_it_names() -> None:
    assert values(figure_of("增长4.0%"), KG.measuredFor) == [BASE + "place/450100"]
    assert values(figure_of("约10万吨"), KG.measuredFor) == [BASE + "place/450181"]
    assert values(figure_of("下降1.5%"), KG.measuredFor) == [BASE + "place/450000"]
    assert values(figure_of("下降1.5%"), KG.measuredForAsWritten) == ["全区"]
    assert values(figure_of("一批"), KG.measuredFor) == []
    assert values(figure_of("一批"), KG.measuredForAsWritten) == ["某专班"]


def test_names_of_one_indicator_share_a_concept() -> None:
    concept = "https://w3id.org/govkg/indicator/gross-regional-product"
    assert values(figure_of("增长4.0%"), KG.indicator) == values(figure_of("增长5%左右"), KG.indicator) == [concept]
    (growth,) = values(figure_of("提高2.6个百分点"), KG.indicator)
    assert values(growth, SKOS.broader) == [concept]
    indicators = view_indicators(Iris("x:", "r"), load_linking(data_folder()))
    assert indicators.find("规上工业增加值") == indicators.find("规模以上工业增加值")
    assert indicators.find("蒸锅炉")[1] == "蒸锅炉"


def test_the_report_tells_its_origin_and_how_it_was_read() -> None:
    report = BASE + "report/450100-2024"
    assert values(report, KG.place) == [BASE + "place/450100"]
    assert values(report, KG.year) == ["2024"]
    assert values(report, RDFS.label) == ["南宁市2024年政府工作报告"]
    (extraction,) = subjects(PROV.used, report)
    assert values(extraction, KG.rulesDigest) == [EXTRACTION.rules_digest]
    assert values(name_graph(make_document().report), PROV.wasGeneratedBy) == [extraction]


def test_iris_are_ascii_and_nothing_is_blank() -> None:
    for subject, predicate, value in TRIPLES:
        assert subject.isascii()
        assert predicate.isascii()
        if not isinstance(value, Literal):
            assert value.isascii()
            assert value.startswith("http")


def test_the_base_is_configurable_and_the_vocabulary_stays() -> None:
    other = make_triples("https://example.org/")
    assert len(other) == len(TRIPLES)
    subjects_of_data = {s for s, _, _ in other if not s.startswith("https://w3id.org/govkg/")}
    assert all(subject.startswith("https://example.org/id/") for subject in subjects_of_data)
    assert {p for _, p, _ in other} == {p for _, p, _ in TRIPLES}
    assert "@prefix figure: <https://example.org/id/figure/> ." in write_turtle(other, "https://example.org/")


def test_an_unsafe_report_id_is_hashed() -> None:
    node = name_nodes(Report("南宁 2024", "", "", "", "")).report
    assert node.isascii()
    assert node == name_nodes(Report("南宁 2024", "", "", "", "")).report


def as_set(triples: Iterable[Triple]) -> set[tuple[str, str, str, str, str]]:
    return {(s, p, o, "", "") if isinstance(o, str) else (s, p, *o) for s, p, o in triples}


def parse(content: str, media: ox.RdfFormat) -> set[tuple[str, str, str, str, str]]:
    found = set()
    for quad in ox.parse(content.encode(), format=media):
        o = quad.object
        assert isinstance(quad.subject, ox.NamedNode)
        if isinstance(o, ox.Literal):
            end = (o.value, "" if o.language else o.datatype.value, o.language or "")
        else:
            assert isinstance(o, ox.NamedNode)
            end = (o.value, "", "")
        found.add((quad.subject.value, quad.predicate.value, *end))
    return found


def test_every_format_holds_the_same_triples() -> None:
    graphs = {"https://w3id.org/govkg/id/graph/450100-2024": TRIPLES}
    expected = as_set(TRIPLES)
    assert parse(write_turtle(TRIPLES), ox.RdfFormat.TURTLE) == expected
    assert parse(write_ntriples(TRIPLES), ox.RdfFormat.N_TRIPLES) == expected
    assert parse(write_trig(graphs), ox.RdfFormat.TRIG) == expected
    assert parse(write_nquads(graphs), ox.RdfFormat.N_QUADS) == expected
    assert parse(write_jsonld(graphs), ox.RdfFormat.JSON_LD) == expected


def test_rdflib_reads_the_same_triples() -> None:
    parsed = rdflib.Graph().parse(data=write_turtle(TRIPLES), format="turtle")
    assert set(parsed) == set(to_graph(TRIPLES))
    assert len(parsed) == len(TRIPLES)


def test_quads_carry_the_name_of_their_graph() -> None:
    graphs = {"https://example.org/b": list(TRIPLES)[:2], "https://example.org/a": list(TRIPLES)[:1]}
    quads = list(ox.parse(write_nquads(graphs).encode(), format=ox.RdfFormat.N_QUADS))
    assert [str(quad.graph_name) for quad in quads] == ["<https://example.org/a>"] + ["<https://example.org/b>"] * 2
    assert write_trig(graphs).index("example.org/a") < write_trig(graphs).index("example.org/b")


def test_the_order_of_triples_does_not_matter() -> None:
    turned = list(reversed(TRIPLES))
    assert write_turtle(turned) == write_turtle(TRIPLES)
    assert write_ntriples(turned) == write_ntriples(TRIPLES)
    graph = {"https://example.org/g": TRIPLES}
    assert write_jsonld({"https://example.org/g": turned}) == write_jsonld(graph)


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from sample_report import make_triples; "
        "from kg.export.turtle import write_turtle; sys.stdout.buffer.write(write_turtle(make_triples()).encode())"
    )
    here = Path(__file__).parent
    run = subprocess.run(
        [sys.executable, "-c", program, str(here)],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": str(here.parent)},
    )
    assert run.stdout == write_turtle(TRIPLES).encode()


def test_text_with_quotes_and_breaks_survives() -> None:
    text = '他说："\\一体两翼"\n\t第二行\r😀'
    triple = ("https://example.org/a", KG.text, Literal(text, "", "zh"))
    for content, media in (
        (write_turtle([triple]), ox.RdfFormat.TURTLE),
        (write_ntriples([triple]), ox.RdfFormat.N_TRIPLES),
    ):
        assert parse(content, media) == as_set([triple])


def test_two_claims_of_one_sentence_keep_the_surer() -> None:
    import dataclasses

    document = make_document()
    surer = dataclasses.replace(document.claims[0], confidence=0.99, rule="surer")
    linked = make_linked()
    doubled = dataclasses.replace(
        linked,
        document=dataclasses.replace(document, claims=(*document.claims, surer)),
        claims=(*linked.claims, linked.claims[0]),
    )
    triples = to_triples(doubled, load_linking(data_folder()), EXTRACTION)
    claims = [s for s, p, o in triples if p == RDF.type and o == KG.Claim]
    assert len(claims) == len(document.claims)
    assert [s for s, p, o in triples if p == KG.rule and o == Literal("surer", XSD.string, "")]


def test_linking_merges_and_keeps_apart() -> None:
    assert subjects(SKOS.altLabel, "经开区") == subjects(RDFS.label, "南宁经济技术开发区")
    assert subjects(SKOS.altLabel, "南开区") == subjects(RDFS.label, "南宁经济技术开发区")
    (project,) = subjects(RDFS.label, "比亚迪项目")
    assert values(project, SKOS.altLabel) == ["比亚迪"]
    assert values(BASE + "place/450181", KG.parentDivision) == [BASE + "place/450100"]
    (mention,) = (s for s in subjects(KG.asWritten, "南开区") if "/mention/" in s)
    assert values(mention, KG.linkedBy) == ["abbreviation"]
