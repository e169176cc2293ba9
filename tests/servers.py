"""Real stores, started for a test on free ports of this machine and stopped after it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from requirements import require

FUSEKI = "jena-fuseki-server"
PASSWORD = "a new one"
_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}, {data}
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
ThreadsPerQuery = 1
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 5
EnabledDavVSP = 0
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 100000
MaxQueryExecutionTime = 60
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def run_server(command: Sequence[str | Path], url: str, seconds: float = 60, **options: object) -> Iterator[None]:
    """Run a server until the test is done with it; it is ready when it answers anything at all."""
    # The overloads know no options that are passed on.
    with subprocess.Popen(  # type: ignore[call-overload]
        [str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options
    ) as process:
        try:
            wait_for(url, process, seconds)
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"{process.args!r} ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer within {seconds} s")


@contextmanager
def oxigraph_server(folder: Path, *options: str) -> Iterator[str]:
    port = free_port()
    program = Path(sys.executable).parent / "oxigraph"
    if not program.exists():
        program = Path(require("oxigraph"))
    url = f"http://127.0.0.1:{port}"
    with run_server([program, "serve", "-l", folder, "-b", f"127.0.0.1:{port}", *options], url):
        yield url


@contextmanager
def virtuoso_server(folder: Path, data: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the address and the words that call the SQL client; the password is no longer the one everybody knows."""
    program, client = require("virtuoso-t"), require("isql-vt")
    sql, http = free_port(), free_port()
    folder.mkdir(parents=True)
    settings = folder / "virtuoso.ini"
    settings.write_text(_VIRTUOSO.format(folder=folder, data=data, sql=sql, http=http), encoding="utf-8")
    url = f"http://127.0.0.1:{http}"
    with run_server([program, "-f", "-c", settings], f"{url}/sparql", cwd=folder):
        login = [client, f"127.0.0.1:{sql}", "dba", "dba"]
        subprocess.run([*login, f'exec=set password "dba" "{PASSWORD}";'], check=True, capture_output=True)
        yield url, [*login[:-1], PASSWORD]


@contextmanager
def fuseki_server(folder: Path, scheme: str) -> Iterator[str]:
    java, jar = require("java"), find_fuseki()
    port = free_port()
    folder.mkdir(parents=True)
    users = folder / "users"
    users.write_text(f"loader: {PASSWORD}\n", encoding="utf-8")
    url = f"http://127.0.0.1:{port}/reports"
    command: list[str | Path] = [java, "-Xmx512m", "-XX:TieredStopAtLevel=1", "-jar", jar, "--localhost", "--update"]
    command += ["--port", str(port), "--passwd", users, f"--auth={scheme}", "--mem", "/reports"]
    with run_server(command, url, cwd=folder, env={**os.environ, "FUSEKI_BASE": str(folder)}):
        yield url


def find_fuseki() -> Path:
    """Return the Fuseki jar that `.ci/servers` fetched, below KG_FUSEKI or the user's cache."""
    cache = Path(os.environ.get("KG_FUSEKI") or Path.home() / ".cache" / "kg" / "servers")
    jars = sorted(cache.glob(f"{FUSEKI}-*.jar"))
    if jars:
        return jars[-1]
    reason = f"no {FUSEKI}-*.jar in {cache}; .ci/servers fetches one"
    if os.environ.get("KG_REQUIRE_ALL") == "1":
        pytest.fail(f"{reason}, and KG_REQUIRE_ALL=1 asks for every test")
    pytest.skip(reason)
