"""What a store's own bulk loader reads, and the commands that start it.

Loading by HTTP is the way for some thousand reports. For more, each store has a loader that works on its files at
once; all of them read N-Quads or N-Triples that lie in one folder.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import BadInput
from kg.export.files import write_whole
from kg.load.files import Graphs, cut_pieces

_QUADS = "graphs.nq"
_SCRIPT = "load.sh"
_VIRTUOSO = """\
-- Virtuoso reads only folders that DirsAllowed in virtuoso.ini names; the server must be running.
-- The graphs of these files are emptied first, so that loading twice is loading once.
{clear}
delete from DB.DBA.load_list where ll_file like {pattern};
ld_dir({folder}, '*.nt', 'urn:kg:no-graph');
rdf_loader_run();
checkpoint;
select ll_file, ll_state, ll_error from DB.DBA.load_list where ll_file like {pattern};
"""
_SCRIPTS: Mapping[str, str] = MappingProxyType(
    {
        "virtuoso": """\
# The client is isql-vt in Debian, isql elsewhere; every line of its last table must say 2 and NULL.
"${ISQL:-isql-vt}" "${VIRTUOSO:-localhost:1111}" "${VIRTUOSO_USER:-dba}" "${VIRTUOSO_PASSWORD:?}" load.sql
""",
        "tdb2": """\
# Fuseki must not run on this database meanwhile. TDB2 adds: load into a new folder to replace.
tdb2.tdbloader --loc "${DATABASE:-database}" graphs.nq
""",
        "oxigraph": """\
# No oxigraph server may run on this database meanwhile. It adds: load into a new folder to replace.
oxigraph load --location "${DATABASE:-database}" --file graphs.nq
""",
        "qlever": """\
# Reads the Qleverfile of this folder; the engine runs in a container or as qlever-index and qlever-server.
qlever index --overwrite-existing
qlever start
""",
        "graphdb": """\
# GraphDB must not run meanwhile. -f replaces what the repository holds.
importrdf load -f -i "${REPOSITORY:-reports}" graphs.nq
""",
    }
)
_QLEVERFILE = """\
[data]
NAME = reports
DESCRIPTION = Government work reports

[index]
INPUT_FILES = graphs.nq
CAT_INPUT_FILES = cat ${INPUT_FILES}
SETTINGS_JSON = { "num-triples-per-batch": 1000000 }

[server]
PORT = 7001
ACCESS_TOKEN = ${NAME}_change_me

[runtime]
SYSTEM = docker
IMAGE = docker.io/adfreiburg/qlever:latest
"""
BULK_KINDS = tuple(_SCRIPTS)


def write_bulk(graphs: Graphs, kind: str, folder: Path) -> list[Path]:
    """Write the files for one kind of store, and `load.sh` with the commands; return what was written.

    Files of an earlier call are replaced. Raises `BadInput` where the folder holds something else.
    """
    _check_folder(folder)
    files = dict(_WRITERS.get(kind, _write_quads)(graphs, folder.resolve()))
    files[_SCRIPT] = f"#!/bin/sh\nset -eu\ncd {shlex.quote(str(folder.resolve()))}\n{_SCRIPTS[kind]}".encode()
    for old in folder.glob("*.nt*"):
        old.unlink()
    for name, content in files.items():
        write_whole(folder / name, content)
    return [folder / name for name in files]


def _check_folder(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / _SCRIPT).is_file():
        raise BadInput(folder, "is a folder of something else; give one that is empty or was written by kg load --bulk")


def _write_quads(graphs: Graphs, folder: Path) -> dict[str, bytes]:
    quads = (
        ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(graph) if graph else ox.DefaultGraph())
        for graph, triples in graphs.items()
        for t in triples
    )
    return {_QUADS: ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""}


def _write_qlever(graphs: Graphs, folder: Path) -> dict[str, bytes]:
    return {**_write_quads(graphs, folder), "Qleverfile": _QLEVERFILE.encode()}


def _write_virtuoso(graphs: Graphs, folder: Path) -> dict[str, bytes]:
    if None in graphs:
        raise BadInput(folder, "Virtuoso has no default graph to load into; leave --graph out, or name one")
    files: dict[str, bytes] = {}
    for number, (graph, triples) in enumerate(graphs.items(), 1):
        for piece, body in enumerate(cut_pieces(triples, 500_000), 1):
            name = f"{number:05d}-{piece:03d}.nt"
            files[name] = body
            files[f"{name}.graph"] = f"{graph}\n".encode()
    clear = "\n".join(f"SPARQL CLEAR GRAPH <{graph}>;" for graph in graphs)
    own = _quote(str(folder))
    files["load.sql"] = _VIRTUOSO.format(clear=clear, folder=own, pattern=_quote(f"{folder}/%")).encode()
    return files


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_WRITERS: Mapping[str, Callable[[Graphs, Path], dict[str, bytes]]] = MappingProxyType(
    {"qlever": _write_qlever, "virtuoso": _write_virtuoso}
)
