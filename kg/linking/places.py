"""Which division words mean in one report: by name, by rank (全市, 市委), or at the head of a longer name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicon.divisions import Division, Divisions
from kg.lexicon.linking import LinkingRules, plain_key
from kg.linking.entities import Entity, hash_identity
from kg.model import Report

_LONGEST_OPENING = 12
_SHORTEST_REST = 2


@dataclass(frozen=True, slots=True)
class Places:
    """The divisions as seen from one report. `line` is its own division and those above, the nearest first."""

    divisions: Divisions
    rules: LinkingRules
    line: tuple[Division, ...]
    own: Entity | None
    year: int | None

    def find_place(self, text: str) -> Entity | None:
        """Return the division (or the nation) that `text` names by itself, or None for other words."""
        if text in self.rules.nation_names:
            return nation(self.rules)
        if match := self.rules.own.fullmatch(text):
            if match["capital"]:
                return self.own if self.line and self.line[0].level == "city" else None
            return self.find_rank(match["rank"] or match["alone"])
        found = self._find_division(text) or self._find_below(text)
        return _entity(found.code, self.divisions, self.rules) if found else None

    def find_rank(self, rank: str) -> Entity | None:
        """Return the nearest of the own division and those above it whose name ends with `rank`."""
        found = next((division for division in self.line if division.name.endswith(rank)), None)
        return _entity(found.code, self.divisions, self.rules) if found else None

    def find_opening(self, name: str) -> tuple[Entity, int] | None:
        """Return the division that a longer name opens with, and the length of its name there.

        Short names are trusted of provinces and inside the own province: 朝阳广场 in Nanning is not of 朝阳市.
        """
        for length in range(min(_LONGEST_OPENING, len(name) - 1), 1, -1):
            found = self._find_division(name[:length])
            if found is None or self.rules.edge.match(name, length - 1):
                continue
            short = found.name != name[:length]
            if short and (
                length + _SHORTEST_REST > len(name) or not (found.level == "province" or self._is_near(found))
            ):
                continue
            return _entity(found.code, self.divisions, self.rules), length
        return None

    def add_context(self, entity: Entity) -> Iterator[Entity]:
        """Yield what a division's node leads to: the divisions above it, and those that took its place, with theirs."""
        seen: set[str] = set()
        while entity.code and entity.code != self.rules.nation_code and entity.id not in seen:
            seen.add(entity.id)
            for above in self.divisions.ancestors(entity.code):
                yield _entity(above.code, self.divisions, self.rules)
            yield nation(self.rules)
            if entity.successor:
                entity = _entity(entity.successor.removeprefix("place/"), self.divisions, self.rules)
                yield entity

    def _find_division(self, name: str) -> Division | None:
        """Return the likeliest division; a short name of a far county is more often a river, a hill or a road."""
        near = self.line[0].code if self.line else ""
        for division in self.divisions.find(name, near=near or None, year=self.year)[:1]:
            if name in self.rules.common_names and near[:4] != division.code[:4]:
                return None
            if division.name == name or division.level != "county" or self._is_near(division):
                return division
        return None

    def _find_below(self, name: str) -> Division | None:
        """Return the division that is named behind one above it: 甘肃陇南."""
        for length in range(_SHORTEST_REST, len(name) - _SHORTEST_REST + 1):
            # 西安新城 may be any new town there.
            if name[length:] in self.rules.common_names:
                continue
            for above in self.divisions.find(name[:length], year=self.year)[:1]:
                for division in self.divisions.find(name[length:], near=above.code, year=self.year)[:1]:
                    if any(other.code == above.code for other in self.divisions.ancestors(division.code)):
                        return division
        return None

    def _is_near(self, division: Division) -> bool:
        return bool(self.line) and division.code[:2] == self.line[0].code[:2]


def view_places(report: Report, divisions: Divisions, rules: LinkingRules) -> Places:
    """Return the divisions as seen from a report; a report whose place has no code gets a place made from its name."""
    if report.place_code == rules.nation_code:
        return Places(divisions, rules, (), nation(rules), report.year)
    try:
        division = divisions.by_code(report.place_code or "")
    except KeyError:
        own = None
        if report.place:
            own = Entity(hash_identity("place", "", plain_key(report.place)), "Place", report.place)
        return Places(divisions, rules, (), own, report.year)
    line = (division, *divisions.ancestors(division.code))
    return Places(divisions, rules, line, _entity(division.code, divisions, rules), report.year)


def nation(rules: LinkingRules) -> Entity:
    """Return the node of China, which is no row of the divisions."""
    code = rules.nation_code
    return Entity(f"place/{code}", "Place", rules.nation_name, code=code, level="national")


def _entity(code: str, divisions: Divisions, rules: LinkingRules) -> Entity:
    division, (since, until) = divisions.by_code(code), divisions.span(code)
    moved = division.successor not in (None, division.code)
    return Entity(
        id=f"place/{division.code}",
        kind="Place",
        name=division.name,
        aliases=(*division.short_names, *division.aliases),
        code=division.code,
        level=division.level,
        parent=f"place/{division.parent or rules.nation_code}",
        successor=f"place/{division.successor}" if moved else None,
        valid_from=since,
        valid_to=until,
    )
