"""Give every quantity of a sentence the words to its left and right that speak of it alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.figures.quantity import Quantity

# How a quantity hangs on the one before it: first of the sentence, after a clause, in a list, or inside one clause.
Link = Literal["first", "clause", "list", "shared"]

_STRONG = re.compile("[，；：。！？,;:（）()]|——")
_PAUSE = re.compile("[，；：。！？,;:（）()、]|——")
_RANGE = re.compile("[-—–~～－]{1,2}|至|到")
_CONJUNCTION = re.compile("(?:和|及|与|以及|并|或|、)")
_COVERED = re.compile("（[^（）]*）|\\([^()]*\\)|“[^”]*”|《[^》]*》")
_SEPARATORS = re.compile("[，；：,;、和及与]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A quantity with the words of its clause.

    `left` stands before it and `right` behind it, up to the next pause; `beyond` is the rest of the clause where no
    other quantity stands in it; `before` is what was said since the last quantity, in earlier clauses.
    """

    quantity: Quantity
    left: str
    right: str
    beyond: str
    before: str
    link: Link


def place_quantities(text: str, quantities: Sequence[Quantity]) -> list[Placed]:
    """Cut the sentence around its quantities.

    Separators inside brackets and quotation marks cut nothing, unless a quantity stands inside.
    """
    shown = _cover_brackets(text, quantities)
    placed: list[Placed] = []
    edge = 0
    link: Link = "first"
    for number, quantity in enumerate(quantities):
        gap = shown[edge : quantity.start]
        cut = _last_end(_STRONG, gap)
        before, left_start = (text[edge : edge + cut], edge + cut) if link in ("first", "clause") else ("", edge)
        left = text[left_start : max(left_start, quantity.start)]
        stop = quantities[number + 1].start if number + 1 < len(quantities) else len(text)
        right_end, edge, next_link = _cut_gap(shown, quantity.end, stop, number + 1 == len(quantities))
        beyond = _STRONG.split(shown[right_end:stop], maxsplit=1)[0] if next_link == "clause" else ""
        beyond = text[right_end : right_end + len(beyond)]
        placed.append(Placed(quantity, left, text[quantity.end : right_end], beyond, before, link))
        link = next_link
    return placed


def _cut_gap(shown: str, start: int, stop: int, last: bool) -> tuple[int, int, Link]:
    """Return where the words right of a quantity end, where those left of the next one begin, and their link."""
    if not last and _RANGE.fullmatch(shown[start:stop]):
        return start, stop, "list"
    gap = shown[max(start, 0) : stop]
    pause = _PAUSE.search(gap)
    right_end = start + pause.start() if pause else start + len(gap)
    if last or _STRONG.search(gap):
        return right_end, right_end, "clause"
    if pause:
        return right_end, start + pause.end(), "list"
    opening = _CONJUNCTION.match(gap)
    if opening or not gap:
        return start, start + (opening.end() if opening else 0), "list"
    if gap.endswith(("和", "及", "与", "、", "或")):
        cut = len(gap) - (2 if gap.endswith("以及") else 1)
        return start + cut, stop, "list"
    return right_end, start, "shared"


def _cover_brackets(text: str, quantities: Sequence[Quantity]) -> str:
    def cover(match: re.Match[str]) -> str:
        if any(match.start() < quantity.start < match.end() for quantity in quantities):
            return match.group()
        return "·" * len(match.group())

    return _COVERED.sub(cover, text)


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    end = 0
    for match in pattern.finditer(text):
        end = match.end()
    return end
