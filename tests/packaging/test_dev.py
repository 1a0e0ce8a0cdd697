"""The script that README names, as far as it goes without preparing anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "packaging/dev.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")


def test_help_names_every_command() -> None:
    done = dev("--help")
    assert done.returncode == 0
    for name in ("demo", "run", "test", "bench", "proof", "forms"):
        assert f"  {name}" in done.stdout


def test_an_unknown_command_is_wrong_usage_and_says_which_there_are() -> None:
    done = dev("tset")
    assert done.returncode == 2
    assert "'tset'" in done.stderr
    assert "test" in done.stderr


def test_no_command_is_wrong_usage() -> None:
    assert dev().returncode == 2
