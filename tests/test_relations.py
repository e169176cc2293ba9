"""Relations: every rule's own examples, the cases, and what the rule files must not hold."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import BadData
from kg.lexicon.divisions import Divisions, load_divisions
from kg.lexicon.reading import read_toml
from kg.lexicon.relations import RelationRule, RelationRules, load_relations
from kg.model import Claim, Mention, Modality, Report, Section, Sentence
from kg.relations import find_claims
from kg.relations.place import find_own_place
from kg.resources import data_folder
from kg.spans import MARKS
from kg.vocab import VOCABULARY

RULES = load_relations(data_folder())
DIVISIONS = load_divisions(data_folder())
ALL_RULES = {
    rule.name: rule
    for rule in (*RULES.sentence_rules, *(each for rules in RULES.name_rules.values() for each in rules))
}.values()
CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in sorted((Path(__file__).parent / "cases" / "relations").glob("*.toml"))
    for number, case in enumerate(read_toml(path)["case"])
]
MARKED = re.compile(r"\[([^\[\]|]+)\|([A-Za-z]+)\]")


def claims_of(
    marked: str, rules: RelationRules, place: str = "临江市", modality: Modality = "actual"
) -> tuple[Claim, ...]:
    """Read a text whose names are written [name|kind], one sentence to each full stop."""
    text, mentions, sentences = "", [], []
    for number, part in enumerate(re.findall("[^。]+。?", marked)):
        start, at = len(text), 0
        for match in MARKED.finditer(part):
            text += part[at : match.start()]
            assert match[2] in MARKS
            mentions.append(Mention(len(text), len(text) + len(match[1]), match[1], match[2], number, "made"))
            text += match[1]
            at = match.end()
        text += part[at:]
        sentences.append(Sentence(number, 0, 0, start, len(text), text[start:], 2024, modality))
    division = DIVISIONS.find(place)[0]
    report = Report("made", "", text, "", "", place, division.code, division.level)
    sections = [Section(0, 0, "", 0, len(text), None, 2024, "actual")]
    found = find_claims(report, sections, sentences, mentions, rules, DIVISIONS)
    assert all(report.text[claim.start : claim.end] for claim in found)
    return found


def only(rule: RelationRule) -> RelationRules:
    named = {kind: tuple(each for each in rules if each == rule) for kind, rules in RULES.name_rules.items()}
    return replace(RULES, sentence_rules=tuple(each for each in (rule,) if not rule.of), name_rules=named)


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        pytest.param(rule, text, expected, id=f"{rule.name}-{'yes' if expected else 'no'}-{number}")
        for rule in ALL_RULES
        for expected, texts in ((True, rule.yes), (False, rule.no))
        for number, text in enumerate(texts)
    ],
)
def test_rule_examples(rule: RelationRule, text: str, expected: bool) -> None:
    assert (rule.name in {claim.rule for claim in claims_of(text, only(rule))}) is expected


def test_every_rule_has_examples_of_both_kinds() -> None:
    assert all(rule.yes and rule.no for rule in ALL_RULES)


@pytest.mark.parametrize(
    ("text", "expected"), [(t, True) for t in RULES.framework.yes] + [(t, False) for t in RULES.framework.no]
)
def test_framework_examples(text: str, expected: bool) -> None:
    assert bool(RULES.framework.pattern.search(text)) is expected


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    found = claims_of(case["text"], RULES, case.get("place", "临江市"), case.get("modality", "actual"))
    assert sorted(f"{c.subject.text} {c.predicate} {c.object.text}" for c in found) == sorted(case["expect"])
    if "modalities" in case:
        assert [c.modality for c in found] == case["modalities"]


def test_the_rules_speak_of_all_that_the_ontology_defines() -> None:
    assert set(MARKS) == set(VOCABULARY.kinds)
    assert set(RULES.subjects) == {rule.predicate for rule in ALL_RULES} == set(VOCABULARY.predicates)
    assert {rule.status for rule in ALL_RULES if rule.status} == set(VOCABULARY.statuses)


def test_claims_stand_in_their_sentences() -> None:
    text = "开工[平湖大桥|Project]。[远航电池厂|Project]投产，我市发展[新能源|Industry]。"
    claims = claims_of(text, RULES)
    assert [claim.sentence for claim in claims] == [0, 1, 1]
    assert [(claim.start, claim.end) for claim in claims] == [(0, 6), (7, 14), (15, 22)]


def test_a_report_without_a_place_has_no_own_place() -> None:
    report = Report("x", "", "我市获评先进。", "", "")
    mention = Mention(4, 6, "先进", "Honour", 0, "made")
    sentence = Sentence(0, 0, 0, 0, 7, report.text, None, "actual")
    sections = [Section(0, 0, "", 0, 7, None, None, "actual")]
    assert find_claims(report, sections, [sentence], [mention], RULES) == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('predicate = "hosts"', 'predicate = "holds"'), "predicate 'holds' is not in [predicates]"),
        (("{Honour+:o}", "{Honor+:o}"), "'Honor' is no kind of mention, group or fragment"),
        (('subject = "topic"', 'subject = "topics"'), "subject 'topics' is none of named, topic, own, itself"),
        (("weak = true", "week = true"), "has unknown keys: week"),
        (("{host+:s}", "{host+}"), "the pattern needs the role o, and s unless `subject` tells whose it is"),
        (("(?<!在){host+:s}", "(?<!在{host+:s}"), "the pattern does not compile"),
        (('name = "hosts: carried host"', 'name = "hosts: named host"'), "is the name of two rules"),
    ],
)
def test_faults_in_the_rules_are_told(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    for name in ("relations.toml", "status.toml"):
        text = (data_folder() / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(BadData, match=re.escape(message)):
        load_relations(tmp_path)


def test_faults_in_the_states_are_told(tmp_path: Path) -> None:
    (tmp_path / "relations.toml").write_text(
        (data_folder() / "relations.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    status = (data_folder() / "status.toml").read_text(encoding="utf-8").replace('"planned"', '"plant"')
    (tmp_path / "status.toml").write_text(status, encoding="utf-8")
    with pytest.raises(BadData, match="status 'plant' is none of planned"):
        load_relations(tmp_path)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("南宁市", "南宁市"),
        ("广西壮族自治区", "广西"),
        ("甘孜藏族自治州", "甘孜州"),
        ("恭城瑶族自治县", "恭城县"),
        ("河南省", "河南省"),
    ],
)
def test_own_place_names(place: str, name: str, divisions: Divisions = DIVISIONS) -> None:
    division = divisions.find(place)[0]
    own = find_own_place(Report("x", "", "", "", "", place, division.code, division.level), divisions)
    assert own is not None
    assert own.name == name
    assert {place, name} <= own.forms


def test_the_nation_is_named_by_its_level() -> None:
    own = find_own_place(Report("x", "", "", "", "", "全国", None, "national"), None)
    assert own is not None
    assert own.name == "中国"
