"""Where each node stands on the page: one map, made when the page is built, on which no two labels lie on each other.

The nodes that the page opens on are spread by stress majorization (SMACOF, de Leeuw 1977) over how near they are in
the report, then pushed apart until their labels are free. Every other node takes the free spot nearest to the node
that it belongs to most.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

from kg.explorer.data import Node

Point = tuple[int, int]
Array = npt.NDArray[np.float64]

# World units are the pixels of the opening view. A label longer than a line is broken into two, as labels.mjs does.
_GLYPH = 13.0
_LINE = 10
_LONGEST = 20
_LINE_HEIGHT = 15
_SYMBOL = 44
_PAD = 16
# Ideal distances between two opening nodes.
_LINKED, _TOGETHER, _SAME_KIND, _STRANGERS = 1.0, 1.5, 2.0, 2.7
_HOME = 1.5
_SPREAD_STEPS = 120
_PUSH_STEPS = 300
# Labels that lie on each other by less than this do not touch: their boxes have air.
_SLACK = 1.0
_ASPECT = 0.82
_AIR = 1.2
# The grid on which the other nodes look for a free spot.
_CELL_X, _CELL_Y = 38, 26
# A map of MOST nodes with long names is not half as wide as this.
_REACH = 2400
# So many nodes of a map get their spot when the page is built; further ones when somebody asks for them (beside.mjs).
MOST = 500


def measure_label(name: str) -> Point:
    """Return the width and height that a node with its label wants; a Latin letter is about half a Chinese one wide.

    >>> measure_label("南宁"), measure_label("环北部湾（广西）水资源配置工程南宁段")
    ((48, 59), (133, 74))
    """
    glyphs = sum(1.0 if ord(character) > 0x2E80 else 0.54 for character in name)
    lines = 1 if glyphs <= _LINE else 2
    width = max(32.0, min(glyphs, _LONGEST) / lines * _GLYPH)
    return math.ceil(width) + _PAD, _SYMBOL + lines * _LINE_HEIGHT


def place_nodes(
    nodes: Mapping[str, Node], order: Sequence[str], opening: int, near: nx.Graph[str], home: str | None
) -> dict[str, Point]:
    """Return a whole-number position for each node of `order`, whose first `opening` ones the map opens on."""
    first = list(order[:opening])
    sizes = {node: measure_label(nodes[node].name) for node in order}
    kinds = {node: nodes[node].kind for node in first}
    placed = _push_apart(first, _spread(first, kinds, near, home), sizes, home)
    return _fill_around(order[opening:], placed, sizes, near, home)


def _spread(first: Sequence[str], kinds: Mapping[str, str], near: nx.Graph[str], home: str | None) -> Array:
    """Lay out the opening nodes by how near each pair is; the own place starts and stays close to the middle."""
    size = len(first)
    wanted = np.zeros((size, size))
    for i, one in enumerate(first):
        for j, other in enumerate(first[:i]):
            wanted[i, j] = wanted[j, i] = _distance(one, other, kinds, near, home)
    if size < 2:
        return np.zeros((size, 2))
    angles = 2 * math.pi * np.array(_seats(first, kinds)) / size
    points = 1.3 * np.column_stack([np.cos(angles), np.sin(angles)])
    if home in first:
        points[first.index(home)] = 0.0
    # Near pairs count more (weights d^-2, as in Kamada and Kawai), which is what keeps linked nodes side by side.
    weights = np.divide(1.0, wanted**2, out=np.zeros_like(wanted), where=wanted > 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    # The inverse on everything but a common shift, which has no meaning here.
    inverse = np.linalg.inv(laplacian + 1.0 / size)
    for _ in range(_SPREAD_STEPS):
        gaps = points[:, None, :] - points[None, :, :]
        lengths = np.sqrt((gaps**2).sum(axis=2))
        pull = np.divide(weights * wanted, lengths, out=np.zeros_like(lengths), where=lengths > 1e-9)
        points = inverse @ ((np.diag(pull.sum(axis=1)) - pull) @ points)
    return points


def _seats(first: Sequence[str], kinds: Mapping[str, str]) -> list[int]:
    """Return the place of each node on the starting circle, the classes side by side."""
    ordered = sorted(range(len(first)), key=lambda i: (kinds[first[i]], i))
    seats = [0] * len(first)
    for seat, index in enumerate(ordered):
        seats[index] = seat
    return seats


def _distance(one: str, other: str, kinds: Mapping[str, str], near: nx.Graph[str], home: str | None) -> float:
    if home in (one, other):
        return _HOME
    weight = near.get_edge_data(one, other, {"weight": 0.0})["weight"]
    if weight >= 1.0:
        return _LINKED
    if weight > 0.0:
        return _TOGETHER
    return _SAME_KIND if kinds[one] == kinds[other] else _STRANGERS


def _push_apart(first: Sequence[str], points: Array, sizes: Mapping[str, Point], home: str | None) -> dict[str, Point]:
    """Scale the spread to the room that the labels need and push overlapping boxes apart, step by step."""
    if not first:
        return {}
    size = np.array([sizes[node] for node in first], dtype=float)
    room = math.sqrt(float(size.prod(axis=1).sum()) * _AIR)
    points = _square_up(points) * np.array([room * math.sqrt(_ASPECT), room / math.sqrt(_ASPECT)]) / 2
    # A label hangs below its symbol, so the middle of the box is below the node.
    drop = np.column_stack([np.zeros(len(first)), (size[:, 1] - _SYMBOL) / 2])
    points = points + drop
    need = (size[:, None, :] + size[None, :, :]) / 2
    # Boxes in the very same spot part by their order.
    seat = np.arange(len(first))
    order = np.repeat(np.sign(seat[:, None] - seat[None, :])[:, :, None], 2, axis=2)
    for _ in range(_PUSH_STEPS):
        gap = points[:, None, :] - points[None, :, :]
        over = need - np.abs(gap)
        hit = (over > _SLACK).all(axis=2) & (order[:, :, 0] != 0)
        if not hit.any():
            break
        # Move along the axis that needs the shorter way.
        across = over[:, :, 0] <= over[:, :, 1] * 1.6
        axis = np.stack([hit & across, hit & ~across], axis=2)
        points = points + 0.27 * (np.where(gap == 0, order, np.sign(gap)) * over * axis).sum(axis=1)
    points = points - drop
    centre = points[first.index(home)] if home in first else points.mean(axis=0)
    return {node: _round(point - centre) for node, point in zip(first, points, strict=True)}


def _square_up(points: Array) -> Array:
    """Return the points in a square of -1 to 1: stress leaves them in a disc, whose corners a screen would waste."""
    points = points - (points.max(axis=0) + points.min(axis=0)) / 2
    points = points / np.maximum(np.abs(points).max(axis=0), 1e-9)
    length = np.maximum(np.hypot(points[:, 0], points[:, 1]), 1e-9)
    reach = length / np.maximum(np.abs(points).max(axis=1), 1e-9)
    # Towards the rim a point moves along its ray, up to two thirds of the way to the square.
    stretch: Array = 1 + (reach - 1) * 0.66 * np.minimum(length, 1.0)
    return points * stretch[:, None]


def _round(point: Array) -> Point:
    return round(float(point[0])), round(float(point[1]))


def _fill_around(
    rest: Sequence[str], placed: Mapping[str, Point], sizes: Mapping[str, Point], near: nx.Graph[str], home: str | None
) -> dict[str, Point]:
    """Give each other node the free spot nearest to its strongest neighbour that has a place already."""
    points = dict(placed)
    taken: set[Point] = set()
    for node, (x, y) in placed.items():
        taken.update(_cells(round(x / _CELL_X), round(y / _CELL_Y), sizes[node]))
    # A search goes on where the last one around the same spot ended: what was taken then is taken still.
    searches: dict[Point, Iterator[Point]] = {}
    for node in rest:
        x, y = points.get(_find_anchor(node, points, near, home), (0, 0))
        start = (round(x / _CELL_X), round(y / _CELL_Y))
        for column, row in searches.setdefault(start, _walk_outward(start)):
            if (column, row) in taken:
                continue
            cells = _cells(column, row, sizes[node])
            if taken.isdisjoint(cells):
                taken.update(cells)
                points[node] = (column * _CELL_X, row * _CELL_Y)
                break
    return points


def _find_anchor(node: str, points: Mapping[str, Point], near: nx.Graph[str], home: str | None) -> str:
    """Return the placed neighbour with the strongest tie; the own place, near to all, only where there is no other."""
    ties = [(near.edges[node, other]["weight"] * (0.1 if other == home else 1.0), other) for other in near[node]]
    return max(((weight, other) for weight, other in ties if other in points), default=(0.0, home or ""))[1]


def _cells(column: int, row: int, size: Point) -> list[Point]:
    """Return the grid cells that a node with its label covers."""
    across, down = -(-size[0] // _CELL_X), -(-size[1] // _CELL_Y)
    left = column - across // 2
    return [(left + i, row + j) for i in range(across) for j in range(down)]


def _walk_outward(start: Point) -> Iterator[Point]:
    """Yield the cells around a start, the nearer ones first, so that what is filled is as high as it is wide."""
    for column, row in _offsets():
        yield start[0] + column, start[1] + row


@functools.cache
def _offsets() -> list[Point]:
    """Return all cells within reach by the square that they lie on, those at the middle of its sides first."""
    columns, rows = _REACH // _CELL_X, _REACH // _CELL_Y
    cells = [(x, y) for x in range(-columns, columns + 1) for y in range(-rows, rows + 1)]
    size = {cell: (abs(cell[0] * _CELL_X), abs(cell[1] * _CELL_Y)) for cell in cells}
    return sorted(cells, key=lambda cell: (max(size[cell]), sum(size[cell]), cell))
