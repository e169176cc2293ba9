"""Divisions that went on, whole and alone, under another name or code: 横县 became 横州市 in 2021."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lexicon.divisions import Division, Divisions

_SHORTEST = 2


def list_renamed(divisions: Divisions) -> Iterator[tuple[Division, Division]]:
    """Yield each such division with the one that it became.

    One that was merged into another or divided is no other's predecessor alone, and stays what it was.
    """
    predecessors: dict[str, set[str]] = {}
    for row in divisions.rows:
        if row.successor and row.successor != row.code:
            predecessors.setdefault(row.successor, set()).add(row.code)
    for code, old in sorted({row.code: divisions.by_code(row.code) for row in divisions.rows}.items()):
        if old.successor in (None, code):
            continue
        new = divisions.by_code(str(old.successor))
        if predecessors[new.code] == {code} and old.valid_to == new.valid_from and new.successor != code:
            yield old, new


def list_new_names(divisions: Divisions, province: str) -> dict[str, str]:
    """Return the names of divisions of a province that hold no more, with the short names of what they became.

    Only those whose stem changed are told: 横县 is 横州 now, but 武鸣县 is still 武鸣.
    """
    found: dict[str, str] = {}
    for old, new in list_renamed(divisions):
        now = new.short_names[-1] if new.short_names else new.name
        then = old.short_names[-1] if old.short_names else old.name
        if old.code.startswith(province) and now != then:
            # 玉林市 became 玉州区, but there is a 玉林市 again.
            for name in (old.name, then):
                if len(name) >= _SHORTEST and all(other.valid_to is not None for other in divisions.find(name)):
                    found.setdefault(name, now)
    return found
