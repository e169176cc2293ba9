"""A running `kg serve` and plain requests to it."""

from __future__ import annotations

import http.client
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

from servers import free_port, wait_for

_ATTEMPTS = 3
_RUN = "from kg.cli.serve import serve; serve()"


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, headers by lower-case name, and a body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True, slots=True)
class Served:
    """A server on this machine."""

    port: int
    process: subprocess.Popen[bytes]

    def request(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, accept: str = "*/*", **headers: str) -> Reply:
        return self.request("GET", path, None, Accept=accept, **headers)

    def ask(self, query: str, accept: str = "*/*", **fields: str) -> Reply:
        return self.get("/sparql?" + urlencode({"query": query, **fields}), accept)


@contextmanager
def served(*arguments: str | Path) -> Iterator[Served]:
    """Run `kg serve` with these arguments until the test is done with it."""
    with tempfile.TemporaryFile() as log, ExitStack() as stack:
        server = _start(arguments, log, stack)
        try:
            yield server
        finally:
            server.process.terminate()
            server.process.wait(20)


def _start(arguments: Sequence[str | Path], log: IO[bytes], stack: ExitStack) -> Served:
    """Start the server; once more on another port where a neighbour was faster to take the first."""
    for attempt in range(_ATTEMPTS):
        port = free_port()
        command = [sys.executable, "-c", _RUN, *map(str, arguments), "--port", str(port)]
        process = stack.enter_context(subprocess.Popen(command, stderr=log))
        try:
            wait_for(f"http://127.0.0.1:{port}/describe", process, 60)
        except AssertionError as error:
            log.seek(0)
            said = log.read().decode(errors="replace")
            if attempt + 1 == _ATTEMPTS or "in use" not in said:
                raise AssertionError(f"{error}\n{said}") from error
        else:
            return Served(port, process)
    raise AssertionError("no attempt was made")
