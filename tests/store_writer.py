"""Beside the test that kills writers: forks one for each line it reads, and tells its process number.

Nothing here opens a store before the fork, for the threads of a database do not live on in a child.
"""

import os
import sys
from itertools import count
from pathlib import Path

from many_reports import make_report

from kg.store import open_store, put_report


def write_on(folder: Path) -> None:
    store = open_store(folder)
    os.write(1, b"writing\n")
    for turn in count():
        graph, triples = make_report(turn % 3, edition=turn % 2)
        put_report(store, graph, triples)


def main(folder: Path) -> None:
    for number in range(3):
        make_report(number)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            write_on(folder)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
