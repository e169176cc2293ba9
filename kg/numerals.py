"""Chinese and Arabic numerals to exact decimals: 三万四千五百, 1.4万亿, 百分之六, 十余.

Pure functions over short strings; finding numerals in running text is the work of `kg.figures`. Vague words (多, 余)
do not change the value: what they say is a figure's bound.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = dict(zip("零〇○一二三四五六七八九", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8, "万亿": 10**12}
_PLAIN = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_VAGUE = re.compile("[多余来几]")
_PARTS = re.compile(r"(?P<whole>.+)分之(?P<part>.+)")
_SCALE = re.compile("(?P<amount>.*?)(?P<scale>万亿|万万|亿|万)?")


def to_plain(text: str) -> str:
    """Replace full-width digits, points and percent signs by their ASCII forms; offsets stay as they are.

    >>> to_plain("增长４．０％")
    '增长4.0%'
    """
    return text if text.isascii() else text.translate(_PLAIN)


def scale_value(scale: str) -> Decimal:
    """Return what a scale word multiplies by; the empty word is 1.

    >>> scale_value("万亿")
    Decimal('1000000000000')
    """
    return Decimal(_SCALES.get(scale, 1))


def read_numeral(words: str) -> Decimal:
    """Return the exact value of a numeral; vague words inside it are passed over. Raises `ValueError` for no numeral.

    >>> print(read_numeral("三万四千五百"), read_numeral("1.45亿"), read_numeral("百分之六"), read_numeral("两千余"))
    34500 145000000.00 0.06 2000
    """
    plain = _VAGUE.sub("", to_plain(words).replace(",", ""))
    if parts := _PARTS.fullmatch(plain):
        return read_numeral(parts["part"]) / read_numeral(parts["whole"])
    amount, scale = split_scale(plain)
    return amount * scale_value(scale)


def split_scale(words: str) -> tuple[Decimal, str]:
    """Return a numeral as written before its last scale word, and that word (万, 亿, 万亿 or nothing).

    Only a scale at the end is split off, since that is how units are written (1.4万亿元); a scale word alone counts 1.

    >>> split_scale("1.4万亿"), split_scale("千万"), split_scale("三万四千")
    ((Decimal('1.4'), '万亿'), (Decimal('1000'), '万'), (Decimal('34000'), ''))
    """
    plain = _VAGUE.sub("", to_plain(words).replace(",", ""))
    match = _SCALE.fullmatch(plain)
    if not plain or match is None:
        raise ValueError(f"no numeral: {words!r}")
    amount, scale = match["amount"] or "一", match["scale"] or ""
    if "万" in amount or "亿" in amount:
        return _read_amount(plain, words), ""
    return _read_amount(amount, words), "亿" if scale == "万万" else scale


def _read_amount(plain: str, words: str) -> Decimal:
    head = _ARABIC.match(plain)
    if head is None:
        return Decimal(_read_chinese(plain, words))
    value = Decimal(head.group())
    for place, sign in enumerate(plain[head.end() :], head.end() + 1):
        factor = _TENS.get(sign) or _SCALES.get(sign)
        if factor is None:
            raise ValueError(f"no numeral: {words!r}")
        value *= factor
        if _ARABIC.match(plain, place):
            return value + _read_amount(plain[place:], words)
    return value


def _read_chinese(plain: str, words: str) -> Decimal:
    if "点" in plain:
        whole, _, digits = plain.partition("点")
        return Decimal(f"{_read_chinese(whole, words)}.{_spell_digits(digits, words)}")
    if len(plain) > 1 and all(sign in _DIGITS for sign in plain):
        return Decimal(_spell_digits(plain, words))
    total = section = digit = 0
    for sign in plain:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit = 0
        elif sign in _SCALES:
            here = section + digit
            # 一亿二千万 adds below the 亿, 一万亿 multiplies what stands before it.
            total = total + (here or 1) * _SCALES[sign] if here or not total else total * _SCALES[sign]
            section = digit = 0
        else:
            raise ValueError(f"no numeral: {words!r}")
    return Decimal(total + section + digit)


def _spell_digits(plain: str, words: str) -> str:
    try:
        return "".join(str(_DIGITS[sign]) for sign in plain)
    except KeyError:
        raise ValueError(f"no numeral: {words!r}") from None
