"""Spans: the overlap policy against its definition, and folding there and back."""

from itertools import pairwise
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Mention, Sentence
from kg.spans import MARKS, fold, keep_longest

RANGES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=12)
TEXT = st.text(alphabet="甲乙厂路开工、，“”《》 [1]〔2〕", min_size=1, max_size=31)


def sentence_of(text: str, start: int = 100) -> Sentence:
    return Sentence(0, 0, 0, start, start + len(text), text, None, "actual")


@given(RANGES)
def test_kept_spans_are_free_of_overlap_and_no_dropped_one_could_be_added(ranges: list[tuple[int, int]]) -> None:
    spans = [SimpleNamespace(start=start, end=start + length) for start, length in ranges]
    kept = keep_longest(spans)
    assert all(a.end <= b.start for a, b in pairwise(kept))
    for span in spans:
        rivals = [other for other in kept if other.start < span.end and span.start < other.end]
        assert rivals
        assert any(other.end - other.start >= span.end - span.start for other in rivals)


def test_of_equal_spans_the_leftmost_and_then_the_first_given_is_kept() -> None:
    first, second, right = (SimpleNamespace(start=s, end=s + 3, name=n) for s, n in ((0, "a"), (0, "b"), (2, "c")))
    assert keep_longest([right, first, second]) == (first,)


@given(TEXT, RANGES)
def test_every_folded_character_leads_back_to_its_own(text: str, ranges: list[tuple[int, int]]) -> None:
    sentence = sentence_of(text)
    mentions = [
        Mention(100 + start, 100 + end, text[start:end], "Project", 0, "made")
        for start, length in ranges
        if (end := min(start + length, len(text))) > start
    ]
    folded = fold(sentence, mentions)
    for position, character in enumerate(folded.text):
        start, end = folded.span(position, position + 1)
        words = text[start - 100 : end - 100]
        if position in folded.mentions:
            assert character == MARKS["Project"]
            assert words == folded.mentions[position].text
        else:
            assert character == words or character == "、"


def test_quotations_side_by_side_are_a_list_and_note_marks_are_left_out() -> None:
    text = "获“甲”“乙”[3] 称号〔12〕。"
    mentions = [Mention(102, 103, "甲", "Honour", 0, "made"), Mention(105, 106, "乙", "Honour", 0, "made")]
    mark = MARKS["Honour"]
    assert fold(sentence_of(text), mentions).text == f"获{mark}、{mark}称号。"


def test_a_name_inside_another_is_not_folded() -> None:
    inner, outer = Mention(100, 101, "甲", "Place", 0, "made"), Mention(100, 102, "甲厂", "Project", 0, "made")
    assert fold(sentence_of("甲厂开工"), [inner, outer]).text == MARKS["Project"] + "开工"
