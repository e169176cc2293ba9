"""How a short name comes from the words of a long one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import rjieba

from kg.lexicon.joining import JoiningRules

NUMBERS = re.compile("[0-9]+|[一二三四五六七八九十百千]+")
_LONGEST_WORD = 3
_SHORTEST_HEAD = 4


class WordCutter:
    """Names cut into words of three characters at most, each name once: 成都平原 is 成都 and 平原."""

    def __init__(self) -> None:
        self._cuts: dict[str, tuple[str, ...]] = {}

    def cut(self, name: str) -> tuple[str, ...]:
        """Return the words of a name."""
        if name not in self._cuts:
            self._cuts[name] = tuple(part for word in rjieba.cut(name) for part in _halve(word))
        return self._cuts[name]

    def has_edge(self, name: str, at: int) -> bool:
        """Tell whether a word begins at an offset of a name.

        >>> WordCutter().has_edge("吴圩空港经济区", 2), WordCutter().has_edge("南宁市民中心", 3)
        (True, False)
        """
        begin = 0
        for word in self.cut(name):
            if begin >= at:
                break
            begin += len(word)
        return begin == at


def _halve(word: str) -> Iterator[str]:
    if len(word) <= _LONGEST_WORD:
        yield word
    else:
        yield from (word[at : at + 2] for at in range(0, len(word), 2))


def gives_short(long: str, short: str, words: Sequence[str], rules: JoiningRules, kind: str) -> bool:
    """Tell whether a short form takes of each word of a long name its first character; of an event's last one its last.

    Idle words may give nothing, but those that open a name of a levelled kind must. Numbers are never left out.

    >>> from kg.lexicon.joining import load_joining
    >>> from kg.resources import data_folder
    >>> rules = load_joining(data_folder())
    >>> gives_short("中国-东盟博览会", "东博会", ("中国", "-", "东盟", "博览会"), rules, "Event")
    True
    >>> gives_short("广西民族大学", "广西大学", ("广西", "民族", "大学"), rules, "Organization")
    False
    """
    # What only opens a longer name is another thing: a line and its extension.
    if long[-1] != short[-1] or long.startswith(short) or NUMBERS.findall(long) != NUMBERS.findall(short):
        return False
    last = len(words) - 1

    def take(word: int, at: int) -> bool:
        if word > last:
            return at == len(short)
        idle = words[word] in rules.idle or (
            words[word] in rules.inner_idle and (word > 0 or kind not in rules.levelled_kinds)
        )
        if idle and take(word + 1, at):
            return True
        if kind == "Event" and word == last and at == len(short) - 1 and short[at] == words[word][-1]:
            return True
        return any(take(word + 1, end) for end in _ways(words[word], short, at))

    return take(0, 0)


def _ways(word: str, short: str, at: int) -> Iterator[int]:
    """Yield where a short form may go on after a word that gives its first character and some of the others."""
    if at >= len(short) or short[at] != word[0]:
        return
    place, end = 0, at + 1
    ends = [end]
    while end < len(short) and (place := word.find(short[end], place + 1)) > 0:
        end += 1
        ends.append(end)
    yield from reversed(ends)


def drops_general(long: str, short: str, words: Sequence[str], rules: JoiningRules) -> bool:
    """Tell whether a short name is a long one less some inner words that alone make no name: 牛湾物流园.

    >>> from kg.lexicon.joining import load_joining
    >>> from kg.resources import data_folder
    >>> rules = load_joining(data_folder())
    >>> drops_general("牛湾港区综合物流园", "牛湾物流园", ("牛湾", "港区", "综合", "物流", "园"), rules)
    True
    >>> drops_general("牛湾化工物流园", "牛湾物流园", ("牛湾", "化工", "物流", "园"), rules)
    False
    """
    if len(short) < _SHORTEST_HEAD or len(words[0]) < 2 or rules.is_general(words[0]):
        return False
    if NUMBERS.findall(long) != NUMBERS.findall(short) or not short.startswith(words[0]) or long.startswith(short):
        return False

    def take(word: int, at: int) -> bool:
        if word == len(words):
            return at == len(short)
        if short.startswith(words[word], at) and take(word + 1, at + len(words[word])):
            return True
        inner = 0 < word < len(words) - 1 and not rules.contrast.match(words[word])
        return inner and (rules.is_general(words[word]) or words[word] in rules.idle) and take(word + 1, at)

    return take(1, len(words[0]))
