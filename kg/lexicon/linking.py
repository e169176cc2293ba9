"""Read data/linking.toml, data/aliases.tsv and the names of data/names/: what names of one thing may differ in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import BadData
from kg.lexicon.reading import check_keys, read_toml, read_tsv
from kg.numerals import read_numeral
from kg.vocab import VOCABULARY

_TABLES = {
    "nation",
    "common",
    "label",
    "fold",
    "own",
    "head",
    "edge",
    "general",
    "scoped",
    "village",
    "derived",
    "indicator",
    "nationwide",
}
_NAME_COLUMNS = ("name", "kind", "aliases", "not_in", "source")
_ALIAS_COLUMNS = ("kind", "name", "aliases")

# Marks that no name is told apart by: quotes, spaces, middle dots go; brackets, dashes and full-width forms become one.
_MARKS = str.maketrans(
    {
        **dict.fromkeys("“”‘’\"'「」『』《》〈〉·•・ \u3000\t", ""),
        **dict.fromkeys("—–－‐‑―─~～〜", "-"),
        **dict(zip("（）【】［］", "()()()", strict=True)),
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B)},
        "％": "%",
        "＋": "+",
    }
)
_DASHES = re.compile("-+")
_ORDINAL = re.compile("(?<=第)[一二三四五六七八九十百]+(?=[届次批期])")


@dataclass(frozen=True, slots=True)
class Fold:
    """One thing in which two names of these kinds may differ."""

    name: str
    kinds: frozenset[str]
    pattern: re.Pattern[str]
    to: str


@dataclass(frozen=True, slots=True)
class LinkingRules:
    """Everything `linking.toml` says.

    `main_names` maps (kind, key of a form) to the main name that data/aliases.tsv or data/names gives it.
    """

    nation_code: str
    nation_name: str
    nation_names: frozenset[str]
    common_names: frozenset[str]
    short_labels: frozenset[str]
    folds: tuple[Fold, ...]
    own: re.Pattern[str]
    head: re.Pattern[str]
    head_kinds: frozenset[str]
    edge: re.Pattern[str]
    general: Mapping[str, re.Pattern[str]]
    scoped_kinds: frozenset[str]
    scoped_open: re.Pattern[str]
    village: re.Pattern[str]
    derived: re.Pattern[str]
    indicator_ends: tuple[re.Pattern[str], re.Pattern[str]]
    indicator_spellings: tuple[tuple[str, str], ...]
    nationwide: frozenset[tuple[str, str]]
    main_names: Mapping[tuple[str, str], str]

    def fold_name(self, kind: str, name: str) -> tuple[str, tuple[str, ...]]:
        """Return what tells a name of `kind` apart, and the folds that changed it.

        >>> from kg.resources import data_folder
        >>> load_linking(data_folder()).fold_name("Zone", "“南宁”经济技术开发区")
        ('南宁经开区', ('development-zone',))
        """
        key, used = plain_key(name), []
        for fold in self.folds:
            if kind in fold.kinds and fold.pattern.search(key):
                key = fold.pattern.sub(fold.to, key)
                used.append(fold.name)
        return key, tuple(used)

    def spell_indicator(self, words: str) -> str:
        """Return an indicator's words in the spelling that indicators are compared in.

        >>> from kg.resources import data_folder
        >>> load_linking(data_folder()).spell_indicator("全市规上工业增加值")
        '规模以上工业增加值'
        """
        key = plain_key(words)
        for written, spelled in self.indicator_spellings:
            key = key.replace(written, spelled)
        for end in self.indicator_ends:
            key = end.sub("", key)
        return key


def plain_key(name: str) -> str:
    """Drop from a name the marks that no name is told apart by, and write its ordinal in digits.

    >>> plain_key("“6＋6”全产业链"), plain_key("中国 – 东盟（南宁）"), plain_key("第二十届东博会")
    ('6+6全产业链', '中国-东盟(南宁)', '第20届东博会')
    """
    key = _DASHES.sub("-", name.translate(_MARKS)).upper()
    return _ORDINAL.sub(lambda match: f"{read_numeral(match.group())}", key)


def strip_quotes(name: str) -> str:
    """Take the quotation marks off a name that stands wholly between them.

    >>> strip_quotes("“四好农村路”"), strip_quotes("“6+6”全产业链"), strip_quotes("“一带”和“一路”")
    ('四好农村路', '“6+6”全产业链', '“一带”和“一路”')
    """
    inner = name[1:-1]
    return inner if name[:1] == "“" and name[-1:] == "”" and not {"“", "”"} & set(inner) else name


def load_linking(folder: Path) -> LinkingRules:
    """Read and check `folder/linking.toml`, `folder/aliases.tsv` and `folder/names/*.tsv`."""
    path = folder / "linking.toml"
    tables = read_toml(path)
    check_keys(path, "whole file", tables, _TABLES, set())
    for table, needed in (
        ("nation", {"code", "name", "names"}),
        ("common", {"names"}),
        ("label", {"shortest"}),
        ("own", {"pattern", "yes", "no"}),
        ("head", {"kinds", "pattern", "yes", "no"}),
        ("edge", {"pattern", "yes", "no"}),
        ("scoped", {"kinds", "open"}),
        ("village", {"pattern", "yes", "no"}),
        ("derived", {"pattern", "yes", "no"}),
        ("indicator", {"prefix", "suffix", "spelled"}),
    ):
        check_keys(path, table, tables[table], needed, set())
    for kind in (
        *(kind for fold in tables["fold"] for kind in fold.get("kinds", [])),
        *tables["label"]["shortest"],
        *tables["head"]["kinds"],
        *tables["scoped"]["kinds"],
        *tables["general"],
        *tables["nationwide"],
    ):
        if kind not in VOCABULARY.kinds:
            raise BadData(path, kind, f"should be one of {', '.join(VOCABULARY.kinds)}")
    nationwide = frozenset((kind, plain_key(name)) for kind, names in tables["nationwide"].items() for name in names)
    return LinkingRules(
        nation_code=tables["nation"]["code"],
        nation_name=tables["nation"]["name"],
        nation_names=frozenset(tables["nation"]["names"]),
        common_names=frozenset(tables["common"]["names"]),
        short_labels=frozenset(tables["label"]["shortest"]),
        folds=tuple(read_fold(path, entry) for entry in tables["fold"]),
        own=compile_pattern(path, "own", tables["own"]["pattern"]),
        head=compile_pattern(path, "head", tables["head"]["pattern"]),
        head_kinds=frozenset(tables["head"]["kinds"]),
        edge=compile_pattern(path, "edge", tables["edge"]["pattern"]),
        general=MappingProxyType({kind: compile_pattern(path, kind, text) for kind, text in tables["general"].items()}),
        scoped_kinds=frozenset(tables["scoped"]["kinds"]),
        scoped_open=compile_pattern(path, "scoped", tables["scoped"]["open"]),
        village=compile_pattern(path, "village", tables["village"]["pattern"]),
        derived=compile_pattern(path, "derived", tables["derived"]["pattern"]),
        indicator_ends=(
            compile_pattern(path, "indicator", tables["indicator"]["prefix"]),
            compile_pattern(path, "indicator", tables["indicator"]["suffix"]),
        ),
        indicator_spellings=tuple((written, spelled) for written, spelled in tables["indicator"]["spelled"]),
        nationwide=nationwide,
        main_names=MappingProxyType(_read_main_names(folder)),
    )


def read_fold(path: Path, entry: Mapping[str, Any]) -> Fold:
    """Return a fold of a rule file that was read; missing or unknown keys are `BadData`."""
    name = str(entry.get("name", "fold"))
    check_keys(path, name, entry, {"name", "kinds", "pattern", "to", "yes", "no"}, set())
    return Fold(name, frozenset(entry["kinds"]), compile_pattern(path, name, entry["pattern"]), entry["to"])


def compile_pattern(path: Path, entry: str, pattern: str) -> re.Pattern[str]:
    """Return the compiled pattern of an entry; one that is no regular expression is `BadData`."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise BadData(path, entry, f"is no regular expression: {error}") from error


