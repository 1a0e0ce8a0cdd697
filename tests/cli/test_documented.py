"""What README.md and README.zh-CN.md say of the command line and of files is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import run_command
from zhaoshang_desktop.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
SUBCOMMANDS = {
    "sheets": ("out", "home", "board"),
    "form": ("add", "fill", "list"),
    "pack": ("out", "home"),
    "reception": ("new", "check", "paper", "ledger"),
}
OPTION = re.compile(r"--[a-z][a-z-]*")
PATH = re.compile(r"`((?:[\w.-]+/)+(?:[\w-]+\.(?:py|md|json|csv))?)`")


def documented(readme: str) -> list[str]:
    """The lines of the file that call the program, each with what goes on below it."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    joined = re.sub(r"\n {2,}", " ", text)
    return [line.partition("  #")[0] for line in joined.splitlines() if line.startswith("zhaoshang ")]


def name_of(line: str) -> str:
    _, command, *rest = line.split()
    return f"{command} {rest[0]}" if command in SUBCOMMANDS else command


def options_of(name: str) -> set[str]:
    told = run_command(*name.split(), "--help")
    assert told.code == 0, name
    return set(OPTION.findall(told.out.partition("例子：")[0])) - {"--help"}


def every_command() -> list[str]:
    return [
        " ".join((name, *part))
        for name in COMMANDS
        for part in ([(one,) for one in SUBCOMMANDS[name]] if name in SUBCOMMANDS else [()])
    ]


def test_readme_names_every_command_with_every_option() -> None:
    said: dict[str, set[str]] = {}
    for line in documented("README.md"):
        said.setdefault(name_of(line), set()).update(OPTION.findall(line))
    assert said == {name: options_of(name) for name in every_command()}


@pytest.mark.parametrize("line", documented("README.zh-CN.md"))
def test_every_example_asks_for_what_there_is(line: str) -> None:
    given = {one for one in shlex.split(line) if one.startswith("--")}
    assert given <= options_of(name_of(line))


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_file_that_a_readme_names_is_there(readme: str) -> None:
    named = PATH.findall((ROOT / readme).read_text(encoding="utf-8"))
    assert [one for one in named if not (ROOT / one).exists() and not (ROOT / "zhaoshang_desktop" / one).exists()] == []
