"""Name a quantity by the words before it: 新增规上工业企业173家, 地区生产总值增长4.0%、增速比上年提高2.6个百分点."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.figures.clauses import Placed
from kg.figures.talk import Talk, topic_of
from kg.figures.wording import is_meta, is_property, is_verb, leading_verb, measure_of, stem_of
from kg.lexicon.figure_rules import FigureRules

_TIES = re.compile("对[^，]*贡献|占|上拉|拉动")
_SHARES = ("率", "度", "占比", "比重", "比例")
_LEVEL = re.compile("(?:国家|自治区|省部?|市|县|区|州|部)级(?:及?以上)?")
_LEVEL_HEAD = re.compile("(?:国家|自治区|省部?|市|县|区|州|部)(?:级)?(?:以上)?")


def name_by_subject(item: Placed, left: str, talk: Talk, rules: FigureRules) -> str:
    """Return the name that the words before a quantity give it, completed by what was spoken of before."""
    previous = talk.previous
    if not left:
        return item.quantity.contest or previous or topic_of(item.before, rules)
    if previous and "其中" in item.left[:4]:
        return _name_part(left, talk.names[-3:], item, rules)
    if previous and rules.patterns["rankword"].fullmatch(left):
        return _swap_level(previous, left, rules)
    if item.link == "shared" and talk.lead and not leading_verb(left, rules):
        return talk.give(talk.lead + left)
    if is_meta(left, rules) or _TIES.match(left):
        return _name_measure(left, talk, topic_of(item.before, rules))
    verb = leading_verb(left, rules)
    if (
        is_property(left, rules)
        or (is_verb(left, rules) and item.quantity.kind == "level")
        or rules.patterns["dependent"].match(left)
    ):
        return talk.give(_put_together(stem_of(previous, rules) if previous else topic_of(item.before, rules), left))
    if verb:
        talk.lead = verb
        level = _LEVEL.match(left, len(verb))
        talk.level = level.group() if level else ""
        return talk.give(left)
    if item.link == "list":
        return talk.give(_name_member(item, left, talk, rules))
    talk.start_clause()
    return talk.give(left)


def _put_together(stem: str, words: str) -> str:
    """Return both, with what ends the one and begins the other once: 推进项目建设 and 项目建设总投资."""
    shared = next((size for size in range(min(len(stem), len(words)), 1, -1) if stem.endswith(words[:size])), 0)
    return stem + words[shared:]


def _name_measure(left: str, talk: Talk, topic: str) -> str:
    """Name a measure of a measure (增速); what comes after it still measures the same."""
    base = talk.base or topic
    if left == "人均":
        return left + base
    return left if base.endswith(_SHARES) and left.endswith(("率", "度")) else base + left


def _name_member(item: Placed, left: str, talk: Talk, rules: FigureRules) -> str:
    """Name a member of a list by its own words and the verb and level that stand at the list's head."""
    if left.endswith("率") and talk.previous.endswith("率") and len(left) <= 5:
        stem = stem_of(talk.previous, rules)
        return stem + left if len(stem) >= 3 else left
    if item.quantity.kind != "level" or measure_of(left, rules):
        return left
    return talk.lead + ("" if "级" in left else talk.level) + left


def _name_part(left: str, names: Sequence[str], item: Placed, rules: FigureRules) -> str:
    """Name a part (其中工业项目) by its own words and those that it leaves out of the whole, one of `names`."""
    counted = item.quantity.unit_kind == "count"
    whole = next((name for name in reversed(names) if counted and _shared_end(left, name) >= 2), names[-1])
    if rules.patterns["rankword"].fullmatch(left):
        return _swap_level(whole, left, rules)
    if leading_verb(left, rules):
        return left
    if (same := _shared_end(left, whole)) >= 2:
        return whole[: len(whole) - same] + left
    measure = measure_of(whole, rules)
    if item.quantity.kind == "share" and not measure_of(left, rules):
        return left + "占" + whole
    if measure and not measure_of(left, rules) and not counted:
        return left + measure
    return left


def _shared_end(left: str, whole: str) -> int:
    same = 0
    while same < min(len(left), len(whole)) and left[-1 - same] == whole[-1 - same]:
        same += 1
    return same


def _swap_level(whole: str, level: str, rules: FigureRules) -> str:
    """Put another level word in the place of the one in `whole` (新增国家级中心, 省级)."""
    verb = leading_verb(whole, rules)
    rest = whole[len(verb) :]
    match = _LEVEL_HEAD.match(rest)
    return verb + level + (rest[match.end() :] if match else rest)