def _read_main_names(folder: Path) -> dict[tuple[str, str], str]:
    """Return the main name of each form; what data/aliases.tsv says goes before a lexicon's own aliases."""
    path = folder / "aliases.tsv"
    found: dict[tuple[str, str], str] = {}
    for row in read_tsv(path, _ALIAS_COLUMNS):
        if row["kind"] not in VOCABULARY.kinds:
            raise BadData(path, row["name"], f"kind {row['kind']!r} should be one of {', '.join(VOCABULARY.kinds)}")
        for form in (row["name"], *row["aliases"].split("|")):
            key = (row["kind"], plain_key(form))
            if found.setdefault(key, row["name"]) != row["name"]:
                raise BadData(path, form, f"is an alias of {found[key]} and of {row['name']}: give it to one of them")
    given = dict(found)
    for path in sorted((folder / "names").glob("*.tsv")):
        for row in read_tsv(path, _NAME_COLUMNS):
            forms = (row["name"], *(row["aliases"].split("|") if row["aliases"] else ()))
            mains = dict.fromkeys(given[key] for form in forms if (key := (row["kind"], plain_key(form))) in given)
            if len(mains) > 1:
                raise BadData(
                    path, row["name"], f"is one thing here and in aliases.tsv {len(mains)}: {', '.join(mains)}"
                )
            for form in forms:
                found.setdefault((row["kind"], plain_key(form)), next(iter(mains), row["name"]))
    return found
