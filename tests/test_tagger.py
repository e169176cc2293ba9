from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import BadData
from kg.learn.field.crf import Settings
from kg.learn.field.samples import Annotated, train_tagger
from kg.lexicon.name_patterns import NameHit
from kg.resources import data_folder
from kg.tagger import Proposal, Tagger, choose_apart, load_tagger
from kg.tagger.classes import WordClasses, load_classes, write_classes
from kg.tagger.keys import KeyTable
from kg.tagger.marginals import BEGIN, INSIDE, LABELS, find_candidates
from kg.tagger.model import Weights, read_weights, write_weights

TEXTS = ("加快建设向阳湖大桥二期工程。", "大力发展新能源汽车，引进一批企业。", "", "获评国家卫生城市。")
GOLD = Annotated(
    "made",
    ("推进东风大桥建设。", "推进东风水库建设。", "推进东风学校建设。", "推进各项工作。") * 4,
    (((2, 6, "Project"),), ((2, 6, "Project"),), ((2, 6, "Project"),), ()) * 4,
    (),
)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load_tagger(data_folder())


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> WordClasses:
    path = tmp_path_factory.mktemp("classes") / "classes.npz"
    write_classes(path, [["大桥"], ["东风", "水库"]], [1, 1], [0, 2], [0, 1])
    return load_classes(path)


def test_sentences_together_give_the_same_as_one_by_one(tagger: Tagger) -> None:
    together = tagger.propose(TEXTS, [])
    alone = [(i, p) for i, text in enumerate(TEXTS) for p in tagger.propose([text], [])]
    assert [(p.sentence, p.start, p.end, p.kind) for p in together] == [(i, p.start, p.end, p.kind) for i, p in alone]
    assert [p.probability for p in together] == pytest.approx([p.probability for _, p in alone])


def test_a_hit_is_evidence(tagger: Tagger) -> None:
    text = "与甲乙丙合作。"

    def likelihood(hits: list[tuple[int, NameHit]]) -> float:
        found = tagger.propose([text], hits, least=0.0001)
        return sum(p.probability for p in found if (p.start, p.end, p.kind) == (1, 4, "Organization"))

    assert likelihood([(0, NameHit(1, 4, "Organization", "甲乙丙", "organizations"))]) > likelihood([])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_text_is_tagged_within_its_bounds(tagger: Tagger, texts: list[str]) -> None:
    for found in tagger.propose(texts, []):
        assert 0 <= found.start < found.end <= len(texts[found.sentence])
        assert 0 < found.probability < 1 + 1e-6


def test_probabilities_are_shares_of_all_labellings() -> None:
    random = np.random.default_rng(3)
    scores, steps = random.normal(size=(3, LABELS)), random.normal(size=(LABELS, LABELS))
    found = find_candidates(scores, steps, np.array([0]), np.array([3]), 0.0)
    total, span = 0.0, 0.0
    for a in range(LABELS):
        for b in range(LABELS):
            for c in range(LABELS):
                line = (a, b, c)
                legal = a not in INSIDE and all(y not in INSIDE or x in (y, y - 1) for x, y in pairwise(line))
                if legal:
                    weight = np.exp(sum(scores[i, y] for i, y in enumerate(line)) + steps[a, b] + steps[b, c])
                    total += weight
                    span += weight * (a == BEGIN[4] and b == INSIDE[4] and c != INSIDE[4])
    mine = (found.start == 0) & (found.end == 2) & (found.kind == 4)
    assert found.probability[mine].tolist() == pytest.approx([span / total])


@given(st.sets(st.integers(1, 2**32 - 1), max_size=200), st.integers(1, 2**32 - 1))
def test_key_table_finds_each_key_and_no_other(keys: set[int], other: int) -> None:
    known = np.array(sorted(keys), np.uint32)
    table = KeyTable(known)
    assert table.find(known).tolist() == list(range(len(known)))
    assert table.find(np.array([other], np.uint32)).tolist() == [sorted(keys).index(other) if other in keys else -1]


def test_training_learns_and_repeats_itself(classes: WordClasses, tmp_path: Path) -> None:
    first, second = (train_tagger([GOLD], classes, settings=Settings(smallest=0)) for _ in range(2))
    write_weights(tmp_path / "a.npz", first.weights)
    write_weights(tmp_path / "b.npz", second.weights)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    found = choose_apart(first.propose(["推进东风大桥建设。"], [], least=0.01))
    assert [(p.start, p.end, p.kind) for p in found] == [(2, 6, "Project")]


def test_a_skipped_report_is_not_learnt_from(classes: WordClasses) -> None:
    other = Annotated("other", ("推进东风大桥建设。",), (((2, 6, "Facility"),),), ())
    with_skip = train_tagger([GOLD, other], classes, skip=["other"])
    assert np.array_equal(with_skip.weights.rows, train_tagger([GOLD], classes).weights.rows)


def test_weights_survive_the_file(tmp_path: Path) -> None:
    rows = np.zeros((2, LABELS), np.float32)
    rows[0, 1], rows[1, 3] = 1.27, -0.5
    write_weights(tmp_path / "w.npz", Weights(np.array([9, 4], np.uint32), rows, np.zeros((LABELS, LABELS))))
    back = read_weights(tmp_path / "w.npz")
    assert back.keys.tolist() == [4, 9]
    assert back.rows[[1, 0]] == pytest.approx(rows, abs=0.006)


def test_broken_files_are_bad_data(tmp_path: Path) -> None:
    (tmp_path / "w.npz").write_bytes(b"PK")
    with pytest.raises(BadData, match=r"is not a model of the tagger"):
        read_weights(tmp_path / "w.npz")
    with pytest.raises(BadData, match="is no table of classes"):
        load_classes(tmp_path / "w.npz")


def test_the_likeliest_spans_are_kept() -> None:
    spans = [Proposal(0, 0, 4, "Zone", 0.4), Proposal(0, 2, 6, "Place", 0.5), Proposal(0, 6, 8, "Event", 0.1)]
    assert [span.kind for span in choose_apart(spans)] == ["Place", "Event"]
