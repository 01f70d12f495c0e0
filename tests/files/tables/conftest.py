"""Tables that a test writes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from files.tables.desk import Open, Refuse, attempt

from custfocus_cli.errors import BadInput
from custfocus_cli.files.tables.table import Table


@pytest.fixture
def table(tmp_path: Path) -> Open:
    """Open a table of this text or of these bytes."""

    def write(content: str | bytes, name: str = "t.csv", **options: str) -> Table:
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
        found = attempt(tmp_path / name, **options)
        assert isinstance(found, Table), found
        return found

    return write


@pytest.fixture
def refuse(tmp_path: Path) -> Refuse:
    """The problems of a table of this text or of these bytes, opened and read to its end."""

    def write(content: str | bytes, name: str = "t.csv", **options: str) -> Sequence[str]:
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
        found = attempt(tmp_path / name, **options)
        if isinstance(found, Table):
            with pytest.raises(BadInput) as caught:
                list(found.rows())
            found = caught.value.problems
        return [str(each).replace(f"{tmp_path}/", "") for each in found]

    return write
