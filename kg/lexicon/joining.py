"""Read data/joining.toml, data/likeness.tsv and data/joins.tsv: what names of several reports may differ in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

from kg.errors import BadData
from kg.lexicon.linking import Fold, compile_pattern, read_fold
from kg.lexicon.reading import check_keys, read_toml, read_tsv
from kg.vocab import VOCABULARY

_TABLES: Mapping[str, set[str]] = MappingProxyType(
    {
        "placed": {"kinds", "bound"},
        "general": {"words"},
        "edition": {"kinds", "pattern", "yes", "no"},
        "phase": {"kinds", "pattern", "yes", "no"},
        "short": {"kinds", "least", "fewer", "idle", "inner", "levelled"},
        "part": {"kinds", "least"},
        "route": {"kinds", "pattern", "classes", "yes", "no"},
        "rank": {"pattern", "yes", "no"},
        "level": {"kinds", "pattern", "lower", "yes", "no"},
        "omitted": {"kinds", "contrast", "sole", "ends"},
        "initials": {"kinds"},
        "local": {"kinds", "opening"},
        "firm": {"works", "quantity"},
        "together": {"pairs"},
        "likeness": {"kinds", "least", "number", "side", "word"},
    }
)
_WEIGHT_COLUMNS = ("feature", "weight")
_COLUMNS = ("verdict", "kind", "place", "left", "right", "why")

FEATURES = (
    "constant", "common", "held", "left of", "same end", "same front", "a number differs", "numbers conflict",
    "sides differ", "contrasts differ", "one kind", "weighty common", "weighty held", "weight shared",
    "less weight apart", "more weight apart", "length apart", "ends the longer", "begins the longer", "equal",
)  # fmt: skip
"""What is measured of a pair, in the order of `kg.joining.likeness.measure_likeness`."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Words that a name of these kinds may have or lack at its end, where at least `least` characters are left."""

    kinds: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Inside:
    """Words that a name of these kinds may have or lack anywhere."""

    kinds: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Two names of a kind that are the `same` thing or two things `apart`, in the reports of a place or in all."""

    verdict: Literal["same", "apart"]
    kind: str
    place: str | None
    left: str
    right: str
    why: str


@dataclass(frozen=True, slots=True)
class JoiningRules:
    """Everything that the three files say."""

    spellings: tuple[Fold, ...]
    endings: tuple[Ending, ...]
    insides: tuple[Inside, ...]
    placed_kinds: frozenset[str]
    bound: re.Pattern[str]
    general: re.Pattern[str]
    edition_kinds: frozenset[str]
    edition: re.Pattern[str]
    phase_kinds: frozenset[str]
    phase: re.Pattern[str]
    short_kinds: frozenset[str]
    shortest: int
    fewer: int
    idle: frozenset[str]
    inner_idle: frozenset[str]
    levelled_kinds: frozenset[str]
    part_kinds: frozenset[str]
    shortest_part: int
    route_kinds: frozenset[str]
    route: re.Pattern[str]
    route_classes: Mapping[str, tuple[str, ...]]
    rank: re.Pattern[str]
    level_kinds: frozenset[str]
    level: re.Pattern[str]
    lower_levels: tuple[str, ...]
    sorts: Mapping[str, re.Pattern[str]]
    omitted_kinds: frozenset[str]
    contrast: re.Pattern[str]
    sole: frozenset[str]
    ends: re.Pattern[str]
    initial_kinds: frozenset[str]
    local_kinds: frozenset[str]
    opening: re.Pattern[str]
    works: re.Pattern[str]
    quantity: re.Pattern[str]
    together: frozenset[tuple[str, str]]
    likeness_kinds: frozenset[str]
    likely_enough: float
    telling_number: re.Pattern[str]
    telling_side: re.Pattern[str]
    telling_word: re.Pattern[str]
    likeness: Mapping[str, float]
    verdicts: tuple[Verdict, ...]

    def spell_name(self, kind: str, key: str) -> str:
        """Return a key of `LinkingRules.fold_name` in the spelling that reports are compared in.

        >>> from kg.resources import data_folder
        >>> load_joining(data_folder()).spell_name("Project", "轨道交通6号线")
        '6号线'
        """
        for spelling in self.spellings:
            if kind in spelling.kinds:
                key = spelling.pattern.sub(spelling.to, key)
        return key

    def trim_name(self, kind: str, key: str) -> str:
        """Return a spelled name without the words that it may lack at its end.

        >>> from kg.resources import data_folder
        >>> load_joining(data_folder()).trim_name("Programme", "城市更新三年行动")
        '城市更新三年'
        """
        for ending in self.endings:
            if kind in ending.kinds:
                key = ending.pattern.sub("", key)
        return key

    def thin_name(self, kind: str, key: str) -> str:
        """Return a name without the words that it may lack inside, or as it is where too little would be left.

        >>> from kg.resources import data_folder
        >>> load_joining(data_folder()).thin_name("Facility", "双流国际机场")
        '双流机场'
        """
        thin = key
        for inside in self.insides:
            if kind in inside.kinds:
                thin = inside.pattern.sub("", thin)
        return key if self.is_general(thin) else thin

    def is_general(self, key: str) -> bool:
        """Tell whether a name consists of words that alone make no name.

        >>> from kg.resources import data_folder
        >>> rules = load_joining(data_folder())
        >>> rules.is_general("体育中心"), rules.is_general("东盟经开区")
        (True, False)
        """
        return len(key) < 2 or self.general.fullmatch(key) is not None


def load_joining(folder: Path) -> JoiningRules:
    """Read and check `folder/joining.toml`, `folder/likeness.tsv` and `folder/joins.tsv`."""
    path = folder / "joining.toml"
    tables = read_toml(path)
    check_keys(path, "whole file", tables, {"spell", "ending", "inside", "sort", *_TABLES}, set())
    for table, needed in _TABLES.items():
        check_keys(path, table, tables[table], needed, set())
    for entry in tables["ending"]:
        check_keys(path, "ending", entry, {"kinds", "words", "least"}, set())
    for entry in tables["inside"]:
        check_keys(path, "inside", entry, {"kinds", "words"}, set())
    spellings = tuple(read_fold(path, entry) for entry in tables["spell"])
    _check_kinds(path, [*tables["ending"], *tables["inside"], *tables["spell"], *tables.values()])
    pairs = tables["together"]["pairs"]
    _check_kinds(path, [{"kinds": pair} for pair in pairs])
    return JoiningRules(
        spellings=spellings,
        endings=tuple(
            Ending(
                frozenset(entry["kinds"]),
                compile_pattern(path, "ending", f"(?<={'.' * entry['least']})(?:{_either(entry['words'])})$"),
            )
            for entry in tables["ending"]
        ),
        insides=tuple(
            Inside(frozenset(entry["kinds"]), compile_pattern(path, "inside", _either(entry["words"])))
            for entry in tables["inside"]
        ),
        placed_kinds=frozenset(tables["placed"]["kinds"]),
        bound=compile_pattern(path, "placed", tables["placed"]["bound"]),
        general=compile_pattern(path, "general", f"(?:{'|'.join(tables['general']['words'])})+"),
        edition_kinds=frozenset(tables["edition"]["kinds"]),
        edition=compile_pattern(path, "edition", tables["edition"]["pattern"]),
        phase_kinds=frozenset(tables["phase"]["kinds"]),
        phase=compile_pattern(path, "phase", tables["phase"]["pattern"]),
        short_kinds=frozenset(tables["short"]["kinds"]),
        shortest=tables["short"]["least"],
        fewer=tables["short"]["fewer"],
        idle=frozenset(tables["short"]["idle"]),
        inner_idle=frozenset(tables["short"]["inner"]),
        levelled_kinds=frozenset(tables["short"]["levelled"]),
        part_kinds=frozenset(tables["part"]["kinds"]),
        shortest_part=tables["part"]["least"],
        route_kinds=frozenset(tables["route"]["kinds"]),
        route=compile_pattern(path, "route", tables["route"]["pattern"]),
        route_classes=MappingProxyType({word: tuple(row) for row in tables["route"]["classes"] for word in row}),
        rank=compile_pattern(path, "rank", tables["rank"]["pattern"]),
        level_kinds=frozenset(tables["level"]["kinds"]),
        level=compile_pattern(path, "level", tables["level"]["pattern"]),
        lower_levels=tuple(tables["level"]["lower"]),
        sorts=MappingProxyType(
            {
                kind: compile_pattern(path, kind, text)
                for kind, text in tables["sort"].items()
                if kind not in ("yes", "no")
            }
        ),
        omitted_kinds=frozenset(tables["omitted"]["kinds"]),
        contrast=compile_pattern(path, "omitted", tables["omitted"]["contrast"]),
        sole=frozenset(tables["omitted"]["sole"]),
        ends=compile_pattern(path, "omitted", tables["omitted"]["ends"]),
        initial_kinds=frozenset(tables["initials"]["kinds"]),
        local_kinds=frozenset(tables["local"]["kinds"]),
        opening=compile_pattern(path, "local", tables["local"]["opening"]),
        works=compile_pattern(path, "firm", tables["firm"]["works"]),
        quantity=compile_pattern(path, "firm", tables["firm"]["quantity"]),
        together=frozenset(pair for one, other in pairs for pair in ((one, other), (other, one))),
        likeness_kinds=frozenset(tables["likeness"]["kinds"]),
        likely_enough=tables["likeness"]["least"],
        telling_number=compile_pattern(path, "likeness", tables["likeness"]["number"]),
        telling_side=compile_pattern(path, "likeness", tables["likeness"]["side"]),
        telling_word=compile_pattern(path, "likeness", tables["likeness"]["word"]),
        likeness=MappingProxyType(_read_weights(folder / "likeness.tsv")),
        verdicts=_read_verdicts(folder / "joins.tsv"),
    )


def _read_weights(path: Path) -> dict[str, float]:
    rows = read_tsv(path, _WEIGHT_COLUMNS)
    try:
        found = {row["feature"]: float(row["weight"]) for row in rows}
    except ValueError as error:
        raise BadData(path, "weight", f"should be a number: {error}") from error
    check_keys(path, "features", found, {*FEATURES}, set())
    if len(found) < len(rows):
        raise BadData(path, "features", "has one twice")
    return found


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in words)


def _check_kinds(path: Path, entries: list[Any]) -> None:
    for entry in entries:
        for kind in entry.get("kinds", ()) if isinstance(entry, Mapping) else ():
            if kind not in VOCABULARY.kinds:
                raise BadData(path, kind, f"should be one of {', '.join(VOCABULARY.kinds)}")


def _read_verdicts(path: Path) -> tuple[Verdict, ...]:
    found = []
    for row in read_tsv(path, _COLUMNS):
        entry = f"{row['left']} {row['right']}"
        if row["verdict"] not in ("same", "apart"):
            raise BadData(path, entry, f"verdict {row['verdict']!r} should be same or apart")
        if row["kind"] not in VOCABULARY.kinds:
            raise BadData(path, entry, f"kind {row['kind']!r} should be one of {', '.join(VOCABULARY.kinds)}")
        if row["place"] and not (len(row["place"]) == 6 and row["place"].isdecimal()):
            raise BadData(path, entry, "place should be a division code of six digits, or empty")
        verdict = cast(Literal["same", "apart"], row["verdict"])
        found.append(Verdict(verdict, row["kind"], row["place"] or None, row["left"], row["right"], row["why"]))
    return tuple(found)
