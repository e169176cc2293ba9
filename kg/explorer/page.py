"""The page as one HTML text: pyvis holds nodes, edges and settings and fills our template."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.explorer.bundle import ASSETS, join_scripts, join_styles

_TEMPLATE = "template.html"
_COMPACT = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": False}


def assemble_page(title: str, rows: dict[str, Any], served: bool = False) -> str:
    """Return the whole page as HTML, for what `describe_page` made.

    It loads nothing and sends nothing, which its security policy enforces; a served one may ask its own server.
    """
    network = _new_network(title)
    _hand_over(network, rows["nodes"], rows["edges"])
    library = _read_library()
    script = join_scripts(ASSETS / "js", "main.mjs")
    network.templateEnv.policies["json.dumps_kwargs"] = _COMPACT
    network.templateEnv.globals["page"] = {
        "policy": _security_policy([library, script], served),
        "style": join_styles(ASSETS / "css"),
        "report": {name: value for name, value in rows.items() if name not in ("nodes", "edges")},
        "messages": json.loads((ASSETS / "messages.json").read_text(encoding="utf-8")),
        "library": library,
        "script": script,
        "served": served,
    }
    html: str = network.generate_html()
    return html


def _new_network(title: str) -> Any:
    # pyvis brings IPython along, which takes longer to load than a report to read.
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", heading=title)
    network.set_template_dir(str(ASSETS.parent), _TEMPLATE)
    network.set_options((ASSETS / "settings.json").read_text(encoding="utf-8"))
    return network


def _hand_over(network: Any, nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> None:
    """Give pyvis its nodes and edges.

    Its own `add_node` and `add_edge` look through everything that is there before they add one: 20,000 nodes take them
    half a minute. Ours are known to be different and to have both ends, so they go into pyvis' lists as they are.
    """
    network.nodes = nodes
    network.node_ids = [row["id"] for row in nodes]
    network.node_map = {row["id"]: row for row in nodes}
    network.edges = edges


def _read_library() -> str:
    """Return the vis-network script that travels with pyvis, with nothing in it that could end the script element."""
    import pyvis

    path = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return path.read_text(encoding="utf-8").replace("</script", "<\\/script")


def _security_policy(scripts: Sequence[str], served: bool) -> str:
    """Return a policy under which only these very scripts run, and nothing is loaded or sent anywhere else."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    connect = "connect-src 'self'; " if served else ""
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        f"{connect}base-uri 'none'; form-action 'none'"
    )
