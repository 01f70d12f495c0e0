"""The templates that come with custfocus, and the one way to load them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from custfocus_cli.packaged import shipped


@cache
def read_template(name: str) -> str:
    """The text of a shipped template or style sheet."""
    return (shipped("templates") / name).read_text(encoding="utf-8")


def make_environment(escape: Callable[[str], Markup]) -> Environment:
    """An environment over the shipped templates, in which `escape` writes every text.

    What is markup already stays. Nothing else but numbers is written: an object in a template is a
    mistake and shall not become a page.
    """

    def write(value: object) -> Markup | int:
        if isinstance(value, Markup | int):
            return value
        if isinstance(value, str):
            return escape(value)
        raise TypeError(f"{type(value).__name__} is neither a text nor a number: {value}")

    return Environment(
        loader=FunctionLoader(read_template),
        autoescape=True,
        finalize=write,
        undefined=StrictUndefined,
        optimized=False,  # folding the constants of a template that is used once saves nothing
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
