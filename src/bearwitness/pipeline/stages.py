"""The stages in the order reports pass through them, each in the words of its own docstring."""

from __future__ import annotations

import ast
from importlib.abc import InspectLoader
from importlib.util import find_spec
from typing import NamedTuple

from bearwitness.errors import MissingExtra


class Stage(NamedTuple):
    """One stage: its module's name, what it takes, what it gives, and the first line of its docstring."""

    name: str
    takes: str
    gives: str
    sentence: str


ORDER: tuple[tuple[str, str, str], ...] = (
    ("collect", "source", "Capture"),
    ("read", "Capture", "Report"),
    ("extract", "Report", "Mention, Claim"),
    ("review", "Judgement", "Rulings"),
    ("link", "Mention, Judgement", "Incident"),
    ("assess", "Incident, Claim", "Assessment"),
    ("publish", "Dossier", "site, files"),
)


def first_line(module: str) -> str:
    """The first line of a module's docstring, read from its source without running the module.

    Stages bring in heavy libraries; listing them must not.
    """
    spec = find_spec(f"bearwitness.{module}")
    loader = spec.loader if spec else None
    source = loader.get_source(spec.name) if spec and isinstance(loader, InspectLoader) else None
    if source is None:
        raise MissingExtra(f"the stage {module} is not installed: install bearwitness again")
    return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]


STAGES: tuple[Stage, ...] = tuple(Stage(name, takes, gives, first_line(name)) for name, takes, gives in ORDER)
