"""How much a client may ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of the service; times in seconds, sizes in bytes.

    `seconds` is for one query, after which its process is killed; `standby` is how many processes stand ready to take
    the place of such a one, `waiting` how many clients may wait for a free one; `memory` is what one query may take;
    `answer` is the size of one answer and `held` of all that are on their way; `request` the size of a query; `lines`
    how many headers a request may have; `patience` how long a client may take to send its request, or to read on.
    """

    workers: int = 2
    standby: int = 2
    waiting: int = 64
    seconds: float = 10
    rows: int = 100_000
    memory: int = 512 * 2**20
    answer: int = 32 * 2**20
    held: int = 256 * 2**20
    cache: int = 64 * 2**20
    request: int = 256 * 1024
    lines: int = 100
    connections: int = 1000
    patience: float = 10
