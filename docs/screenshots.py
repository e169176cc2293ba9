"""Take the pictures of the explorer that the documentation shows, of the page as built.

    python docs/screenshots.py exports/nanning-2024.html

Writes docs/explorer.png, explorer-node.png, explorer-text.png and explorer-tables.png. Needs Chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

READY = "performance.getEntriesByName('kg-ready').length > 0"
# The best linked zone stands for what a click on a node shows.
ZONES = "[...kg.model.nodes.values()].filter((node) => node.kind === 'Zone')"
ZONE = f"'pick=n:' + {ZONES}.sort((one, other) => other.facts.length - one.facts.length)[0].id"
FIGURE = "'view=text&pick=f:' + [...kg.model.figures.keys()][3]"
VIEWS = {"": "''", "-node": ZONE, "-text": FIGURE, "-tables": "'view=table&table=figures'"}


def take_pictures(page: Page, address: str, folder: Path) -> None:
    """Open the page once and write one picture a view."""
    page.goto(address)
    while not page.evaluate(READY):
        page.wait_for_timeout(20)
    for name, view in VIEWS.items():
        page.evaluate(f"location.hash = {view}")
        page.wait_for_timeout(300)
        page.screenshot(path=folder / f"explorer{name}.png")


def main() -> None:
    """Take the pictures of the page that the command line names."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        take_pictures(
            browser.new_page(viewport={"width": 1440, "height": 900}),
            Path(sys.argv[1]).resolve().as_uri(),
            Path(__file__).parent,
        )
        browser.close()


if __name__ == "__main__":
    main()
