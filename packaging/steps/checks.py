"""The checks: style, form, types and layers first, then the tests, whose closing line is the last one printed."""

from __future__ import annotations

import os
import subprocess

from steps import windows
from steps.project import ROOT, SPEAKING, run, say, venv_program, venv_python

CHECKS = {
    "style": ["ruff", "check", "--quiet", "."],
    "form": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "layers": ["lint-imports", "--no-logo"],
}
WORKERS = "2"


def test(arguments: list[str]) -> int:
    """1 when a check has not passed, else pytest's exit code; `arguments` go to pytest."""
    if "--windows" in arguments:
        return windows.test([argument for argument in arguments if argument != "--windows"])
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    spread = (
        [] if any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments) else ["-n", WORKERS]
    )
    if failed:
        say(f"Not passed: {', '.join(failed)}. The tests follow.")
    tests = run([venv_python(), "-m", "pytest", *spread, *arguments])
    return tests or int(bool(failed))


def passes(name: str, command: list[str]) -> bool:
    """Run a check; what it says is shown only if it finds something."""
    done = subprocess.run(
        [str(venv_program(command[0])), *command[1:]],
        cwd=ROOT,
        env=os.environ | SPEAKING,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        say(f"{done.stdout.rstrip()}\n")
    say(f"{name}: {'not passed' if done.returncode else 'passed'}")
    return done.returncode == 0
