import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import BadData
from kg.lexicon.name_patterns import NameHit, NameRules, load_mining_contexts, load_name_rules
from kg.lexicon.names import NameLexicon, load_names
from kg.lexicon.reading import read_toml, read_tsv
from kg.resources import data_folder

DATA = data_folder()
FILES = sorted((DATA / "names").glob("*.tsv"))
COLUMNS = ("name", "kind", "aliases", "not_in", "source")
CASES = [
    row
    for path in sorted((Path(__file__).parent / "cases/names").glob("*.tsv"))
    for row in read_tsv(path, ("text", "near", "expect", "comment"))
]
SHAPES = [*read_toml(DATA / "name_patterns.toml")["pattern"], *read_toml(DATA / "mining.toml")["pattern"]]
PREFIXES = read_toml(DATA / "name_patterns.toml")["prefix"]
GUARDS = read_toml(DATA / "name_patterns.toml")["guard"]
PREFIX = "[[prefix]]\nname='x'\nkind='Event'\npattern='y'\nyes=[]\nno=[]\n"
GUARD = "[[guard]]\nname='g'\nkinds=['Event']\nyes=[]\nno=[]\n"
RULES = "[words]\n[[pattern]]\nname = 'p'\nkind = 'Event'\npattern = 'x'\nyes = []\nno = []\n"


@pytest.fixture(scope="module")
def lexicon() -> NameLexicon:
    return load_names(DATA)


@pytest.fixture(scope="module")
def rules() -> NameRules:
    return load_name_rules(DATA)


def read_marked(example: str) -> tuple[str, list[str]]:
    return re.sub(r"[\[\]]", "", example), re.findall(r"\[(.*?)\]", example)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["comment"])
def test_find(lexicon: NameLexicon, case: dict[str, str]) -> None:
    text = case["text"]
    hits = lexicon.find(text, case["near"] or None)
    assert " ".join(f"{hit.kind}:{text[hit.start : hit.end]}" for hit in hits) == case["expect"], case["comment"]


@pytest.mark.parametrize("entry", SHAPES, ids=lambda entry: entry["name"])
def test_a_shape_finds_its_examples_and_nothing_else(rules: NameRules, entry: dict[str, Any]) -> None:
    shape = next(p for p in (*rules.patterns, *load_mining_contexts(DATA)) if p.name == entry["name"])
    for example in entry["yes"]:
        text, names = read_marked(example)
        assert [hit.name for hit in shape.find(text)] == names, example
    for example in entry["no"]:
        assert shape.find(example) == [], example


@pytest.mark.parametrize("entry", PREFIXES, ids=lambda entry: entry["name"])
def test_a_prefix_widens_its_examples_and_nothing_else(rules: NameRules, entry: dict[str, Any]) -> None:
    prefix = next(prefix for prefix in rules.prefixes if prefix.name == entry["name"])
    for example in (*entry["yes"], *entry["no"]):
        plain = re.sub(r"[\[\]]", "", example)
        start, end = plain.index("【"), plain.index("】") - 1
        text = re.sub("[【】]", "", plain)
        hit = prefix.widen(text, NameHit(start, end, entry["kind"], text[start:end], ""))
        assert hit.start == (example.index("[") if "[" in example else start), example


@pytest.mark.parametrize("entry", GUARDS, ids=lambda entry: entry["name"])
def test_a_guard_forbids_its_examples_and_nothing_else(rules: NameRules, entry: dict[str, Any]) -> None:
    guard = next(guard for guard in rules.guards if guard.name == entry["name"])
    for forbidden, examples in ((True, entry["yes"]), (False, entry["no"])):
        for example in examples:
            text, [name] = read_marked(example)
            start = example.index("[")
            hit = NameHit(start, start + len(name), entry["kinds"][0], name, next(iter(guard.topics), ""))
            assert guard.forbids(text, hit) is forbidden, example


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_lexicon_is_sorted_and_says_each_name_once(path: Path) -> None:
    names = [row["name"] for row in read_tsv(path, COLUMNS)]
    assert names == sorted(set(names))


def test_hits_stand_in_the_text_and_do_not_overlap(lexicon: NameLexicon) -> None:
    @settings(deadline=None)
    @given(st.text(alphabet="南宁市横州县东盟工业新能源汽车第十届五次会议“”、，。发展双减", max_size=60))
    def check(text: str) -> None:
        end = 0
        for hit in lexicon.find(text, "450100"):
            assert end <= hit.start < hit.end <= len(text)
            end = hit.end

    check()


def test_aliases_lead_to_the_main_name(lexicon: NameLexicon) -> None:
    assert [hit.name for hit in lexicon.find("加入世贸组织、WTO")] == ["世界贸易组织", "世界贸易组织"]


def write_data(folder: Path, names: str, rules: str) -> None:
    (folder / "names").mkdir()
    (folder / "names/a.tsv").write_text("\t".join(COLUMNS) + "\n" + names, encoding="utf-8")
    (folder / "divisions.tsv").write_text(
        "code\tname\tlevel\tparent\tvalid_from\tvalid_to\tsuccessor\taliases\tsource\n", encoding="utf-8"
    )
    (folder / "name_patterns.toml").write_text(f"goals = []\n{rules}\n{PREFIX}\n{GUARD}", encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "rules", "reason"),
    [
        ("甲\tTown\t\t\t\n", RULES, "kind 'Town' should be one of"),
        ("甲\tEvent\t乙\t\t\n乙\tEvent\t\t\t\n", RULES, "乙 stands already in a.tsv"),
        ("", RULES.replace("'x'", "'('"), "is no regular expression"),
        ("", RULES.replace("'Event'", "'Town'"), "kind 'Town' should be one of"),
        ("", RULES.replace("yes", "yeah"), "lacks yes"),
    ],
)
def test_bad_data_says_what_is_wrong(tmp_path: Path, names: str, rules: str, reason: str) -> None:
    write_data(tmp_path, names, rules)
    with pytest.raises(BadData, match=reason):
        load_names(tmp_path)
