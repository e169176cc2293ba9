"""Contradictions: cases of two reports, parts against their whole, the rules' examples, and what is printed."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from sample_readings import make_reading

from kg.check import Doubt, check_accounts
from kg.check.show import list_doubts, write_doubts
from kg.errors import BadData
from kg.facts import Account, Quote, Reading, Told
from kg.lexicon.checks import load_checks
from kg.resources import data_folder

RULES = load_checks(data_folder())
CASES = Path(__file__).parent / "cases" / "checks" / "figures.toml"


def make_account(told: Told, sentences: list[list[str]]) -> Account:
    readings: list[Reading] = []
    quotes = []
    for number, (text, *figures) in enumerate(sentences):
        quote = Quote(f"{told.iri}.{number}", text, 100 * number, "actual")
        quotes.append(quote)
        for figure in figures:
            name, words, value, unit, kind, modality, year, bound = (part.strip() for part in figure.split("|"))
            line = " | ".join((name, words, value, unit, kind, bound))
            readings.append(make_reading(line, modality, year, quote))
    return Account(told, tuple(quotes), tuple(readings), (), ())


def load_cases() -> list[Any]:
    cases = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=f"{index}-{'-'.join(case['doubts'])}") for index, case in enumerate(cases, 1)]


def check_case(case: dict[str, Any]) -> tuple[Doubt, ...]:
    before = make_account(Told("x:2023", "x:place", "平湖市", 2023), case["before"])
    after = make_account(Told("x:2024", "x:place", "平湖市", 2024), case["after"])
    return check_accounts([before, after], RULES)


@pytest.mark.parametrize("case", load_cases())
def test_contradictions_are_found_and_others_not(case: dict[str, Any]) -> None:
    assert [doubt.kind for doubt in check_case(case)] == case["doubts"]


def test_parts_have_no_more_than_the_whole() -> None:
    figure = "地区生产总值 | {0}亿元 | {0} | 亿元 | level | actual | 2023 | ="
    whole = make_account(Told("x:w", "x:place", "平湖市", 2024), [["地区生产总值900亿元。", figure.format(900)]])
    parts = [
        make_account(
            Told(f"x:{name}", f"x:{name}", name, 2024, "x:place"), [["地区生产总值500亿元。", figure.format(500)]]
        )
        for name in ("东区", "西区")
    ]
    (doubt,) = check_accounts([whole, *parts], RULES)
    assert (doubt.kind, len(doubt.readings)) == ("sum", 3)
    assert "2个下辖地区合计100000000000元" in doubt.note
    assert check_accounts([whole, parts[0]], RULES) == ()


def test_each_contradiction_shows_its_sentences_once() -> None:
    doubts = check_case(tomllib.loads(CASES.read_text(encoding="utf-8"))["case"][0])
    text = write_doubts(doubts)
    assert text.splitlines()[0] == (
        "增速与总量不符 growth  平湖市2024  固定资产投资：由200亿元到230亿元应为15.0%，报告称增长8%"
    )
    assert text.count("固定资产投资230亿元，增长8%。") == 1
    assert [row[0] for row in list_doubts(doubts).rows] == [1, 1, 1]


def list_examples() -> list[Any]:
    tables = tomllib.loads((data_folder() / "compare" / "checks.toml").read_text(encoding="utf-8"))
    return [
        pytest.param(table, words, wanted == "yes", id=f"{table}-{words}")
        for table, entry in tables.items()
        for wanted in ("yes", "no")
        for words in entry[wanted]
    ]


@pytest.mark.parametrize(("table", "words", "wanted"), list_examples())
def test_rules_keep_their_examples(table: str, words: str, wanted: bool) -> None:
    pattern: re.Pattern[str] = getattr(RULES, table)
    assert bool(pattern.search(words)) == wanted


def test_a_slack_that_is_no_number_is_refused(tmp_path: Path) -> None:
    text = (data_folder() / "compare" / "checks.toml").read_text(encoding="utf-8")
    (tmp_path / "compare").mkdir()
    (tmp_path / "compare" / "checks.toml").write_text(text.replace("slack = 8", 'slack = "much"'), encoding="utf-8")
    with pytest.raises(BadData, match="percentage points"):
        load_checks(tmp_path)
