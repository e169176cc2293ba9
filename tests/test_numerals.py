"""Numerals: a table of cases, round trips, and a second reader to differ from."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon.reading import read_tsv
from kg.numerals import read_numeral, scale_value, split_scale, to_plain

CASES = read_tsv(Path(__file__).parent / "cases" / "numerals" / "made.tsv", ("words", "value", "amount", "scale"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["words"] or "nothing")
def test_case(case: dict[str, str]) -> None:
    if case["value"] == "never":
        with pytest.raises(ValueError, match="no numeral"):
            read_numeral(case["words"])
        return
    assert read_numeral(case["words"]) == Decimal(case["value"])
    if case["amount"]:
        assert split_scale(case["words"]) == (Decimal(case["amount"]), case["scale"])


@given(st.integers(0, 9_999_999_999))
def test_reads_what_another_program_writes(number: int) -> None:
    assert read_numeral(cn2an.an2cn(number)) == number


@given(st.integers(1, 99_999_999))
def test_agrees_with_another_reader(number: int) -> None:
    words = cn2an.an2cn(number)
    assert read_numeral(words) == cn2an.cn2an(words, "strict")


@given(st.decimals(min_value=0, max_value=10**6, places=2), st.sampled_from(["", "万", "亿", "万亿"]))
def test_arabic_numerals_keep_amount_and_scale(amount: Decimal, scale: str) -> None:
    words = f"{amount}{scale}"
    assert split_scale(words) == (amount, scale)
    assert read_numeral(words) == amount * scale_value(scale)


@given(st.text("0123456789.%亿万", max_size=12))
def test_full_width_signs_keep_their_places(text: str) -> None:
    wide = text.translate(str.maketrans("0123456789.%", "０１２３４５６７８９．％"))
    assert to_plain(wide) == text
    assert len(to_plain(wide)) == len(wide)
