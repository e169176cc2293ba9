"""Where the rule files and the ontology lie: inside an installed wheel, or beside `kg/` in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def data_folder() -> Path:
    """Return the folder of words, rules, queries and the tagger's model.

    >>> (data_folder() / "reports").is_dir()
    True
    """
    return _folder("data")


def ontology_folder() -> Path:
    """Return the folder of `kg.ttl` and `shapes.ttl`."""
    return _folder("ontology")
