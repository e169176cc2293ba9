"""jieba's part-of-speech tagger as `kg.coverage` asks for it, with a dictionary cache of our own."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jieba
import jieba.posseg


class JiebaTagger:
    """`jieba.posseg` over a tokenizer of its own, so that the module-wide dictionary stays as it is."""

    def __init__(self, cache: Path) -> None:
        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        tokenizer.tmp_dir = str(cache)
        # The published stubs leave the constructor's parameter out.
        make_tagger: Any = jieba.posseg.POSTokenizer
        self._tagger = make_tagger(tokenizer)

    def cut(self, sentence: str) -> Iterator[tuple[str, str]]:
        """Cut a text into (word, flag) pairs."""
        for pair in self._tagger.cut(sentence):
            yield pair.word, pair.flag


def load_tokenizer() -> JiebaTagger:
    """Return a tagger whose cache lies in a folder of the user's own, not in a name shared by everyone in /tmp.

    >>> [word for word, _ in load_tokenizer().cut("南宁市的项目")]
    ['南宁市', '的', '项目']
    """
    cache = Path.home() / ".cache" / "govkg"
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        cache = Path(tempfile.mkdtemp(prefix="govkg-"))
    return JiebaTagger(cache)
