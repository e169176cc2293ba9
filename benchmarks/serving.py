"""Times `kg serve` beside `oxigraph serve-read-only`: the named queries over one store of a hundred reports.

Both serve the same data in the same run, one after the other, under the same load from `wrk`; oxigraph keeps no answers
and knows no limits, so `kg serve` is timed with and without its memory of answers. Then a soak: a number of requests
of which each answer is compared with the first one, while the memory of all processes is watched.

    python benchmarks/serving.py [--reports 100] [--seconds 20] [--connections 8] [--soak 20000] [--store DIR]
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import http.client
import itertools
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kg.export.lines import write_ntriples
from kg.graph import name_graph
from kg.load.files import Graphs
from kg.pipeline import Rules, describe, extract, link_document, load_rules, publish, read_report
from kg.query import read_queries
from kg.resources import data_folder
from kg.store import fill_store, take_snapshot

_LEAST = 0.5
_ACCEPT = "application/sparql-results+json"
_SCRIPT = """\
local paths, requests, turn = {{ {paths} }}, {{}}, 0
init = function()
  for i, path in ipairs(paths) do requests[i] = wrk.format("GET", path, {{ ["Accept"] = "{accept}" }}) end
end
request = function() turn = turn % #requests + 1; return requests[turn] end
"""
_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


@dataclasses.dataclass(frozen=True, slots=True)
class Measured:
    """What wrk saw: requests a second, the time that one in a hundred exceeds (seconds), and answers that were bad."""

    rate: float
    p99: float
    bad: int


def make_store(folder: Path, count: int) -> int:
    """Fill a store with `count` reports, texts repeated under other keys where they run out; return its triples."""
    rules = load_rules(data_folder())
    paths = sorted([*(data_folder() / "gold" / "sources").glob("*.txt"), *(data_folder() / "reports").glob("*.txt")])
    graphs: Graphs = {}
    for number, path in zip(range(count), itertools.cycle(paths), strict=False):
        name, lines = read_graph(path, rules, number // len(paths))
        parsed = ox.parse(lines.encode(), format=ox.RdfFormat.N_TRIPLES)
        graphs[name] = dict.fromkeys(quad.triple for quad in parsed)
        print(f"\r{number + 1}/{count} reports", end="", file=sys.stderr)
    print(file=sys.stderr)
    fill_store(folder, graphs)
    return sum(map(len, graphs.values()))


def read_graph(path: Path, rules: Rules, edition: int) -> tuple[str, str]:
    report, _ = read_report(path, rules)
    report = dataclasses.replace(report, id=f"{path.stem}-{report.id}-{edition}")
    linked = link_document(publish(extract(report, rules), _LEAST), rules)
    return name_graph(report), write_ntriples(describe(linked, rules))


@contextmanager
def running(command: list[str | Path], url: str) -> Iterator[int]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(url)
            yield process.pid
        finally:
            process.terminate()
            process.wait()


def wait_for(url: str) -> None:
    parts = urlsplit(url)
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
            connection.request("GET", parts.path)
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")


def paths_of(service: str) -> list[str]:
    return [f"{service}?query={quote(query.text)}" for query in read_queries(data_folder() / "queries")]


def press(url: str, service: str, seconds: int, connections: int, folder: Path) -> Measured:
    """Put the load of wrk on a service, after one request of each kind to warm it."""
    paths = paths_of(service)
    for path in paths:
        fetch(url, path)
    script = folder / "queries.lua"
    quoted = ", ".join(f'"{path}"' for path in paths)
    script.write_text(_SCRIPT.format(paths=quoted, accept=_ACCEPT), encoding="utf-8")
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "--timeout",
        "30s",
        "--latency",
        "-s",
        str(script),
        url,
    ]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])  # type: ignore[index]
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", said).groups()  # type: ignore[union-attr]
    bad = sum(int(found) for found in re.findall(r"Non-2xx or 3xx responses: (\d+)", said))
    bad += sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", said)))
    return Measured(rate, float(number) * _UNITS[unit], bad)


def fetch(url: str, path: str, connection: http.client.HTTPConnection | None = None) -> bytes:
    parts = urlsplit(url)
    own = connection or http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    own.request("GET", path, headers={"Accept": _ACCEPT})
    answer = own.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path[:80]}: {answer.status} {body[:200]!r}")
    return body


def soak(url: str, count: int, pid: int, threads: int = 4) -> None:
    """Ask `count` times, compare every answer with the first of its kind, and print the memory on the way."""
    paths = paths_of("/sparql")
    truth = [hashlib.sha256(fetch(url, path)).digest() for path in paths]
    parts = urlsplit(url)

    def ask_many(first: int, last: int) -> int:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        good = 0
        for number in range(first, last):
            index = number % len(paths)
            good += hashlib.sha256(fetch(url, paths[index], connection)).digest() == truth[index]
        return good

    done, good = 0, 0
    while done < count:
        size = max(count // 5 // threads, 1)
        with ThreadPoolExecutor(threads) as crowd:
            starts = [done + size * thread for thread in range(threads)]
            good += sum(crowd.map(ask_many, starts, [start + size for start in starts]))
        done += size * threads
        print(f"soak: {done} asked, {good} answered alike, {memory_of(pid) / 2**20:.0f} MB in all processes")


def memory_of(pid: int) -> int:
    """Return the resident memory of a process and its children, in bytes."""
    found = subprocess.run(["ps", "-o", "rss=", "-p", str(pid), "--ppid", str(pid)], capture_output=True, text=True)
    return 1024 * sum(map(int, found.stdout.split()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--soak", type=int, default=0)
    parser.add_argument("--store", type=Path, help="keep the store here, or use the one that is there")
    parser.add_argument("--port", type=int, default=17001)
    given = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed; .ci/servers installs it")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = given.store or folder / "store"
        if not store.is_dir():
            print(f"{make_store(store, given.reports)} triples in {given.reports} reports")
        run(given, store, folder)


def run(given: argparse.Namespace, store: Path, folder: Path) -> None:
    url = f"http://127.0.0.1:{given.port}"
    take_snapshot(store, folder / "copy")
    oxigraph = Path(sys.executable).parent / "oxigraph"
    ours: list[str | Path] = [sys.executable, "-c", "from kg.cli.serve import serve; serve()", "--store", store]
    ours += ["--port", str(given.port), "--timeout", "60"]
    rivals: dict[str, tuple[list[str | Path], str]] = {
        "oxigraph": ([oxigraph, "serve-read-only", "-l", folder / "copy", "-b", url[7:]], "/query"),
        "kg serve --cache 0": ([*ours, "--cache", "0"], "/sparql"),
        "kg serve": (ours, "/sparql"),
    }
    found = {}
    for name, (command, service) in rivals.items():
        with running(command, f"{url}{service}") as pid:
            measured = found[name] = press(url, service, given.seconds, given.connections, folder)
            print(
                f"{name:<20}{measured.rate:>10.1f} requests/s{measured.p99 * 1000:>10.0f} ms p99{measured.bad:>6} bad"
            )
            if given.soak and name != "oxigraph":
                soak(url, given.soak, pid)
    base = found["oxigraph"]
    for name, measured in found.items():
        print(
            f"{name:<20}{measured.rate / base.rate:>8.2f} of its throughput{measured.p99 / base.p99:>8.2f} of its p99"
        )


if __name__ == "__main__":
    main()
