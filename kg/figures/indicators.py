"""Say what each quantity of a sentence measures, in the sentence's words, complete enough to stand alone.

A subject is carried into the clauses and list members that leave it out; a list of values is dealt out over a list of
things (一、二、三产增加值分别增长4.5%、1.1%、4.8%); a value said of each of several things is given once for each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.figures.clauses import Placed, place_quantities
from kg.figures.lists import deal_out, take_run
from kg.figures.objects import name_by_object, object_of, verb_before_examples
from kg.figures.quantity import Quantity
from kg.figures.subjects import name_by_subject
from kg.figures.talk import Talk
from kg.figures.wording import clean_words, is_verb, last_phrase, leading_verb
from kg.lexicon.figure_rules import FigureRules

# A list of examples longer than this names things one by one.
_LONGEST_KIND = 20
_WORDS_BEFORE_NUMBER = re.compile(r"[^\d一二两三四五六七八九十百千万亿]*")
_AMOUNTS = ("money", "count", "people", "measure")


@dataclass(frozen=True, slots=True)
class Named:
    """A quantity, its indicator, and the body or place whose figure it is, where the clause opens with one.

    `verbal` says that the indicator is something done, `stock` that it is a measure of how things stand (总量).
    """

    quantity: Quantity
    indicator: str
    verbal: bool
    stock: bool
    owner: str | None


def name_indicators(text: str, quantities: Sequence[Quantity], rules: FigureRules) -> list[Named]:
    """Return every quantity with its indicator, in order; a value said of several things comes once for each."""
    placed = [_settle_kind(item, text, rules) for item in place_quantities(text, _follow_origins(quantities))]
    talk = Talk()
    named: list[Named] = []
    start = 0
    while start < len(placed):
        run = take_run(placed, start)
        if run[0].link in ("first", "clause"):
            talk.owner = None
        names = deal_out(run, placed[start - 1] if start else None, talk, rules)
        if names:
            talk.give(names[-1])
            wide = [run[0]] * len(names) if len(run) == 1 else run
            pairs = [(item.quantity, name) for item, name in zip(wide, names, strict=True)]
        else:
            name = _name_alone(placed, start, talk, rules)
            pairs = [(item.quantity, name) for item in run]
        for quantity, name in pairs:
            verbal, stock = bool(leading_verb(name, rules)), rules.patterns["stock"].search(name) is not None
            named.append(Named(quantity, name + quantity.suffix, verbal, stock, talk.owner))
        talk.names += [name for _, name in pairs]
        talk.group = [name for _, name in pairs]
        start += len(run)
    return named


def _follow_origins(quantities: Sequence[Quantity]) -> list[Quantity]:
    """Take a number without a unit at the end of a change (从3.57%降至0) for the same kind as at its origin."""
    followed: list[Quantity] = []
    for quantity in quantities:
        if followed and followed[-1].origin and not quantity.unit and quantity.moved:
            quantity = replace(quantity, kind=followed[-1].kind)
        followed.append(quantity)
    return followed


def _settle_kind(item: Placed, text: str, rules: FigureRules) -> Placed:
    """Read 增加1.92亿元投入, where the word of change has an object, as an amount, and 至少建成1个 as a bound."""
    quantity = item.quantity
    if "至少" in item.left and quantity.bound == "=":
        return replace(item, quantity=replace(quantity, bound=">="), left=item.left.replace("至少", ""))
    if quantity.grows and item.right[:1] not in ("", "的") and quantity.unit_kind in _AMOUNTS:
        verb = _WORDS_BEFORE_NUMBER.match(text, quantity.start)
        level = replace(quantity, kind="level", value=abs(quantity.value), grows=False)
        return replace(item, quantity=level, left=item.left + (verb.group() if verb else ""))
    if quantity.grows and quantity.unit_kind in _AMOUNTS and _is_list_of_verbs(item.left, rules):
        return replace(item, quantity=replace(quantity, kind="level", value=abs(quantity.value), grows=False))
    return item


def _is_list_of_verbs(words: str, rules: FigureRules) -> bool:
    """Tell whether the words are things done, one after the other (取消、下放), so that another may follow."""
    verbs = [verb for verb in re.split("[、和]", words) if verb]
    return bool(verbs) and all(is_verb(verb, rules) for verb in verbs)


def _name_alone(placed: Sequence[Placed], at: int, talk: Talk, rules: FigureRules) -> str:
    item = placed[at]
    left = clean_words(last_phrase(item.left, rules), rules)
    if rules.patterns["empty"].fullmatch(left):
        left = ""
    left = _take_owner(left, talk, rules)
    right = object_of(placed, at, rules)
    if right:
        return name_by_object(item, left, right, talk, rules)
    examples = rules.patterns["examples"].search(left)
    if examples and item.quantity.unit_kind == "count" and _only_exemplify(left, examples, rules):
        left = verb_before_examples(left[: examples.start()], talk, rules) + left[examples.end() :]
    return name_by_subject(item, left, talk, rules) or clean_words(item.right, rules)


def _only_exemplify(left: str, examples: re.Match[str], rules: FigureRules) -> bool:
    """Tell whether the words before 等 only give examples: a short list says which kind is meant (色彩、排水等规划)."""
    listed = left[: examples.start()]
    if len(listed) > _LONGEST_KIND or rules.patterns["generic"].fullmatch(left[examples.end() :]):
        return True
    return not any(sign in listed for sign in "、和与")


def _take_owner(left: str, talk: Talk, rules: FigureRules) -> str:
    """Take the body or place that opens the clause for the owner of its figures, where enough is left to name them."""
    match = rules.patterns["owner"].match(left)
    if not match:
        return left
    rest = left[match.end() :]
    if not leading_verb(rest, rules) and not rules.patterns["metric"].search(rest):
        return left
    talk.owner = match.group()
    return rest
