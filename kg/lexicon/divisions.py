"""Read data/divisions.tsv: provinces, cities and counties with their codes, parents, names and years.

The graph takes the codes for its IRIs; the readers find a report's place and level here; linking takes the nearest of
several divisions of one name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from kg.errors import BadData
from kg.lexicon.reading import read_tsv

DivisionLevel = Literal["province", "city", "county"]

_COLUMNS = ("code", "name", "level", "parent", "valid_from", "valid_to", "successor", "aliases", "source")
_RANKS: Mapping[DivisionLevel, int] = MappingProxyType({"province": 0, "city": 1, "county": 2})

# An autonomous division is named stem + nationalities + 自治 + rank: 恭城瑶族自治县, 双江拉祜族佤族布朗族傣族自治县;
# a few districts name a nationality without 自治 (管城回族区).
_NATIONALITIES = (
    "(?:蒙古族?|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族"
    "|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|塔吉克族?|怒族|普米族"
    "|鄂温克族|保安族|裕固族|独龙族|各族)"
)
_AUTONOMOUS = re.compile(
    rf"(?P<stem>.{{2,}}?)(?:{_NATIONALITIES}*自治|族自治|{_NATIONALITIES}+(?=区))(?P<rank>[区州县旗])"
)
_PLAIN = re.compile(r"(?P<stem>.{2,}?)(?:特别行政区|行政委员会|地区|林区|省|市|县|区|盟|旗)")


@dataclass(frozen=True, slots=True)
class Division:
    """One name that a code had from `valid_from` to `valid_to` (years; None: before 1986, and still in force).

    `parent` is None for provinces. `successor` is the code of the division that took this one's place, the same code
    after a mere renaming. `short_names` follow from the name, `aliases` are the forms that no rule gives (`桂`,
    `版纳`, `喀左县`).
    """

    code: str
    name: str
    level: DivisionLevel
    parent: str | None
    valid_from: int | None
    valid_to: int | None
    successor: str | None
    aliases: tuple[str, ...]
    source: str
    short_names: tuple[str, ...]

    def holds_in(self, year: int) -> bool:
        """Tell whether the name was in force at some time of `year`."""
        return (self.valid_from or 0) <= year <= (self.valid_to or 9999)


@dataclass(frozen=True, slots=True)
class Divisions:
    """All divisions, to be asked by code or by name."""

    rows: tuple[Division, ...]
    _codes: Mapping[str, Division]
    _names: Mapping[str, tuple[Division, ...]]
    _members: Mapping[str, tuple[Division, ...]]
    _spans: Mapping[str, tuple[int | None, int | None]]

    def __contains__(self, code: object) -> bool:
        """Tell whether a code ever was; that of the nation (100000) is none of a division."""
        return code in self._codes

    def by_code(self, code: str) -> Division:
        """Return the division of a code, under its latest name; `KeyError` for a code that never was."""
        return self._codes[code]

    def span(self, code: str) -> tuple[int | None, int | None]:
        """Return the years from which and to which a code was in force, under whatever name; None: no bound known."""
        return self._spans[code]

    def ancestors(self, code: str) -> tuple[Division, ...]:
        """Return the divisions above, the nearest first: of a county its city and its province."""
        found = []
        parent = self._codes[code].parent
        while parent is not None:
            found.append(self._codes[parent])
            parent = found[-1].parent
        return tuple(found)

    def members(self, code: str) -> tuple[Division, ...]:
        """Return the divisions in force right below: the counties of a city, the cities of a province."""
        return self._members.get(code, ())

    def find(self, name: str, near: str | None = None, year: int | None = None) -> tuple[Division, ...]:
        """Return every division of a full name, short name or alias, the likeliest first.

        Those that share most of the divisions above with the code `near` (that one itself before all) come first,
        then those in force in `year` (without a year: today), then the higher level, then the lower code.
        """
        line = (near, *(division.code for division in self.ancestors(near))) if near else ()

        def distance(division: Division) -> tuple[int, bool, int, str]:
            own = (division.code, *(above.code for above in self.ancestors(division.code)))
            shared = next((index for index, code in enumerate(line) if code in own), len(line))
            current = division.valid_to is None if year is None else division.holds_in(year)
            return shared, not current, _RANKS[division.level], division.code

        return tuple(sorted(self._names.get(name, ()), key=distance))


def load_divisions(folder: Path) -> Divisions:
    """Read `folder/divisions.tsv`; a code, parent, successor or year that does not fit is `BadData`.

    >>> from kg.resources import data_folder
    >>> divisions = load_divisions(data_folder())
    >>> [division.name for division in divisions.ancestors("450110")]
    ['南宁市', '广西壮族自治区']
    >>> [(division.name, division.successor) for division in divisions.find("武鸣", near="450100", year=2010)]
    [('武鸣县', '450110'), ('武鸣区', None)]
    """
    path = folder / "divisions.tsv"
    rows = tuple(_read_division(path, row) for row in read_tsv(path, _COLUMNS))
    codes: dict[str, Division] = {}
    names: dict[str, list[Division]] = {}
    members: dict[str, list[Division]] = {}
    spans: dict[str, tuple[int | None, int | None]] = {}
    for division in rows:
        codes[division.code] = division
        spans[division.code] = spans.get(division.code, (division.valid_from, None))[0], division.valid_to
        if division.parent is not None and division.valid_to is None:
            members.setdefault(division.parent, []).append(division)
        for name in {division.name: None, **dict.fromkeys(division.short_names + division.aliases)}:
            names.setdefault(name, []).append(division)
    for division in rows:
        for other in (division.parent, division.successor):
            if other is not None and other not in codes:
                raise BadData(path, division.code, f"refers to {other}, which is no code of the file")
    return Divisions(rows, MappingProxyType(codes), _freeze(names), _freeze(members), MappingProxyType(spans))


def _freeze(lists: Mapping[str, list[Division]]) -> Mapping[str, tuple[Division, ...]]:
    return MappingProxyType({key: tuple(own) for key, own in lists.items()})


def shorten_name(name: str, level: DivisionLevel) -> tuple[str, ...]:
    """Return a division's name without its rank and nationalities, at least two characters long, or nothing.

    >>> shorten_name("恩施土家族苗族自治州", "city"), shorten_name("武鸣区", "county"), shorten_name("横县", "county")
    (('恩施州', '恩施'), ('武鸣',), ())
    """
    if found := _AUTONOMOUS.fullmatch(name):
        return (found["stem"],) if level == "province" else (found["stem"] + found["rank"], found["stem"])
    found = _PLAIN.fullmatch(name)
    return (found["stem"],) if found else ()


def _read_division(path: Path, row: Mapping[str, str]) -> Division:
    entry = f"{row['code']} {row['name']}"
    if len(row["code"]) != 6 or not row["code"].isdecimal():
        raise BadData(path, entry, "code should be six digits")
    if row["level"] not in _RANKS:
        raise BadData(path, entry, f"level {row['level']!r} should be one of {', '.join(_RANKS)}")
    for column in ("valid_from", "valid_to"):
        if row[column] and not (len(row[column]) == 4 and row[column].isdecimal()):
            raise BadData(path, entry, f"{column} should be a year or empty")
    level = cast(DivisionLevel, row["level"])
    return Division(
        code=row["code"],
        name=row["name"],
        level=level,
        parent=row["parent"] or None,
        valid_from=int(row["valid_from"]) if row["valid_from"] else None,
        valid_to=int(row["valid_to"]) if row["valid_to"] else None,
        successor=row["successor"] or None,
        aliases=tuple(row["aliases"].split("|")) if row["aliases"] else (),
        source=row["source"],
        short_names=shorten_name(row["name"], level),
    )
