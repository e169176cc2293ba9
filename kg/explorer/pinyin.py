"""How the characters of names are read, so that a person can find 南宁 by typing nanning or nn."""

from __future__ import annotations

from collections.abc import Iterable


def read_characters(names: Iterable[str]) -> dict[str, str]:
    """Return each Chinese character's readings without tones, the commonest first, by character.

    All readings of a character are kept: 重庆 is found by chong and by zhong.

    >>> read_characters(["重庆 BYD"])
    {'庆': 'qing', '重': 'zhong chong tong'}
    """
    # Its dictionaries take 0.3 s to load, which no other command should pay.
    from pypinyin import Style, pinyin

    characters = sorted({character for name in names for character in name if "\u3400" <= character <= "\u9fff"})
    readings = (pinyin(c, style=Style.NORMAL, heteronym=True, v_to_u=False)[0] for c in characters)
    return {c: " ".join(dict.fromkeys(found)) for c, found in zip(characters, readings, strict=True)}
