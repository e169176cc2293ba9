"""The process that answers queries, one after another, over a store that it can only read.

It runs as a script and imports nothing of kg, so that a new one stands within a fraction of a second after one was
killed. It is told what holds for all queries and then each query on its standard input, and answers on its standard
output; each message is its length in eight bytes and then itself. Once it has opened the store it is sealed: a query
that got past every check could still not reach out.
"""

from __future__ import annotations

import ctypes
import errno
import json
import platform
import resource
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

_SOLUTIONS = {
    "application/sparql-results+json": (ox.QueryResultsFormat.JSON, b"},{"),
    "application/sparql-results+xml": (ox.QueryResultsFormat.XML, b"<result>"),
    "text/csv": (ox.QueryResultsFormat.CSV, b"\n"),
    "text/tab-separated-values": (ox.QueryResultsFormat.TSV, b"\n"),
}
_TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


# The kernel's name of the machine, and its numbers for socket, execve, execveat and io_uring_setup.
_MACHINES = {"x86_64": (0xC000003E, (41, 59, 322, 425)), "aarch64": (0xC00000B7, (198, 221, 281, 425))}
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _MACHINE_AT = 0, 4
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000 | errno.EACCES
_OTHER_NUMBERS = 0x40000000
_NO_NEW_PRIVILEGES, _SET_FILTER, _BY_FILTER = 38, 22, 2


class TooMuch(Exception):
    """An answer that is larger than may be given."""


class Sheet:
    """Takes an answer as it is written, and stops it where it grows too large.

    `mark` is what stands once a row; it cannot stand inside a value, where a quotation mark or an angle bracket would
    be escaped.
    """

    def __init__(self, size: int, rows: int, mark: bytes) -> None:
        self.parts: list[bytes] = []
        self._size, self._rows, self._mark, self._end = size, rows, mark, b""

    def write(self, data: bytes) -> int:
        """Keep a part of the answer."""
        part = bytes(data)
        self._size -= len(part)
        if self._mark:
            seen = self._end + part
            self._rows -= seen.count(self._mark)
            self._end = seen[1 - len(self._mark) :] if len(self._mark) > 1 else b""
        if self._size < 0 or self._rows < 0:
            raise TooMuch
        self.parts.append(part)
        return len(part)

    def flush(self) -> None:
        """Do nothing: all is kept already."""


def answer(store: ox.Store, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return the head and the body of the answer to one question."""
    try:
        found = store.query(
            asked["query"],
            prefixes=asked["prefixes"],
            **_choose_graphs(asked["default"], asked["named"]),
        )
        media = asked["triples" if isinstance(found, ox.QueryTriples) else "solutions"]
        if not media:
            return {"error": "form"}, b""
        if isinstance(found, ox.QueryTriples):
            sheet = Sheet(asked["bytes"], asked["rows"], b"")
            counted = _count(found, asked["rows"])
            # The types want a whole file object; what is used of it is `write`.
            ox.serialize(counted, sheet, format=_TRIPLES[media], prefixes=asked["prefixes"])  # type: ignore[arg-type]
        else:
            form, mark = _SOLUTIONS[media]
            # The head of a table is a line too.
            sheet = Sheet(asked["bytes"], asked["rows"] + (mark == b"\n"), mark)
            found.serialize(sheet, format=form)  # type: ignore[arg-type]
    except SyntaxError as error:
        return {"error": "syntax", "reason": str(error.msg)}, b""
    except (TooMuch, MemoryError) as error:
        return {"error": "large" if isinstance(error, TooMuch) else "memory"}, b""
    except (OSError, RuntimeError, ValueError, RecursionError) as error:
        return {"error": "failed", "reason": str(error)}, b""
    return {"media": media}, b"".join(sheet.parts)


def _count(triples: Iterable[ox.Triple], most: int) -> Iterator[ox.Triple]:
    for number, triple in enumerate(triples, 1):
        if number > most:
            raise TooMuch
        yield triple


def _choose_graphs(default: list[str], named: list[str]) -> dict[str, Any]:
    """Return the graphs that a query is asked of: all where none are named, or else those and no others."""
    if not default and not named:
        return {}
    return {
        "default_graph": [ox.NamedNode(iri) for iri in default],
        "named_graphs": [ox.NamedNode(iri) for iri in named],
    }


def close_doors(memory: int) -> None:
    """Give up for ever what answering does not need: the network, written bytes, memory beyond a limit."""
    size = Path("/proc/self/statm")
    if size.exists():
        held = int(size.read_text().split()[0]) * resource.getpagesize()
        _lower(resource.RLIMIT_AS, held + memory)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    seal()


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def seal() -> bool:
    """Let the process reach no network and start no program from now on; False where this system has no such means.

    Linux filters the calls that a process makes to it: seccomp_filter.rst in the kernel's documentation.
    """
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return False
    steps = _write_filter(*_MACHINES[platform.machine()])
    program = _Program(len(steps) // 8, steps)
    control = ctypes.CDLL(None, use_errno=True).prctl
    if control(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    sealed: int = control(_SET_FILTER, _BY_FILTER, ctypes.byref(program), 0, 0)
    return sealed == 0


def _write_filter(machine: int, refused: tuple[int, ...]) -> bytes:
    """Return the filter: calls of another machine's kind and the refused ones fail, all others pass.

    A step is its code, how many steps to skip where it holds and where not, and a number.
    """
    steps = [(_LOAD, 0, 0, _MACHINE_AT), (_EQUAL, 0, len(refused) + 3, machine), (_LOAD, 0, 0, _NUMBER_AT)]
    steps.append((_AT_LEAST, len(refused) + 1, 0, _OTHER_NUMBERS))
    steps += [(_EQUAL, len(refused) - index, 0, number) for index, number in enumerate(refused)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _FAIL)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def limit_time(seconds: float) -> None:
    """End this process if it computes longer, even where nobody is left to kill it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 2, hard))


def _lower(kind: int, value: int) -> None:
    resource.setrlimit(kind, (value, value))


def _read(source: BinaryIO) -> bytes | None:
    head = source.read(8)
    return source.read(int.from_bytes(head, "big")) if len(head) == 8 else None


def _write(target: BinaryIO, head: dict[str, Any], body: bytes) -> None:
    told = json.dumps(head).encode()
    target.write(len(told).to_bytes(4, "big") + len(body).to_bytes(8, "big") + told)
    target.write(body)
    target.flush()


def main(location: str, memory: int) -> None:
    """Answer until the input ends."""
    store = ox.Store.read_only(location)
    close_doors(memory)
    always = json.loads(_read(sys.stdin.buffer) or b"{}")
    _write(sys.stdout.buffer, {}, b"")
    while (message := _read(sys.stdin.buffer)) is not None:
        asked = always | json.loads(message)
        limit_time(asked["seconds"])
        _write(sys.stdout.buffer, *answer(store, asked))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
