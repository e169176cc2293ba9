"""Things that were found once and are wanted again, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

# What Python itself takes for an entry and its parts, about.
_ENTRY = 1024


class Memory(Generic[Key, Value]):
    """Values by key; when `size` bytes are full, what was wanted longest ago is forgotten.

    >>> memory = Memory[str, int](20_000)
    >>> for number in range(30):
    ...     memory.keep(str(number), number, 10)
    >>> memory.find("0"), memory.find("29")
    (None, 29)
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._held = 0
        self._values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()

    def find(self, key: Key) -> Value | None:
        """Return the value, if it is still there."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def keep(self, key: Key, value: Value, cost: int) -> None:
        """Keep a value of `cost` bytes; one that would drive out much of the rest is not kept."""
        cost += _ENTRY
        if cost > self._size // 8 or key in self._values:
            return
        self._values[key] = value, cost
        self._held += cost
        while self._held > self._size:
            _, (_, freed) = self._values.popitem(last=False)
            self._held -= freed
