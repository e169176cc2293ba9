"""Figures: the cases as a specification, the examples that rules carry, and what cases cannot say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadData
from kg.figures import find_figures
from kg.lexicon.figure_rules import Example
from kg.lexicon.figures import load_examples, load_figures
from kg.model import Figure, Report, Sentence
from kg.resources import data_folder

RULES = load_figures(data_folder())
CASES = Path(__file__).parent / "cases" / "figures"


def read_cases() -> list[Any]:
    return list(_read_cases())


def _read_cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.toml")):
        cases = tomllib.loads(file.read_text(encoding="utf-8"))["case"]
        assert cases, f"{file.name} has no cases"
        marks = [pytest.mark.xfail(strict=True)] if file.stem == "known-failures" else []
        for case in cases:
            yield pytest.param(case, id=f"{file.stem}: {case['text'][:24]}", marks=marks)


def figures_of(text: str, case: dict[str, Any]) -> tuple[Figure, ...]:
    year = case.get("year", 2024)
    sentence = Sentence(
        0, 0, 0, 0, len(text), text, case.get("period", 2023), case.get("modality", "actual"), case.get("since")
    )
    return find_figures(Report("case", "", text, "case.txt", "", year=year), (), (sentence,), RULES)


def show(figure: Figure, wanted: str) -> str:
    """Write a figure as the cases do; the time and the owner only where the case asks for them."""
    shown = f"{figure.indicator} | {figure.kind} {figure.bound} {figure.value}{figure.unit}"
    if " @ " in wanted:
        shown += f" @ {figure.period} {figure.modality}"
    return f"{shown} of {figure.of}" if " of " in wanted else shown


@pytest.mark.parametrize("case", read_cases())
def test_case(case: dict[str, Any]) -> None:
    found = figures_of(case["text"], case)
    wanted = case["expect"]
    padded = [*wanted, *[""] * (len(found) - len(wanted))]
    assert [show(figure, line) for figure, line in zip(found, padded, strict=False)] == wanted
    assert all(case["text"][figure.start : figure.end] == figure.text for figure in found)


@pytest.mark.parametrize("example", load_examples(data_folder()), ids=lambda e: f"{e.table}: {e.name}")
def test_rule_examples(example: Example) -> None:
    assert example.yes and example.no
    for text in example.yes:
        assert example.pattern.search(text), text
    for text in example.no:
        assert not example.pattern.search(text), text


def test_refused_numbers_give_no_figure() -> None:
    refusals = [example for example in load_examples(data_folder()) if example.table == "refusal"]
    for example in refusals:
        for text in example.yes:
            refused = [match.span() for match in example.pattern.finditer(text)]
            for figure in figures_of(text, {}):
                number = re.search(r"[\d一二三四五六七八九十百千万亿]", figure.text)
                assert number is not None
                assert not any(start <= figure.start + number.start() < end for start, end in refused), text


def test_data_is_sorted_and_without_doubles() -> None:
    for name in ("units.tsv", "cues.tsv"):
        lines = (data_folder() / name).read_text(encoding="utf-8").splitlines()
        assert len(set(lines)) == len(lines), name


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("units.tsv", "亩\tmeasure", "亩\tsize", "kind 'size' is none of"),
        ("cues.tsv", "超过\t>=", "超过\tmore", "role 'more' is none of"),
        ("figures.toml", "[confidence]", "[confidences]", "lacks confidence"),
        ("figures.toml", 'name = "year"\n', 'name = "year"\nextra = 1\n', "has unknown keys: extra"),
        ("figures.toml", "{arabic}", "{arabian}", "is not defined before it"),
    ],
)
def test_broken_data_is_named(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    for name in ("units.tsv", "cues.tsv", "figures.toml"):
        text = (data_folder() / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(old, new, 1) if name == file else text, encoding="utf-8")
    with pytest.raises(BadData, match=re.escape(message)) as error:
        load_figures(tmp_path)
    assert file in str(error.value)


WORDS = [
    "新增",
    "企业",
    "增长",
    "5.2%",
    "、",
    "，",
    "分别",
    "10家",
    "达到",
    "全省第一",
    "从",
    "增加到",
    "两",
    "的",
    "（",
    "）",
]


@given(st.lists(st.sampled_from(WORDS), max_size=14).map("".join))
def test_any_words_are_read_without_error(text: str) -> None:
    for figure in figures_of(text, {}):
        assert 0 <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.text
        assert figure.indicator
