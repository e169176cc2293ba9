"""What a plan promises of things: states that it aims at, names to be pushed ahead, and list items beside those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.facts import TRACKED, Account, Naming, Standing
from kg.lexicon.tracking import TrackingRules

_CLAUSE_ENDS = "，。；：！？"
# Between the things of a list, and about their names.
_BETWEEN = re.compile("[、和及与等以“”（）《》 ]+")
_SEPARATOR = re.compile("、|和(?!谐|平|顺|美)|以及|及(?!时)|(?<!参)与")
_LEAST, _MOST = 4, 22


def list_targets(account: Account, rules: TrackingRules) -> Iterator[Standing | Naming]:
    """Yield each state of a thing that is aimed at, and each thing that is to be pushed ahead, once.

    Bodies and programmes are such things only where a verb has them as its objects; what a list has beside named things
    is one where it ends as names of works do, and so is what a verb has as its object where its head is that of works
    (打造面向东盟的职业教育合作区). Its `iri` is empty: the graph has no finding there.
    """
    year, seen, aimed = account.told.year, set[tuple[str, str]](), set[str]()
    for state in account.standings:
        if state.modality == "target" and state.year in (year, None) and (state.thing, state.status) not in seen:
            seen.add((state.thing, state.status))
            aimed.add(state.thing)
            yield state
    spans: dict[str, list[tuple[int, int]]] = {}
    for naming in account.namings:
        spans.setdefault(naming.quote.iri, []).append((naming.begin, naming.end))
    pushed = []
    for naming in account.namings:
        if naming.quote.modality != "target" or not rules.advance.search(_words_before(naming)):
            continue
        if naming.kind not in TRACKED and not _is_object(naming, spans[naming.quote.iri], rules):
            continue
        pushed.append(naming)
        if naming.thing not in aimed:
            aimed.add(naming.thing)
            yield naming
    for state in account.standings:
        if state.modality == "target" and state.year in (year, None):
            pushed += [n for n in account.namings if n.thing == state.thing and n.quote == state.quote]
    yield from _list_beside(pushed, spans, rules)
    yield from _list_quoted(account, spans, rules)
    yield from _list_objects(account, spans, rules)


def _words_before(naming: Naming) -> str:
    """Return the clause before a name; a list of names is part of it."""
    text = naming.quote.text[: naming.begin - naming.quote.begin]
    return text[_begin_clause(text, len(text)) :].replace("、", "")


def _begin_clause(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in _CLAUSE_ENDS) + 1


def _is_object(naming: Naming, spans: Sequence[tuple[int, int]], rules: TrackingRules) -> bool:
    """Tell whether a verb stands before a name, with nothing between but other names, and its name may be promised."""
    text, shift = naming.quote.text, naming.quote.begin
    at = naming.begin - shift
    begin = _begin_clause(text, at)
    words = list(text[begin:at])
    for first, last in spans:
        for index in range(max(first - shift, begin), min(last - shift, at)):
            words[index - begin] = "、"
    return bool(rules.push.search(_BETWEEN.sub("", "".join(words)))) and bool(
        rules.body.search(naming.words) if naming.kind == "Organization" else rules.scheme.search(naming.words)
    )


def _list_beside(
    pushed: Sequence[Naming], spans: dict[str, list[tuple[int, int]]], rules: TrackingRules
) -> Iterator[Naming]:
    """Yield items of lists that nothing names, beside things that are pushed ahead."""
    seen: set[str] = set()
    for quote, begin, end, kind in dict.fromkeys((n.quote, *_find_clause(n), n.kind) for n in pushed):
        for first, last in _cut_items(quote.text, begin, end):
            if any(one < quote.begin + last and quote.begin + first < other for one, other in spans[quote.iri]):
                continue
            words = rules.item_front.sub("", quote.text[first:last])
            if _LEAST <= len(words) <= _MOST and rules.item.search(words) and words not in seen:
                seen.add(words)
                yield Naming(
                    "", f"words:{words}", words, kind, words, quote.begin + last - len(words), quote.begin + last, quote
                )


def _list_quoted(account: Account, spans: dict[str, list[tuple[int, int]]], rules: TrackingRules) -> Iterator[Naming]:
    """Yield works that nothing names but that the plan calls by a name in quotes: “智慧警务”项目."""
    seen: set[str] = set()
    for quote in account.quotes:
        if quote.modality != "target":
            continue
        for match in rules.quoted.finditer(quote.text):
            first, last = quote.begin + match.start(), quote.begin + match.end()
            before = quote.text[_begin_clause(quote.text, match.start()) : match.start()]
            named = any(one < last and first < other for one, other in spans.get(quote.iri, ()))
            if not named and match.group() not in seen and rules.advance.search(before.replace("、", "")):
                seen.add(match.group())
                yield Naming("", f"words:{match.group()}", match.group(), "Project", match.group(), first, last, quote)


def _list_objects(account: Account, spans: dict[str, list[tuple[int, int]]], rules: TrackingRules) -> Iterator[Naming]:
    """Yield works that nothing names but that a verb of the plan has as its object, once."""
    seen: set[str] = set()
    for quote in account.quotes:
        for match in rules.object.finditer(quote.text) if quote.modality == "target" else ():
            words = match["thing"]
            first, last = quote.begin + match.start("thing"), quote.begin + match.end("thing")
            named = any(one < last and first < other for one, other in spans.get(quote.iri, ()))
            if not named and words not in seen:
                seen.add(words)
                yield Naming("", f"words:{words}", words, "Project", words, first, last, quote)


def _find_clause(naming: Naming) -> tuple[int, int]:
    text, at = naming.quote.text, naming.begin - naming.quote.begin
    ends = [found for mark in _CLAUSE_ENDS if (found := text.find(mark, at)) >= 0]
    return _begin_clause(text, at), min(ends, default=len(text))


def _cut_items(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the items of a list."""
    cuts = [match.span() for match in _SEPARATOR.finditer(text, begin, end)]
    if not cuts:
        return
    starts = [begin, *(last for _, last in cuts)]
    for first, last in zip(starts, [*(first for first, _ in cuts), end], strict=True):
        # What all the list's items are stands behind 等.
        stop = text.find("等", first, last)
        yield first, last if stop < 0 else stop
