"""Designer's forms, compiled into the package."""

from __future__ import annotations

from steps.project import run, venv_python


def compile_forms(arguments: list[str]) -> int:
    """The exit code of packaging/compile_forms.py, in the project's environment."""
    return run([venv_python(), "packaging/compile_forms.py", *arguments])
