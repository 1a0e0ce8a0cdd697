"""Which command is meant, and how its end is told: an exit code and, if it failed, a sentence.

0 done · 1 nothing was stored or something is wrong, in a sentence · 2 wrong usage.
"""

from __future__ import annotations

import errno
import importlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from zhaoshang_desktop import __version__
from zhaoshang_desktop.cli.parser import WRONG_USAGE
from zhaoshang_desktop.domain.errors import KnownError, not_read
from zhaoshang_desktop.domain.text import readable

FAILED = 1
INTERRUPTED = 130
COMMANDS = {
    "import": ("import_", "把一张表导入一个库"),
    "contacts": ("contacts", "把名片 .vcf 导入客商库的联系人"),
    "export": ("export", "把一个库导出为登记册"),
    "sheets": ("sheets", "下发填报表（sheets out），收回并汇总（sheets home）"),
    "form": ("form", "上级的空表上传一次，以后一键填好（form add、form fill）"),
    "search": ("search", "在各库里搜索"),
    "show": ("show", "看一条记录"),
    "trip": ("trip", "新建一次外出招商（trip new）"),
    "crew": ("crew", "给一次外出建议人选，说明理由和还缺什么"),
    "plan": ("plan", "排一次外出招商的行程"),
    "brief": ("brief", "把外出招商的资料写成 PDF"),
    "paper": ("paper", "写审批表、行程单、通讯录、日历文件"),
    "reception": ("reception", "新建一次接待（reception new），检查标准，写材料和台账"),
    "today": ("today", "正在外出的这一天：下一家、怎么走、说什么"),
    "report": ("report", "起草外出招商报告，写成 PDF 或 .docx"),
    "todo": ("todo", "待办：谁在什么时候前要做什么"),
    "visits": ("visits", "一段时间的拜访洽谈，带考核要数的内容"),
    "pack": ("pack", "带出出差包（pack out），带回并入（pack home）"),
    "backup": ("backup", "备份一个办公室"),
    "restore": ("restore", "列出备份，或恢复到一份备份"),
    "check": ("check", "检查一个办公室的数据是否完好"),
    "move": ("move", "把整个办公室搬到服务器，或搬回文件"),
    "encrypt": ("encrypt", "给一个办公室加密"),
    "decrypt": ("decrypt", "把加密的办公室写回明文"),
    "passphrase": ("passphrase", "更换密码，或换一把恢复密钥"),
    "demo": ("demo", "建一个示例县，从来料到打印资料走一遍"),
}
"""Each command with its module and what it does; only the module of the one asked for is loaded."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Windows:
    """What a command may ask of the layer above: a window on an office, and pictures of the main screens.

    `pictures` gives the files it wrote.
    """

    open: Callable[[Path], int]
    pictures: Callable[[Path, Path], Sequence[Path]]


def run(arguments: Sequence[str], windows: Windows, log: Path = Path()) -> int:
    """Runs one command; `log` is the file named when something unexpected happens."""
    _speak_utf8()
    try:
        code = _run(list(arguments), windows)
        sys.stdout.flush()
        return code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else WRONG_USAGE
    except KnownError as error:
        print(readable(str(error)), file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("已中断，没有做完的部分没有保存。", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _stop_speaking()
        return FAILED
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            _stop_speaking()
            print("磁盘已满，结果没有写完。请腾出空间再试。", file=sys.stderr)
        elif isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            print(readable(str(not_read(Path(str(error.filename)), error))), file=sys.stderr)
        else:
            _logger.exception("%s failed", arguments[0] if arguments else "")
            print(f"程序出错了，这一步没有完成。详细记录在 {log}", file=sys.stderr)
        return FAILED


def _stop_speaking() -> None:
    """Nobody takes what is still to be said; without this the interpreter would try once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: list[str], windows: Windows) -> int:
    name = arguments[0] if arguments else "--help"
    if name in {"-h", "--help"}:
        print(overview())
        return 0
    if name == "--version":
        print(f"招商桌面 {__version__}")
        return 0
    if name not in COMMANDS:
        print(f"用法不对：没有“{name}”这个命令。\n{overview()}", file=sys.stderr)
        return WRONG_USAGE
    command = importlib.import_module(f"zhaoshang_desktop.cli.{COMMANDS[name][0]}")
    code: int = command.run(arguments[1:], windows)
    return code


def overview() -> str:
    """All commands."""
    lines = [f"  {name:<11}{what}" for name, (_, what) in COMMANDS.items()]
    return "\n".join(
        (
            "招商桌面：不带命令就打开窗口。",
            "",
            "用法：zhaoshang [命令] [参数]",
            "",
            "命令：",
            *lines,
            "",
            "例子：",
            "  zhaoshang import investors 名录.xlsx --office 清岚县.office",
            "  zhaoshang import --help",
        )
    )


def _speak_utf8() -> None:
    """Chinese goes through pipes and consoles alike, whatever the system's own encoding is."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _nowhere() -> TextIOWrapper:
    """For a stream that was closed before the start; `print` would take the other one instead."""
    return Path(os.devnull).open("w", encoding="utf-8")
