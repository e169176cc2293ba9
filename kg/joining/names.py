"""What a name says beside what it may lack: the core that names of one thing share, its place, its number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.lexicon.joining import JoiningRules
from kg.lexicon.linking import LinkingRules, plain_key
from kg.linking import Entity, Places
from kg.numerals import read_numeral

_NATION = re.compile("(?:中国|我国|中华人民共和国)(?!共产党|人民|科学院|工程院|科学技术|中)")
_ORDINAL = re.compile("[一二三四五六七八九十百]+(?=号线|号院|[届期次]|中|小|桥)")
_SHORTEST = 3  # of what is left of a name: 东盟 is not 中国—东盟
_STATION = re.compile("[东南西北]站")
_RANK = re.compile("(?<=..)[市县区州]$")
_BRACKETED = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Core:
    """What is compared of a name: `text` without place, endings and idle words; the ids of `places` that it opens with.

    `whole` is the spelled name with all of these. Of a phase or an edition `stem` is the core of what it is one of, and
    `number` which one; both are empty for other names.
    """

    text: str
    whole: str
    places: tuple[str, ...] = ()
    stem: str = ""
    number: str = ""


def read_cores(
    kind: str, name: str, view: Places, renamed: Mapping[str, str], linking: LinkingRules, rules: JoiningRules
) -> tuple[Core, ...]:
    """Return the cores of a name as a report of the place of `view` means it; what stands after a dot is one too.

    `renamed` maps names of divisions to those that they bear now.

    >>> from kg.lexicon.divisions import load_divisions
    >>> from kg.lexicon.joining import load_joining
    >>> from kg.lexicon.linking import load_linking
    >>> from kg.linking import view_places
    >>> from kg.model import Report
    >>> from kg.resources import data_folder
    >>> divisions, linking = load_divisions(data_folder()), load_linking(data_folder())
    >>> view = view_places(Report("x", "", "", "", "", place="南宁市", place_code="450100"), divisions, linking)
    >>> read_cores("Zone", "广西—东盟经济技术开发区", view, {}, linking, load_joining(data_folder()))
    (Core(text='东盟经开区', whole='广西-东盟经开区', places=('place/450000',), stem='', number=''),)
    """
    key = linking.fold_name(kind, name)[0]
    for old, new in renamed.items():
        key = key.replace(old, new)
    whole = _ORDINAL.sub(_to_digits, rules.spell_name(kind, key))
    if kind == "Place":
        return (Core(rules.rank.sub("", whole), whole),)
    whole = _BRACKETED.sub(r"\1", whole) if kind == "Product" else whole
    cores = [_read_core(kind, whole, view, linking, rules)]
    after = name.rpartition("·")[2]
    if after != name and kind in rules.placed_kinds and len(after) >= _SHORTEST:
        cores += read_cores(kind, after, view, renamed, linking, rules)
    return tuple(dict.fromkeys(cores))


def _read_core(kind: str, whole: str, view: Places, linking: LinkingRules, rules: JoiningRules) -> Core:
    if kind in rules.edition_kinds and (match := rules.edition.fullmatch(whole)):
        words = match.groupdict()
        stem = words["dated"] or words["before"] + words["after"]
        number = "1" if words["number"] == "首" else words["number"] or words["year"]
        return _number_core(kind, whole, stem, f"第{number}", view, linking, rules)
    if kind in rules.phase_kinds and (match := rules.phase.fullmatch(whole)):
        number = str(read_numeral(match["number"]) or match["number"])
        return _number_core(kind, whole, match["stem"], f"{number}期", view, linking, rules)
    trimmed = rules.thin_name(kind, rules.trim_name(kind, whole))
    if route := read_route(kind, trimmed, rules):
        return Core(f"{route.key}|{''.join(route.classes[:1])}{route.over and '|' + route.over}", whole)
    text, places = _cut_places(kind, trimmed, view, linking, rules)
    return Core(_cut_own(kind, text, view, rules), whole, places)


@dataclass(frozen=True, slots=True)
class Route:
    """A way between two places as it is named: its ends, the word for its class, and all words for such a class.

    `over` is the class of the longer way that it is a section of: 高速 of 广昆高速南宁至百色段.
    """

    ends: tuple[str, str]
    word: str
    classes: tuple[str, ...]
    over: str = ""

    @property
    def key(self) -> str:
        """Return what the way is compared by: its ends in the order of code points."""
        return "~".join(sorted(self.ends))

    def short_forms(self) -> frozenset[str]:
        """Return the short names of the way, from the first characters of its ends.

        In the other order (贵南高铁 for 南宁至贵阳高铁) the very class must be said: 西成 may begin in another town.

        >>> sorted(Route(("南宁", "贵阳"), "高铁", ("高铁", "铁路")).short_forms())
        ['南贵', '南贵铁路', '南贵高铁', '贵南高铁']
        """
        one, other = (end[0] for end in self.ends)
        # Two characters alone may mean a railway, a motorway or a power line: they are no name of a section.
        ways = self.classes if self.over or self.word.startswith("段") else ("", *self.classes)
        return frozenset((*(one + other + way for way in ways), other + one + self.word))


def read_route(kind: str, name: str, rules: JoiningRules) -> Route | None:
    """Return the way that a name tells of, or None."""
    match = rules.route.fullmatch(name) if kind in rules.route_kinds else None
    if not match:
        return None
    one, other = (_RANK.sub("", match[end]) for end in ("from", "to"))
    word = match["class"] or ""
    return Route((one, other), word, rules.route_classes.get(word, ()), match["way"] or "")


def parse_route(text: str, rules: JoiningRules) -> Route | None:
    """Return the way that a core's text stands for, such as what the phases of its works are of; or None.

    >>> from kg.lexicon.joining import load_joining
    >>> from kg.resources import data_folder
    >>> parse_route("南宁~百色|段扩建|高速", load_joining(data_folder())).short_forms() >= {"南百扩建"}
    True
    """
    key, bar, word = text.partition("|")
    word = word.partition("|")[0]
    one, way, other = key.partition("~")
    return Route((one, other), word, rules.route_classes.get(word, ())) if bar and way and one and other else None


def _number_core(
    kind: str, whole: str, stem: str, number: str, view: Places, linking: LinkingRules, rules: JoiningRules
) -> Core:
    # 第20届东博会 is an edition of what 东博会 is short for.
    known = linking.main_names.get((kind, plain_key(stem)), stem)
    core = _read_core(kind, rules.spell_name(kind, linking.fold_name(kind, known)[0]), view, linking, rules)
    return Core(f"{core.text}#{number}", whole, core.places, core.text, number)


def _cut_own(kind: str, name: str, view: Places, rules: JoiningRules) -> str:
    """Return a name of a placed kind without the report's own place inside it: 市郊铁路南宁机场线 in Nanning."""
    if kind in rules.placed_kinds and view.line:
        own = view.line[0]
        for word in (own.name, *own.short_names):
            rest = name.replace(word, "")
            if kind == "Facility" and _STATION.fullmatch(rest):
                return rest
            if name.startswith(word) and rules.is_general(rest) and len(rest) >= _SHORTEST:
                # Beside their own place general words are names: 会展中心改扩建 in Nanning is Nanning's.
                return rest
            if word in name[1:] and len(rest) >= _SHORTEST and not rules.is_general(rest):
                return rest
    return name


