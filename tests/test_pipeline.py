"""The whole story on the whole report: evidence, order, and the Python face."""

import pytest

import kg
from kg.pipeline import publish
from kg.resources import data_folder

SEED = data_folder() / "reports" / "nanning-2024.txt"


@pytest.fixture(scope="module")
def found() -> kg.Document:
    """Everything found in the seed, the unsure things too."""
    return kg.extract_report(SEED, least=0)


def test_every_span_quotes_the_text(found: kg.Document) -> None:
    text = found.report.text
    spans = [(x.start, x.end, x.text) for x in found.sentences]
    spans += [(x.start, x.end, x.text) for x in found.mentions]
    spans += [(x.start, x.end, x.text) for x in found.figures]
    assert len(spans) > 1000
    for start, end, words in spans:
        assert text[start:end] == words


def test_every_finding_lies_in_its_sentence(found: kg.Document) -> None:
    places = [(x.sentence, x.start, x.end) for x in found.mentions]
    places += [(x.sentence, x.start, x.end) for x in found.figures]
    places += [(x.sentence, x.start, x.end) for x in found.claims]
    for index, start, end in places:
        assert found.sentences[index].start <= start < end <= found.sentences[index].end


def test_offsets_lead_back_to_the_file(found: kg.Document) -> None:
    raw = SEED.read_text(encoding="utf-8")
    for mention in found.mentions:
        start = found.report.origin(mention.start)
        assert raw[start : start + len(mention.text)] == mention.text


def test_findings_are_sorted_and_sure_to_a_degree(found: kg.Document) -> None:
    for starts in ([m.start for m in found.mentions], [f.start for f in found.figures]):
        assert starts == sorted(starts)
    grounds = [(m.confidence, m.rule) for m in found.mentions]
    grounds += [(f.confidence, f.rule) for f in found.figures]
    grounds += [(c.confidence, c.rule) for c in found.claims]
    assert all(0 <= confidence <= 1 and rule for confidence, rule in grounds)


def test_the_head_is_read(found: kg.Document) -> None:
    report = found.report
    assert (report.place, report.level, report.year, str(report.date), report.speaker) == (
        "南宁市",
        "city",
        2024,
        "2024-02-27",
        "侯刚",
    )


def test_more_confidence_publishes_less(found: kg.Document) -> None:
    sizes = [len(publish(found, least).mentions) for least in (0, 0.5, 0.9, 1)]
    assert sizes == sorted(sizes, reverse=True) and sizes[0] > sizes[2]


def test_a_claim_needs_its_ends(found: kg.Document) -> None:
    kept = publish(found, 0.8)
    names = {(m.text, m.kind) for m in kept.mentions}
    everything = {(m.text, m.kind) for m in found.mentions}
    for claim in kept.claims:
        for end in (claim.subject, claim.object):
            assert (end.text, end.kind) in names or (end.text, end.kind) not in everything


def test_three_lines_of_python() -> None:
    document = kg.extract_report(SEED)
    graph = kg.build_graph(document)
    network = kg.build_network(document)
    assert len(graph) > 10_000
    assert network.number_of_nodes() > 300
    names = {data["name"] for _, data in network.nodes(data=True)}
    assert "南宁市" in names
