"""Times `kg serve` beside `oxigraph serve-read-only`: the named queries over one store of a hundred reports.

Both serve the same data in the same run, under the same load: all queries once (a few that read the whole store take
most of the time), then from `wrk` for some seconds those that oxigraph answers within a tenth of a second, where the
costs of a request itself show; and so in turns. Oxigraph keeps no answers and knows no limits, so each request is made
a new one by a comment in the query; what the same requests cost when they come again is timed besides. Then a soak: a
number of such requests of which each answer is compared with the first one, while the memory of all processes is
watched.

    python benchmarks/serving.py [--reports 100] [--rounds 3] [--seconds 5] [--soak 20000] [--store DIR]
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import http.client
import itertools
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kg.api import LEAST
from kg.export.lines import write_ntriples
from kg.graph import name_graph
from kg.load.files import Graphs
from kg.pipeline import Rules, describe, extract, link_document, load_rules, publish, read_report
from kg.query import read_queries
from kg.resources import data_folder
from kg.store import fill_store, take_snapshot

_ACCEPT = "application/sparql-results+json"
_QUICK = 0.1
_SCRIPT = """\
local paths, turn = {{ {paths} }}, 0
request = function()
  turn = turn + 1
  return wrk.format("GET", paths[turn % #paths + 1] .. {ending}, {{ ["Accept"] = "{accept}" }})
end
"""
_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


@dataclasses.dataclass(frozen=True, slots=True)
class Measured:
    """What wrk saw: requests a second, the times that half and one in a hundred exceed (seconds), and bad answers."""

    rate: float
    half: float
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
    linked = link_document(publish(extract(report, rules), LEAST), rules)
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


def find_quick(url: str, service: str) -> list[int]:
    """Ask each query, and return the numbers of those that are answered at once."""
    found = []
    for number, path in enumerate(paths_of(service)):
        start = time.perf_counter()
        fetch(url, path)
        if time.perf_counter() - start < _QUICK:
            found.append(number)
    return found


def press(url: str, paths: list[str], connections: int, folder: Path, seconds: int, again: bool = False) -> Measured:
    """Put the load of wrk on a service for some seconds; `again` repeats the same requests."""
    script = folder / "queries.lua"
    quoted = ", ".join(f'"{path}"' for path in paths)
    ending = '""' if again else f'"%0A%23{time.monotonic_ns()}-" .. turn'
    words = _SCRIPT.format(paths=quoted, accept=_ACCEPT, ending=ending)
    script.write_text(words, encoding="utf-8")
    load = ["-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "120s", "--latency", "-s", str(script)]
    said = subprocess.run(["wrk", *load, url], check=True, capture_output=True, text=True).stdout
    (rate,) = _find(r"Requests/sec:\s+([\d.]+)", said)
    half, p99 = (_read_time(said, percent) for percent in (50, 99))
    bad = sum(int(found) for found in re.findall(r"Non-2xx or 3xx responses: (\d+)", said))
    bad += sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", said)))
    return Measured(float(rate), half, p99, bad)


def work_through(url: str, paths: list[str], connections: int) -> Measured:
    """Ask every query once, as many at a time as there are connections, and take the time until the last is answered.

    wrk cannot do that: it counts over seconds that it was given, whether its work is done or not.
    """
    mark = time.monotonic_ns()

    def ask(number: int) -> float:
        start = time.perf_counter()
        fetch(url, f"{paths[number]}%0A%23{mark}-{number}")
        return time.perf_counter() - start

    start = time.perf_counter()
    with ThreadPoolExecutor(connections) as crowd:
        times = sorted(crowd.map(ask, range(len(paths))))
    return Measured(len(paths) / (time.perf_counter() - start), statistics.median(times), times[-1], 0)


def _read_time(said: str, percent: int) -> float:
    number, unit = _find(rf"{percent}%\s+([\d.]+)(us|ms|s|m)", said)
    return float(number) * _UNITS[unit]


def _find(pattern: str, said: str) -> tuple[str, ...]:
    found = re.search(pattern, said)
    if not found:
        raise SystemExit(f"wrk said nothing of {pattern}: {said}")
    return found.groups()


def fetch(url: str, path: str, connection: http.client.HTTPConnection | None = None) -> bytes:
    parts = urlsplit(url)
    own = connection or http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=170)
    own.request("GET", path, headers={"Accept": _ACCEPT})
    answer = own.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path[:80]}: {answer.status} {body[:200]!r}")
    return body


def soak(url: str, paths: list[str], count: int, pid: int, threads: int = 4) -> None:
    """Ask `count` times, compare every answer with the first of its kind, and print the memory on the way."""
    truth = [hashlib.sha256(fetch(url, path)).digest() for path in paths]
    parts = urlsplit(url)

    def ask_many(first: int, last: int) -> int:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        good = 0
        for number in range(first, last):
            index = number % len(paths)
            body = fetch(url, f"{paths[index]}%0A%23{number}", connection)
            good += hashlib.sha256(body).digest() == truth[index]
        return good

    done, good = 0, 0
    while done < count:
        size = max(count // 10 // threads, 1)
        with ThreadPoolExecutor(threads) as crowd:
            starts = [done + size * thread for thread in range(threads)]
            good += sum(crowd.map(ask_many, starts, [start + size for start in starts]))
        done += size * threads
        print(f"  soak: {done} asked, {good} answered alike, {memory_of(pid) / 2**20:.0f} MB in all processes")


def memory_of(pid: int) -> int:
    """Return the resident memory of a process and its children, in bytes."""
    found = subprocess.run(["ps", "-o", "rss=", "-p", str(pid), "--ppid", str(pid)], capture_output=True, text=True)
    return 1024 * sum(map(int, found.stdout.split()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3, help="how many turns each has")
    parser.add_argument("--seconds", type=int, default=5, help="how long a turn asks the quick ones")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--soak", type=int, default=0, help="how many requests each soak has")
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
        compare(given, store, folder)


def compare(given: argparse.Namespace, store: Path, folder: Path) -> None:
    urls = [f"http://127.0.0.1:{given.port + number}" for number in range(2)]
    take_snapshot(store, folder / "copy")
    oxigraph = Path(sys.executable).parent / "oxigraph"
    ours: list[str | Path] = [sys.executable, "-c", "from kg.cli.serve import serve; serve()", "--store", store]
    ours += ["--timeout", "120", "--port"]
    rivals: dict[str, tuple[list[str | Path], str, str]] = {
        "oxigraph": ([oxigraph, "serve-read-only", "-l", folder / "copy", "-b", urls[0][7:]], urls[0], "/query"),
        "kg serve": ([*ours, str(given.port + 1)], urls[1], "/sparql"),
    }
    seen: dict[tuple[str, str], list[Measured]] = {}
    with ExitStack() as stack:
        up = {
            name: (address, service, stack.enter_context(running(command, address + service)))
            for name, (command, address, service) in rivals.items()
        }
        # Both read the same files, so the first one warms them for the other.
        quick = find_quick(*up["oxigraph"][:2])
        # In turns, so that what else the machine does falls on all of them.
        for _, name in itertools.product(range(given.rounds), up):
            address, service, _ = up[name]
            paths = paths_of(service)
            at_once = [paths[number] for number in quick]
            push = partial(press, address, connections=given.connections, folder=folder)
            for load, measured in (
                (f"all {len(paths)}", work_through(address, paths, given.connections)),
                (f"{len(quick)} quick", push(at_once, seconds=given.seconds)),
                (f"{len(quick)} quick again", push(at_once, seconds=given.seconds, again=True)),
            ):
                seen.setdefault((load, name), []).append(measured)
        for load, name in sorted(seen):
            tell(name, load, seen[load, name], seen[load, "oxigraph"])
        if given.soak:
            address, service, pid = up["kg serve"]
            soak(address, [paths_of(service)[number] for number in quick], given.soak, pid)


def tell(name: str, load: str, seen: list[Measured], base: list[Measured]) -> None:
    """Print the middle of what was measured, and in brackets its ratio to the middle of the base."""
    parts = []
    for field, unit, factor in (("rate", "/s", 1), ("half", "ms p50", 1000), ("p99", "ms p99", 1000)):
        own, other = (statistics.median(getattr(one, field) for one in many) for many in (seen, base))
        parts.append(f"{own * factor:>10.2f} {unit} ({own / other:.2f})")
    print(f"{load:<16}{name:<10}{''.join(parts)}{sum(one.bad for one in seen):>6} bad", flush=True)


if __name__ == "__main__":
    main()