def _to_digits(match: re.Match[str]) -> str:
    return str(read_numeral(match.group()) or match.group())


def _cut_places(
    kind: str, name: str, view: Places, linking: LinkingRules, rules: JoiningRules
) -> tuple[str, tuple[str, ...]]:
    """Return a name without the places that it opens with, while what is left still is a name, and their ids."""
    found: dict[str, None] = {}
    while kind in rules.placed_kinds:
        rest, place = _cut_place(name, view, linking)
        rest = rest.lstrip("-,.")
        if rest == name or len(rest) < _SHORTEST or rules.bound.match(rest) or rules.is_general(rest):
            # 即墨市汽车产业园 and 即墨区汽车产业园 are 即墨汽车产业园.
            if place and place.aliases and len(rest) >= _SHORTEST and not rules.bound.match(rest):
                name = place.aliases[0] + rest
            break
        if place:
            found[place.id] = None
        name = rest
    # 中国(广西)自贸区 less its nation is 广西自贸区.
    return _BRACKETED.sub(r"\1", name, count=1) if name.startswith("(") else name, tuple(found)


def _cut_place(name: str, view: Places, linking: LinkingRules) -> tuple[str, Entity | None]:
    if match := _NATION.match(name):
        return name[match.end() :], None
    inner = _BRACKETED.match(name)
    if inner and (place := view.find_place(inner[1])):
        return name[inner.end() :], place
    if (match := linking.head.match(name)) and (place := view.find_rank(match["rank"])):
        return name[match.end() :], place
    if opening := view.find_opening(name):
        return name[opening[1] :], opening[0]
    return name, None
