"""How fast it is (tests/bench) and what took long to prove (tests/proof); both run in the project's environment."""

from __future__ import annotations

from steps.program import OFFSCREEN
from steps.project import run, venv_python


def bench(arguments: list[str]) -> int:
    """The exit code of tests/bench."""
    return run([venv_python(), "-m", "tests.bench", *arguments], OFFSCREEN)


def proof(arguments: list[str]) -> int:
    """The exit code of tests/proof."""
    return run([venv_python(), "-m", "tests.proof", *arguments], OFFSCREEN)
