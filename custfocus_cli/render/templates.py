"""The templates: those that come with custfocus, and a firm's own in their place.

All of them are rendered in a sandbox, where a template sees values and reaches nothing behind
them. It does not bound time or memory: a template is code, and whoever names a folder of them
trusts it.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from custfocus_cli.errors import CustfocusError
from custfocus_cli.packaged import shipped
from custfocus_cli.render.look import Templates

OURS: Final = "custfocus/"
"""What a shipped template is called by one that may have taken its name."""


_UNWANTED: Final = ("safe", "forceescape", "tojson", "urlize", "xmlattr", "random")
"""Filters that make markup of a text, or another page of the same answers."""


@cache
def list_templates() -> frozenset[str]:
    """The names of the shipped templates and style sheets."""
    names = (each.name for each in shipped("templates").iterdir())
    return frozenset(name for name in names if name.endswith((".j2", ".css")))


@cache
def read_template(name: str) -> str:
    """The text of a shipped template or style sheet."""
    return (shipped("templates") / name).read_text(encoding="utf-8")


def make_environment(escape: Callable[[str], Markup], own: Templates | None = None) -> Environment:
    """An environment over the shipped templates and a firm's own, where `escape` writes each text.

    What is markup already stays, and no filter makes markup of a text. Nothing else but numbers is
    written: an object in a template is a mistake and shall not become a page.
    """

    def write(value: object) -> Markup | int:
        if isinstance(value, Markup | int):
            return value
        if isinstance(value, str):
            return escape(value)
        raise TypeError(f"{type(value).__name__} is neither a text nor a number: {value}")

    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(lambda name: _find(name, own)),
        autoescape=True,
        finalize=write,
        undefined=StrictUndefined,
        optimized=False,  # folding the constants of a template that is used once saves nothing
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"e": escape, "escape": escape}
    for name in _UNWANTED:
        del environment.filters[name]
    del environment.globals["lipsum"]  # words by chance
    return environment


def _find(name: str, own: Templates | None) -> tuple[str, str, Callable[[], bool]] | None:
    """The text of a template, what it is called in a traceback, and that it is up to date."""
    bare = name.removeprefix(OURS)
    if own is not None and name in own.texts:
        return own.texts[name], f"{own.folder}/{name}", lambda: True
    if bare not in list_templates():
        return None
    return read_template(bare), f"{OURS}{bare}", lambda: True


def render_template(
    environment: Environment, name: str, values: Mapping[str, object], own: Templates | None = None
) -> str:
    """The template with these values.

    Raises CustfocusError with file and line where a firm's own templates do not work.
    """
    try:
        return environment.get_template(name).render(values)
    except Exception as error:
        if own is None:
            raise
        said = " ".join(f"{_locate(error, own)}{_describe(error)}".split())
        raise CustfocusError(said[:_MOST_SAID]) from error


_MOST_SAID: Final = 400  # of an object that a template tried to write


def _describe(error: Exception) -> str:
    """What is wrong with a template, in a line."""
    match error:
        case RecursionError():
            return f"the templates lead in a circle; a shipped one is named {OURS}NAME"
        case TemplateNotFound():
            return f"there is no template '{error}'"
        case TemplateError():
            return error.message or type(error).__name__
        case _:
            return f"{type(error).__name__}: {error}"


def _locate(error: Exception, own: Templates) -> str:
    """Where in which template it went wrong: `folder/report.html.j2:12: `; empty if nowhere."""
    starts = (f"{own.folder}/", OURS)
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name}:{error.lineno}: "
    places = [
        f"{frame.f_code.co_filename}:{line}: "
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename.startswith(starts)
    ]
    return places[-1] if places else ""
