"""Files to text: decode strictly, cut away what is no text, and remember where every character stood."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BadInput

# The formats whose bytes are the text itself.
TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown", ""})
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: its decoded text, and the SHA-256 of its bytes."""

    name: str
    raw: str
    digest: str


def read_source(path: Path) -> Source:
    """Read and decode one report file (.txt, .md; UTF-8 with or without BOM, or GB18030).

    UTF-8 is tried first, then GB18030, both strictly: a wrong guess would silently put other characters into the
    evidence. Raises `BadInput` for a missing, empty, undecodable or non-Chinese file.
    """
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise BadInput(path, f"has the ending {path.suffix}; kg reads .txt and .md")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(path, f"cannot be read: {error.strerror or error}") from error
    if not data.strip():
        raise BadInput(path, "is empty")
    raw = decode(data)
    if raw is None:
        raise BadInput(path, "is neither UTF-8 nor GB18030 text; save it as UTF-8")
    if not _HAN.search(raw):
        raise BadInput(path, "has no Chinese text")
    return Source(path.name, raw, hashlib.sha256(data).hexdigest())


def decode(data: bytes) -> str | None:
    """Decode UTF-8 (a BOM stays as a character, so that offsets keep their meaning) or GB18030; None for neither.

    >>> decode("政府".encode("gb18030"))
    '政府'
    >>> decode(bytes([255, 254, 0])) is None
    True
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # GB18030 accepts many byte strings that are no text; NUL characters give them away.
        return None if "\0" in text else text
    return None


def clean_text(raw: str, cleanings: Iterable[tuple[re.Pattern[str], str]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Apply the cleanings in order; return the published text and its map of offsets into `raw`.

    The map is a sorted tuple of (published, original) pairs, each holding until the next one: see `Report.origin`.

    >>> clean_text("**一**二", [(re.compile(r"[*]+"), "")])
    ('一二', ((0, 2), (1, 5)))
    """
    text, origins = raw, list(range(len(raw)))
    for pattern, to in cleanings:
        pieces, kept, last = [], list[int](), 0
        for match in pattern.finditer(text):
            pieces += [text[last : match.start()], to]
            kept += origins[last : match.start()]
            kept += [origins[match.start()]] * len(to)
            last = match.end()
        if last:
            text, origins = "".join([*pieces, text[last:]]), kept + origins[last:]
    steps = [
        (published, original)
        for published, original in enumerate(origins)
        if published == 0 or original != origins[published - 1] + 1
    ]
    return text, tuple(steps) or ((0, 0),)
