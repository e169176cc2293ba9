"""Promise and result: cases of figures and of works, the rules' own examples, and the way from a graph and back."""

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import rdflib
from sample_outcomes import make_outcome_triples, make_outcomes, read_both
from sample_readings import make_reading
from sample_report import make_triples

from kg.facts import Account, Naming, Quote, Reading, Standing, Told
from kg.graph import to_graph
from kg.lexicon.tracking import load_tracking
from kg.query.tables import format_csv
from kg.resources import data_folder
from kg.track import Outcome, track_targets
from kg.track.lives import trace_lives
from kg.track.names import compare_things
from kg.track.score import count_trials, match_gold
from kg.track.show import count_verdicts, list_outcomes, show_outcomes, write_markdown
from kg.track.similar import weigh_names
from kg.validate import validate
from kg.vocab import VOCABULARY

RULES = load_tracking(data_folder())
CASES = Path(__file__).parent / "cases" / "tracking"
_BRACKET = re.compile(r"\[(?P<name>[^|\]]+)\|(?P<kind>[^|\]]+)(?:\|(?P<status>[^\]]+))?\]")


def load_cases(name: str) -> list[Any]:
    cases = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=f"{index}-{case['verdict'] or 'apart'}") for index, case in enumerate(cases, 1)]


def make_account(
    year: int, readings: tuple[Reading, ...] = (), sentences: tuple[tuple[str, str, int], ...] = ()
) -> Account:
    """Make an account; a sentence is its text with brackets, its modality, and the year that it speaks of."""
    quotes, standings, namings = [], list[Standing](), list[Naming]()
    places = count(0, 1000)
    for text, modality, about in sentences:
        begin = next(places)
        quote = Quote(f"x:{year}-{begin}", _BRACKET.sub(r"\g<name>", text), begin, modality)
        quotes.append(quote)
        for found in _BRACKET.finditer(text):
            at = begin + quote.text.index(found["name"])
            end, thing, kind = at + len(found["name"]), f"x:{found['name']}", found["kind"]
            namings.append(Naming(f"x:m{at}", thing, found["name"], kind, found["name"], at, end, quote))
            if found["status"]:
                stage = VOCABULARY.statuses.index(found["status"]) + 1
                standings.append(
                    Standing(
                        f"x:c{at}", thing, found["name"], kind, found["status"], stage, modality, about, quote.text,
                        begin, begin + len(quote.text), quote,
                    )
                )  # fmt: skip
    told = Told(f"x:report/{year}", "x:place", "平湖市", year)
    return Account(told, tuple(quotes), readings, tuple(standings), tuple(namings))


def only(outcomes: tuple[Outcome, ...]) -> Outcome | None:
    assert len(outcomes) <= 1
    return outcomes[0] if outcomes else None


@pytest.mark.parametrize("case", load_cases("figures"))
def test_figures_find_their_results(case: dict[str, str]) -> None:
    target = make_reading(case["target"], "target", "2023")
    result = make_reading(case["result"], "actual", case.get("period", "2023"))
    outcome = only(track_targets(make_account(2023, (target,)), make_account(2024, (result,)), RULES))
    assert outcome is not None
    assert outcome.verdict == (case["verdict"] or "not_mentioned")


@pytest.mark.parametrize("case", load_cases("works"))
def test_works_find_their_states(case: dict[str, Any]) -> None:
    before = make_account(2023, sentences=((case["aim"], "target", 2023),))
    told = tuple(
        (line[2:], "actual", 2023) if line.startswith("-") else (line[2:], "target", 2024) for line in case["told"]
    )
    outcomes = track_targets(before, make_account(2024, sentences=told), RULES)
    assert ",".join(outcome.verdict for outcome in outcomes) == case["verdict"]


def list_examples() -> Iterator[Any]:
    tables = tomllib.loads((data_folder() / "compare" / "tracking.toml").read_text(encoding="utf-8"))
    for table, entry in tables.items():
        if table in ("words", "counted", "life", "names", "idle"):
            continue
        for wanted in ("yes", "no"):
            for words in entry[wanted]:
                yield pytest.param(table, words, wanted == "yes", id=f"{table}-{words}")


