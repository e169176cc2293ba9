"""Short names that leave words out: 一力南宁基地 for 一力集团南宁药品生产基地, 白沙枢纽 for 白沙国际空港综合枢纽.

What a short name keeps must open the long one's telling words and end in its head; what it leaves out must not be a
word that tells two things apart (二期, 东线, 跨境). It is taken only where one thing of the place can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.joining.words import NUMBERS, WordCutter
from kg.lexicon.divisions import Divisions
from kg.lexicon.joining import JoiningRules

_ASIDE = re.compile(r"\(([^()]*)\)")
_SHORTEST = 4
_SHORTEST_INITIALS = 3
_MARKS = re.compile("[-,.()《》+]")


def list_variants(whole: str) -> Iterator[str]:
    """Yield a spelled name without marks, and without what stands in brackets.

    >>> list(list_variants("白沙枢纽(GTC)"))
    ['白沙枢纽GTC', '白沙枢纽']
    """
    plain = _MARKS.sub("", whole)
    yield plain
    bare = _MARKS.sub("", _ASIDE.sub("", whole))
    if bare != plain:
        yield bare


def omits_words(
    long: str, short: str, cutter: WordCutter, divisions: Divisions, rules: JoiningRules, works: bool = False
) -> bool:
    """Tell whether a short name is a long one less some words, both without marks; of `works` the head may be lacking.

    >>> from kg.lexicon.divisions import load_divisions
    >>> from kg.lexicon.joining import load_joining
    >>> from kg.resources import data_folder
    >>> divisions, rules = load_divisions(data_folder()), load_joining(data_folder())
    >>> omits_words("白沙国际空港综合交通枢纽", "白沙空港综合交通枢纽", WordCutter(), divisions, rules)
    True
    >>> omits_words("白沙跨境电商产业园", "白沙电商产业园", WordCutter(), divisions, rules)
    False
    """
    if (
        not _SHORTEST <= len(short) < len(long)
        or rules.is_general(short)
        or NUMBERS.findall(long) != NUMBERS.findall(short)
    ):
        return False
    words = cutter.cut(long)
    # 全国工商联 is no city's.
    if words[0] in rules.inner_idle and not short.startswith(words[0]):
        return False
    telling = [
        at
        for at, word in enumerate(words)
        if not (rules.is_general(word) or word in rules.idle or divisions.find(word))
    ]
    if words[-1] in rules.sole and divisions.find(words[0]):
        telling = [0]
    return bool(telling) and any(
        telling[0] in kept
        and not any(rules.contrast.search(words[at]) and not divisions.find(words[at]) for at in left)
        and (kept[-1] == len(words) - 1 or (works and rules.ends.fullmatch("".join(words[kept[-1] + 1 :]))))
        for kept, left in _align(words, short, divisions)
    )


def takes_initials(long: str, short: str, words: Sequence[str]) -> bool:
    """Tell whether a short name is made of the first characters of words of a long one, the first two among them.

    The last may be the long name's last character: 白职院 for 白沙职业技术学院.

    >>> words = ("白沙", "职业", "技术", "学院")
    >>> takes_initials("".join(words), "白职院", words), takes_initials("".join(words), "白院", words)
    (True, False)
    """
    if len(words) < 3 or len(long) < 2 * len(short) or any(words[at][0] != short[at] for at in (0, 1)):
        return False
    # Two characters are too few for a long name: 中联 is not 中国联通中南研究院.
    if len(short) < _SHORTEST_INITIALS and len(words) > _SHORTEST_INITIALS:
        return False
    at = 2
    for number, word in enumerate(words[2:], start=3):
        if at == len(short):
            break
        at += word[0] == short[at] or (number == len(words) and word[-1] == short[at])
    return at == len(short)


def _align(
    words: Sequence[str], short: str, divisions: Divisions, word: int = 0, at: int = 0
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Yield the words kept (whole or by their first character) and left out, for each way that a short name allows."""
    if at == len(short) or word == len(words):
        if at == len(short):
            yield (), tuple(range(word, len(words)))
        return
    given = len(words[word]) if short.startswith(words[word], at) else int(short[at] == words[word][0])
    # The head is kept whole; and a name may open with several places that give a character each: 广肇 is not 广佛肇.
    inner = 0 < word < len(words) - 1 or divisions.find(words[word])
    if given and (inner or given == len(words[word])):
        for kept, left in _align(words, short, divisions, word + 1, at + given):
            yield (word, *kept), left
    if len(words[word]) > 1:
        for kept, left in _align(words, short, divisions, word + 1, at):
            yield kept, (word, *left)
