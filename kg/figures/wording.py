"""Small readings of an indicator's words: what to leave off, its verb, its measure, the members of a list in it."""

from __future__ import annotations

import re

from kg.lexicon.figure_rules import FigureRules

# No measure and no run of particles at the end of an indicator is longer.
_LONGEST_END = 16
# Words that say nothing without the measure behind them (地区生产总值).
_NO_STEMS = ("地区", "国内")
_LISTED = re.compile("、|以及|和|及|与")


def clean_words(words: str, rules: FigureRules) -> str:
    """Leave off adverbs and times at the head, and what does not belong to a name at the tail."""
    head = rules.patterns["head"]
    start = 0
    while match := head.match(words, start):
        start = match.end()
    words = trim_tail(words[start:], rules)
    if words.count("“") < words.count("”"):
        words = "“" + words if not words.startswith("”") else words[1:]
    return words


def last_phrase(words: str, rules: FigureRules) -> str:
    """Return the last of several things done (改造路网、新增道路), or the words as they are."""
    first, mark, last = words.rpartition("、")
    if mark and leading_verb(last, rules) and leading_verb(clean_words(first, rules), rules):
        return last
    return words


def trim_tail(words: str, rules: FigureRules) -> str:
    """Leave off particles and adverbs at the tail."""
    match = rules.patterns["tail"].search(words, max(0, len(words) - _LONGEST_END))
    return words[: match.start()] if match else words


def leading_verb(words: str, rules: FigureRules) -> str:
    """Return the verbs that the words open with, or nothing."""
    verb = rules.patterns["verb"]
    end = 0
    while end < 6 and (match := verb.match(words, end)):
        end = match.end()
    return words[:end]


def is_verb(words: str, rules: FigureRules) -> bool:
    """Tell whether the words are one verb and nothing else."""
    return rules.patterns["verb"].fullmatch(words) is not None


def measure_of(words: str, rules: FigureRules) -> str:
    """Return the noun of measure at the end (播种面积), or nothing."""
    match = rules.patterns["metric"].search(words, max(0, len(words) - _LONGEST_END))
    return match.group() if match else ""


def is_property(words: str, rules: FigureRules) -> bool:
    """Tell whether the words measure a thing that they do not name (总投资)."""
    return rules.patterns["property"].fullmatch(words) is not None


def property_at_end(words: str, rules: FigureRules) -> str:
    """Return the measure at the end (谋划总投资) whose thing stands behind the number, or nothing."""
    match = rules.patterns["ahead"].search(words)
    return match.group() if match else ""


def is_meta(words: str, rules: FigureRules) -> bool:
    """Tell whether the words measure a measure that they do not name (增速, 位次)."""
    return rules.patterns["meta"].fullmatch(words) is not None


def stem_of(words: str, rules: FigureRules) -> str:
    """Return an indicator without its measure and its verb, for the next measure of the same thing."""
    measure = measure_of(words, rules)
    stem = words[: len(words) - len(measure)]
    if len(stem) < 2 or stem in _NO_STEMS:
        stem = words
    verb = leading_verb(stem, rules)
    return stem[len(verb) :] if len(stem) - len(verb) >= 2 else stem


def split_members(words: str, count: int | None, rules: FigureRules, *, each: bool = False) -> list[str]:
    """Split a list of things measured into its members, each complete: 一、二、三产增加值 gives 一产增加值 and so on.

    With `count`, a splitting into that many members is looked for; without one, the plain reading of the list.
    With `each`, a word that stands for several things (存贷款余额) is a list too. An empty list says that there is
    none.
    """
    for rule in rules.splits:
        match = rule.pattern.search(words)
        if match and (count == len(rule.parts) or (each and not _LISTED.search(words))):
            return [words[: match.start()] + part + words[match.end() :] for part in rule.parts]
    for pieces in _readings(words):
        if len(pieces) > 1 and count in (None, len(pieces)):
            return _share_words(pieces, rules)
    return []


def listed_measures(words: str, rules: FigureRules) -> list[str]:
    """Return the members of a list whose every member is a measure by its own words, or nothing."""
    pieces = _readings(words)[0]
    whole = len(pieces) > 1 and all(measure_of(piece, rules) and len(piece) >= 4 for piece in pieces)
    return pieces if whole else []


def _readings(words: str) -> list[list[str]]:
    everywhere = [piece for piece in _LISTED.split(words) if piece]
    commas = [piece for piece in words.split("、") if piece]
    last = commas[-1] if commas else ""
    cut = max(last.rfind(sign) for sign in "和及与")
    at_last = [*commas[:-1], last[:cut], last[cut + 1 :]] if 0 < cut < len(last) - 1 else commas
    return [at_last, everywhere, commas] if len(commas) > 1 else [at_last, everywhere]


def _share_words(pieces: list[str], rules: FigureRules) -> list[str]:
    first, last = pieces[0], pieces[-1]
    measure = measure_of(last, rules)
    stem = stem_of(first, rules)
    shared: list[str] = []
    for place, piece in enumerate(pieces):
        own = measure_of(piece, rules)
        if place < len(pieces) - 1 and not own and measure and measure != last:
            parallel = rules.patterns["parallel"]
            piece += last[len(piece) :] if parallel.fullmatch(piece) and parallel.match(last) else measure
        elif place < len(pieces) - 1 and measure != last and is_meta(measure, rules) and not is_meta(own, rules):
            piece += measure
        elif place and stem != first and len(piece) <= 4 and _needs_stem(piece, own, len(pieces), rules):
            piece = stem + piece
        shared.append(piece)
    return shared


def _needs_stem(piece: str, own: str, count: int, rules: FigureRules) -> bool:
    """Tell whether a short member (死亡人数, 成交额) measures the thing that the first one names."""
    return piece.endswith("数") or (count == 2 and (own == piece or is_property(piece, rules)))
