"""What a test needs beside Python: where it is missing the test is skipped and says so, or fails where all must run."""

from __future__ import annotations

import importlib.util
import os
import shutil
from typing import NoReturn

import pytest


def require(program: str) -> str:
    """Return the path of a program; without it skip the test, or fail it where `KG_REQUIRE_ALL=1` is set."""
    path = shutil.which(program)
    return path or _miss(program)


def require_module(name: str) -> None:
    """Without a Python package skip the whole file of tests, or fail it where `KG_REQUIRE_ALL=1` is set."""
    if importlib.util.find_spec(name) is None:
        _miss(name)


def _miss(what: str) -> NoReturn:
    reason = f"{what} is not installed"
    if os.environ.get("KG_REQUIRE_ALL") == "1":
        pytest.fail(f"{reason}, and KG_REQUIRE_ALL=1 asks for every test")
    pytest.skip(reason, allow_module_level=True)
