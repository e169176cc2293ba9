"""Load `units.tsv`, `cues.tsv` and `figures.toml`: how quantities are written, and what the words around them mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, get_args

from kg.errors import BadData
from kg.lexicon.figure_rules import (
    Cue,
    CueRole,
    Example,
    FigureRules,
    RankCore,
    RefusalAfter,
    Relation,
    Split,
    TimeCue,
    TimeSays,
    UnitKind,
    Way,
    WordQuantity,
)
from kg.lexicon.reading import check_keys, read_toml, read_tsv
from kg.model import Bound, FigureKind

_TABLES = {
    "fragment",
    "quantity",
    "confidence",
    "bound",
    "dated",
    "words",
    "times",
    "rank",
    "indicator",
    "indicator_end",
}
# The keys that the entries of each table need, and those that they may have, beside name, yes and no.
_ENTRY_KEYS: dict[str, tuple[set[str], set[str]]] = {
    "relation": ({"pattern", "unit", "kind"}, {"joins"}),
    "word": ({"pattern", "value", "unit", "kind"}, set()),
    "refusal": ({"pattern"}, {"before"}),
    "core": ({"pattern"}, {"bound", "scope"}),
    "split": ({"pattern", "parts"}, set()),
    "time": ({"pattern", "says"}, set()),
}
_FRAGMENT = re.compile(r"\{([a-z]+)\}")
_GROUP_NAME = re.compile(r"\?P<\w+>")

Build = Callable[[str, str], re.Pattern[str]]


def load_figures(folder: Path) -> FigureRules:
    """Read and check the three files in the data folder."""
    path = folder / "figures.toml"
    tables, build, units = _read_tables(folder)
    rank, quantity = tables["rank"], tables["quantity"]
    refusals = tables["refusal"]
    cues = _load_cues(folder / "cues.tsv")
    return FigureRules(
        units=units,
        quantity=build("quantity", _quantity_shape(quantity)),
        small=build("quantity.small", _join(quantity["small"])),
        confidence=tables["confidence"],
        bounds=_load_bounds(path, tables["bound"]),
        cues=cues,
        longest_cue=max(map(len, cues)),
        dated_cue=build("dated", rf"(?:{tables['dated']['pattern']})\Z"),
        relations=tuple(
            Relation(
                e["name"],
                build(e["name"], rf"(?:{e['pattern']})\Z"),
                build(e["name"], e["unit"]),
                _choice(path, e, "kind", get_args(FigureKind)),
                e.get("joins", True),
            )
            for e in tables["relation"]
        ),
        word=build("words", tables["words"]["holds"]),
        words=tuple(
            WordQuantity(
                e["name"],
                build(e["name"], e["pattern"]),
                _value(path, e),
                e["unit"],
                _choice(path, e, "kind", get_args(FigureKind)),
            )
            for e in tables["word"]
        ),
        refusal=build("refusal", "|".join(e["pattern"] for e in refusals if "before" not in e)),
        refusals_after=tuple(
            RefusalAfter(e["name"], build(e["name"], rf"(?:{e['before']})\Z"), build(e["name"], e["pattern"]))
            for e in refusals
            if "before" in e
        ),
        rank_cores=tuple(
            RankCore(e["name"], build(e["name"], e["pattern"]), e.get("bound", "="), e.get("scope", False))
            for e in rank["core"]
        ),
        rank_core=build("rank.core", _join_cores(rank)),
        rank_left=build("rank", _rank_left(rank)),
        rank_field=build("rank", r"{scope}\Z"),
        patterns={
            **{name: build(f"indicator.{name}", _join(words)) for name, words in tables["indicator"].items()},
            **{name: build(f"indicator_end.{name}", _join(w) + "$") for name, w in tables["indicator_end"].items()},
        },
        splits=tuple(Split(e["name"], build(e["name"], e["pattern"]), tuple(e["parts"])) for e in tables["split"]),
        time=build("times", tables["times"]["holds"]),
        times=tuple(
            TimeCue(e["name"], build(e["name"], e["pattern"]), _choice(path, e, "says", get_args(TimeSays)))
            for e in tables["time"]
        ),
    )


def load_examples(folder: Path) -> tuple[Example, ...]:
    """Read the examples that the rules of `figures.toml` carry, for a test to run."""
    tables, build, _ = _read_tables(folder)
    return tuple(
        Example(table, e["name"], build(e["name"], _whole_pattern(table, e)), tuple(e["yes"]), tuple(e["no"]))
        for table, e in _entries(tables)
    )


def _whole_pattern(table: str, entry: Mapping[str, Any]) -> str:
    """Return a rule's pattern with what it asks of its surroundings."""
    if table == "relation":
        return rf"(?:{entry['pattern']})[\d.]+(?:{entry['unit']})"
    return f"(?:{entry.get('before', '')})(?:{entry['pattern']})"


