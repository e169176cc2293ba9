"""Deal a list of values out over a list of things, and one value over each of several things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.figures.clauses import Placed
from kg.figures.quantity import Quantity
from kg.figures.talk import Talk
from kg.figures.wording import clean_words, is_meta, is_property, listed_measures, measure_of, split_members, stem_of
from kg.lexicon.figure_rules import FigureRules
from kg.model import Bound

# A relation to one thing that several things are said to have each.
_TIE = re.compile("(?:等指标|等)?(对[^、，]*贡献率|占[^、，]*(?:比重|比例))$")
_COUNTED = re.compile("(?:主要)?(?:经济)?指标(?:任务)?")
_RATES = ("率", "比例", "比重", "占比")


def take_run(placed: Sequence[Placed], start: int) -> list[Placed]:
    """Return a value and the bare ones that follow it in one list (4.5%、1.1%、4.8%), each meant as the first is."""
    first = placed[start].quantity
    stop = start + 1
    while (
        stop < len(placed)
        and placed[stop].link == "list"
        and placed[stop].quantity.bare
        and (placed[stop].quantity.unit_kind == first.unit_kind or _is_dealt(placed[start]))
        and not placed[stop].left
        and not placed[stop - 1].right
        and not (placed[stop].right and first.unit_kind == "count")
    ):
        stop += 1
    run = list(placed[start:stop])
    if len(run) == 1:
        return run
    bound = run[-1].quantity.bound
    shared = bound != "=" and all(item.quantity.bound == "=" for item in run[:-1])
    return [replace(item, quantity=_follow(item.quantity, first, bound if shared else None)) for item in run]


def _is_dealt(item: Placed) -> bool:
    return item.quantity.kind == "level" and (item.quantity.spread == "respectively" or "分别" in item.left)


def _follow(quantity: Quantity, first: Quantity, bound: Bound | None) -> Quantity:
    value = -quantity.value if first.value < 0 < quantity.value else quantity.value
    return replace(
        quantity,
        value=value,
        kind=first.kind,
        moved=first.moved,
        grows=first.grows,
        suffix=first.suffix,
        bound=bound or (first.bound if quantity.bound == "=" and first.spread == "respectively" else quantity.bound),
    )


def deal_out(run: Sequence[Placed], previous: Placed | None, talk: Talk, rules: FigureRules) -> list[str]:
    """Return one indicator for each value of a run, or for a single value one for each thing that it is said of.

    A clause without things of its own goes on with those spoken of before. An empty list says that nothing is dealt
    out here.
    """
    first = run[0]
    quantity = first.quantity
    alone = len(run) == 1
    if alone and not quantity.spread and quantity.kind == "level":
        return []
    head, _, tail = first.left.partition("分别")
    if previous and first.link == "shared" and (names := _deal_to_counted(previous, head, rules)):
        return names
    if previous and first.link == "list" and quantity.spread == "each" and measure_of(previous.right, rules):
        head = f"{previous.right}、{head}"
    head, tail = clean_words(head, rules), tail.strip("为达")
    if not head or is_property(head, rules) or is_meta(head, rules):
        if alone and not quantity.spread:
            return []
        return _deal_to_known(2 if alone else len(run), head, tail, talk, rules)
    if tie := _TIE.search(head):
        head, tail = head[: tie.start()], tie.group(1) + tail
    if not alone or quantity.spread or quantity.kind == "rank":
        members = split_members(head, None if alone else len(run), rules, each=quantity.spread == "each")
        if alone and not quantity.spread and not all(_is_measure(member, rules) for member in members):
            return []
    else:
        members = listed_measures(head, rules)
        if not tie and quantity.kind == "share" and not all(member.endswith(_RATES) for member in members):
            return []
        if any("满意" in member for member in members):
            return []
    if members and is_property(members[0], rules) and talk.previous:
        stem = stem_of(talk.previous, rules)
        members = [stem + member for member in members]
    return [member + tail for member in members]


def _deal_to_counted(previous: Placed, head: str, rules: FigureRules) -> list[str]:
    """Deal a value out over a list whose members are counted before it (甲、乙、丙3项指标增速居全市第一)."""
    match = _COUNTED.match(head)
    members = split_members(clean_words(previous.left, rules), None, rules)
    if match is None or len(members) != previous.quantity.value:
        return []
    return [member + head[match.end() :] for member in members]


def _is_measure(member: str, rules: FigureRules) -> bool:
    return bool(measure_of(member, rules)) or is_property(member, rules) or is_meta(member, rules)


def _deal_to_known(count: int, head: str, tail: str, talk: Talk, rules: FigureRules) -> list[str]:
    known = talk.group if len(talk.group) == count else list(dict.fromkeys(talk.names[-4:]))[-count:]
    if len(known) != count or count < 2:
        return []
    keep = not head + tail or is_meta(head, rules)
    return [(name if keep else stem_of(name, rules)) + head + tail for name in known]
