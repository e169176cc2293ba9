"""Linking: each rule's own examples, pairs of names that are one thing or two, labels, reasons, unknown places."""

import dataclasses
import re
from pathlib import Path

import pytest

from kg.errors import BadData
from kg.lexicon.divisions import load_divisions
from kg.lexicon.linking import load_linking, plain_key
from kg.lexicon.reading import read_toml, read_tsv
from kg.linking import Linked, link
from kg.model import Claim, Document, Mention, Name, Report
from kg.resources import data_folder
from kg.vocab import VOCABULARY

DIVISIONS = load_divisions(data_folder())
RULES = load_linking(data_folder())
TABLES = read_toml(data_folder() / "linking.toml")
PAIRS = read_tsv(
    Path(__file__).parent / "cases" / "linking" / "pairs.tsv",
    ["kind", "place_a", "name_a", "place_b", "name_b", "same", "comment"],
)


def link_names(code: str, *names: tuple[str, str], text: str = "", year: int | None = 2024) -> Linked:
    """Link mentions in the report of a place; names stand in `text` where it is given."""
    place = None if code == "-" else DIVISIONS.by_code(code).name
    report = Report("x", "", text, "", "", place=place, place_code=None if place is None else code, year=year)
    mentions = []
    for kind, name in names:
        start = text.find(name) if text else 0
        mentions.append(Mention(start, start + len(name), name, kind, 0, "case"))
    return link(Document(report, (), (), tuple(mentions), (), ()), DIVISIONS, RULES)


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: f"{case['name_a']}-{case['name_b']}")
def test_names_of_one_thing_share_a_node(case: dict[str, str]) -> None:
    first = link_names(case["place_a"], (case["kind"], case["name_a"])).mentions[0].entity
    second = link_names(case["place_b"], (case["kind"], case["name_b"])).mentions[0].entity
    assert (first == second) == (case["same"] == "yes"), case["comment"]


@pytest.mark.parametrize("fold", TABLES["fold"], ids=lambda fold: fold["name"])
def test_folds_do_what_they_say(fold: dict[str, list[list[str]]]) -> None:
    assert fold["yes"]
    assert fold["no"]
    for kind in fold["kinds"]:
        assert all(
            RULES.fold_name(str(kind), one)[0] == RULES.fold_name(str(kind), other)[0] for one, other in fold["yes"]
        )
        assert all(
            RULES.fold_name(str(kind), one)[0] != RULES.fold_name(str(kind), other)[0] for one, other in fold["no"]
        )


@pytest.mark.parametrize(
    ("table", "how"),
    [("own", "fullmatch"), ("head", "match"), ("edge", "match"), ("village", "fullmatch"), ("derived", "search")],
)
def test_patterns_do_what_they_say(table: str, how: str) -> None:
    pattern = re.compile(TABLES[table]["pattern"])
    assert all(getattr(pattern, how)(word) for word in TABLES[table]["yes"])
    assert not any(getattr(pattern, how)(word) for word in TABLES[table]["no"])


def test_the_commonest_form_is_the_label_and_the_others_are_aliases() -> None:
    zones = [("Zone", "经开区"), ("Zone", "南宁经开区"), ("Zone", "经开区")]
    linked = link_names("450100", *zones)
    (zone,) = (entity for entity in linked.entities if entity.kind == "Zone")
    assert (zone.name, zone.aliases, zone.scope) == ("经开区", ("南宁经开区",), "place/450100")
    industry = link_names("450100", ("Industry", "电子信息产业"), ("Industry", "电子信息")).entities[0]
    assert (industry.name, industry.aliases) == ("电子信息", ("电子信息产业",))


def test_own_words_are_no_alias() -> None:
    linked = link_names("450100", ("Place", "全市"), ("Place", "南宁"))
    (own,) = (entity for entity in linked.entities if entity.id == linked.own)
    assert own.aliases == ("南宁", "邕")


def test_a_reason_is_given_where_words_differ_from_the_name() -> None:
    names = [
        ("Place", "南宁"),
        ("Place", "青秀区"),
        ("Organization", "市委"),
        ("Place", "全市"),
        ("Zone", "综合保税区"),
    ]
    assert [made.reason for made in link_names("450100", *names).mentions] == [
        "division",
        None,
        "own-place",
        "own-place",
        None,
    ]


def test_abbreviations_that_the_text_defines_are_followed() -> None:
    text = "广西先进铝加工创新中心（以下简称“铝中心”）成立，铝中心投用。"
    linked = link_names("450100", ("Organization", "广西先进铝加工创新中心"), ("Organization", "铝中心"), text=text)
    assert linked.mentions[0].entity == linked.mentions[1].entity
    assert linked.mentions[1].reason == "abbreviation"