@pytest.mark.parametrize(("table", "words", "wanted"), list(list_examples()))
def test_rules_keep_their_examples(table: str, words: str, wanted: bool) -> None:
    pattern: re.Pattern[str] = getattr(RULES, table)
    assert bool(pattern.search(words)) == wanted


def test_pairs_of_names_keep_apart_or_become_one() -> None:
    tables = tomllib.loads((data_folder() / "compare" / "tracking.toml").read_text(encoding="utf-8"))
    for left, right in tables["idle"]["yes"]:
        assert RULES.trim_indicator(left) == RULES.trim_indicator(right)
    for left, right in tables["idle"]["no"]:
        assert RULES.trim_indicator(left) != RULES.trim_indicator(right)
    weights = weigh_names([])
    for left, right in tables["names"]["yes"]:
        assert compare_things(left, right, weights, RULES) >= 0.7, left
    for left, right in tables["names"]["no"]:
        assert compare_things(left, right, weights, RULES) < 0.7, left


def test_growth_is_worked_out_from_two_years_amounts() -> None:
    target = make_reading("固定资产投资 | 增长10% | 10 | % | growth | =", "target", "2023")
    old = make_reading("固定资产投资 | 200亿元 | 200 | 亿元 | level | =", "actual", "2022")
    new = make_reading("固定资产投资 | 230亿元 | 230 | 亿元 | level | =", "actual", "2023")
    outcome = only(track_targets(make_account(2023, (target, old)), make_account(2024, (new,)), RULES))
    assert outcome is not None
    assert (outcome.match, outcome.reached, outcome.verdict) == ("computed", Decimal("15.0"), "exceeded")
    assert "200亿元" in outcome.note


def test_a_graph_is_read_tracked_and_stated() -> None:
    before, after = read_both()
    assert before.told.name == "南宁市"
    assert [reading.year for reading in after.readings] == [2024, 2024, 2024]
    verdicts = {outcome.target.name: outcome.verdict for outcome in make_outcomes()}
    assert verdicts["地区生产总值"] == "missed"
    assert verdicts["锅炉"] == "met"
    graph = to_graph({**make_triples(), **make_outcome_triples()})
    assert validate(graph) == []
    kg = rdflib.Namespace("https://w3id.org/govkg/ontology#")
    assert len(set(graph.subjects(rdflib.RDF.type, kg.Outcome))) == len(make_outcomes())


def test_outcomes_are_shown_with_both_sentences() -> None:
    outcomes = make_outcomes()
    table = format_csv(list_outcomes(outcomes))
    assert "地区生产总值增长4.2%" in table
    assert "\r" not in table
    page = write_markdown(outcomes)
    assert "# 南宁市2024年目标的兑现情况" in page
    assert "差额-0.8个百分点" in page
    assert len(show_outcomes(outcomes).rows) == len(outcomes)
    assert count_verdicts(outcomes).startswith(f"{len(outcomes)} 个目标 targets，")


def test_life_lines_go_from_plan_to_production() -> None:
    lives = {life.name: life for life in trace_lives(read_both(), RULES)}
    line = lives["比亚迪项目"]
    assert [(stop.year, stop.word, stop.state.modality) for stop in line.stops] == [
        (2023, "投产", "actual"),
        (2024, "竣工", "target"),
        (2024, "投产", "actual"),
    ]


def test_the_measure_counts_pairs_and_verdicts() -> None:
    outcomes = make_outcomes()
    row = {"kind": "figure", "subject": "地区生产总值", "target_text": outcomes[0].target.quote.text, "value": 5}
    told = {"result_text": _SENTENCE, "result_value": 4.2, "verdict": "missed"}
    lost = {"kind": "project", "subject": "平湖大桥", "target_text": "", "value": None, "result_text": None}
    tally = count_trials(match_gold([{**row, **told}, {**lost, "verdict": "not_mentioned"}], outcomes))
    assert (tally.targets, tally.found, tally.right, tally.right_verdicts) == (2, 1, 1, 1)
    assert tally.f1 == tally.f1_of_all == 1.0


_SENTENCE = "地区生产总值增长4.2%，登记失业率4.6%，新增锅炉3蒸吨。"
