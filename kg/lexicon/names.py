"""Read data/names/*.tsv and data/divisions.tsv into one automaton that finds known names in a text.

A hit is a candidate with a class, not yet a decision: the longest name wins here, and the words around it may forbid
it (`not_in` of an entry, the guards of data/name_patterns.toml).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.errors import BadData
from kg.lexicon.divisions import Division, Divisions, load_divisions
from kg.lexicon.name_patterns import Guard, NameHit, NameRules, load_name_rules
from kg.lexicon.reading import read_tsv
from kg.spans import MARKS, keep_longest

_COLUMNS = ("name", "kind", "aliases", "not_in", "source")
_NO_NAME = "-"


@dataclass(frozen=True, slots=True)
class KnownName:
    """A form that a text may have and the name it stands for; `kind` is `-` where it is none (`合作`, `平安建设`)."""

    form: str
    kind: str
    name: str
    topic: str


@dataclass(frozen=True, slots=True)
class NameLexicon:
    """Every known name, to be found in a text."""

    known: tuple[KnownName, ...]
    divisions: Divisions
    rules: NameRules
    guards: Mapping[str, tuple[Guard, ...]]
    _forms: Mapping[str, KnownName]
    _automaton: AhoCorasick

    def find(self, text: str, near: str | None = None) -> list[NameHit]:
        """Return the known names of `text` and those of a known shape, sorted by place and apart from each other.

        The longer name wins, of equals the known one. `near` is the code of the place that the text is about: short
        names of counties (`横州`, `宾阳`) are only read where they belong to the same city or province.
        """
        hits = self._match(text, self._automaton, self.known)
        if near is not None and near in self.divisions and (local := self._name_neighbours(near)):
            automaton = AhoCorasick([name.form for name in local], matchkind=MatchKind.LeftmostLongest)
            hits += self._match(text, automaton, local)
        hits = [self._widen(text, hit) for hit in hits if not self._forbids(text, hit)]
        shaped = [hit for pattern in self.rules.patterns for hit in pattern.find(text)]
        return [hit for hit in keep_longest([*hits, *shaped]) if hit.kind != _NO_NAME]

    def _widen(self, text: str, hit: NameHit) -> NameHit:
        for prefix in self.rules.prefixes:
            hit = prefix.widen(text, hit)
        return hit

    def _forbids(self, text: str, hit: NameHit) -> bool:
        return any(guard.forbids(text, hit) for guard in self.guards.get(hit.kind, ()))

    @staticmethod
    def _match(text: str, automaton: AhoCorasick, known: Sequence[KnownName]) -> list[NameHit]:
        found = ((known[index], start, end) for index, start, end in automaton.find_matches_as_indexes(text))
        return [NameHit(start, end, name.kind, name.name, name.topic) for name, start, end in found]

    def _name_neighbours(self, near: str) -> list[KnownName]:
        """Return the short names of the divisions around `near`, and the goals that bear them (`平安南宁`).

        Around it are its own counties or cities, and those of the divisions above it.
        """
        line = [self.divisions.by_code(near), *self.divisions.ancestors(near)]
        forms: dict[str, KnownName] = {}
        for division in [*line, *(member for above in line for member in self.divisions.members(above.code))]:
            for form in (division.name, *division.short_names):
                if form not in self._forms:
                    forms[form] = KnownName(form, "Place", form, "divisions")
            for goal in (word + form for word in self.rules.goals for form in division.short_names):
                forms[goal] = KnownName(goal, "Programme", goal, "goals with a place")
        return list(forms.values())


def load_names(folder: Path) -> NameLexicon:
    """Read the lexicons under `folder`; a form with two meanings or an unknown kind is `BadData`.

    >>> from kg.resources import data_folder
    >>> lexicon = load_names(data_folder())
    >>> [(hit.kind, hit.name) for hit in lexicon.find("横州、宾阳加快发展新能源汽车，合作共赢。", near="450100")]
    [('Place', '横州'), ('Place', '宾阳'), ('Industry', '新能源汽车')]
    """
    forms: dict[str, KnownName] = {}
    forbidden: list[KnownName] = []
    for path in sorted((folder / "names").glob("*.tsv")):
        forbidden += _read_names(path, forms)
    for name in forbidden:
        forms.setdefault(name.form, name)
    divisions = load_divisions(folder)
    for division in divisions.rows:
        for form in _name_division(division):
            forms.setdefault(form, KnownName(form, "Place", form, "divisions"))
    known = tuple(forms.values())
    automaton = AhoCorasick([name.form for name in known], matchkind=MatchKind.LeftmostLongest)
    rules = load_name_rules(folder)
    guards = {kind: tuple(guard for guard in rules.guards if kind in guard.kinds) for kind in MARKS}
    return NameLexicon(known, divisions, rules, MappingProxyType(guards), MappingProxyType(forms), automaton)


def _read_names(path: Path, forms: dict[str, KnownName]) -> list[KnownName]:
    """Add the names of one file to `forms`, and return the words that forbid them."""
    topic = path.stem
    forbidden = []
    for row in read_tsv(path, _COLUMNS):
        if row["kind"] not in (*MARKS, _NO_NAME):
            raise BadData(path, row["name"], f"kind {row['kind']!r} should be one of {', '.join(MARKS)} or {_NO_NAME}")
        for form in (row["name"], *_split(row["aliases"])):
            if form in forms:
                raise BadData(path, row["name"], f"{form} stands already in {forms[form].topic}.tsv")
            forms[form] = KnownName(form, row["kind"], row["name"], topic)
        forbidden += [KnownName(form, _NO_NAME, form, topic) for form in _split(row["not_in"])]
    return forbidden


def _split(field: str) -> list[str]:
    return field.split("|") if field else []


def _name_division(division: Division) -> Iterable[str]:
    """Return the forms that are read anywhere: full names of three characters, and short names above the county."""
    if len(division.name) > 2:
        yield division.name
    if division.valid_to is None and division.level != "county":
        yield from division.short_names
    elif division.short_names and division.name.endswith(("自治县", "自治旗", "自治州")):
        yield division.short_names[0]
