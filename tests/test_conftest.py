"""--no-skips, tried on a folder of tests that are skipped in every way there is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parent / "conftest.py"
SKIPPING = {
    "in the test": "import pytest\ndef test(): pytest.skip('no browser')",
    "by a mark": "import pytest\n@pytest.mark.skipif(True, reason='why')\ndef test(): pass",
    "the module": "import pytest\npytest.skip('all', allow_module_level=True)\ndef test(): pass",
    "a missing module": "import pytest\npytest.importorskip('nothing_there')\ndef test(): pass",
    "expected": "import pytest\n@pytest.mark.xfail\ndef test(): assert False",
}


def run_pytest(folder: Path, source: str, *options: str) -> int:
    (folder / "conftest.py").write_bytes(CONFTEST.read_bytes())
    (folder / "test_it.py").write_text(source, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode


@pytest.mark.parametrize("source", SKIPPING.values(), ids=SKIPPING.keys())
def test_a_skip_fails_where_none_may_be(tmp_path: Path, source: str) -> None:
    assert run_pytest(tmp_path, source, "--no-skips") in {1, 2}


def test_what_runs_passes(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, "def test(): pass", "--no-skips") == 0


def test_without_the_option_a_skip_is_no_failure(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, SKIPPING["in the test"]) == 0
