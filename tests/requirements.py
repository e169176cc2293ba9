"""What a test needs beside Python: where it is missing the test is skipped and says so, or fails where all must run."""

from __future__ import annotations

import os
import shutil

import pytest


def require(program: str) -> str:
    """Return the path of a program; without it skip the test, or fail it where `KG_REQUIRE_ALL=1` is set."""
    path = shutil.which(program)
    if path is None:
        reason = f"{program} is not installed"
        if os.environ.get("KG_REQUIRE_ALL") == "1":
            pytest.fail(f"{reason}, and KG_REQUIRE_ALL=1 asks for every test")
        pytest.skip(reason)
    return path
