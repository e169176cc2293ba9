"""What a query may not do: reach out (SERVICE), name other sources (FROM) or change anything.

The parser that answers a query cannot be asked first, so its words are looked at here. Where a text could be cut into
words in two ways, it is refused: a guard that reads `<` as the beginning of an IRI where the parser reads "less than"
could be led past a SERVICE.
"""

from __future__ import annotations

import re

from kg.errors import BadQuery

_IRI = r"<(?:[A-Za-z][\w+.-]*://)?[^<>\"{}|^`\\\s]*>"
_SKIPPED = re.compile(
    rf"(?P<iri>{_IRI})"
    r"|\\."  # an escaped sign in a local name: it opens no string and no comment
    r"|\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''"  # long strings
    r"|(?P<open>\"\"\"|''')"
    r"|\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*'"  # strings
    r"|#[^\r\n]*"  # comments
    r"|[?$]\w+"  # variables
    r"|(?<=:)\w[\w-]*",  # local names
    re.DOTALL,
)
# "Less than" can stand before none of these without a space, unless it is no IRI.
_CLEAR_IRI = re.compile(r"<[A-Za-z][\w+.-]*://.*>|<[^'#()]*>")
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# A parser needs no space before SERVICE, as in `1SERVICE`, so it is looked for inside words too.
_REFUSED = re.compile(
    r"SERVICE|(?<![:\w-])(?:FROM|LOAD|INSERT|DELETE|CLEAR|DROP|CREATE|COPY|MOVE|ADD)(?![:\w-])", re.IGNORECASE
)
_WRITING = frozenset({"LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})
# The same words in a text of capitals, each by itself, which is found many times faster.
_SOUGHT = tuple(
    (word.encode(), re.compile(rf"{word}(?<![:\w-]{word})(?![:\w-])".encode())) for word in sorted({"FROM", *_WRITING})
)


class RefusedQuery(BadQuery):
    """A query that may well be sound, but asks for what is not allowed here; `writes` tells an update."""

    def __init__(self, line: int, reason: str, writes: bool = False) -> None:
        super().__init__(f"line {line}: {reason}")
        self.writes = writes


def refuse_outside(text: str) -> None:
    r"""Raise `RefusedQuery` for a query that would leave the graph or change it, with the line.

    >>> refuse_outside("SELECT ?service { ?service a <https://example.org/SERVICE> } # SERVICE")
    >>> refuse_outside("SELECT * { ?a ?b 1SERVICE<https://example.org/>{} }")
    Traceback (most recent call last):
    kg.query.guard.RefusedQuery: line 1: SERVICE is refused: queries are read-only and stay inside the graph
    >>> refuse_outside("SELECT * { ?a ?b ?c FILTER(?c<'>')SERVICE<https://example.org/>{ ?a ?b '' } }")
    Traceback (most recent call last):
    kg.query.guard.RefusedQuery: line 1: write a space after "less than", and IRIs with their scheme
    """
    if _is_plain(text.encode("utf-8", "replace").upper()):
        return
    plain = _CODE_POINT.sub(lambda match: chr(int(match[1] or match[2], 16) % 0x110000), text)
    words = _SKIPPED.sub(_skip, plain)
    if match := _REFUSED.search(words):
        word = match.group().upper()
        line = words.count("\n", 0, match.start()) + 1
        raise RefusedQuery(
            line, f"{word} is refused: queries are read-only and stay inside the graph", word in _WRITING
        )
    for match in _CODE_POINT.finditer(text):
        # Some parsers read an escape before all else, others inside its word; as one sign it is the same to both.
        if int(match[1] or match[2], 16) < 0x80:
            raise RefusedQuery(text.count("\n", 0, match.start()) + 1, f"write {match.group()} as the sign itself")


def _is_plain(text: bytes) -> bool:
    """Tell whether a text of capitals holds none of the words, however it may be cut."""
    if b"\\" in text or b"SERVICE" in text:
        return False
    return not any(word in text and pattern.search(text) for word, pattern in _SOUGHT)


def _skip(match: re.Match[str]) -> str:
    if match["iri"] and not _CLEAR_IRI.fullmatch(match["iri"]):
        line = match.string.count("\n", 0, match.start()) + 1
        raise RefusedQuery(line, 'write a space after "less than", and IRIs with their scheme')
    if match["open"]:
        raise RefusedQuery(match.string.count("\n", 0, match.start()) + 1, "a string is opened and never closed")
    # A space keeps the words on both sides apart, and the lines are still counted.
    return " " + "\n" * match.group().count("\n")
