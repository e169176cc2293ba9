"""The page that people explore a report with: one HTML file that works from disk and asks nothing of the network."""

from kg.explorer.collect import collect_page
from kg.explorer.page import assemble_page
from kg.graph.iris import DEFAULT_BASE
from kg.linking import Linked


def build_page(linked: Linked, base: str = DEFAULT_BASE) -> str:
    """Return the page of one report as HTML text; write it as UTF-8. `base` is where the IRIs of the graph begin."""
    return assemble_page(collect_page(linked, base))