def test_divisions_bring_those_above_and_their_successors() -> None:
    linked = link_names("450100", ("Place", "横县"))
    entities = {entity.id: entity for entity in linked.entities}
    assert entities["place/450127"].successor == "place/450181"
    assert {"place/450181", "place/450100", "place/450000", "place/100000"} <= entities.keys()
    assert entities["place/450000"].parent == "place/100000"


def test_every_division_has_a_finite_context() -> None:
    names = [("Place", division.name) for division in DIVISIONS.rows if division.successor]
    assert len(link_names("450100", *names, year=1986).entities) > 100


def test_the_nation_and_a_place_without_code() -> None:
    nation = Report("x", "", "", "", "", place="中国", place_code="100000", level="national", year=2024)
    linked = link(Document(nation, (), (), (), (), ()), DIVISIONS, RULES)
    assert linked.own == "place/100000"
    village = Report("x", "", "", "", "", place="那马镇", year=2024)
    linked = link(Document(village, (), (), (), (), ()), DIVISIONS, RULES)
    assert linked.own is not None
    assert linked.own.isascii()


def test_claim_ends_are_linked_though_no_mention_names_them() -> None:
    document = Document(
        Report("x", "", "", "", "", place="南宁市", place_code="450100", year=2024),
        (),
        (),
        (),
        (),
        (
            Claim(Name("南宁", "Place"), "hosts", Name("东博会", "Event"), 0, 0, 1, "actual", 2023, "r"),
            Claim(Name("某厂", "Project"), "hasStatus", Name("started", "Status"), 0, 0, 1, "actual", 2023, "r"),
        ),
    )
    linked = link(document, DIVISIONS, RULES)
    assert linked.claims[0][0] == "place/450100"
    assert linked.claims[1][1] is None
    assert {entity.name for entity in linked.entities} >= {"南宁市", "中国—东盟博览会", "某厂"}


def test_ids_are_ascii_and_the_same_every_time() -> None:
    names = [(case["kind"], case["name_a"]) for case in PAIRS]
    first, second = link_names("450100", *names), link_names("450100", *reversed(names))
    assert all(entity.id.isascii() for entity in first.entities)
    assert [entity.id for entity in first.entities] == [entity.id for entity in second.entities]
    assert [dataclasses.replace(entity, aliases=()) for entity in first.entities] == [
        dataclasses.replace(entity, aliases=()) for entity in second.entities
    ]


def test_keys_drop_only_marks() -> None:
    assert plain_key("“6+6”全产业链") == plain_key("6＋6全产业链")
    assert plain_key("A区") != plain_key("B区")
    assert plain_key("5·12特大地震") == "512特大地震"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('kinds = ["Zone"]', 'kinds = ["Zonne"]', "Zonne: should be one of Place"),
        ('to = "经开区"', 'tu = "经开区"', "development-zone: lacks to"),
        ("pattern = '综合保税区'", "pattern = '综合(保税区'", "bonded-zone: is no regular expression"),
        ("[common]", "[uncommon]", "whole file: lacks common"),
    ],
)
def test_a_broken_rule_file_is_refused(tmp_path: Path, before: str, after: str, message: str) -> None:
    text = (data_folder() / "linking.toml").read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "linking.toml").write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BadData, match=re.escape(message)):
        load_linking(tmp_path)


def test_listed_indicators_stay_apart_in_the_spelling_that_is_compared() -> None:
    spelled: dict[str, str] = {}
    for name, concept in VOCABULARY.indicators.items():
        assert spelled.setdefault(RULES.spell_indicator(name), concept.iri) == concept.iri, name


@pytest.mark.parametrize(
    ("words", "spelled"),
    [
        ("全市规上工业增加值", "规模以上工业增加值"),
        ("全社会固定资产投资完成", "全社会固定资产投资"),
        ("“四上”企业", "四上企业"),
        ("完成产值", "完成产值"),
        ("实现增收", "实现增收"),
        ("人均GDP", "人均地区生产总值"),
    ],
)
def test_indicators_are_spelled_one_way(words: str, spelled: str) -> None:
    assert RULES.spell_indicator(words) == spelled


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Sport\t东博会\t东盟博览会", "kind 'Sport' should be one of"),
        ("Event\t另一博览会\t东博会", "is an alias of 中国—东盟博览会 and of 另一博览会"),
    ],
)
def test_bad_aliases_say_where_and_why(row: str, message: str, tmp_path: Path) -> None:
    for name in ("linking.toml", "aliases.tsv"):
        (tmp_path / name).write_bytes((data_folder() / name).read_bytes())
    (tmp_path / "names").mkdir()
    with (tmp_path / "aliases.tsv").open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")
    with pytest.raises(BadData, match=message):
        load_linking(tmp_path)
