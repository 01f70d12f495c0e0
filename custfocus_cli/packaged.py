"""The one lookup of the questionnaires and templates that come with custfocus."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal


def shipped(kind: Literal["questionnaires", "templates"]) -> Traversable:
    """The folder of shipped files of that kind, wherever the package was installed.

    The data package is named in full: joining a folder name onto `custfocus_cli` finds nothing
    in an editable install.
    """
    return files(f"custfocus_cli.{kind}")
