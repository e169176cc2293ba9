"""Find ranks: 排名全区第一, 在全国168个重点城市排第16位, 位列西南地区前三, 居首位."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from kg.figures.quantity import Quantity, Spread
from kg.lexicon.figure_rules import FigureRules, RankCore
from kg.numerals import read_numeral

_CLAUSE = re.compile("[，；：。！？（）,;]")
_GO_ON = re.compile("(?:和|、|及|与|、?第)$")
_WINDOW = 46


def find_ranks(text: str, rules: FigureRules) -> list[Quantity]:
    """Return the ranks of a sentence in order.

    A core (第一) counts only after a verb of ranking or the field that it ranks in.
    """
    found: list[Quantity] = []
    for here in rules.rank_core.finditer(text):
        core, match = _which_core(text, here, rules)
        floor = max(found[-1].end if found else 0, here.start() - _WINDOW)
        for sign in _CLAUSE.finditer(text, floor, here.start()):
            floor = sign.end()
        left = rules.rank_left.search(text, floor, here.start())
        if core.scope and not rules.rank_field.search(text, floor, here.start()):
            left = None
        if left is None and found and text[found[-1].end : here.start()] in ("和", "、", "及", "与"):
            found.append(
                replace(found[-1], start=here.start(), end=here.end(), value=_value(match), bare=True, spread="")
            )
        elif left:
            found.append(_read_rank(left, here, match, core, rules))
    return found


def _which_core(text: str, here: re.Match[str], rules: FigureRules) -> tuple[RankCore, re.Match[str]]:
    for core in rules.rank_cores:
        if match := core.pattern.match(text, here.start()):
            return core, match
    raise AssertionError("the joined pattern matches where none of its parts does")


def _value(match: re.Match[str]) -> Decimal:
    number = match.groupdict().get("n")
    return read_numeral(number) if number else Decimal(1)


def _read_contest(left: re.Match[str], rules: FigureRules) -> str:
    words = left["place"] or left["scope"] or left["field"] or ""
    return words.removeprefix("在").removesuffix("中") if rules.patterns["contest"].search(words) else ""


def _read_rank(
    left: re.Match[str], here: re.Match[str], match: re.Match[str], core: RankCore, rules: FigureRules
) -> Quantity:
    words = left["verb"] or ""
    spread: Spread = "each" if re.search("均|都|双双", words) else "respectively" if "分别" in words else ""
    return Quantity(
        left.start(),
        here.end(),
        _value(match),
        match.groupdict().get("group") or match.groupdict().get("unit") or "位",
        "rank",
        core.bound,
        "rank",
        "rank",
        f"rank: {core.name}",
        moved=True,
        origin=words.startswith(("由", "从")),
        spread=spread,
        contest=_read_contest(left, rules),
        cued=True,
    )
