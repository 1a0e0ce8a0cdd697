"""argparse that speaks Chinese."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from zhaoshang_desktop.domain.libraries import LIBRARIES, LIBRARY_TITLES, RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.text import readable

WRONG_USAGE = 2
_LONGEST_SECONDS = 600
IMPORTABLE: dict[str, type[Record]] = {**LIBRARIES, "units": RECORDS["unit"], "members": RECORDS["member"]}
"""What LIBRARY can be: the four libraries, and the two lists that they name."""

_SAID = (
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"unrecognized arguments: (.*)", r"不认识 \1"),
    (r"argument (\S+): expected one argument", r"\1 后面要有一个值"),
    (r"argument \S*\|\S*: invalid choice: '(.*?)' \(choose from (.*)\)", r"不能是“\1”，可以是 \2"),
    (r"argument (\S+): invalid choice: '(.*?)' \(choose from (.*)\)", r"\1 不能是“\2”，可以是 \3"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 不能和 \2 一起用"),
    (r"ambiguous option: (\S+) could match (.*)", r"\1 可能是 \2，请写全"),
    (r"argument ([^:]*): (.*)", r"\1：\2"),
)


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """The arguments of one command; `example` is shown under its help."""

    def __init__(self, command: str, description: str, example: str) -> None:
        super().__init__(
            prog=f"zhaoshang {command}".rstrip(),
            description=description,
            epilog=f"例子：\n{example}",
            formatter_class=_Help,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        help_ = f"{self.format_usage()}详细说明：{self.prog} --help\n"
        self.exit(WRONG_USAGE, f"用法不对：{_in_chinese(message)}。\n{help_}")

    def _print_message(self, message: str, file: Any = None) -> None:
        print(message, end="", file=file or sys.stderr)

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        if action.option_strings and any(
            not text.strip() for text in arg_strings
        ):  # a script's variable that is not set
            raise argparse.ArgumentError(action, "后面是空的")
        return super()._get_values(action, arg_strings)

    def add_office(self) -> None:
        """--office, which every command but demo needs."""
        self.add_argument(
            "--office",
            required=True,
            metavar="FILE",
            help="办公室：一个 .office 文件，或 PostgreSQL 的 URL",
        )

    def add_library(self) -> None:
        """LIBRARY, one of IMPORTABLE."""
        said = "，".join(f"{name} {library_title(name)}" for name in IMPORTABLE)
        self.add_argument("library", metavar="LIBRARY", choices=[*IMPORTABLE], help=said)

    def add_trip(self) -> None:
        """TRIP."""
        self.add_argument("trip", metavar="TRIP", type=readable, help="外出的编号，或名称里能唯一认出它的一部分")

    def add_json(self) -> None:
        """--json."""
        self.add_argument("--json", action="store_true", help="结果写成 JSON，键是字段的代码名")


def library_title(name: str) -> str:
    """What a person calls a library of the command line."""
    return LIBRARY_TITLES.get(name) or RECORD_TITLES[IMPORTABLE[name].NOUN]


def whole_number(text: str) -> int:
    """An option that counts: 0 or more."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"应是整数，不能是“{text}”")
    return int(text)


def seconds(text: str) -> float:
    """An option that says how long something may take."""
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 0 < value <= _LONGEST_SECONDS:
        raise argparse.ArgumentTypeError(f"应是大于 0、不超过 {_LONGEST_SECONDS} 的秒数，不能是“{text}”")
    return value


def _in_chinese(message: str) -> str:
    for pattern, said in _SAID:
        found = re.fullmatch(pattern, message)
        if found:
            return found.expand(said).replace("', '", "、").replace("'", "")
    return message
