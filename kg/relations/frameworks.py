"""Find the members of a numbered framework by its own word: 四大工程 is made up of the next names that end in 工程."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.lexicon.relations import FrameworkRule
from kg.model import Mention, Name, Section, Sentence
from kg.numerals import read_numeral

_FEWEST = 2


def find_members(
    mentions: Sequence[Mention], sentences: Sequence[Sentence], sections: Sequence[Section], rule: FrameworkRule
) -> Mapping[int, list[tuple[Mention, Name]]]:
    """Return by sentence the first mention of each member with the framework that it is part of.

    The names must follow the framework in its part of the report, within the rule's reach; they are members only if
    they are as many as the framework says, or at least half as many where some are not named.
    """
    first: dict[str, Mention] = {}
    for mention in mentions:
        if mention.kind in rule.kinds:
            first.setdefault(mention.text, mention)
    members: dict[int, list[tuple[Mention, Name]]] = defaultdict(list)
    for text, framework in first.items():
        if (match := rule.pattern.search(text)) is None:
            continue
        last = min(framework.sentence + rule.reach, len(sentences) - 1)
        end = min(sentences[last].end, _part_end(sentences[framework.sentence], sections))
        word, count = match["word"], int(read_numeral(match["number"]))
        found = [
            mention
            for other, mention in first.items()
            if framework.start < mention.start < end
            and other.endswith(word)
            and len(other) > len(word)
            and not rule.pattern.search(other)
        ]
        if max(_FEWEST, count / 2) <= len(found) <= count:
            for mention in found:
                members[mention.sentence].append((mention, Name(text, framework.kind)))
    return members


def _part_end(sentence: Sentence, sections: Sequence[Section]) -> int:
    section = sections[sentence.section]
    while section.level > 1 and section.parent is not None:
        section = sections[section.parent]
    return section.end
