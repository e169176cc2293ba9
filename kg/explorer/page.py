"""The page as one HTML text: pyvis holds nodes, edges and settings and fills our template."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.explorer.bundle import ASSETS, join_scripts, join_styles
from kg.explorer.data import Node, Page
from kg.explorer.layout import Point, place_nodes
from kg.explorer.payload import describe_page
from kg.explorer.rank import build_graph, build_neighbourhood, measure_importance, order_nodes

_TEMPLATE = "template.html"
_COMPACT = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": False}


def assemble_page(page: Page) -> str:
    """Return the whole page as HTML; it loads nothing and sends nothing, which its security policy enforces."""
    graph = build_graph(page)
    near = build_neighbourhood(page, graph)
    importance = measure_importance(page, graph, near)
    order, opening = order_nodes(page, importance)
    nodes = {node.id: node for node in page.nodes}
    spots = place_nodes(nodes, order, opening, near, page.home)
    network = _new_network(_title(page))
    for rank, identity in enumerate(order):
        _add_node(network, nodes[identity], spots[identity], importance[identity], rank < opening)
    for subject, object_, predicate in graph.edges(keys=True):
        network.add_edge(subject, object_, label=predicate)
    library = _read_library()
    script = join_scripts(ASSETS / "js", "main.mjs")
    network.templateEnv.policies["json.dumps_kwargs"] = _COMPACT
    network.templateEnv.globals["page"] = {
        "policy": _security_policy([library, script]),
        "style": join_styles(ASSETS / "css"),
        "report": describe_page(page, opening),
        "messages": json.loads((ASSETS / "messages.json").read_text(encoding="utf-8")),
        "library": library,
        "script": script,
    }
    html: str = network.generate_html()
    return html


def _title(page: Page) -> str:
    report = page.report
    return f"{report.place}{report.year}年政府工作报告" if report.place and report.year else report.title


def _new_network(title: str) -> Any:
    # pyvis brings IPython along, which takes longer to load than a report to read.
    from pyvis.network import Network  # type: ignore[import-untyped]

    network = Network(directed=True, cdn_resources="in_line", heading=title)
    network.set_template_dir(str(ASSETS.parent), _TEMPLATE)
    network.set_options((ASSETS / "settings.json").read_text(encoding="utf-8"))
    return network


def _add_node(network: Any, node: Node, spot: Point, weight: float, opens: bool) -> None:
    # No `title`: pyvis would let one that holds "href" through as HTML.
    network.add_node(
        node.id,
        label=node.name,
        shape="custom",
        group=node.kind,
        value=weight,
        x=spot[0],
        y=spot[1],
        hidden=not opens,
        aliases=list(node.aliases),
        code=node.code,
        occurrences=[[o.sentence, o.start, o.end] for o in node.occurrences],
    )


def _read_library() -> str:
    """Return the vis-network script that travels with pyvis, with nothing in it that could end the script element."""
    import pyvis  # type: ignore[import-untyped]

    path = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return path.read_text(encoding="utf-8").replace("</script", "<\\/script")


def _security_policy(scripts: Sequence[str]) -> str:
    """Return a policy under which only these very scripts run, and nothing is loaded or sent anywhere."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
