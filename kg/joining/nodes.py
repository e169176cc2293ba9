"""The things of all reports before they are joined: one node an id, with what the reports together say of its names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.joining.names import Core, read_cores
from kg.joining.renamed import list_new_names, list_renamed
from kg.joining.tables import Table
from kg.lexicon.divisions import Divisions
from kg.lexicon.joining import JoiningRules
from kg.lexicon.linking import LinkingRules
from kg.linking import Places, view_places
from kg.model import Report


@dataclass(frozen=True, slots=True)
class Node:
    """One id. `homes` are the places whose reports name it.

    `place` is the id of the place that belongs to its identity: its scope, or else the one that all its names open
    with. `own` tells that reports of that place itself name it, so that its names need not say the place. `report` is
    the first report that names it. A node that is not `real` is what a numbered name counts (东博会 of 第20届东博会).
    """

    id: str
    kind: str
    place: str | None
    scoped: bool
    own: bool
    homes: frozenset[str]
    code: str | None
    cores: tuple[Core, ...]
    report: str
    real: bool = True


@dataclass(frozen=True, slots=True)
class World:
    """The nodes by id, and how reports of each home see the divisions."""

    nodes: Mapping[str, Node]
    views: Mapping[str, Places]
    divisions: Divisions

    def line(self, place: str) -> tuple[str, ...]:
        """Return a place and the divisions above it, below the nation."""
        code = place.removeprefix("place/")
        if code not in self.divisions:
            return (place,)
        return (place, *(f"place/{above.code}" for above in self.divisions.ancestors(code)))

    def opens_with(self, name: str, place: str) -> bool:
        """Tell whether a name opens with that of a place."""
        code = place.removeprefix("place/")
        division = self.divisions.by_code(code) if code in self.divisions else None
        return division is not None and name.startswith((division.name, *division.short_names))


def gather_nodes(tables: Sequence[Table], divisions: Divisions, linking: LinkingRules, rules: JoiningRules) -> World:
    """Return the nodes of all tables, with one for what each numbered name counts."""
    views: dict[str, Places] = {}
    # What belonged to 武鸣县 belongs to 武鸣区 now.
    now = {f"place/{old.code}": f"place/{new.code}" for old, new in list_renamed(divisions)}
    renamed: dict[str, dict[str, str]] = {}
    cores: dict[tuple[str, str, str], tuple[Core, ...]] = {}
    found: dict[str, dict[Core, None]] = {}
    homes: dict[str, set[str]] = {}
    first: dict[str, tuple[str, str, str | None, str | None]] = {}
    for table in sorted(tables, key=lambda table: table.report):
        view = views.setdefault(table.home, _view_from(table, divisions, linking))
        province = (table.code or "")[:2]
        if province and province not in renamed:
            renamed[province] = list_new_names(divisions, province)
        for entity in table.entities:
            first.setdefault(entity.id, (table.report, entity.kind, entity.scope, entity.code))
            known = found.setdefault(entity.id, {})
            if entity.names:
                homes.setdefault(entity.id, set()).add(_go_on(table.home, now))
            for name in dict.fromkeys((*(name for name, _ in entity.names), entity.label)):
                key = (table.home, entity.kind, name)
                if key not in cores:
                    new_names = renamed.get(province, {})
                    cores[key] = read_cores(entity.kind, name, view, new_names, linking, rules)
                known.update(dict.fromkeys(cores[key]))
    nodes: dict[str, Node] = {}
    for identity, (report, kind, scope, code) in sorted(first.items()):
        at = frozenset(homes.get(identity, ()))
        # A way lies in both the places that it joins, whichever of them its name opens with.
        scope = None if all("~" in core.text for core in found[identity]) else scope
        place = scope or _common_place(found[identity])
        place = place and _go_on(place, now)
        node = Node(
            identity,
            kind,
            place,
            scope is not None,
            scope is not None and place in at,
            at,
            code,
            tuple(sorted(found[identity], key=_order)),
            report,
        )
        nodes[identity] = node
        for core in node.cores:
            if core.stem:
                _add_stem(nodes, node, core)
    return World(nodes, views, divisions)


def _go_on(place: str, now: Mapping[str, str]) -> str:
    """Return the place that a division went on as."""
    while place in now:
        place = now[place]
    return place


def name_stem(node: Node, core: Core) -> str:
    """Return the id of the node that stands for what a numbered name counts; no graph shows it."""
    return f"~{node.kind}|{node.place or ''}|{core.stem}"


def _add_stem(nodes: dict[str, Node], node: Node, core: Core) -> None:
    identity = name_stem(node, core)
    known = nodes.get(identity)
    homes = node.homes | known.homes if known else node.homes
    nodes[identity] = Node(
        identity, node.kind, node.place, node.scoped, node.place in homes, homes, None, (Core(core.stem, core.stem),),
        node.report, real=False,
    )  # fmt: skip


def _order(core: Core) -> tuple[str, str, str]:
    return core.whole, core.text, core.number


def _common_place(cores: Iterable[Core]) -> str | None:
    """Return the place that all names open with, the lowest of each; None where one opens with none."""
    lowest = {core.places[-1] if core.places else None for core in cores}
    return next(iter(lowest)) if len(lowest) == 1 else None


def _view_from(table: Table, divisions: Divisions, linking: LinkingRules) -> Places:
    return view_places(
        Report(table.report, "", "", "", "", place=None, place_code=table.code, year=None), divisions, linking
    )
