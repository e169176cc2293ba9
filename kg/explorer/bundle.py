"""The page's own scripts and styles, read from `assets/` and joined into one module and one style sheet.

The scripts are ordinary ES modules, so that node can test each by itself. A page opened from disk may not load
modules, so they are joined into one: imports and the word `export` are dropped, which is sound because every module
imports only names that the others declare at their top level, and a name declared twice would be a syntax error.
"""

from __future__ import annotations

import re
from pathlib import Path

from kg.errors import BadData

ASSETS = Path(__file__).resolve().parent / "assets"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.mjs)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function |const |class )", re.MULTILINE)
# In this order later sheets may refine what earlier ones say.
STYLES = ("kinds", "style", "legend", "views", "panel", "charts", "promises", "small")


def join_scripts(folder: Path, first: str) -> str:
    """Return the module `first` with everything that it imports before it, each module once.

    Raises `BadData` for an import or export of another form, which would not survive the joining.
    """
    done: dict[str, str] = {}

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in done or name in above:
            return
        text = (folder / name).read_text(encoding="utf-8")
        for other in _IMPORT.findall(text):
            visit(other, (*above, name))
        body = _EXPORT.sub("", _IMPORT.sub("", text))
        if stray := re.search(r"^(?:import|export)\b.*", body, re.MULTILINE):
            raise BadData(folder / name, stray.group(), "is an import or export that cannot be joined into one script")
        done[name] = body.strip() + "\n"

    visit(first, ())
    return "\n".join(done.values())


def join_styles(folder: Path) -> str:
    """Return the style sheets as one."""
    return "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
