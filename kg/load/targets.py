"""Where each kind of store takes graphs and questions: the paths below the address that a user gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from kg.load.auth import Login, Scheme
from kg.load.errors import LoadError
from kg.load.wire import is_here


@dataclass(frozen=True, slots=True)
class Kind:
    """What is peculiar to one kind of store.

    `graphs` and `queries` are paths below the address; `default` says whether there is a default graph to write to;
    `media` is the type in which triples are sent, N-Triples being Turtle too; `scheme` what a user name means.
    """

    graphs: str
    queries: str
    default: bool = True
    media: str = "application/n-triples"
    scheme: Scheme = "basic"
    example: str = ""


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "oxigraph": Kind("/store", "/query", example="http://localhost:7878"),
        "fuseki": Kind("/data", "/query", example="http://localhost:3030/DATASET"),
        "virtuoso": Kind("/sparql-graph-crud-auth", "/sparql", False, "text/turtle", "digest", "http://localhost:8890"),
        "graphdb": Kind("/rdf-graphs/service", "", example="http://localhost:7200/repositories/REPOSITORY"),
        "qlever": Kind("", "", scheme="bearer", example="http://localhost:7001"),
        "gsp": Kind("", "", example="the address of the Graph Store Protocol itself, with --query for questions"),
    }
)


@dataclass(frozen=True, slots=True)
class Target:
    """A store on a server: the addresses of its graphs and of its query service, and what kind it is."""

    kind: str
    graphs: str
    queries: str | None

    def graph_url(self, graph: str | None) -> str:
        """Return the address of one graph; None is the default graph.

        >>> Target("gsp", "http://localhost/store", None).graph_url("https://example.org/图")
        'http://localhost/store?graph=https%3A%2F%2Fexample.org%2F%E5%9B%BE'
        """
        join = "&" if "?" in self.graphs else "?"
        return f"{self.graphs}{join}" + ("default" if graph is None else f"graph={quote(graph, safe='')}")


def find_target(url: str, kind: str, queries: str | None = None) -> Target:
    """Return the target at an address; `LoadError` for one that cannot be, or holds a password.

    The address of the graphs themselves is understood too.

    >>> find_target("http://localhost:3030/reports/", "fuseki").graphs
    'http://localhost:3030/reports/data'
    >>> find_target("http://localhost:7878/store", "oxigraph").queries
    'http://localhost:7878/query'
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise LoadError(f"{url}: is no http address; for {kind} give {KINDS[kind].example}")
    if parts.username or parts.password:
        shown = url.replace(parts.netloc.rpartition("@")[0] + "@", "")
        raise LoadError(
            f"{shown}: keep the password out of the address; use --user, and KG_PASSWORD or the prompt "
            "密码不要写在地址里"
        )
    own = KINDS[kind]
    base = url.rstrip("/").removesuffix(own.graphs) if kind != "gsp" else url
    return Target(kind, base + own.graphs, queries or (None if kind == "gsp" else base + own.queries))


def refuse_open_secret(target: Target, login: Login) -> None:
    """Raise `LoadError` where a password or token would cross a network readable to all."""
    if login.scheme not in ("basic", "bearer"):
        return
    for url in filter(None, (target.graphs, target.queries)):
        parts = urlsplit(url)
        if parts.scheme == "http" and not is_here(parts.hostname or ""):
            raise LoadError(
                f"{url}: {login.scheme} over http would show the password to the network; use https "
                "密码会明文过网，请用 https"
            )
