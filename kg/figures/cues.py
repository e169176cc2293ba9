"""Read the words right before a number: 首次突破, 比上年提高, 占全区的, 由每人每月."""

from __future__ import annotations

from dataclasses import dataclass

from kg.figures.quantity import Spread
from kg.lexicon.figure_rules import FigureRules, Relation
from kg.model import Bound

_BOUNDS: dict[str, Bound] = {">=": ">=", "pass": ">=", "<=": "<=", "~": "~"}
_REACHED = frozenset({"to", "reach", "pass"})
_BARE = frozenset({">=", "<=", "~", "base"})
_LESS_FIRST, _LESS_LAST = ("低于", "慢于", "少于", "落后"), ("低", "慢", "少")
# No cue with its free words is longer.
_WINDOW = 26


@dataclass(frozen=True, slots=True)
class CueWords:
    """The unbroken run of cue words that ends where a number begins; `start` is where the quantity's words begin."""

    start: int
    roles: tuple[str, ...]
    relation: Relation | None
    suffix: str

    @property
    def bound(self) -> Bound | None:
        """The bound that the last bounding word gives, if any."""
        bounds = [_BOUNDS[role] for role in self.roles if role in _BOUNDS]
        return bounds[-1] if bounds else None

    @property
    def grows(self) -> bool:
        """Whether a word of change stands here."""
        return "up" in self.roles or "down" in self.roles

    @property
    def falls(self) -> bool:
        """Whether the change, or the gap to what it is compared with, is downward."""
        changes = [role for role in self.roles if role in ("up", "down")]
        less = self.suffix.startswith(_LESS_FIRST) or self.suffix.endswith(_LESS_LAST)
        return changes[-1:] == ["down"] or (self.relation is not None and less)

    @property
    def moved(self) -> bool:
        """Whether the words say that the value was reached."""
        return not _REACHED.isdisjoint(self.roles)

    @property
    def strong(self) -> bool:
        """Whether any word does more than colour (同比, 预计)."""
        return self.relation is not None or any(role != "base" for role in self.roles)

    @property
    def bare(self) -> bool:
        """Whether nothing but a bound stands here."""
        return self.relation is None and _BARE.issuperset(self.roles)

    @property
    def spread(self) -> Spread:
        """How the value is dealt out over a list."""
        return "respectively" if "respectively" in self.roles else "each" if "each" in self.roles else ""


def read_cues(text: str, end: int, floor: int, unit: str, rules: FigureRules) -> CueWords:
    """Read the words that end at `end` and begin at `floor` or later, before a number with this unit."""
    low = max(floor, end - _WINDOW)
    relation, suffix, start = None, "", end
    for rule in rules.relations:
        if rule.unit.fullmatch(unit) and (found := rule.pattern.search(text, low, end)):
            relation, start = rule, found.start()
            suffix = found.group().removesuffix("的") if rule.joins else ""
            break
    opening, roles = _cue_chain(text, low, start, rules)
    if relation or any(role != "base" for role in roles):
        start = opening
    return CueWords(start, roles, relation, suffix)


def _cue_chain(text: str, low: int, end: int, rules: FigureRules) -> tuple[int, tuple[str, ...]]:
    roles: list[str] = []
    while (found := _cue_before(text, low, end, rules)) is not None:
        end, role = found
        roles.append(role)
    return end, tuple(reversed(roles))


def _cue_before(text: str, low: int, end: int, rules: FigureRules) -> tuple[int, str] | None:
    behind = text[end : end + 1]
    for length in range(min(rules.longest_cue, end - low), 0, -1):
        for cue in rules.cues.get(text[end - length : end], ()):
            before = text[end - length - 1] if end > length else "^"
            if (
                (not cue.after or before in cue.after)
                and before not in cue.not_after
                and (not cue.before or (behind and behind in cue.before))
            ):
                return end - length, cue.role
    if end > low and text[end - 1] in "年底末的" and (dated := rules.dated_cue.search(text, low, end)):
        role = dated.lastgroup or ""
        return dated.start(), "from" if role == "start" else role
    return None
