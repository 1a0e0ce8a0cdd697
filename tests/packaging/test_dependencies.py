"""What the program imports is what it declares, and nothing is declared that nobody imports."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "zhaoshang_desktop"
NOT_IMPORTED = {"tzdata", "psycopg"}  # zoneinfo and SQLAlchemy take these up by themselves


def imported() -> set[str]:
    """Distributions that bring the modules which the package imports."""
    modules = {name for path in PACKAGE.rglob("*.py") for name in imports_of(path)}
    outside = modules - sys.stdlib_module_names - {PACKAGE.name}
    brought_by = importlib.metadata.packages_distributions()
    return {normal(name) for module in outside for name in brought_by.get(module, [module])}


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {normal(re.split(r"[^A-Za-z0-9._-]", text)[0]) for text in project["dependencies"]}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_import_is_a_declared_dependency() -> None:
    assert imported() - declared() - {"shiboken6"} == set()


def test_every_declared_dependency_is_imported() -> None:
    assert declared() - imported() - NOT_IMPORTED == set()
