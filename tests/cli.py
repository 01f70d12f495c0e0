"""The command line called as a user calls it: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

# -P: the package that is installed, not the folder the process happens to start in.
PYTHON = (sys.executable, "-P")
CUSTFOCUS = (*PYTHON, "-m", "custfocus_cli")


def settle_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a call: 80 columns, no colours, and nothing of the caller's wishes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CUSTFOCUS_")}
    return {**kept, "COLUMNS": "80", "NO_COLOR": "1", "LC_ALL": "C", **(extra or {})}


def call(
    *arguments: str | bytes,
    program: tuple[str, ...] = CUSTFOCUS,
    stdin: str = "",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """The finished run: `returncode`, `stdout` and `stderr`, read as UTF-8."""
    return subprocess.run(
        [*program, *arguments],
        input=stdin,
        cwd=folder,
        env=settle_environment(environment),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
