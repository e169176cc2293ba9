"""The house stands on clear floors: a module imports only from floors below its own, or from its own room."""

import ast
from pathlib import Path

import pytest

import kg

ROOT = Path(kg.__file__).parent

# The floor of each module or package of kg/, as docs/architecture.md draws them.
FLOORS = {
    "errors": 0,
    "model": 0,
    "numerals": 0,
    "resources": 0,
    "vocab": 1,
    "readers": 1,
    "spans": 1,
    "lexicon": 2,
    "head": 3,
    "text": 3,
    "figures": 3,
    "chain": 1,
    "encoder": 2,
    "names": 3,
    "relations": 3,
    "linking": 3,
    "graph": 4,
    "validate": 4,
    "query": 4,
    "export": 5,
    "joining": 5,
    "facts": 5,
    "track": 6,
    "check": 6,
    "panel": 7,
    "store": 6,
    "load": 6,
    "explorer": 5,
    "learn": 5,
    "pipeline": 6,
    "crew": 7,
    "coverage": 7,
    "explain": 7,
    "sameness": 7,
    "score": 6,
    "serve": 7,
    "summary": 7,
    "api": 7,
    "cli": 8,
    "__init__": 9,
    "__main__": 9,
}
MODULES = sorted(path for path in ROOT.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").parts[0]


def imported_rooms(path: Path) -> set[str]:
    """Rooms of kg that a module imports anywhere in its text, late imports included."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write the full name"
            names.append(node.module or "")
            if node.module == "kg":
                names += [f"kg.{alias.name}" for alias in node.names]
    return {name.split(".")[1] for name in names if name.startswith("kg.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_downward(path: Path) -> None:
    room = room_of(path)
    assert room in FLOORS, f"{room} has no floor: add it to FLOORS and to docs/architecture.md"
    for other in imported_rooms(path) - {room}:
        assert FLOORS[other] < FLOORS[room], f"{path.name} (floor {FLOORS[room]}) imports {other} ({FLOORS[other]})"


def test_every_floor_has_a_room() -> None:
    assert set(FLOORS) == {room_of(path) for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350
