"""Name a quantity by the words behind it: 新增6家国家级绿色工厂, 42名医务人员驰援湖北, 75%以上的财政收入投入民生."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.figures.clauses import Placed
from kg.figures.talk import Talk, topic_of
from kg.figures.wording import is_property, leading_verb, property_at_end, trim_tail
from kg.lexicon.figure_rules import FigureRules

_BRACKETS = re.compile("（[^（）]*）")
_AMONG = re.compile("等$")
_OPEN_END = re.compile("获|入选|评为|列为|列入|成为|的$")


def object_of(placed: Sequence[Placed], at: int, rules: FigureRules) -> str:
    """Return the words behind a number that name what it counts, made complete from the list that it stands in."""
    right = _own_words(placed[at], rules)
    if not right and at + 1 < len(placed) and _touches(placed[at], placed[at + 1]):
        right = _own_words(placed[at + 1], rules)
    if not right:
        return ""
    last = at + 1
    while last < len(placed) and placed[last].link == "list" and not placed[last].left and placed[last].right:
        last += 1
    final = _own_words(placed[last - 1], rules) if last - 1 > at else ""
    if not final:
        return _with_object_ahead(placed, at, right, rules)
    if rules.patterns["rankword"].fullmatch(right):
        return right + rules.patterns["rankword"].sub("", final, count=1)
    predicate = rules.patterns["predicate"].search(final, 2)
    if predicate and not placed[at].left and not rules.patterns["predicate"].search(right, 2):
        return right + final[predicate.start() :]
    return right


def name_by_object(item: Placed, left: str, right: str, talk: Talk, rules: FigureRules) -> str:
    """Return the verb before the number and the thing behind it; a list goes on with its first verb."""
    if item.link == "shared":
        return _name_in_shared_clause(left, right, talk, rules)
    if item.left.endswith(("、", "和")) or (item.link != "list" and _is_bare_list(left, item, rules)):
        left = verb_before_examples(left, talk, rules)
    if measure := property_at_end(left, rules):
        talk.lead, talk.level = trim_tail(left[: len(left) - len(measure)], rules), ""
        return talk.give(talk.lead + right + measure)
    if _AMONG.search(left):
        left = verb_before_examples(left, talk, rules)
    dependent = rules.patterns["dependent"]
    if (left and dependent.fullmatch(left)) or right.endswith("受益"):
        talk.lead = left or talk.lead
        topic = talk.previous or topic_of(item.before, rules)
        return talk.give(topic + left + right)
    if not left and item.link == "list":
        left = talk.lead
    elif left:
        talk.lead, talk.level = trim_tail(left, rules), ""
    elif item.link != "list":
        talk.start_clause()
    return talk.give(left + right)


def _is_bare_list(left: str, item: Placed, rules: FigureRules) -> bool:
    """Tell whether the words before a number only name the things counted (甲、乙两家), with or without a verb."""
    *_, last = _BRACKETS.sub("", left).split("、")
    return last != _BRACKETS.sub("", left) and not _has_verb(last, rules) and item.quantity.unit != "次"


def verb_before_examples(left: str, talk: Talk, rules: FigureRules) -> str:
    """Return the verb whose object begins with examples (荔浦引进英路维特等30个项目); who did it becomes the owner."""
    if verb := leading_verb(left, rules):
        return verb
    doing = rules.patterns["doing"].search(left)
    if doing is None or "、" in left[: doing.start()]:
        return ""
    if doing.start() >= 2:
        talk.owner = left[: doing.start()]
    return doing.group()


def _name_in_shared_clause(gap: str, right: str, talk: Talk, rules: FigureRules) -> str:
    if is_property(gap, rules):
        return talk.give(right + gap)
    if not _has_verb(gap, rules):
        return talk.give(talk.lead + right)
    return talk.give(gap + right)


def _with_object_ahead(placed: Sequence[Placed], at: int, right: str, rules: FigureRules) -> str:
    if at + 1 == len(placed) or placed[at + 1].link != "shared":
        return right
    ahead = _own_words(placed[at + 1], rules)
    if is_property(right, rules) and ahead:
        return ahead
    if verb := rules.patterns["verb"].search(right, 2):
        return right + ahead if placed[at].left else right[: verb.start()]
    if _has_verb(right, rules):
        return right + ahead
    predicate = rules.patterns["predicate"].search(ahead, 2)
    return right + ahead[predicate.start() :] if predicate and not placed[at].left else right


def _has_verb(words: str, rules: FigureRules) -> bool:
    return rules.patterns["verb"].search(words) is not None


def _touches(item: Placed, following: Placed) -> bool:
    """Tell whether two quantities stand side by side and share what stands behind them (9条81.6公里快速路)."""
    if item.quantity.end == following.quantity.start or (item.quantity.way == following.quantity.way == "range"):
        return True
    return following.link == "shared" and following.left == "的"


def _own_words(item: Placed, rules: FigureRules) -> str:
    quantity = item.quantity
    if quantity.kind == "growth" or (quantity.kind == "rank" and not item.right.startswith("的")):
        return ""
    if quantity.kind == "share" and quantity.moved and not item.right.startswith("的"):
        return ""
    right = item.right.lstrip("的")
    if rules.patterns["void"].fullmatch(right):
        return ""
    if right and item.beyond and (len(right) <= 3 or _OPEN_END.search(right) or "的" in item.beyond):
        right += item.beyond
    right = rules.patterns["adverb"].sub("", trim_tail(right, rules))
    cut = rules.patterns["stop"].search(right)
    return right[: cut.start()] if cut else right
