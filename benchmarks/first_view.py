"""Time to the first view of an explorer page, beside plain pyvis output for the very same graph, in one run.

    python benchmarks/first_view.py exports/nanning-2024.html [--runs 5]

The explorer is ready when its second frame is on the screen; the plain page when its physics says that the picture is
stable (it then still moves on its own until then). Both by the browser's own clock, from the start of navigation.
Needs Chromium.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from pyvis.network import Network

READY = "performance.getEntriesByName('kg-ready')[0]?.startTime ?? 0"
STABLE = """() => new Promise((tell) => {
  const done = () => tell(performance.now());
  if (network.physics.stabilized) done(); else network.once("stabilized", done);
})"""
PATIENCE_MS = 180_000


def read_rows(page: str, name: str) -> list[dict[str, Any]]:
    """Return the nodes or edges that pyvis wrote into an explorer page."""
    found = re.search(f'<script type="application/json" id="kg-{name}">(.*?)</script>', page, re.DOTALL)
    if found is None:
        raise SystemExit("this is not a page of kg")
    rows: list[dict[str, Any]] = json.loads(found.group(1))
    return rows


def write_plain(page: str, file: Path) -> None:
    """Write the same graph as pyvis does when nobody helps it."""
    network = Network(directed=True, cdn_resources="in_line")
    for row in read_rows(page, "nodes"):
        network.add_node(row["id"], label=row["label"], group=row["group"])
    for row in read_rows(page, "edges"):
        network.add_edge(row["from"], row["to"], title=row["label"])
    file.write_text(network.generate_html(), encoding="utf-8")


def time_explorer(page: Page, address: str) -> float:
    """Return the milliseconds until an explorer page shows its first view."""
    page.goto(address)
    while not (ready := page.evaluate(READY)):
        page.wait_for_timeout(20)
    return float(ready)


def time_plain(page: Page, address: str) -> float:
    """Return the milliseconds until a plain page is stable."""
    page.goto(address)
    return float(page.evaluate(STABLE))


def main() -> int:
    """Time both pages and print medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    text = args.page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        plain = Path(folder) / "plain.html"
        write_plain(text, plain)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(PATIENCE_MS)
        # The plain page asks a CDN for Bootstrap; waiting for that would be unfair to it.
        page.route(re.compile("^https?:"), lambda route: route.abort())
        ours = statistics.median(time_explorer(page, args.page.resolve().as_uri()) for _ in range(args.runs))
        theirs = statistics.median(time_plain(page, plain.as_uri()) for _ in range(max(1, args.runs // 2)))
        browser.close()
    print(f"page            {args.page.stat().st_size / 1e6:.2f} MB, {len(read_rows(text, 'nodes'))} nodes")
    print(f"explorer ready  {ours:7.0f} ms")
    print(f"pyvis stable    {theirs:7.0f} ms   {theirs / ours:.1f} times as long")
    return 0


if __name__ == "__main__":
    sys.exit(main())