def _read_tables(folder: Path) -> tuple[dict[str, Any], Build, dict[str, UnitKind]]:
    path = folder / "figures.toml"
    tables = read_toml(path)
    check_keys(path, "whole file", tables, _TABLES | _ENTRY_KEYS.keys() - {"core"}, set())
    check_keys(path, "confidence", tables["confidence"], set(get_args(Way)), set())
    for table, entry in _entries(tables):
        needed, optional = _ENTRY_KEYS[table]
        check_keys(path, str(entry.get("name", table)), entry, needed | {"name", "yes", "no"}, optional)
    units, shape = _load_units(folder / "units.tsv")
    fragments = {"units": shape}
    for name, pattern in tables["fragment"].items():
        fragments[name] = _fill(path, f"fragment.{name}", _join(pattern), fragments)

    def build(entry: str, pattern: str) -> re.Pattern[str]:
        try:
            return re.compile(_fill(path, entry, pattern, fragments))
        except re.error as error:
            raise BadData(path, entry, f"is no regular expression: {error}") from error

    return tables, build, units


def _entries(tables: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for table in _ENTRY_KEYS:
        for entry in tables["rank"]["core"] if table == "core" else tables[table]:
            yield table, entry


def _quantity_shape(table: Mapping[str, str]) -> str:
    after, per, between = table["after"], table["per"], table["range"]
    return (
        r"(?=[\d一二两三四五六七八九十百千万亿零〇])"
        "(?:(?P<percent>百分之|千分之)(?P<parts>{arabic}|{chinese}(?:点{chinese})?)"
        r"|(?P<fraction>(?:{chinese}|\d+)分之(?:{chinese}|\d+))"
        r"|(?P<ratio>\d+(?:\.\d+)?(?:[:：∶]\d+(?:\.\d+)?)+)"
        rf"|(?:(?P<low>{{arabic}})(?P<low_unit>(?:万亿|亿|万)?(?:{{units}})?)(?:{between})(?=\d))?"
        r"(?P<number>{arabic}[十百千]?|{chinese})(?P<more>多|余|来|几)?(?P<scale>万亿|亿|万)?(?P<more_scale>多|余)?"
        rf"(?P<unit>(?:个(?P<more_in>多)(?=月)月|{{units}})(?:（{table['paired']}{{1,2}}）)?(?:{per})?)?)"
        rf"(?P<more_unit>多|余)?(?P<after>{after})?"
    )


def _rank_left(table: Mapping[str, Any]) -> str:
    scope = r"{scope}[^，。；：、\d]{0,10}"
    return (
        r"(?P<place>在[^，。；：]{2,28}?)?"
        r"(?:(?:(?:\d+个)?{peers})?"
        rf"(?P<verb>(?:{table['adverb']})*(?:{table['verb']})(?:在|到|至|为)?)(?P<scope>{scope})?"
        rf"|(?P<field>{scope}))\Z"
    )


def _join_cores(table: Mapping[str, Any]) -> str:
    cores = (_GROUP_NAME.sub("?:", core["pattern"]) for core in table["core"])
    return f"(?={table['opening']})(?:{'|'.join(cores)})"


def _load_units(path: Path) -> tuple[dict[str, UnitKind], str]:
    """Return the kind of every unit, and one pattern that matches any of them, the longest first."""
    units: dict[str, UnitKind] = {}
    shapes: dict[str, str] = {}
    for row in read_tsv(path, ("unit", "kind", "not_before")):
        unit = row["unit"]
        if unit in units:
            raise BadData(path, unit, "stands twice")
        units[unit] = _choice(path, row, "kind", get_args(UnitKind), name=unit)
        shapes[unit] = re.escape(unit) + (f"(?!{row['not_before']})" if row["not_before"] else "")
    longest_first = sorted(shapes, key=lambda unit: (-len(unit), unit))
    return units, "(?:" + "|".join(shapes[unit] for unit in longest_first) + ")"


def _load_cues(path: Path) -> dict[str, tuple[Cue, ...]]:
    cues: dict[str, tuple[Cue, ...]] = {}
    for row in read_tsv(path, ("word", "role", "after", "not_after", "before")):
        role: CueRole = _choice(path, row, "role", get_args(CueRole), name=row["word"])
        cue = Cue(role, row["after"], row["not_after"], row["before"])
        cues[row["word"]] = (*cues.get(row["word"], ()), cue)
    return cues


def _load_bounds(path: Path, table: Mapping[str, str]) -> dict[str, Bound]:
    bounds: dict[str, Bound] = {}
    for bound, words in table.items():
        known: Bound = _choice(path, {"bound": bound}, "bound", get_args(Bound), name="bound")
        bounds |= dict.fromkeys(words.split("|"), known)
    return bounds


def _join(words: str | list[str]) -> str:
    """Return a pattern as it is, or one that matches any of a list."""
    return words if isinstance(words, str) else f"(?:{'|'.join(words)})"


def _fill(path: Path, entry: str, pattern: str, fragments: Mapping[str, str]) -> str:
    def put(match: re.Match[str]) -> str:
        if match[1] not in fragments:
            raise BadData(path, entry, f"fragment {match.group()} is not defined before it")
        return fragments[match[1]]

    return _FRAGMENT.sub(put, pattern)


def _choice(path: Path, entry: Mapping[str, Any], key: str, choices: Collection[str], name: str = "") -> Any:
    """Return the entry's value of `key`, which must be one of the choices."""
    if entry[key] not in choices:
        raise BadData(path, name or entry["name"], f"{key} {entry[key]!r} is none of {', '.join(choices)}")
    return entry[key]


def _value(path: Path, entry: Mapping[str, Any]) -> Decimal:
    try:
        return Decimal(entry["value"])
    except InvalidOperation as error:
        raise BadData(path, entry["name"], f"{entry['value']!r} is no number") from error
