"""Measure an extraction against annotated sentences, as `data/gold/GUIDELINES.md` defines them.

Both sides are rows in the guidelines' form: one object a sentence with `start`, `entities`, `relations` and
`figures`. Sentences may be cut differently on the two sides: an item is counted in the gold sentence that holds its
own `start`, a relation in the one that holds its sentence's. Entities and figures are compared sentence by sentence,
relations over the whole report.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

Row = Mapping[str, Any]
Item = TypeVar("Item", bound=Hashable)

MEASURES = (
    "entity exact",
    "entity soft",
    "entity span",
    "figure value",
    "figure full",
    "relation exact",
    "relation soft",
)
_IGNORED = re.compile(r"[\s“”\"'‘’《》「」]")
_UNIFIED = str.maketrans({"（": "(", "）": ")", "－": "—", "-": "—"})
_SOFT_SHARE = 0.5
_INDICATOR_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, misses and extras; their precision, recall and F1 (0 where nothing was there).

    >>> Counts(8, 2, 2).f1
    0.8
    """

    hits: int = 0
    missed: int = 0
    extra: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.missed + other.missed, self.extra + other.extra)

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.hits / (self.hits + self.extra) if self.hits + self.extra else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotated that was found."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hits / (2 * self.hits + self.missed + self.extra) if self.hits else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference: what was `missed` or is `extra`, by measure and place in the file."""

    measure: str
    what: str
    start: int | None
    item: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts by measure, by entity type and by predicate, and every difference of the strict measures."""

    measures: Mapping[str, Counts]
    groups: Mapping[str, Counts]
    misses: tuple[Miss, ...]


def normalise_name(text: str) -> str:
    """Drop quotation marks and spaces and unify brackets and dashes: spelling that carries no meaning.

    >>> normalise_name("中国（广西）-东盟“一站”")
    '中国(广西)—东盟一站'
    """
    return _IGNORED.sub("", text).translate(_UNIFIED)


def are_alike(one: str, other: str) -> bool:
    """Whether one normalised name holds the other, which is at least half as long."""
    short, long = sorted((one, other), key=len)
    return one == other or (bool(short) and short in long and len(short) >= _SOFT_SHARE * len(long))


def are_same_indicator(one: str, other: str) -> bool:
    """Whether two normalised indicators are alike or share most character pairs (Dice coefficient)."""
    if are_alike(one, other):
        return True
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} or {text} for text in (one, other)]
    return 2 * len(pairs[0] & pairs[1]) >= _INDICATOR_SHARE * (len(pairs[0]) + len(pairs[1]))


def score_rows(gold: Sequence[Row], found: Sequence[Row]) -> Score:
    """Score the found rows of one report against its gold rows."""
    gold = sorted(gold, key=lambda row: int(row["start"]))
    mine = _by_gold_sentence(gold, found)
    measures: dict[str, Counts] = defaultdict(Counts)
    groups: dict[str, Counts] = defaultdict(Counts)
    misses: list[Miss] = []

    def count(
        measure: str,
        wanted: Sequence[Item],
        got: Sequence[Item],
        same: Callable[[Item, Item], bool] | None,
        start: int | None,
        group: Callable[[Item], str] | None = None,
    ) -> None:
        hits, missed, extra = _pair(wanted, got, same)
        measures[measure] += Counts(len(hits), len(missed), len(extra))
        if group:
            for items, one in ((hits, Counts(1, 0, 0)), (missed, Counts(0, 1, 0)), (extra, Counts(0, 0, 1))):
                for item in items:
                    groups[group(item)] += one
        for what, items in (("missed", missed), ("extra", extra)):
            misses.extend(Miss(measure, what, start, item if isinstance(item, tuple) else (item,)) for item in items)

    for row, (entities, figures, _) in zip(gold, mine, strict=True):
        start = int(row["start"])
        wanted = _names(row["entities"])
        got = _names(entities)
        count("entity exact", wanted, got, None, start, group=lambda item: item[1])
        count("entity soft", wanted, got, lambda a, b: a[1] == b[1] and are_alike(a[0], b[0]), start)
        count("entity span", _unique([name for name, _ in wanted]), _unique([name for name, _ in got]), None, start)
        count("figure value", [_quantity(f) for f in row["figures"]], [_quantity(f) for f in figures], None, start)
        count(
            "figure full",
            [_full(f) for f in row["figures"]],
            [_full(f) for f in figures],
            lambda a, b: a[:-1] == b[:-1] and are_same_indicator(a[-1], b[-1]),
            start,
        )
    wanted_facts = _facts([row["relations"] for row in gold])
    got_facts = _facts([relations for _, _, relations in mine])
    count("relation exact", wanted_facts, got_facts, None, None)
    count(
        "relation soft",
        wanted_facts,
        got_facts,
        lambda a, b: a[1] == b[1] and are_alike(a[0], b[0]) and are_alike(a[2], b[2]),
        None,
        group=lambda item: item[1],
    )
    return Score(dict(measures), dict(groups), tuple(misses))


def _by_gold_sentence(gold: Sequence[Row], found: Sequence[Row]) -> list[tuple[list[Row], list[Row], list[Row]]]:
    starts = [int(row["start"]) for row in gold]
    mine: list[tuple[list[Row], list[Row], list[Row]]] = [([], [], []) for _ in gold]

    def home(offset: int) -> int | None:
        at = bisect_right(starts, offset) - 1
        return at if at >= 0 and offset < starts[at] + len(gold[at]["text"]) else None

    for row in found:
        for column, key in enumerate(("entities", "figures")):
            for item in row.get(key, ()):
                at = home(int(item.get("start", row["start"])))
                if at is not None:
                    mine[at][column].append(item)
        at = home(int(row["start"]))
        if at is not None:
            mine[at][2].extend(row.get("relations", ()))
    return mine


def _unique(items: Sequence[Item]) -> list[Item]:
    return list(dict.fromkeys(items))


def _names(entities: Sequence[Row]) -> list[tuple[str, str]]:
    return _unique([(normalise_name(entity["text"]), str(entity["type"])) for entity in entities])


def _quantity(figure: Row) -> tuple[float, str]:
    return round(float(figure["value"]), 6), str(figure.get("unit") or "")


def _full(figure: Row) -> tuple[Any, ...]:
    meaning = (figure["kind"], figure["modality"], figure["bound"], str(figure.get("period") or ""))
    return (*_quantity(figure), *meaning, normalise_name(figure["indicator"]))


def _facts(rows: Sequence[Sequence[Row]]) -> list[tuple[str, str, str]]:
    return _unique(
        [
            (normalise_name(r["subject"]), str(r["predicate"]), normalise_name(r["object"]))
            for relations in rows
            for r in relations
        ]
    )


def _pair(
    wanted: Sequence[Item], got: Sequence[Item], same: Callable[[Item, Item], bool] | None
) -> tuple[list[Item], list[Item], list[Item]]:
    """Pair each wanted item with at most one found: equal ones first, then those that `same` accepts."""
    free, hits, left, missed = list(got), list[Item](), list[Item](), list[Item]()
    for item in wanted:
        if item in free:
            free.remove(item)
            hits.append(item)
        else:
            left.append(item)
    for item in left:
        at = next((n for n, other in enumerate(free) if same and same(item, other)), None)
        if at is None:
            missed.append(item)
        else:
            del free[at]
            hits.append(item)
    return hits, missed, free


def format_scores(scores: Mapping[str, Score]) -> str:
    """Format F1 by report and measure, their mean over reports, and precision and recall over all items."""
    width = max(len("all items, precision"), *(len(name) for name in scores)) + 2
    lines = ["".join([" " * width, *(f"{measure:>15}" for measure in MEASURES)])]

    def line(name: str, values: Sequence[float]) -> str:
        return f"{name:<{width}}" + "".join(f"{value:15.3f}" for value in values)

    empty = Counts()
    total = {m: sum((s.measures.get(m, empty) for s in scores.values()), empty) for m in MEASURES}
    for name, score in scores.items():
        lines.append(line(name, [score.measures.get(m, empty).f1 for m in MEASURES]))
    means = [sum(s.measures.get(m, empty).f1 for s in scores.values()) / len(scores) for m in MEASURES]
    lines.append(line("mean F1", means))
    lines.append(line("all items, F1", [total[m].f1 for m in MEASURES]))
    lines.append(line("all items, precision", [total[m].precision for m in MEASURES]))
    lines.append(line("all items, recall", [total[m].recall for m in MEASURES]))
    groups: dict[str, Counts] = defaultdict(Counts)
    for score in scores.values():
        for group, counts in score.groups.items():
            groups[group] += counts
    lines.append("")
    lines.append(f"{'':<{width}}{'precision':>12}{'recall':>12}{'F1':>12}{'gold':>8}{'found':>8}")
    for group, c in sorted(groups.items()):
        numbers = f"{c.precision:12.3f}{c.recall:12.3f}{c.f1:12.3f}{c.hits + c.missed:8}{c.hits + c.extra:8}"
        lines.append(f"{group:<{width}}{numbers}")
    return "\n".join(lines)
